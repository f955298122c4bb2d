import Diagnostics

/// Minutes from every base to every place, and what each place weighs:
/// people, incidents or square kilometres.
public struct DemandMatrix: Sendable, Hashable {
    public let demandCount: Int
    public let baseCount: Int
    /// Place after place, in each base after base; `+infinity` where a base
    /// does not reach a place.
    public let minutes: [Double]
    /// One per place, from 0.
    public let weights: [Double]

    /// - Throws: `mismatch` unless there is one time per place and base;
    ///   `unsuitableValue` for times that are negative or not a number, and
    ///   for weights that are negative or not finite.
    public init(minutes: [Double], weights: [Double], baseCount: Int) throws(ScheduleError) {
        guard baseCount >= 0, minutes.count == weights.count * baseCount else {
            throw ScheduleError(
                .mismatch,
                "\(minutes.count) times for \(weights.count) places and \(baseCount) bases",
                mend: "Give one time per place and base, place after place")
        }
        if let place = weights.firstIndex(where: { !($0 >= 0 && $0 < .infinity) }) {
            throw .value(
                "weight of place \(place)", "it is \(weights[place]), expected a number from 0",
                mend: "Give people, incidents or an area")
        }
        if let index = minutes.firstIndex(where: { !($0 >= 0) }) {
            throw .value(
                "minutes from base \(index % baseCount) to place \(index / baseCount)",
                "they are \(minutes[index]), expected a number from 0",
                mend: "Write infinity where a base does not reach a place")
        }
        demandCount = weights.count
        self.baseCount = baseCount
        self.minutes = minutes
        self.weights = weights
    }

    /// Minutes from a base to a place.
    public subscript(demand: Int, base: Int) -> Double { minutes[demand * baseCount + base] }

    /// Minutes to the nearest of `bases`; `+infinity` when none reaches it.
    public func nearestMinutes(to demand: Int, of bases: [Int]) -> Double {
        bases.reduce(.infinity) { min($0, self[demand, $1]) }
    }

    /// The weight of the places that at least `times` of `bases` reach within
    /// the limit, which itself counts as reached.
    public func coverage(by bases: [Int], within limitInMinutes: Double, times: Int = 1) -> Double {
        var total = 0.0
        for demand in 0..<demandCount {
            var reached = 0
            for base in bases where self[demand, base] <= limitInMinutes { reached += 1 }
            if reached >= times { total += weights[demand] }
        }
        return total
    }

    /// The weight times minutes to the nearest of `bases`, over all places;
    /// `+infinity` when a place of some weight cannot be reached.
    public func weightedMinutes(of bases: [Int]) -> Double {
        var total = 0.0
        for demand in 0..<demandCount where weights[demand] > 0 {
            total += weights[demand] * nearestMinutes(to: demand, of: bases)
        }
        return total
    }

    /// For each base the weight of the places that it alone reaches within the
    /// limit.
    public func lossesOfSingleBases(within limitInMinutes: Double) -> [Double] {
        var losses = [Double](repeating: 0, count: baseCount)
        for demand in 0..<demandCount {
            let reaching = (0..<baseCount).filter { self[demand, $0] <= limitInMinutes }
            if reaching.count == 1 { losses[reaching[0]] += weights[demand] }
        }
        return losses
    }

    /// The places merged by the bases that reach them within the limit.
    public func patterns(within limitInMinutes: Double) -> DemandPatterns {
        var merging = PatternMerging(baseCount: baseCount)
        var reach = BaseSet(baseCount: baseCount)
        minutes.withUnsafeBufferPointer { minutes in
            for demand in 0..<demandCount {
                reach.removeAll()
                let start = demand * baseCount
                for base in 0..<baseCount where minutes[start + base] <= limitInMinutes {
                    reach.insert(base)
                }
                _ = merging.add(weights[demand], reachedBy: reach)
            }
        }
        return merging.patterns
    }
}
