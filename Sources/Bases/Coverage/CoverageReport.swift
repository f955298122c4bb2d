/// What the bases of a mission reach in time, in every sector and district.
///
/// Coverage by a base is physical presence in reach and no more: it says
/// nothing of protection by dialogue, of early warning or of civilians' own
/// arrangements.
public struct CoverageReport: Sendable, Hashable {
    /// The time limits, ascending; a place exactly at a limit is covered.
    public let limitsInMinutes: [Double]
    /// All demand, also outside the zones.
    public let total: ZoneCoverage
    /// One per sector.
    public let sectors: [ZoneCoverage]
    /// What lies in no sector; with the sectors it adds up to the total.
    public let outsideSectors: ZoneCoverage
    /// One per district.
    public let districts: [ZoneCoverage]
}

/// What lies in one zone, and how much of it is reached within each limit.
public struct ZoneCoverage: Sendable, Hashable {
    /// All that lies in the zone, reached or not.
    public internal(set) var all: DemandTotals
    /// What no base reaches at all, in any time.
    public internal(set) var unreachable: DemandTotals
    /// One per limit.
    public internal(set) var limits: [LimitCoverage]
    /// How long people wait for the nearest base.
    public internal(set) var response: ResponseTimes

    /// Share of people that no base reaches at all; nil without people.
    public var shareUnreachable: Double? { unreachable.share(of: all, by: .people) }

    /// Share reached within limit number `limit`; nil when there is nothing.
    public func share(_ limit: Int, by measure: DemandMeasure = .people) -> Double? {
        limits[limit].covered.share(of: all, by: measure)
    }

    /// Share reached by a base of the same sector.
    public func ownShare(_ limit: Int, by measure: DemandMeasure = .people) -> Double? {
        limits[limit].own.share(of: all, by: measure)
    }

    /// Share that is reached on the map only: by a base of another sector,
    /// which needs cross-sector help to come.
    public func paperShare(_ limit: Int, by measure: DemandMeasure = .people) -> Double? {
        guard let share = share(limit, by: measure), let own = ownShare(limit, by: measure)
        else { return nil }
        return share - own
    }

    /// Share that two bases reach.
    public func backupShare(_ limit: Int, by measure: DemandMeasure = .people) -> Double? {
        limits[limit].backup.share(of: all, by: measure)
    }
}

/// What is reached within one time limit.
public struct LimitCoverage: Sendable, Hashable {
    public let limitInMinutes: Double
    /// Reached by at least one base.
    public internal(set) var covered = DemandTotals.zero
    /// Reached by a base of the sector in which it lies.
    public internal(set) var own = DemandTotals.zero
    /// Reached by at least two bases.
    public internal(set) var backup = DemandTotals.zero
}

/// Minutes to the nearest base such that at least the share p of the people
/// live no farther: the lower inverse of the distribution, always the time
/// of a cell. People whom no base reaches count, at `+infinity`. nil = no
/// people.
public struct ResponseTimes: Sendable, Hashable {
    public internal(set) var p50: Double?
    public internal(set) var p75: Double?
    public internal(set) var p90: Double?
    public internal(set) var p95: Double?

    public init(p50: Double? = nil, p75: Double? = nil, p90: Double? = nil, p95: Double? = nil) {
        self.p50 = p50
        self.p75 = p75
        self.p90 = p90
        self.p95 = p95
    }
}
