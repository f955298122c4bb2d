/// `hotspots.relation`: does violence go with drought, and after how long?
public struct RelationConfiguration: Hashable, Sendable {
    /// Months by which drought may lead.
    public var lags: Int
    /// A sector's month is dry when its mean VCI is below, in percent.
    public var dryBelow: Double
    /// Random draws of whole years.
    public var replicates: Int
    public var seed: Int
}

extension RelationConfiguration: ConfigurationSection {
    static let lags = DefaultKey(
        \Self.lags, "lags", .integer(0...24, example: "6"), default: 6,
        "Months by which drought may lead violence, 0 to this.")
    static let dryBelow = DefaultKey(
        \Self.dryBelow, "dry_below", .number(1...99, example: "35"), default: 35,
        "A sector's month is dry when its mean VCI is below, in percent.")
    static let replicates = DefaultKey(
        \Self.replicates, "replicates", .integer(99...99_999, example: "999"), default: 999,
        "Random draws of whole years, for the intervals.")
    static let seed = DefaultKey(
        \Self.seed, "seed", .integer(0...Int(Int32.max), example: "1"), default: 1,
        "Of the random draws.")

    static let keys = SectionKeys<Self>(
        "Drought and violence of each sector, month by month with lags; an association, not a "
            + "cause.",
        [lags.entry, dryBelow.entry, replicates.entry, seed.entry])

    init?(_ reader: SectionReader<Self>) {
        lags = reader.value(Self.lags)
        dryBelow = reader.value(Self.dryBelow)
        replicates = reader.value(Self.replicates)
        seed = reader.value(Self.seed)
    }
}
