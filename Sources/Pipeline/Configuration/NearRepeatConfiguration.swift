/// `hotspots.near_repeat`: are events followed by others nearby?
public struct NearRepeatConfiguration: Hashable, Sendable {
    /// Upper ends of the bands of distance, ascending; the same place is a
    /// band of its own before them.
    public var distances: [Length]
    /// Upper ends of the bands of days, ascending.
    public var days: [Int]
    /// Events of the last so many days.
    public var period: Days
    public var replicates: Int
    public var seed: Int
}

extension NearRepeatConfiguration: ConfigurationSection {
    static let distances = DefaultKey(
        \Self.distances, "distances",
        .list(
            of: .length(.meters(1)...(.kilometers(2000)), example: "10 km"), count: 1...20),
        default: [.kilometers(5), .kilometers(10), .kilometers(20), .kilometers(50)],
        "Upper ends of the bands of distance, ascending; the same place is a band of its own.")
    static let days = DefaultKey(
        \Self.days, "days", .list(of: .integer(0...3660, example: "7"), count: 1...20),
        default: [7, 14, 30, 60, 90], "Upper ends of the bands of days, ascending.")
    static let period = DefaultKey(
        \Self.period, "period", .days(2...36_600, example: "1095 days"), default: Days(1095),
        "Events of the last so many days.")
    static let replicates = DefaultKey(
        \Self.replicates, "replicates", .integer(19...9999, example: "999"), default: 999,
        "Random permutations of the days.")
    static let seed = DefaultKey(
        \Self.seed, "seed", .integer(0...Int(Int32.max), example: "1"), default: 1,
        "Of the random permutations.")

    static let keys = SectionKeys<Self>(
        "Near-repeat table: pairs of events by distance and days, against chance.",
        [distances.entry, days.entry, period.entry, replicates.entry, seed.entry])

    init?(_ reader: SectionReader<Self>) {
        distances = reader.value(Self.distances)
        days = reader.value(Self.days)
        period = reader.value(Self.period)
        replicates = reader.value(Self.replicates)
        seed = reader.value(Self.seed)
        if zip(distances, distances.dropFirst()).contains(where: { $0 >= $1 }) {
            Self.reportOrder(Self.distances.name, "[5 km, 10 km]", reader)
        }
        if zip(days, days.dropFirst()).contains(where: { $0 >= $1 }) {
            Self.reportOrder(Self.days.name, "[7, 14]", reader)
        }
    }

    private static func reportOrder(
        _ name: String, _ example: String, _ reader: SectionReader<Self>
    ) {
        reader.report(
            .outOfRange, at: name, "is not ascending",
            mend: "Write the bands from small to large, each once, such as \(example)")
    }
}
