/// Which clusters are looked for.
public enum ScanDirectionChoice: String, Choice {
    /// Those that last until the as-of date.
    case prospective
    /// Those at any time of the period.
    case retrospective
    case both
}

/// `hotspots.scan`: clusters in space and time.
public struct ScanConfiguration: Hashable, Sendable {
    public var direction: ScanDirectionChoice
    /// Steps are counted back from the as-of date.
    public var step: Days
    /// Longest cluster, in steps.
    public var longest: Int
    /// Largest radius.
    public var radius: Length
    /// Events of the last so many days are scanned.
    public var period: Days
    /// Random permutations.
    public var replicates: Int
    /// Clusters with a larger p-value are not published.
    public var level: Percent
    public var seed: Int
}

extension ScanConfiguration: ConfigurationSection {
    static let direction = DefaultKey(
        \Self.direction, "direction", .choice, default: .prospective,
        "prospective: clusters that last until the as-of date; retrospective: of any time.")
    static let step = DefaultKey(
        \Self.step, "step", .days(1...366, example: "7 days"), default: Days(7),
        "Length of a step, counted back from the as-of date.")
    static let longest = DefaultKey(
        \Self.longest, "longest", .integer(1...200, example: "4"), default: 4,
        "Longest cluster, in steps.")
    static let radius = DefaultKey(
        \Self.radius, "radius", .length(.meters(10)...(.kilometers(2000)), example: "50 km"),
        default: .kilometers(50), "Largest radius of a cluster.")
    static let period = DefaultKey(
        \Self.period, "period", .days(2...36_600, example: "365 days"), default: Days(365),
        "Events of the last so many days are scanned.")
    static let replicates = DefaultKey(
        \Self.replicates, "replicates", .integer(19...99_999, example: "999"), default: 999,
        "Random permutations of the days; p is at least 1 / (replicates + 1).")
    static let level = DefaultKey(
        \Self.level, "level", .percent(oneOf: [1, 5, 10, 100], example: "10 %"),
        default: Percent(10), "Clusters with a larger p-value are left out.")
    static let seed = DefaultKey(
        \Self.seed, "seed", .integer(0...Int(Int32.max), example: "1"), default: 1,
        "Of the random permutations.")

    static let keys = SectionKeys<Self>(
        "Space-time permutation scan: clusters of events in cylinders of place and time.",
        [
            direction.entry, step.entry, longest.entry, radius.entry, period.entry,
            replicates.entry, level.entry, seed.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        direction = reader.value(Self.direction)
        step = reader.value(Self.step)
        longest = reader.value(Self.longest)
        radius = reader.value(Self.radius)
        period = reader.value(Self.period)
        replicates = reader.value(Self.replicates)
        level = reader.value(Self.level)
        seed = reader.value(Self.seed)
        if step.count * 2 > period.count {
            reader.report(
                .contradiction, at: reader.has(Self.step.name) ? Self.step.name : Self.period.name,
                "the period holds fewer than two steps (\(period), \(step))",
                mend: "Shorten the step or lengthen the period")
        }
    }
}
