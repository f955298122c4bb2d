import GridCore
import InstructionSets

/// The cases of sixteen replicates, by location.
final class ScanLaneStore {
    private let starts: UnsafeMutablePointer<Int32>
    private let cells: UnsafeMutablePointer<UInt32>
    private let touched: UnsafeMutablePointer<UInt64>

    init(
        sampler: ScanSampler, model: ScanModel, locations: Int, replicates: Range<Int>,
        countBytes: Int
    ) {
        var drawnLocations: [Int32] = []
        var drawnCells: [UInt32] = []
        drawnLocations.reserveCapacity(replicates.count * sampler.mostCases)
        drawnCells.reserveCapacity(replicates.count * sampler.mostCases)
        let starts = UnsafeMutablePointer<Int32>.allocate(capacity: locations + 2)
        starts.initialize(repeating: 0, count: locations + 2)
        let touched = UnsafeMutablePointer<UInt64>.allocate(
            capacity: max(1, locations * model.words))
        touched.initialize(repeating: 0, count: max(1, locations * model.words))
        for (lane, replicate) in replicates.enumerated() {
            sampler.draw(replicate) { location, step in
                let place = Int(location)
                drawnLocations.append(location)
                drawnCells.append(UInt32((Int(step) * scanLaneCount + lane) * countBytes))
                starts[place + 2] += 1
                model.mark(Int(step), in: touched + place * model.words)
            }
        }
        for location in 0..<locations { starts[location + 2] += starts[location + 1] }
        let cells = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, drawnCells.count))
        // `starts[l + 1]` runs from where location l begins to where it ends.
        for (location, cell) in zip(drawnLocations, drawnCells) {
            cells.advanced(by: Int(starts[Int(location) + 1])).initialize(to: cell)
            starts[Int(location) + 1] += 1
        }
        self.starts = starts
        self.touched = touched
        self.cells = cells
    }

    deinit {
        starts.deallocate()
        cells.deallocate()
        touched.deallocate()
    }

    var pointers: ScanLaneEvents {
        ScanLaneEvents(starts: starts, cells: cells, touched: touched)
    }
}

/// Grows zones over the cases of sixteen replicates and keeps their best
/// ratios.
///
/// Memory is that of one zone: counts by step and lane, expectations by step.
final class ScanLaneScan<Lanes: ScanGrowing> {
    private let model: ScanModel
    private let classes: ScanClasses
    private let events: ScanLaneStore
    private let thresholds: ScanThresholds<Lanes>
    private let form: InstructionSet
    private let counts: UnsafeMutableRawPointer
    private let touched: UnsafeMutablePointer<UInt64>
    private let expected: UnsafeMutablePointer<Double>
    private let expectedSize: Int
    private let classRoom: UnsafeMutablePointer<UInt32>
    private let shares: UnsafeMutablePointer<Float>

    init(
        model: ScanModel, classes: ScanClasses, events: ScanLaneStore,
        thresholds: ScanThresholds<Lanes>, form: InstructionSet
    ) {
        self.model = model
        self.classes = classes
        self.events = events
        self.thresholds = thresholds
        self.form = form
        counts = .allocate(
            byteCount: model.steps * MemoryLayout<Lanes>.stride,
            alignment: MemoryLayout<Lanes>.alignment)
        touched = .allocate(capacity: model.words)
        touched.initialize(repeating: 0, count: model.words)
        let (expectedSize, windows) = ScanLaneScan.sizes(of: model)
        self.expectedSize = expectedSize
        expected = .allocate(capacity: max(1, expectedSize))
        expected.initialize(repeating: 0, count: max(1, expectedSize))
        // The kernel takes eight windows at once and may go beyond the last.
        classRoom = .allocate(capacity: 64 * model.longest + 8)
        classRoom.initialize(repeating: 0, count: 64 * model.longest + 8)
        shares = .allocate(capacity: windows.count + 8)
        shares.initialize(repeating: 0, count: windows.count + 8)
        for (i, cases) in windows.enumerated() {
            shares[i] = Float(Double(cases) / Double(model.total))
        }
    }

    deinit {
        counts.deallocate()
        touched.deallocate()
        expected.deallocate()
        classRoom.deallocate()
        shares.deallocate()
    }

    private static func sizes(of model: ScanModel) -> (expected: Int, windows: [Int]) {
        switch model.expectation {
        case .permutation(_, let windows): (0, windows)
        case .poisson: (model.steps, [])
        }
    }

    /// Tests the zones around a centre.
    func grow(center: Int, of zones: ScanZones) {
        let bytes = model.steps * MemoryLayout<Lanes>.stride
        counts.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        for step in 0..<expectedSize { expected[step] = 0 }
        clearTouched()
        var growth = ScanGrowth(
            counts: counts, touched: touched, expected: expected, classes: classRoom)
        let start = zones.starts[center]
        let count = zones.starts[center + 1] - start
        zones.members.withUnsafeBufferPointer { members in
            zones.kinds.withUnsafeBufferPointer { kinds in
                guard let members = members.baseAddress, let kinds = kinds.baseAddress else {
                    return
                }
                grow(
                    ScanChain(members: members + start, kinds: kinds + start, count: count),
                    growth: &growth)
            }
        }
    }

    private func grow(_ chain: ScanChain, growth: inout ScanGrowth) {
        switch model.expectation {
        case .permutation(let sizes, let windows):
            sizes.withUnsafeBufferPointer { sizes in
                guard let base = sizes.baseAddress else { return }
                let rule = rule(sizes: base, expected: nil)
                grow(chain, rule: rule, growth: &growth) { [model] growth, end, back in
                    Double(growth.size) * Double(windows[end * model.longest + back])
                        / Double(model.total)
                }
            }
        case .poisson(let table):
            table.withUnsafeBufferPointer { table in
                guard let base = table.baseAddress else { return }
                let unused = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
                defer { unused.deallocate() }
                var sum = 0.0
                grow(chain, rule: rule(sizes: unused, expected: base), growth: &growth) {
                    growth, end, back in
                    sum = (back == 0 ? 0 : sum) + growth.expected[end - back]
                    return sum
                }
            }
        }
    }

    private func rule(
        sizes: UnsafePointer<Int32>, expected: UnsafePointer<Double>?
    ) -> ScanWindows {
        ScanWindows(
            steps: model.steps, longest: model.longest, words: model.words, sizes: sizes,
            shares: shares, expected: expected, smallest: classes.smallest,
            firstClass: classes.firstClass)
    }

    /// `expectation` is asked for the windows of an end from the shortest on.
    @inline(__always)
    private func grow(
        _ chain: ScanChain, rule: ScanWindows, growth: inout ScanGrowth,
        expectation: (_ growth: ScanGrowth, _ end: Int, _ back: Int) -> Double
    ) {
        var position = 0
        while true {
            let member = Lanes.grow(
                form, chain, from: position, events: events.pointers, windows: rule,
                thresholds: thresholds.table, growth: &growth)
            guard member < chain.count else { return }
            for word in 0..<model.words {
                var bits = touched[word]
                while bits != 0 {
                    let end = word * 64 + bits.trailingZeroBitCount
                    bits &= bits &- 1
                    examine(end: end) { expectation(growth, end, $0) }
                }
            }
            clearTouched()
            position = member + 1
        }
    }

    /// Takes the plain ratio of counts that exceed their threshold.
    @inline(__always)
    private func examine(end: Int, expectation: (_ back: Int) -> Double) {
        var count = Lanes()
        for back in 0..<min(model.longest, end + 1) {
            let row = (end - back) * MemoryLayout<Lanes>.stride
            count = count.adding(counts.load(fromByteOffset: row, as: Lanes.self))
            let expected = expectation(back)
            let classIndex = classes.index(of: expected)
            let excess = thresholds.table[classIndex].subtracting(count)
            guard excess.hasNegative else { continue }
            for lane in 0..<scanLaneCount where excess[lane] < 0 {
                let ratio = scanLogLikelihoodRatio(
                    cases: Int(count[lane]), expected: expected, total: model.total)
                thresholds.reach(ratio, lane: lane, classIndex: classIndex)
            }
        }
    }

    private func clearTouched() {
        for word in 0..<model.words { touched[word] = 0 }
    }
}
