import Tables

/// What an event counts.
public enum IncidentWeightChoice: String, Choice {
    /// 1.
    case events
    /// Its deaths.
    case fatalities
    /// The logarithm of 1 + its deaths.
    case logFatalities = "log-fatalities"
    /// Its deaths, at most `cap`.
    case cappedFatalities = "capped-fatalities"
}

/// Which cells are compared with one another.
public enum UniverseChoice: String, Choice {
    /// All cells inside the area of interest.
    case mask
    /// All cells of the grid.
    case all
    /// Cells that ever had an event.
    case ever
}

/// `hotspots`: where violence clusters.
public struct HotspotsConfiguration: Hashable, Sendable {
    /// Edge of a square cell.
    public var cell: Length
    /// Events of the last so many days up to the as-of date.
    public var window: Days
    /// What an event counts.
    public var weight: IncidentWeightChoice
    /// Set exactly when `weight` is `cappedFatalities`.
    public var cap: Int?
    /// Kernel density of events.
    public var density: DensityConfiguration
    /// Getis-Ord Gi*.
    public var giStar: GiStarConfiguration
    /// Which cells are compared with one another.
    public var universe: UniverseChoice
    /// Least confidence of a hotspot polygon: 90, 95 or 99 %.
    public var confidence: Percent
    /// nil: not computed; as the ones below.
    public var robustness: RobustnessConfiguration?
    public var moran: LocalMoranConfiguration?
    public var cube: CubeConfiguration?
    public var scan: ScanConfiguration?
    public var nearRepeat: NearRepeatConfiguration?
    /// Only with `drought`.
    public var relation: RelationConfiguration?
}

extension HotspotsConfiguration: ConfigurationSection {
    /// The cap of `capped-fatalities` unless the pipeline file says another.
    static let defaultCap = 10

    static let cell = DefaultKey(
        \Self.cell, "cell", .length(.meters(10)...(.kilometers(500)), example: "5 km"),
        default: .kilometers(5), "Edge of a square cell.")
    static let window = DefaultKey(
        \Self.window, "window", .days(1...36_600, example: "90 days"), default: Days(90),
        "Events of the last so many days up to the as-of date.")
    static let weight = DefaultKey(
        \Self.weight, "weight", .choice, default: .events, "What an event counts.")
    static let cap = OptionalKey(
        \Self.cap, "cap", .integer(1...1_000_000, example: "10"),
        "With weight capped-fatalities: most deaths that one event counts; default: 10.")
    static let density = DefaultKey(
        \Self.density, "density", .section(), default: DensityConfiguration(),
        "Kernel density of events.")
    static let giStar = DefaultKey(
        \Self.giStar, "gistar", .section(), default: GiStarConfiguration(),
        "Getis-Ord Gi* with a distance band.")
    static let universe = DefaultKey(
        \Self.universe, "universe", .choice, default: .mask,
        "Cells that are compared: those inside the area, all, or those that ever had an event.")
    static let confidence = DefaultKey(
        \Self.confidence, "confidence", .percent(oneOf: [90, 95, 99], example: "90 %"),
        default: Percent(90), "Least confidence of a hotspot polygon.")
    static let robustness = OptionalKey(
        \Self.robustness, "robustness", .section(),
        "How sure hot cells are, given how well events are known.")
    static let moran = OptionalKey(
        \Self.moran, "moran", .section(), "Local Moran's I: clusters and outliers.")
    static let cube = OptionalKey(
        \Self.cube, "cube", .section(), "Space-time cube: new, persistent, fading hotspots.")
    static let scan = OptionalKey(
        \Self.scan, "scan", .section(), "Clusters in space and time.")
    static let nearRepeat = OptionalKey(
        \Self.nearRepeat, "near_repeat", .section(), "Whether events are followed by others.")
    static let relation = OptionalKey(
        \Self.relation, "relation", .section(),
        "Whether violence goes with drought; needs the section drought.")

    static let keys = SectionKeys<Self>(
        "Where violence clusters.",
        rules: [
            .init("if", ["required": ["cap"]]),
            .init(
                "then",
                [
                    "required": ["weight"],
                    "properties": ["weight": ["const": "capped-fatalities"]],
                ]),
        ],
        [
            cell.entry, window.entry, weight.entry, cap.entry, density.entry, giStar.entry,
            universe.entry, confidence.entry, robustness.entry, moran.entry, cube.entry,
            scan.entry, nearRepeat.entry, relation.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        cell = reader.value(Self.cell)
        window = reader.value(Self.window)
        weight = reader.value(Self.weight)
        let cap = reader.value(Self.cap)
        density = reader.value(Self.density)
        giStar = reader.value(Self.giStar)
        universe = reader.value(Self.universe)
        confidence = reader.value(Self.confidence)
        robustness = reader.value(Self.robustness)
        moran = reader.value(Self.moran)
        cube = reader.value(Self.cube)
        scan = reader.value(Self.scan)
        nearRepeat = reader.value(Self.nearRepeat)
        relation = reader.value(Self.relation)
        self.cap = weight == .cappedFatalities ? cap ?? Self.defaultCap : nil
        if reader.has(Self.cap.name), weight != .cappedFatalities {
            reader.report(
                .contradiction, at: Self.cap.name,
                "is for weight capped-fatalities only (found \(weight.rawValue))",
                mend: "Remove the key, or write weight: capped-fatalities")
        }
        let radii = [(Self.density.name, density.radius), (Self.giStar.name, giStar.radius)]
        for (name, radius) in radii where radius < cell {
            reader.report(
                .contradiction, at: reader.has(name) ? name : Self.cell.name,
                "the radius of \(name) is less than one cell (\(radius), \(cell))",
                mend: "Enlarge the radius or make the cell smaller")
        }
    }
}
