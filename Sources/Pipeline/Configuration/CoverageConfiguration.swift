import Tables

/// `coverage`: who is reached by the bases, how fast, and who is not.
public struct CoverageConfiguration: Hashable, Sendable {
    /// Ascending.
    public var limits: [Minutes]
    /// The one of `limits` that is written as `limit`.
    public var chosenLimit: Minutes?
    /// Cells this near to a border between sectors are its seam.
    public var seamWidth: Length
    /// Days of incidents up to the as-of date.
    public var window: Days
    /// Age at which an incident counts half.
    public var halfLife: Days

    /// The limit that losses, seams and plans are about: of several the
    /// middle one, unless another is chosen.
    public var limit: Minutes { chosenLimit ?? limits[limits.count / 2] }
}

extension CoverageConfiguration: ConfigurationSection {
    static let limits = DefaultKey(
        \Self.limits, "limits",
        .list(of: .minutes(1...10_080, example: "120 min"), count: 1...6)
            .example("[60 min, 120 min, 240 min]"),
        default: [Minutes(60), Minutes(120), Minutes(240)],
        "Travel times that count as reached, ascending; the limit itself is reached.")
    static let chosenLimit = OptionalKey(
        \Self.chosenLimit, "limit", .minutes(1...10_080, example: "120 min"),
        "The one of the limits that losses, seams and plans are about; default: the middle one.")
    static let seamWidth = DefaultKey(
        \Self.seamWidth, "seam_width", .length(.meters(100)...(.kilometers(200)), example: "15 km"),
        default: .kilometers(15), "Land this near to a border between sectors is its seam.")
    static let window = DefaultKey(
        \Self.window, "window", .days(1...3660, example: "365 days"), default: Days(365),
        "Incidents up to the as-of date that count.")
    static let halfLife = DefaultKey(
        \Self.halfLife, "half_life", .days(1...3660, example: "180 days"), default: Days(180),
        "Age at which an incident counts half.")

    static let keys = SectionKeys<Self>(
        "Who is reached by the bases, how fast, and who is not.",
        [limits.entry, chosenLimit.entry, seamWidth.entry, window.entry, halfLife.entry])

    init?(_ reader: SectionReader<Self>) {
        limits = reader.value(Self.limits)
        chosenLimit = reader.value(Self.chosenLimit)
        seamWidth = reader.value(Self.seamWidth)
        window = reader.value(Self.window)
        halfLife = reader.value(Self.halfLife)
        let isAscending = zip(limits, limits.dropFirst()).allSatisfy { $0 < $1 }
        if !isAscending {
            reader.report(
                .outOfRange, at: Self.limits.name, "are not ascending",
                mend: "Write the shortest time first, each once")
        }
        if let chosenLimit, !limits.contains(chosenLimit) {
            reader.report(
                .contradiction, at: Self.chosenLimit.name,
                "is not one of limits (found \(chosenLimit), expected "
                    + limits.map(\.description).joined(separator: ", ") + ")",
                mend: "Write one of them, or add it to limits")
        }
    }
}
