import Diagnostics

/// Bands of distance and of time that pairs of events are sorted into.
///
/// The first band of distance is "the same place": 0 m. The others follow,
/// each without its lower and with its upper bound. The first band of time
/// holds both bounds, 0 and its upper one.
public struct NearRepeatBands: Hashable, Sendable {
    /// Upper bounds in metres, ascending, more than 0.
    public let distancesInMeters: [Double]
    /// Upper bounds in days, ascending, 0 or more.
    public let timesInDays: [Double]

    /// - Throws: `.unsuitableParameter` when bounds are missing or do not
    ///   ascend.
    public init(
        distancesInMeters: [Double], timesInDays: [Double]
    ) throws(HotspotError) {
        for (name, bounds, floor) in [
            ("distance", distancesInMeters, 0.0),
            ("time", timesInDays, -Double.leastNonzeroMagnitude),
        ] {
            let ascends = zip(bounds, [floor] + bounds).allSatisfy { $0 > $1 && $0.isFinite }
            guard ascends, !bounds.isEmpty || name == "distance" else {
                throw HotspotError(
                    .unsuitableParameter,
                    "the upper bounds of \(name) bands are \(bounds) (expected ascending numbers)",
                    mend: "Give the upper bound of every band, the nearest first")
            }
        }
        self.distancesInMeters = distancesInMeters
        self.timesInDays = timesInDays
    }

    /// Bands of distance, "the same place" included.
    public var distanceCount: Int { distancesInMeters.count + 1 }

    /// The band of a distance; nil beyond the last. A distance that exceeds
    /// a bound by `ScanDistance.relativeTolerance` of it lies within.
    func distanceBand(of meters: Double) -> Int? {
        if meters == 0 { return 0 }
        let tolerance = 1 + ScanDistance.relativeTolerance
        return distancesInMeters.firstIndex { meters <= $0 * tolerance }.map { $0 + 1 }
    }
}

/// Pairs of events in one band of distance and one of time.
public struct NearRepeatCell: Hashable, Sendable {
    public var distanceBand: Int
    public var timeBand: Int
    public var observed: Int
    /// Mean of the replicates; NaN without any.
    public var simulatedMean: Double
    /// Observed over simulated mean; NaN when both are 0.
    public var ratio: Double
    /// `(1 + replicates with as many or more) / (1 + replicates)`.
    public var p: Double
    /// More than chance makes, and enough more to matter: p <= 0.05 and a
    /// ratio of 1.2 or more.
    public var isNotable: Bool { p <= 0.05 && ratio >= 1.2 }
}

/// A table of near repeats, and the totals that it comes from.
public struct NearRepeatTable: Hashable, Sendable {
    public var bands: NearRepeatBands
    /// Bands of distance one after the other, each with its bands of time.
    public var cells: [NearRepeatCell]
    public var eventCount: Int
    public var replicates: Int

    public subscript(distanceBand: Int, timeBand: Int) -> NearRepeatCell {
        cells[distanceBand * bands.timesInDays.count + timeBand]
    }
}

/// Knox's test of one distance and one time.
public struct KnoxTest: Hashable, Sendable {
    public var eventCount: Int
    public var pairCount: Int
    /// Pairs close in space, in time, and in both.
    public var closeInSpace: Int
    public var closeInTime: Int
    public var closeInBoth: Int
    /// `closeInSpace x closeInTime / pairCount`; 0 with fewer than two
    /// events.
    public var expected: Double
    /// `(1 + replicates with as many or more) / (1 + replicates)`.
    public var p: Double
    /// Chance of as many or more of a Poisson count with the expectation,
    /// which needs no replicates but takes pairs for independent.
    public var poissonP: Double
    public var replicates: Int
}
