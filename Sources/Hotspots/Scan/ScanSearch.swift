import GridCore

/// The best cylinder of a centre.
struct ScanCandidate: Sendable {
    var ratio = 0.0
    /// The member of the centre's chain that completes the zone.
    var member = 0
    var firstStep = 0
    var lastStep = 0
    var cases = 0
    var expected = 0.0
}

/// Finds the cylinders with the highest ratios in the observed cases.
struct ScanSearch: Sendable {
    let zones: ScanZones
    let model: ScanModel
    /// Steps of the cases of each location, from the model's first step on.
    let stepsByLocation: [[Int32]]

    init(events: ScanEvents, zones: ScanZones, model: ScanModel) {
        self.zones = zones
        self.model = model
        var steps = [[Int32]](repeating: [], count: events.locations.count)
        for (location, step) in zip(events.locationOfEvent, events.stepOfEvent)
        where step >= model.firstStep {
            steps[location].append(Int32(step - model.firstStep))
        }
        stepsByLocation = steps
    }

    /// The cylinders with the highest ratios that share nothing, highest
    /// first; of equal ones the first in the order of centres, of growth, of
    /// the last step and of the length.
    func best(design: ScanDesign, threads: Int) -> [(center: Int, candidate: ScanCandidate)] {
        let centers = zones.locations.count
        var taken = ScanTaken(model: model, overlap: design.overlap, locations: centers)
        var candidates = best(of: Array(0..<centers), taken: taken, threads: threads)
        var found: [(center: Int, candidate: ScanCandidate)] = []
        while found.count < design.maximumClusters {
            var top = 0
            for center in candidates.indices
            where candidates[center].ratio > candidates[top].ratio {
                top = center
            }
            guard candidates.indices.contains(top), candidates[top].ratio > 0 else { break }
            let candidate = candidates[top]
            found.append((top, candidate))
            taken.take(
                zones.locationsOfZone(center: top, through: candidate.member),
                steps: candidate.firstStep...candidate.lastStep)
            // A cylinder that is still free is still the best of its centre.
            let stale = candidates.indices.filter { center in
                let candidate = candidates[center]
                return candidate.ratio > 0
                    && taken.overlaps(
                        zones.locationsOfZone(center: center, through: candidate.member),
                        steps: candidate.firstStep...candidate.lastStep)
            }
            for (center, next) in zip(stale, best(of: stale, taken: taken, threads: threads)) {
                candidates[center] = next
            }
        }
        return found
    }

    private func best(of centers: [Int], taken: ScanTaken, threads: Int) -> [ScanCandidate] {
        [ScanCandidate](unsafeUninitializedCapacity: centers.count) { results, size in
            let output = SharedCells(results)
            let blocks = (centers.count + Self.centersPerBlock - 1) / Self.centersPerBlock
            forEachInParallel(count: blocks, threads: threads) { _, block in
                var zone = ScanObservedZone(model)
                let end = min(centers.count, (block + 1) * Self.centersPerBlock)
                for i in (block * Self.centersPerBlock)..<end {
                    output.cells.initializeElement(
                        at: i, to: best(of: centers[i], taken: taken, zone: &zone))
                }
            }
            size = centers.count
        }
    }

    private static let centersPerBlock = 16

    /// Grows the zone of a centre; see `scanGrowthKernel` for why only
    /// windows that gained a case are looked at.
    private func best(
        of center: Int, taken: ScanTaken, zone: inout ScanObservedZone
    ) -> ScanCandidate {
        zone.clear()
        var best = ScanCandidate()
        let start = zones.starts[center]
        for member in 0..<(zones.starts[center + 1] - start) {
            let location = Int(zones.members[start + member])
            if taken.isWhollyTaken(location) { break }
            zone.enter(location, steps: stepsByLocation[location], taken: taken)
            let kind = zones.kinds[start + member]
            if kind == ScanZoneKind.zone { zone.improve(&best, member: member) }
            if kind != ScanZoneKind.incomplete { zone.clearTouched() }
        }
        return best
    }
}

/// What reported clusters hold and others may not.
struct ScanTaken: Sendable {
    private let overlap: ScanDesign.Overlap
    private var locations: [Bool]
    /// Taken steps of each location.
    private(set) var steps: [[ClosedRange<Int>]]

    init(model: ScanModel, overlap: ScanDesign.Overlap, locations: Int) {
        self.overlap = overlap
        self.locations = [Bool](repeating: false, count: locations)
        steps = [[ClosedRange<Int>]](repeating: [], count: locations)
    }

    mutating func take(_ members: [Int], steps taken: ClosedRange<Int>) {
        for location in members {
            if overlap == .locations {
                locations[location] = true
            } else {
                steps[location].append(taken)
            }
        }
    }

    func isWhollyTaken(_ location: Int) -> Bool { locations[location] }

    func overlaps(_ members: [Int], steps range: ClosedRange<Int>) -> Bool {
        members.contains { location in
            locations[location] || steps[location].contains { $0.overlaps(range) }
        }
    }
}

/// Cases and expectations of a growing zone.
struct ScanObservedZone {
    private let model: ScanModel
    private var expectation: ScanZoneExpectation
    private var counts: [Int32]
    private var touched: [UInt64]
    private var isTaken: [Bool]

    init(_ model: ScanModel) {
        self.model = model
        expectation = ScanZoneExpectation(model)
        counts = [Int32](repeating: 0, count: model.steps)
        touched = [UInt64](repeating: 0, count: model.words)
        isTaken = [Bool](repeating: false, count: model.steps)
    }

    mutating func clear() {
        expectation.clear()
        for step in counts.indices {
            counts[step] = 0
            isTaken[step] = false
        }
        clearTouched()
    }

    mutating func clearTouched() {
        for word in touched.indices { touched[word] = 0 }
    }

    mutating func enter(_ location: Int, steps: [Int32], taken: ScanTaken) {
        expectation.enter(location)
        for step in steps {
            counts[Int(step)] += 1
            touched.withUnsafeMutableBufferPointer { touched in
                if let base = touched.baseAddress { model.mark(Int(step), in: base) }
            }
        }
        for range in taken.steps[location] {
            for step in range { isTaken[step] = true }
        }
    }

    func improve(_ best: inout ScanCandidate, member: Int) {
        for word in touched.indices {
            var bits = touched[word]
            while bits != 0 {
                let end = word * 64 + bits.trailingZeroBitCount
                bits &= bits &- 1
                improve(&best, member: member, end: end)
            }
        }
    }

    private func improve(_ best: inout ScanCandidate, member: Int, end: Int) {
        let total = Double(model.total)
        var cases = 0
        expectation.withWindows(endingAt: end) { back, expected in
            if isTaken[end - back] { return false }
            cases += Int(counts[end - back])
            let excess = Double(cases) - expected
            // The ratio is at most excess^2 / (mu (1 - mu / C)), the chi
            // squared distance of the two shares; most need no logarithm.
            // The factor leaves room for rounding.
            let isPromising =
                excess > 0 && cases >= model.minimumCases
                && excess * excess * total * 1.000_001 >= best.ratio * expected * (total - expected)
            if isPromising {
                let ratio = scanLogLikelihoodRatio(
                    cases: cases, expected: expected, total: model.total)
                if ratio > best.ratio {
                    best = ScanCandidate(
                        ratio: ratio, member: member, firstStep: end - back, lastStep: end,
                        cases: cases, expected: expected)
                }
            }
            return true
        }
    }
}
