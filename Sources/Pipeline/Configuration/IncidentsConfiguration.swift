/// Which events are used.
public enum IncidentPresetChoice: String, Choice {
    case politicalViolence = "political-violence"
    /// Events that target civilians.
    case civilian
    /// Events with at least one death.
    case lethal
    /// Every event of the file.
    case all
}

/// What to do with a row that cannot be used.
public enum InvalidRowChoice: String, Choice {
    /// The row is listed in the reject ledger.
    case skip
    /// The run stops.
    case fail
}

/// What to do with an event whose place or time is coarse.
public enum IncidentPrecisionChoice: String, Choice {
    /// Used as if it were exact.
    case keep
    /// Not used for the grids.
    case drop
    /// The same mass over a wider area or longer time.
    case spread
}

/// `incidents`: records of violence.
public struct IncidentsConfiguration: Hashable, Sendable {
    /// At least one.
    public var sources: [IncidentSourceConfiguration]
    /// Which events are used.
    public var preset: IncidentPresetChoice
    /// What to do with a row that cannot be used.
    public var invalid: InvalidRowChoice
    /// What to do with an event whose place or time is coarse.
    public var precision: IncidentPrecisionChoice
}

extension IncidentsConfiguration: ConfigurationSection {
    static let sources = RequiredKey(
        \Self.sources, "sources",
        .list(of: .section(), count: 1...100)
            .example("[{ source: acled, file: acled.csv }]"),
        "Files with events.")
    static let preset = DefaultKey(
        \Self.preset, "preset", .choice, default: .politicalViolence, "Which events are used.")
    static let invalid = DefaultKey(
        \Self.invalid, "invalid", .choice, default: .skip,
        "A row that cannot be used: skip lists it in the reject ledger, fail stops the run.")
    static let precision = DefaultKey(
        \Self.precision, "precision", .choice, default: .spread,
        "Events of coarse place or time: kept as exact, dropped, or spread with equal mass.")

    static let keys = SectionKeys<Self>(
        "Records of violence.", [sources.entry, preset.entry, invalid.entry, precision.entry])

    init?(_ reader: SectionReader<Self>) {
        let sources = reader.value(Self.sources)
        preset = reader.value(Self.preset)
        invalid = reader.value(Self.invalid)
        precision = reader.value(Self.precision)
        guard let sources else { return nil }
        self.sources = sources
    }
}
