import Diagnostics

/// Which cylinders a scan tests and how it judges them.
public struct ScanDesign: Hashable, Sendable {
    /// When the windows of a scan end.
    public enum Period: Hashable, Sendable, CaseIterable {
        /// With the last step: is something going on now?
        case prospective
        /// With any step: where and when was something going on?
        case retrospective
    }

    /// What further clusters may not share with those already reported.
    public enum Overlap: Hashable, Sendable, CaseIterable {
        /// No location, at whatever time.
        case locations
        /// No location in the same step.
        case locationsAndSteps
    }

    public var period: Period
    /// Steps of the longest window; cut to the steps there are. One half of
    /// the study period is the usual largest.
    public var maximumSteps: Int
    /// Cylinders with fewer cases are no clusters.
    public var minimumCases: Int
    /// Random data sets; one less than a round number makes round p-values.
    public var replicates: Int
    public var seed: UInt64
    /// The most clusters to report, the first one included.
    public var maximumClusters: Int
    public var overlap: Overlap

    public init(
        period: Period, maximumSteps: Int, minimumCases: Int = 2, replicates: Int = 999,
        seed: UInt64 = 1, maximumClusters: Int = 10, overlap: Overlap = .locations
    ) {
        self.period = period
        self.maximumSteps = maximumSteps
        self.minimumCases = minimumCases
        self.replicates = replicates
        self.seed = seed
        self.maximumClusters = maximumClusters
        self.overlap = overlap
    }

    func check() throws(HotspotError) {
        let values = [
            ("maximum number of steps", maximumSteps, 1),
            ("minimum number of cases", minimumCases, 1),
            ("number of replicates", replicates, 0),
            ("maximum number of clusters", maximumClusters, 1),
        ]
        for (name, value, least) in values where value < least {
            throw HotspotError(
                .unsuitableParameter, "the \(name) is \(value) (expected \(least) or more)",
                mend: "Correct the design of the scan")
        }
    }
}

/// A place and time with more cases than expected.
public struct ScanCluster: Hashable, Sendable {
    /// Index of the location in the middle.
    public var center: Int
    /// Metres to the furthest location of the cluster; 0 for one location.
    public var radiusInMeters: Double
    /// Indices of the locations, ascending.
    public var locations: [Int]
    /// Inclusive, counted from 0.
    public var firstStep: Int
    public var lastStep: Int
    /// Indices of the events in the cluster, ascending.
    public var events: [Int]
    public var expected: Double
    public var logLikelihoodRatio: Double
    /// Rate inside over rate outside, `(c / mu) / ((C - c) / (C - mu))`;
    /// infinite when all cases are inside.
    public var relativeRisk: Double
    /// See `ScanSignificance`.
    public var monteCarloP: Double
    /// NaN where no distribution could be fitted.
    public var gumbelP: Double
    /// The p to use: Monte Carlo, or Gumbel where that is at its smallest.
    public var p: Double
    /// Days of daily (or, by step length, weekly) looking in which chance
    /// makes one such cluster: the length of a step over p. For prospective
    /// scans that are repeated with every step.
    public var recurrenceIntervalInDays: Double

    public var observed: Int { events.count }
    public var steps: ClosedRange<Int> { firstStep...lastStep }
}

/// Clusters of a scan, the least likely to be chance first.
public struct ScanResult: Hashable, Sendable {
    /// Highest ratio first, none with a ratio of 0.
    public var clusters: [ScanCluster]
    public var significance: ScanSignificance
    public var eventCount: Int
    /// Distinct zones that were tested.
    public var zoneCount: Int
}
