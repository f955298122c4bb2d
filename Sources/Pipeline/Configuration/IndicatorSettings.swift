import Calendar
import Tables

/// How lambda is chosen.
public enum LambdaChoice: String, Choice {
    /// The same for all cells: `fixed_lambda`.
    case fixed
    /// For each cell, where the V-curve is lowest (Frasso and Eilers 2015).
    case vCurve = "v-curve"
}

/// `indicators.smoothing`: the Whittaker smoother.
public struct SmoothingConfiguration: Hashable, Sendable {
    public var lambda: LambdaChoice = .vCurve
    public var fixedLambda = 100.0
    /// Weight of values above the curve against those below, 0.5 to 0.99;
    /// nil: all alike.
    public var asymmetry: Double?
    /// Longer gaps stay without value, in composites.
    public var maximumGap = 12

    public init() {}
}

extension SmoothingConfiguration: ConfigurationSection {
    static let lambda = DefaultKey(
        \Self.lambda, "lambda", .choice, default: .vCurve,
        "How lambda is chosen: v-curve for each cell, or fixed.")
    static let fixedLambda = DefaultKey(
        \Self.fixedLambda, "fixed_lambda", .number(1e-4...1e8, example: "100"), default: 100,
        "Lambda of fixed.")
    static let asymmetry = OptionalKey(
        \Self.asymmetry, "asymmetry", .number(0.5...0.99, example: "0.9"),
        "Weight of values above the curve; below it 1 less that. Clouds lower NDVI: 0.9 follows "
            + "the upper envelope. Default: all alike.")
    static let maximumGap = DefaultKey(
        \Self.maximumGap, "maximum_gap", .integer(0...1000, example: "12"), default: 12,
        "Gaps of more composites stay without value.")

    static let keys = SectionKeys<Self>(
        "The Whittaker smoother.",
        [lambda.entry, fixedLambda.entry, asymmetry.entry, maximumGap.entry])

    init?(_ reader: SectionReader<Self>) {
        lambda = reader.value(Self.lambda)
        fixedLambda = reader.value(Self.fixedLambda)
        asymmetry = reader.value(Self.asymmetry)
        maximumGap = reader.value(Self.maximumGap)
    }
}

/// How the gamma distribution is fitted.
public enum GammaFitChoice: String, Choice {
    /// Thom's closed form.
    case thom
    /// The maximum of the likelihood.
    case maximumLikelihood = "maximum-likelihood"
}

/// Which probability a step without rain has.
public enum ZeroRainChoice: String, Choice {
    /// The share of such steps (WMO 2012).
    case classic
    /// Half of it (Stagge et al. 2015).
    case center
}

/// `indicators.spi`.
public struct StandardizedPrecipitationConfiguration: Hashable, Sendable {
    /// Periods that are added up.
    public var accumulation = [3]
    /// nil: the baseline of the drought section.
    public var calibration: YearRange?
    public var fit: GammaFitChoice = .thom
    public var zeros: ZeroRainChoice = .classic
    /// Fewer values in the calibration: no index.
    public var minimumYears = 20

    public init() {}
}

extension StandardizedPrecipitationConfiguration: ConfigurationSection {
    static let accumulation = DefaultKey(
        \Self.accumulation, "accumulation",
        .list(of: .integer(1...72, example: "3"), count: 1...6).example("[1, 3]"), default: [3],
        "Periods of the rain product that are added up, one index each.")
    static let calibration = OptionalKey(
        \Self.calibration, "calibration", .years,
        "Years that the distribution is fitted to; default: the baseline.")
    static let fit = DefaultKey(
        \Self.fit, "fit", .choice, default: .thom, "How the gamma distribution is fitted.")
    static let zeros = DefaultKey(
        \Self.zeros, "zeros", .choice, default: .classic,
        "Probability of a period without rain: classic, the share of such periods; center, half.")
    static let minimumYears = DefaultKey(
        \Self.minimumYears, "minimum_years", .integer(5...200, example: "20"), default: 20,
        "Fewer years with a value make a cell nodata.")

    static let keys = SectionKeys<Self>(
        "The standardized precipitation index.",
        [accumulation.entry, calibration.entry, fit.entry, zeros.entry, minimumYears.entry])

    init?(_ reader: SectionReader<Self>) {
        accumulation = reader.value(Self.accumulation)
        calibration = reader.value(Self.calibration)
        fit = reader.value(Self.fit)
        zeros = reader.value(Self.zeros)
        minimumYears = reader.value(Self.minimumYears)
    }
}

/// `indicators.breaks`: BFAST-monitor.
public struct BreaksConfiguration: Hashable, Sendable {
    /// Length of the monitored end of the series.
    public var monitor = Months(24)
    /// Harmonics of a year.
    public var order = 3
    public var trend = false
    /// Share of the history in a moving sum.
    public var window = 0.25
    /// Level of significance.
    public var level = 0.05
    /// Whether the stable part of the history is looked for.
    public var selectHistory = true

    public init() {}
}

extension BreaksConfiguration: ConfigurationSection {
    static let monitor = DefaultKey(
        \Self.monitor, "monitor", .months(1...600, example: "24 months"), default: Months(24),
        "Length of the end of the series that is monitored; before it is history.")
    static let order = DefaultKey(
        \Self.order, "order", .integer(1...6, example: "3"), default: 3, "Harmonics of a year.")
    static let trend = DefaultKey(
        \Self.trend, "trend", .boolean, default: false,
        "Whether the history has a trend; it is continued beyond it.")
    static let window = DefaultKey(
        \Self.window, "window", .number(0.25...1, example: "0.25"), default: 0.25,
        "Share of the history in a moving sum: 0.25, 0.5 or 1.")
    static let level = DefaultKey(
        \Self.level, "level",
        .number(0.01...0.05, example: "0.05"), default: 0.05,
        "Level of significance: 0.01 or 0.05.")
    static let selectHistory = DefaultKey(
        \Self.selectHistory, "select_history", .boolean, default: true,
        "Whether the stable part of the history is looked for, by reverse-ordered CUSUM.")

    static let keys = SectionKeys<Self>(
        "BFAST-monitor.",
        [
            monitor.entry, order.entry, trend.entry, window.entry, level.entry,
            selectHistory.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        monitor = reader.value(Self.monitor)
        order = reader.value(Self.order)
        trend = reader.value(Self.trend)
        window = reader.value(Self.window)
        level = reader.value(Self.level)
        selectHistory = reader.value(Self.selectHistory)
        for (key, value, known) in [
            (Self.window.name, window, [0.25, 0.5, 1]), (Self.level.name, level, [0.01, 0.05]),
        ] where !known.contains(value) {
            reader.report(
                .outOfRange, at: key,
                "is \(Decimal.text(value)), for which no critical value is published here "
                    + "(expected one of \(known.map { Decimal.text($0) }.joined(separator: ", ")))",
                mend: "Write one of them")
        }
    }
}

/// `indicators.trend`.
public struct TrendConfiguration: Hashable, Sendable {
    /// Fewer years: no trend.
    public var minimumYears = 10
    /// Level of significance.
    public var level = 0.05

    public init() {}
}

extension TrendConfiguration: ConfigurationSection {
    static let minimumYears = DefaultKey(
        \Self.minimumYears, "minimum_years", .integer(4...200, example: "10"), default: 10,
        "Fewer years with a mean make a cell nodata.")
    static let level = DefaultKey(
        \Self.level, "level", .number(0.0001...0.5, example: "0.05"), default: 0.05,
        "Trends with a smaller p have a direction.")

    static let keys = SectionKeys<Self>("Trend of annual means.", [minimumYears.entry, level.entry])

    init?(_ reader: SectionReader<Self>) {
        minimumYears = reader.value(Self.minimumYears)
        level = reader.value(Self.level)
    }
}

/// `indicators.runs`: droughts as runs of low VCI.
public struct DroughtRunsConfiguration: Hashable, Sendable {
    /// VCI below is drought.
    public var threshold = 35.0
    /// How far back runs are looked for.
    public var window = Months(36)
    /// Composites of the shortest drought.
    public var minimumLength = 3
    /// Composites without drought that do not end one.
    public var pooling = 1

    public init() {}
}

extension DroughtRunsConfiguration: ConfigurationSection {
    static let threshold = DefaultKey(
        \Self.threshold, "threshold", .number(0...100, example: "35"), default: 35,
        "VCI below is drought.")
    static let window = DefaultKey(
        \Self.window, "window", .months(1...1200, example: "36 months"), default: Months(36),
        "How far before the as-of date droughts are looked for.")
    static let minimumLength = DefaultKey(
        \Self.minimumLength, "minimum_length", .integer(1...100, example: "3"), default: 3,
        "Composites of the shortest drought.")
    static let pooling = DefaultKey(
        \Self.pooling, "pooling", .integer(0...20, example: "1"), default: 1,
        "Composites without drought that do not end one.")

    static let keys = SectionKeys<Self>(
        "Droughts as runs of low VCI.",
        [threshold.entry, window.entry, minimumLength.entry, pooling.entry])

    init?(_ reader: SectionReader<Self>) {
        threshold = reader.value(Self.threshold)
        window = reader.value(Self.window)
        minimumLength = reader.value(Self.minimumLength)
        pooling = reader.value(Self.pooling)
    }
}
