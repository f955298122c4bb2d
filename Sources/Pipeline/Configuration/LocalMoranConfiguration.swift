/// `hotspots.moran`: local Moran's I of the window's counts.
public struct LocalMoranConfiguration: Hashable, Sendable {
    public var permutations: Int
    public var correction: CorrectionChoice
    public var level: Percent
    public var seed: Int
}

extension LocalMoranConfiguration: ConfigurationSection {
    static let permutations = DefaultKey(
        \Self.permutations, "permutations", .integer(99...99_999, example: "9999"), default: 9999,
        "Random permutations around each cell; p is at least 2 / (permutations + 1), too much for "
            + "bh to find anything among many cells when they are few.")
    static let correction = DefaultKey(
        \Self.correction, "correction", .choice, default: .bh,
        "How significance is corrected for the number of cells.")
    static let level = DefaultKey(
        \Self.level, "level", .percent(oneOf: [1, 5, 10], example: "5 %"), default: Percent(5),
        "Level of significance.")
    static let seed = DefaultKey(
        \Self.seed, "seed", .integer(0...Int(Int32.max), example: "1"), default: 1,
        "Of the random permutations.")

    static let keys = SectionKeys<Self>(
        "Local Moran's I: clusters of high cells, of low ones, and outliers.",
        [permutations.entry, correction.entry, level.entry, seed.entry])

    init?(_ reader: SectionReader<Self>) {
        permutations = reader.value(Self.permutations)
        correction = reader.value(Self.correction)
        level = reader.value(Self.level)
        seed = reader.value(Self.seed)
    }
}
