import Tables

/// What stands for sectors where there are none.
public enum AreaChoice: String, Choice {
    /// A rectangle around the events.
    case incidents
}

/// A pipeline file, checked: what a run reads, computes and publishes.
public struct PipelineConfiguration: Hashable, Sendable {
    /// The only version that is read.
    public static let version = 1

    /// Of the layout of the file; 1.
    public var version: Int
    /// Title of maps and tables.
    public var name: String
    /// Shown on the map and in the manifest.
    public var notes: [String]
    /// The data are invented; every output says so.
    public var synthetic: Bool
    /// Names that `${NAME}` may use in paths, besides `JILAAL_DATA`.
    public var variables: [String]
    /// The night that the run looks back from.
    public var asOf: AsOf
    /// Default of `--output`.
    public var output: ConfiguredPath?
    /// The mission's sectors; nil: the whole area of the rasters, which is
    /// enough for drought alone.
    public var sectors: ZoneConfiguration?
    /// What stands for sectors that are not there, for events.
    public var area: AreaChoice?
    /// Districts, for a second table.
    public var districts: ZoneConfiguration?
    /// Livelihood zones, for a third table.
    public var livelihoodZones: ZoneConfiguration?
    /// Places where people live.
    public var settlements: SettlementConfiguration?
    /// Drawn on the map.
    public var roads: ContextLayerConfiguration?
    /// Drawn on the map.
    public var outlines: ContextLayerConfiguration?
    /// nil: no drought stage.
    public var drought: DroughtConfiguration?
    /// nil: no incidents stage.
    public var incidents: IncidentsConfiguration?
    /// Only with `incidents`.
    public var hotspots: HotspotsConfiguration?
    /// nil: no bases stage.
    public var bases: BasesConfiguration?
    /// People per cell; needed by `travel`.
    public var population: PopulationConfiguration?
    /// Needed by `coverage`.
    public var travel: TravelConfiguration?
    /// nil: no coverage stage.
    public var coverage: CoverageConfiguration?
    /// nil: no transfer stage.
    public var transfer: TransferConfiguration?
}

extension PipelineConfiguration: ConfigurationSection {
    static let versionKey = RequiredKey(
        \Self.version, "version",
        Form(
            noun: "a version", example: "1", schema: ["const": .integer(version)],
            read: readVersion, render: { .integer($0) }),
        "Version of this file's layout.")
    static let nameKey = RequiredKey(
        \Self.name, "name", .text.example("Somalia, nightly"), "Title of maps and tables.")
    static let notesKey = DefaultKey(
        \Self.notes, "notes", .list(of: .text, count: 0...50), default: [],
        "Sentences that are shown on the map and in the manifest.")
    static let syntheticKey = DefaultKey(
        \Self.synthetic, "synthetic", .boolean, default: false,
        "The data are invented; every output says so.")
    static let variablesKey = DefaultKey(
        \Self.variables, "variables", .list(of: .variableName, count: 0...50), default: [],
        "Environment variables that paths may use as ${NAME}, besides JILAAL_DATA.")
    static let asOfKey = DefaultKey(
        \Self.asOf, "as_of", .asOf, default: .latest,
        "The night that the run looks back from: a date, or latest; --as-of wins.")
    static let outputKey = OptionalKey(
        \Self.output, "output", .path.example("out/somalia"),
        "Folder that runs are published in; --output wins.")
    static let sectorsKey = OptionalKey(
        \Self.sectors, "sectors", .section(),
        "The mission's sectors; without them the whole area of the rasters is one, which is enough "
            + "for drought alone.")
    static let areaKey = OptionalKey(
        \Self.area, "area", .choice,
        "Without sectors: incidents makes one of a rectangle around the events.")
    static let districtsKey = OptionalKey(
        \Self.districts, "districts", .section(), "Districts, for a second table.")
    static let livelihoodZonesKey = OptionalKey(
        \Self.livelihoodZones, "livelihood_zones", .section(),
        "Livelihood zones, for a third table.")
    static let settlementsKey = OptionalKey(
        \Self.settlements, "settlements", .section(), "Places where people live.")
    static let roadsKey = OptionalKey(
        \Self.roads, "roads", .section(), "Roads, drawn on the map.")
    static let outlinesKey = OptionalKey(
        \Self.outlines, "outlines", .section(), "Outlines around, drawn on the map.")
    static let droughtKey = OptionalKey(
        \Self.drought, "drought", .section(), "Drought indices from vegetation rasters.")
    static let incidentsKey = OptionalKey(
        \Self.incidents, "incidents", .section(), "Records of violence.")
    static let hotspotsKey = OptionalKey(
        \Self.hotspots, "hotspots", .section(), "Where violence clusters; needs incidents.")
    static let basesKey = OptionalKey(
        \Self.bases, "bases", .section(), "The mission's bases.")
    static let populationKey = OptionalKey(
        \Self.population, "population", .section(), "People per cell; with travel.")
    static let travelKey = OptionalKey(
        \Self.travel, "travel", .section(), "Travel times over land; needs population and bases.")
    static let coverageKey = OptionalKey(
        \Self.coverage, "coverage", .section(),
        "Who is reached by the bases, and how fast; needs travel.")
    static let transferKey = OptionalKey(
        \Self.transfer, "transfer", .section(),
        "Which bases can be handed over, kept or closed; needs coverage.")

    static let keys = SectionKeys<Self>(
        "A pipeline of Jilaal: what a run reads, computes and publishes.",
        rules: [
            .init(
                "dependentRequired",
                [
                    "hotspots": ["incidents"], "bases": ["sectors"], "area": ["incidents"],
                    "travel": ["population", "bases"], "coverage": ["travel"],
                    "transfer": ["coverage"], "population": ["travel"],
                ]),
            .init(
                "dependentSchemas",
                [
                    "incidents": ["anyOf": [["required": ["sectors"]], ["required": ["area"]]]],
                    "area": ["not": ["required": ["sectors"]]],
                ]),
            .init(
                "anyOf",
                [
                    ["required": ["drought"]], ["required": ["incidents"]],
                    ["required": ["bases"]],
                ]),
        ],
        [
            versionKey.entry, nameKey.entry, notesKey.entry, syntheticKey.entry,
            variablesKey.entry, asOfKey.entry, outputKey.entry, sectorsKey.entry, areaKey.entry,
            districtsKey.entry, livelihoodZonesKey.entry, settlementsKey.entry, roadsKey.entry,
            outlinesKey.entry, droughtKey.entry, incidentsKey.entry, hotspotsKey.entry,
            basesKey.entry, populationKey.entry, travelKey.entry, coverageKey.entry,
            transferKey.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let version = reader.value(Self.versionKey)
        let name = reader.value(Self.nameKey)
        notes = reader.value(Self.notesKey)
        synthetic = reader.value(Self.syntheticKey)
        // Before any path is read.
        variables = reader.value(Self.variablesKey)
        reader.site.context.paths.allowedVariables += variables
        asOf = reader.value(Self.asOfKey)
        output = reader.value(Self.outputKey)
        sectors = reader.value(Self.sectorsKey)
        area = reader.value(Self.areaKey)
        districts = reader.value(Self.districtsKey)
        livelihoodZones = reader.value(Self.livelihoodZonesKey)
        settlements = reader.value(Self.settlementsKey)
        roads = reader.value(Self.roadsKey)
        outlines = reader.value(Self.outlinesKey)
        drought = reader.value(Self.droughtKey)
        incidents = reader.value(Self.incidentsKey)
        let hotspots = reader.value(Self.hotspotsKey)
        self.hotspots = hotspots
        bases = reader.value(Self.basesKey)
        population = reader.value(Self.populationKey)
        travel = reader.value(Self.travelKey)
        coverage = reader.value(Self.coverageKey)
        transfer = reader.value(Self.transferKey)
        Self.checkSections(reader)
        Self.checkTransfer(reader)
        if hotspots?.relation != nil, !reader.has(Self.droughtKey.name) {
            reader.report(
                .contradiction, at: Self.hotspotsKey.name,
                "has relation, which needs \"drought\", which is not there",
                mend: "Add the section drought, or remove relation")
        }
        Self.checkSectors(reader)
        guard let version, let name else { return nil }
        self.version = version
        self.name = name
    }

    private static func checkSections(_ reader: SectionReader<Self>) {
        if reader.has(hotspotsKey.name), !reader.has(incidentsKey.name) {
            reader.report(
                .contradiction, at: hotspotsKey.name, "needs \"incidents\", which are not there",
                mend: "Add the section incidents, or remove hotspots")
        }
        let computing = [droughtKey.name, incidentsKey.name, basesKey.name]
        if !computing.contains(where: reader.has) {
            reader.site.report(
                .missingKey, "there is nothing to compute",
                mend: "Add at least one of the sections drought, incidents and bases")
        }
    }

    /// Each of the last sections builds on the one before.
    private static func checkTransfer(_ reader: SectionReader<Self>) {
        let needs = [
            (populationKey.name, travelKey.name), (travelKey.name, populationKey.name),
            (travelKey.name, basesKey.name), (coverageKey.name, travelKey.name),
            (transferKey.name, coverageKey.name),
        ]
        for (name, needed) in needs where reader.has(name) && !reader.has(needed) {
            reader.report(
                .contradiction, at: name, "needs \(Quoted(needed)), which is not there",
                mend: "Add the section \(needed), or remove \(name)")
        }
    }

    /// Drought alone can do without sectors, and events that are an area.
    private static func checkSectors(_ reader: SectionReader<Self>) {
        if reader.has(areaKey.name),
            reader.has(sectorsKey.name) || !reader.has(incidentsKey.name)
        {
            reader.report(
                .contradiction, at: areaKey.name,
                "is for incidents without sectors only",
                mend: "Remove the key, or the section sectors")
        }
        let needing = (reader.has(areaKey.name) ? [] : [incidentsKey.name]) + [basesKey.name]
        checkNeed(needing.filter(reader.has), reader)
    }

    private static func checkNeed(_ needing: [String], _ reader: SectionReader<Self>) {
        let hasArea = reader.has(sectorsKey.name) || reader.has(areaKey.name)
        guard !reader.has(sectorsKey.name),
            !needing.isEmpty || !(reader.has(droughtKey.name) || hasArea)
        else { return }
        reader.site.report(
            .missingKey,
            "the key \"sectors\" is missing (expected a mapping)",
            mend: "Add sectors: { ... }")
    }

    @Sendable private static func readVersion(_ site: ReadingSite) -> Int? {
        guard case .scalar(let text, _) = site.node.content, !site.node.isNull else {
            site.wrongType("a version", example: "1")
            return nil
        }
        guard text == String(version) else {
            site.report(
                .unsupportedVersion,
                "is a version that is not read here (found \(Quoted(text)), expected \(version))",
                mend: "Write version: \(version), or use the release that wrote the file")
            return nil
        }
        return version
    }
}
