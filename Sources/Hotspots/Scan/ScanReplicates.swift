import GridCore
import InstructionSets

#if arch(x86_64)
    import GridCoreAVX2
#endif

/// Scans random data sets for their largest ratio, sixteen at a time: they
/// share the zones, the windows and what these expect.
struct ScanReplicates: Sendable {
    let zones: ScanZones
    let model: ScanModel
    let sampler: ScanSampler
    let form: InstructionSet
    /// Whether counts need more than 16 bits.
    var isWide: Bool

    init(zones: ScanZones, model: ScanModel, sampler: ScanSampler, form: InstructionSet) {
        self.zones = zones
        self.model = model
        self.sampler = sampler
        self.form = form
        isWide = model.total > Int(Int16.max)
    }

    /// The largest ratio of each replicate; the same on any number of
    /// threads.
    func maxima(count: Int, threads: Int) -> [Double] {
        guard let classes = classes() else { return [Double](repeating: 0, count: count) }
        let vectors = (count + scanLaneCount - 1) / scanLaneCount
        // Few vectors are cut by centres too, lest a thread goes idle.
        let parts = vectors >= 4 * threads ? 1 : 2
        var maxima = [Double](repeating: 0, count: vectors * parts * scanLaneCount)
        maxima.withUnsafeMutableBufferPointer { maxima in
            let output = SharedCells(maxima)
            forEachInParallel(count: vectors * parts, threads: threads) { _, task in
                let (part, vector) = task.quotientAndRemainder(dividingBy: vectors)
                let replicates =
                    (vector * scanLaneCount)..<min(count, (vector + 1) * scanLaneCount)
                let best =
                    isWide
                    ? best(WideScanLanes.self, of: replicates, part: part, of: parts, classes)
                    : best(NarrowScanLanes.self, of: replicates, part: part, of: parts, classes)
                for lane in 0..<scanLaneCount {
                    output.cells[task * scanLaneCount + lane] = best[lane]
                }
            }
        }
        return (0..<count).map { replicate in
            (0..<parts).reduce(0) { max($0, maxima[$1 * vectors * scanLaneCount + replicate]) }
        }
    }

    /// The best of some replicates around every `parts`-th centre.
    private func best<Lanes: ScanGrowing>(
        _ lanes: Lanes.Type, of replicates: Range<Int>, part: Int, of parts: Int,
        _ classes: ScanClasses
    ) -> [Double] {
        let events = ScanLaneStore(
            sampler: sampler, model: model, locations: zones.locations.count,
            replicates: replicates, countBytes: MemoryLayout<Lanes.Count>.stride)
        let thresholds = ScanThresholds<Lanes>(classes, minimumCases: model.minimumCases)
        let scan = ScanLaneScan<Lanes>(
            model: model, classes: classes, events: events, thresholds: thresholds, form: form)
        for center in stride(from: part, to: zones.locations.count, by: parts) {
            scan.grow(center: center, of: zones)
        }
        return thresholds.best
    }

    /// Nil when no cylinder expects a case.
    private func classes() -> ScanClasses? {
        let largest: Double
        switch model.expectation {
        case .permutation(let sizes, let windows):
            let window = Double(windows.max() ?? 0) / Double(max(1, model.total))
            largest = largestZone { Double(sizes[$0]) } * window
        case .poisson(let expected):
            let steps = model.steps
            largest = largestZone { location in
                expected[(location * steps)..<((location + 1) * steps)].reduce(0, +)
            }
        }
        return largest > 0
            ? ScanClasses(
                largest: min(largest * 1.000_001, Double(model.total)), total: model.total)
            : nil
    }

    private func largestZone(_ size: (_ location: Int) -> Double) -> Double {
        let sizes = zones.locations.indices.map(size)
        return zones.locations.indices.reduce(0) { largest, center in
            let members = zones.members[zones.starts[center]..<zones.starts[center + 1]]
            return max(largest, members.reduce(0) { $0 + sizes[Int($1)] })
        }
    }
}

/// Lanes and the forms of the kernel for them.
protocol ScanGrowing: ScanLanes {
    static func grow(
        _ form: InstructionSet, _ chain: ScanChain, from position: Int, events: ScanLaneEvents,
        windows: ScanWindows, thresholds: UnsafePointer<Self>, growth: inout ScanGrowth
    ) -> Int
}

extension NarrowScanLanes: ScanGrowing {
    static func grow(
        _ form: InstructionSet, _ chain: ScanChain, from position: Int, events: ScanLaneEvents,
        windows: ScanWindows, thresholds: UnsafePointer<Self>, growth: inout ScanGrowth
    ) -> Int {
        #if arch(x86_64)
            if form != .baseline {
                return scanGrowthAVX2(
                    chain, from: position, events: events, windows: windows,
                    thresholds: thresholds, growth: &growth)
            }
        #endif
        return scanGrowthKernel(
            chain, from: position, events: events, windows: windows, thresholds: thresholds,
            growth: &growth)
    }
}

extension WideScanLanes: ScanGrowing {
    static func grow(
        _ form: InstructionSet, _ chain: ScanChain, from position: Int, events: ScanLaneEvents,
        windows: ScanWindows, thresholds: UnsafePointer<Self>, growth: inout ScanGrowth
    ) -> Int {
        #if arch(x86_64)
            if form != .baseline {
                return scanGrowthAVX2(
                    chain, from: position, events: events, windows: windows,
                    thresholds: thresholds, growth: &growth)
            }
        #endif
        return scanGrowthKernel(
            chain, from: position, events: events, windows: windows, thresholds: thresholds,
            growth: &growth)
    }
}
