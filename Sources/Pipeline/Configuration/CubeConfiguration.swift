/// Which cells of the cube a cell is compared with.
public enum CubeWindowChoice: String, Choice {
    /// All cells of all steps.
    case entire
    /// The cells of the steps that its neighbours come from.
    case neighbourhood
    /// The cells of its own step.
    case individual
}

/// How the trend of a cell's scores is tested.
public enum CubeTrendChoice: String, Choice {
    case mannKendall = "mann-kendall"
    case hamedRao = "hamed-rao"
    case yueWang = "yue-wang"
    case preWhitening = "pre-whitening"
    case trendFreePreWhitening = "trend-free-pre-whitening"
}

/// `hotspots.cube`: hot and cold spots step by step, and what becomes of
/// them.
public struct CubeConfiguration: Hashable, Sendable {
    /// The last step ends with the as-of date.
    public var step: TimeStep
    /// How many steps.
    public var steps: Int
    /// Steps before its own in which a cell has itself and its neighbours as
    /// neighbours.
    public var previous: Int
    public var window: CubeWindowChoice
    public var trend: CubeTrendChoice
    /// Sporadic cells need not be hot in the last step.
    public var sporadicAnyTime: Bool
    /// Cells that were both hot and cold oscillate, whatever else they are.
    public var strictOscillating: Bool
}

extension CubeConfiguration: ConfigurationSection {
    static let step = DefaultKey(
        \Self.step, "step", .timeStep(example: "1 month"), default: .months(1),
        "Length of a step; the last ends with the as-of date.")
    static let steps = DefaultKey(
        \Self.steps, "steps", .integer(4...600, example: "24"), default: 24, "How many steps.")
    static let previous = DefaultKey(
        \Self.previous, "previous", .integer(0...12, example: "1"), default: 1,
        "A cell's neighbours are also those of so many steps before; never of later ones.")
    static let window = DefaultKey(
        \Self.window, "window", .choice, default: .entire,
        "What a cell is compared with: the entire cube, the steps of its neighbourhood, or its "
            + "individual step.")
    static let trend = DefaultKey(
        \Self.trend, "trend", .choice, default: .mannKendall,
        "Test of the trend of scores; the others allow for their dependence in time.")
    static let sporadicAnyTime = DefaultKey(
        \Self.sporadicAnyTime, "sporadic_any_time", .boolean, default: false,
        "Sporadic hotspots need not be hot in the last step.")
    static let strictOscillating = DefaultKey(
        \Self.strictOscillating, "strict_oscillating", .boolean, default: false,
        "A cell that was hot and cold is oscillating before it is new or consecutive.")

    static let keys = SectionKeys<Self>(
        "Space-time cube: the 17 emerging classes of hot and cold spots.",
        [
            step.entry, steps.entry, previous.entry, window.entry, trend.entry,
            sporadicAnyTime.entry, strictOscillating.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        step = reader.value(Self.step)
        steps = reader.value(Self.steps)
        previous = reader.value(Self.previous)
        window = reader.value(Self.window)
        trend = reader.value(Self.trend)
        sporadicAnyTime = reader.value(Self.sporadicAnyTime)
        strictOscillating = reader.value(Self.strictOscillating)
    }
}
