/// Who protects the land along the borders between sectors.
///
/// The lesson behind it: land between two sectors that each takes for the
/// other's is where armed groups found sanctuary. A base across the border
/// may be near on the map and not come.
public struct SeamReport: Sendable, Hashable {
    /// The time limits, ascending.
    public let limitsInMinutes: [Double]
    /// One per seam, in the order of the seams.
    public let seams: [SeamFigures]
    /// One per limit: sums over the seams; what is near two seams is in
    /// twice.
    public let listed: [SeamTotals]
    /// One per limit: every cell, settlement and incident once, with the
    /// largest of the parts it has in different seams.
    public let once: [SeamTotals]
}

/// The figures of one seam.
public struct SeamFigures: Sendable, Hashable {
    /// Indices of its two sectors.
    public let first: Int
    public let second: Int
    /// Area within the width of the border.
    public let zoneSquareMeters: Double
    /// Length of the border.
    public let borderMeters: Double
    /// All that lies in the zone.
    public let zone: DemandTotals
    /// The base of the first sector that is nearest to the border; nil when
    /// none reaches it.
    public let nearestOfFirst: SeamBase?
    /// The same for the second sector.
    public let nearestOfSecond: SeamBase?
    /// One per limit.
    public let limits: [SeamGap]
}

/// A base and its time to the nearest place of a border.
public struct SeamBase: Sendable, Hashable {
    /// Index of the base in the mission.
    public let base: Int
    /// Finite, not negative.
    public let minutes: Double

    public init(base: Int, minutes: Double) {
        self.base = base
        self.minutes = minutes
    }
}

/// What is not protected near a border, by whom it could be.
public struct SeamTotals: Sendable, Hashable {
    /// What no base of either sector reaches in time.
    public internal(set) var gap = DemandTotals.zero
    /// The part of `gap` that a base of a third sector reaches.
    public internal(set) var thirdParty = DemandTotals.zero
    /// What only a base from across the border reaches in time, and none of
    /// its own sector.
    public internal(set) var oneSided = DemandTotals.zero

    static func += (total: inout SeamTotals, other: SeamTotals) {
        total.gap += other.gap
        total.thirdParty += other.thirdParty
        total.oneSided += other.oneSided
    }
}

/// The gap of one seam within one limit.
public struct SeamGap: Sendable, Hashable {
    public let limitInMinutes: Double
    public let totals: SeamTotals
    /// The longest stretch of the border without interruption that no base of
    /// any sector reaches in time.
    public let longestUncoveredMeters: Double
    /// What the gap grows by when one base leaves, for the bases that make it
    /// grow, ascending.
    public let growth: [SeamGrowth]
}

/// What a gap grows by when a base leaves.
public struct SeamGrowth: Sendable, Hashable {
    public let base: Int
    public internal(set) var added: DemandTotals
}
