/// A step of regular series: a month or dekad of a year.
public struct RelationStep: Hashable, Sendable {
    public var year: Int
    /// Which part of the year: 1 ... 12 for months, 1 ... 36 for dekads.
    public var period: Int

    public init(year: Int, period: Int) {
        self.year = year
        self.period = period
    }
}

/// The series of one zone, a value per step.
public struct RelationZone: Hashable, Sendable {
    /// Unlike that of any other zone; also names its random numbers.
    public var name: String
    /// The larger, the drier; NaN = none.
    public var dryness: [Double]
    /// Whether the step counts as dry; nil = unknown.
    public var isDry: [Bool?]
    /// Incidents in the step; NaN = not recorded.
    public var incidents: [Double]
    /// Whether the zone was a hotspot in the step, nil = unknown; nil for the
    /// whole series = no odds are wanted.
    public var isHot: [Bool?]?

    public init(
        name: String, dryness: [Double], isDry: [Bool?], incidents: [Double],
        isHot: [Bool?]? = nil
    ) {
        self.name = name
        self.dryness = dryness
        self.isDry = isDry
        self.incidents = incidents
        self.isHot = isHot
    }
}

/// How the relation of dryness and incidents is estimated.
public struct RelationOptions: Hashable, Sendable {
    /// What is drawn with replacement for the pooled intervals.
    public enum PooledBlocks: String, Hashable, Sendable, CaseIterable {
        /// The years of each zone for themselves.
        case zoneYears = "zone-years"
        /// Years with all their zones: wider intervals where zones suffer
        /// the same years.
        case years
    }

    /// Dryness leads by 0 ... this many steps.
    public var longestLag: Int
    /// Bootstrap samples, B.
    public var resamples: Int
    public var seed: UInt64
    public var pooledBlocks: PooledBlocks

    public init(
        longestLag: Int = 6, resamples: Int = 2000, seed: UInt64 = 0,
        pooledBlocks: PooledBlocks = .zoneYears
    ) {
        self.longestLag = longestLag
        self.resamples = resamples
        self.seed = seed
        self.pooledBlocks = pooledBlocks
    }
}
