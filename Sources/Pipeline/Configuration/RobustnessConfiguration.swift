/// `hotspots.robustness`: how sure hot cells are, given how well events are
/// known.
public struct RobustnessConfiguration: Hashable, Sendable {
    public var draws: Int
    public var seed: Int
}

extension RobustnessConfiguration: ConfigurationSection {
    static let draws = DefaultKey(
        \Self.draws, "draws", .integer(20...10_000, example: "200"), default: 200,
        "How often places, days and deaths of events are drawn within what their source says.")
    static let seed = DefaultKey(
        \Self.seed, "seed", .integer(0...Int(Int32.max), example: "1"), default: 1,
        "Of the random draws.")

    static let keys = SectionKeys<Self>(
        "Probability that a cell is hot, over the uncertainty of the events' coding.",
        [draws.entry, seed.entry])

    init?(_ reader: SectionReader<Self>) {
        draws = reader.value(Self.draws)
        seed = reader.value(Self.seed)
    }
}
