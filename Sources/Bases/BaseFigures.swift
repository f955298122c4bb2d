/// What one base reaches, by straight-line distance.
public struct BaseFigures: Sendable, Hashable {
    /// Index of the nearest other base, the lower one of equals; nil when
    /// there is no other.
    public var nearestBase: Int?
    /// Straight-line distance to it in metres; nil when there is no other.
    public var nearestMeters: Double?
    /// All that the base reaches, in whatever zone.
    public var withinReach: BaseTotals
    /// The part of it that no other base reaches.
    public var onlyThisBase: BaseTotals
    /// Indices of the settlements that only this base reaches: the largest
    /// population first, unknown ones last; then by name, then by index.
    public var lastCover: [Int]

    public init(
        nearestBase: Int? = nil, nearestMeters: Double? = nil, withinReach: BaseTotals = .zero,
        onlyThisBase: BaseTotals = .zero, lastCover: [Int] = []
    ) {
        self.nearestBase = nearestBase
        self.nearestMeters = nearestMeters
        self.withinReach = withinReach
        self.onlyThisBase = onlyThisBase
        self.lastCover = lastCover
    }
}

/// What lies in one zone and how much of it bases reach, by straight-line
/// distance.
public struct ZoneFigures: Sendable, Hashable {
    /// Number of bases that belong to the zone.
    public var bases: Int
    /// All that lies in the zone: covered and uncovered.
    public var total: BaseTotals
    /// The part that at least one base reaches, of whatever zone.
    public var covered: BaseTotals
    /// The part that at least one base of the same zone reaches.
    public var coveredByOwnBases: BaseTotals
    /// The part that no base reaches.
    public var uncovered: BaseTotals

    public init(
        bases: Int = 0, total: BaseTotals = .zero, covered: BaseTotals = .zero,
        coveredByOwnBases: BaseTotals = .zero, uncovered: BaseTotals = .zero
    ) {
        self.bases = bases
        self.total = total
        self.covered = covered
        self.coveredByOwnBases = coveredByOwnBases
        self.uncovered = uncovered
    }
}
