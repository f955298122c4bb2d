/// What an interval says, in words that claim no cause.
public enum RelationVerdict: String, Hashable, Sendable, CaseIterable {
    /// The interval holds the value of no relation.
    case includesNone = "interval includes none"
    /// More incidents or hotspots when it is (or was) dry.
    case moreWhenDry = "more when dry"
    case lessWhenDry = "less when dry"
    /// Too few steps, years, dry or hot steps for an interval to mean much.
    case tooFew = "too few"
}

/// An estimate with its 95 percent interval.
public struct RelationEstimate: Hashable, Sendable {
    /// nil when it is not defined, as when one variable never varies.
    public var value: Double?
    /// The 2.5 and 97.5 percent points of the bootstrap samples; nil when
    /// fewer than nine in ten samples have a value.
    public var lower: Double?
    public var upper: Double?
    /// The value that means no relation.
    public var none: Double
    /// Whether there are enough steps and years for a verdict.
    public var isSupported: Bool

    public var verdict: RelationVerdict {
        guard isSupported, value != nil, let lower, let upper else { return .tooFew }
        if lower > none { return .moreWhenDry }
        return upper < none ? .lessWhenDry : .includesNone
    }
}

/// Steps by dryness and hotspot.
public struct RelationTable: Hashable, Sendable {
    public var dryHot = 0
    public var dryNotHot = 0
    public var notDryHot = 0
    public var notDryNotHot = 0

    public var count: Int { dryHot + dryNotHot + notDryHot + notDryNotHot }
    public var dry: Int { dryHot + dryNotHot }
    public var hot: Int { dryHot + notDryHot }
}

/// The relation of a zone, or of all zones together, at one lag.
public struct RelationRow: Hashable, Sendable {
    /// nil = all zones.
    public var zone: String?
    /// Steps by which dryness leads.
    public var lag: Int
    /// Pairs of steps with both anomalies.
    public var pairs: Int
    /// Different years with a pair, counted by the later step.
    public var years: Int
    /// Correlation of the anomalies.
    public var pearson: RelationEstimate
    /// Correlation of their ranks, ties having their mean rank.
    public var spearman: RelationEstimate
    /// Pairs of steps with both flags; nil without hotspot flags.
    public var table: RelationTable?
    /// P(hot | dry) / P(hot); nil without hotspot flags.
    public var lift: RelationEstimate?
    /// Of the table with half a step added to each field; nil without
    /// hotspot flags.
    public var logOddsRatio: RelationEstimate?

    /// That of the odds, or of the rank correlation without hotspot flags.
    public var verdict: RelationVerdict { (logOddsRatio ?? spearman).verdict }
}
