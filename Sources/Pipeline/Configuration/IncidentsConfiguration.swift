/// Which events are used.
public enum IncidentPresetChoice: String, Choice {
    case politicalViolence = "political-violence"
    /// Events that target civilians.
    case civilian
    /// Events with at least one death.
    case lethal
    /// Violence of militias of communities.
    case communal
    case attacksOnMission = "attacks-on-mission"
    case attacksOnAid = "attacks-on-aid"
    /// Every event of the file.
    case all
}

/// Which estimate of deaths weighs.
public enum DeathBoundChoice: String, Choice {
    case low
    case best
    case high
}

/// What to do with an event that several sources have.
public enum DuplicateChoice: String, Choice {
    /// Nothing: each counts.
    case keep
    /// Each counts, and a table lists them.
    case report
    /// The one that is located better counts.
    case merge
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
    /// Which estimate of deaths weighs, where deaths do.
    public var deaths: DeathBoundChoice
    /// What to do with an event that several sources have.
    public var duplicates: DuplicateChoice
    /// Names of the mission among the actors; nil: the known peace
    /// operations.
    public var missionActors: [String]?
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

    static let deaths = DefaultKey(
        \Self.deaths, "deaths", .choice, default: .best,
        "Estimate of deaths that weighs where hotspots.weight counts deaths.")
    static let duplicates = DefaultKey(
        \Self.duplicates, "duplicates", .choice, default: .report,
        "An event that several sources have: keep counts each, report lists them as well, merge "
            + "counts the one that is located better.")
    static let missionActors = OptionalKey(
        \Self.missionActors, "mission_actors",
        .list(of: .text, count: 1...100).example("[AMISOM, ATMIS]"),
        "Names of the mission among the actors of the sources; default: known peace operations.")

    static let keys = SectionKeys<Self>(
        "Records of violence.",
        [
            sources.entry, preset.entry, invalid.entry, precision.entry, deaths.entry,
            duplicates.entry, missionActors.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let sources = reader.value(Self.sources)
        preset = reader.value(Self.preset)
        invalid = reader.value(Self.invalid)
        precision = reader.value(Self.precision)
        deaths = reader.value(Self.deaths)
        duplicates = reader.value(Self.duplicates)
        missionActors = reader.value(Self.missionActors)
        guard let sources else { return nil }
        self.sources = sources
    }
}
