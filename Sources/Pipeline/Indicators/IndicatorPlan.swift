import Calendar
import Drought
import GridCore

/// What the indicators stage computes, from which steps of which series.
struct IndicatorPlan: Sendable {
    let settings: IndicatorsConfiguration
    let asOf: CalendarDate
    /// Years of the climatology.
    let baseline: YearRange
    let vegetation: SeriesAxis
    let temperature: SeriesAxis?
    let rain: SeriesAxis?
    /// For indices of the vegetation.
    let rule: VegetationIndexRule
    let table: DroughtClassTable
    /// The season of the as-of composite; nil outside every season.
    let season: IndicatorSeason?
    /// The first step that a VCI is computed for; up to that of the as-of
    /// date.
    let firstCondition: Int
    /// Steps that droughts are looked for in.
    let runSteps: ClosedRange<Int>
    /// Steps of the series of zones; nil when none is asked for.
    let seriesSteps: ClosedRange<Int>?

    init?(
        _ prepared: PreparedDrought, _ settings: IndicatorsConfiguration, asOf: CalendarDate
    ) {
        guard
            let vegetation = SeriesAxis(
                prepared.stack, baseline: prepared.baseline, end: asOf)
        else { return nil }
        self.settings = settings
        self.asOf = asOf
        baseline = prepared.baseline
        self.vegetation = vegetation
        rule = prepared.rule
        table = prepared.table
        let years = prepared.baseline
        temperature =
            settings.needsTemperature
            ? prepared.temperature.flatMap { SeriesAxis($0, baseline: years, end: asOf) } : nil
        rain =
            settings.needsRain
            ? prepared.rain.flatMap {
                SeriesAxis($0, baseline: settings.spi.calibration ?? years, end: asOf)
            } : nil
        season = IndicatorSeason(settings.stress.calendar, vegetation)
        let wanted = Set(settings.compute)
        let last = vegetation.last
        seriesSteps =
            settings.zoneSeries.count > 0
            ? vegetation.firstStep(ofMonths: settings.zoneSeries.count)...last : nil
        runSteps = vegetation.firstStep(ofMonths: settings.runs.window.count)...last
        var first = seriesSteps?.lowerBound ?? last
        for (choice, months) in [(IndicatorChoice.vci1m, 1), (.vci3m, 3)]
        where wanted.contains(choice) {
            let periods = Self.window(months: months, of: vegetation).steps
            let oldest = seriesSteps?.lowerBound ?? last
            first = min(first, vegetation.firstStep(ofPeriods: periods, endingWith: oldest))
        }
        if wanted.contains(.runs) { first = min(first, runSteps.lowerBound) }
        if wanted.contains(.asi), let season { first = min(first, season.steps.lowerBound) }
        firstCondition = first
    }

    /// The periods that a mean VCI of some months is taken over: two thirds of
    /// them need a value.
    func window(months: Int) -> VCIMean { Self.window(months: months, of: vegetation) }

    private static func window(months: Int, of axis: SeriesAxis) -> VCIMean {
        VCIMean(months: months, of: axis.stack.scheme) ?? .oneStep
    }

    /// The first step of the window that ends with a step.
    func firstStep(ofConditionMonths months: Int, endingWith step: Int) -> Int {
        vegetation.firstStep(ofPeriods: window(months: months).steps, endingWith: step)
    }

    /// Steps with a VHI: the season, and the series of zones.
    var healthSteps: ClosedRange<Int> {
        let first = seriesSteps?.lowerBound ?? vegetation.last
        guard settings.compute.contains(.asi), let season else { return first...vegetation.last }
        return min(first, season.steps.lowerBound)...vegetation.last
    }

    /// The first step that BFAST-monitor monitors.
    var monitoringStart: Int {
        vegetation.firstStep(ofMonths: settings.breaks.monitor.count)
    }

    /// Steps with a VCI.
    var conditionSteps: ClosedRange<Int> { firstCondition...vegetation.last }

    /// Steps that confidence looks at: those of the last three months.
    var confidenceSteps: ClosedRange<Int> {
        vegetation.firstStep(ofMonths: 3)...vegetation.last
    }

    /// Whether confidence knows which observations are of the best quality.
    var gradesQuality: Bool {
        settings.compute.contains(.combined) && vegetation.stack.bestQuality != nil
    }

    /// Whether every step counts, not only those of a few periods.
    var isSmoothed: Bool { settings.series == .smoothed }

    /// What the indicators of vegetation are computed from.
    var seriesText: String {
        guard isSmoothed else { return "raw: as observed" }
        let smoothing = settings.smoothing
        let lambda =
            smoothing.lambda == .fixed
            ? "lambda \(Decimal.text(smoothing.fixedLambda))" : "lambda by V-curve"
        let asymmetry = smoothing.asymmetry.map { ", asymmetry \(Decimal.text($0))" } ?? ""
        return "smoothed: Whittaker, \(lambda)\(asymmetry), gaps up to \(smoothing.maximumGap)"
    }

    /// Steps of the vegetation that are read.
    var vegetationSteps: [Int] {
        let needsAll =
            isSmoothed || !Set(settings.compute).isDisjoint(with: [.trend, .breaks])
        guard !needsAll else { return Array(0..<vegetation.count) }
        let slots = Set(conditionSteps.map { vegetation.slots[$0] })
        let isGraded = settings.compute.contains(.combined)
        return (0..<vegetation.count).filter { step in
            conditionSteps.contains(step) || isGraded && confidenceSteps.contains(step)
                || slots.contains(vegetation.slots[step])
                    && vegetation.baseline[vegetation.slots[step]].contains(step)
        }
    }

    /// A worker's own methods, in the order of their outputs.
    ///
    /// - Parameter cells: most cells of a chunk.
    /// - Throws: `DroughtError` when a method has no such parameters.
    func makeMethods(cells: Int = SeriesBlock.lanes) throws -> [any IndicatorMethod] {
        var methods: [any IndicatorMethod] = isSmoothed ? [SmoothingMethod(self)] : []
        for choice in settings.compute.sorted(by: { $0.order < $1.order }) {
            methods += try makeMethods(choice, after: methods, cells)
        }
        return methods
    }

    private func makeMethods(
        _ choice: IndicatorChoice, after others: [any IndicatorMethod], _ cells: Int
    ) throws -> [any IndicatorMethod] {
        switch choice {
        case .vci, .anomaly, .percent, .zscore: [ConditionMethod(self, choice)]
        case .percentile: [PercentileMethod(self)]
        case .vci1m: [MeanConditionMethod(self, months: 1)]
        case .vci3m: [MeanConditionMethod(self, months: 3)]
        case .tci: [HealthMethod(self, isTemperature: true)]
        case .vhi: [HealthMethod(self, isTemperature: false)]
        case .asi: [StressMethod(self, capacity: cells)]
        case .spi:
            try settings.spi.accumulation.map {
                try PrecipitationMethod(self, $0, capacity: cells)
            }
        case .trend: [TrendMethod(self, capacity: cells)]
        case .breaks: [BreakMethod(self, try breakRule(), capacity: cells)]
        case .runs: [RunMethod(self, capacity: cells)].compactMap(\.self)
        case .combined:
            [CombinedMethod(self, after: others, capacity: cells)].compactMap(\.self)
        }
    }

    private func breakRule() throws -> BreakRule {
        let settings = settings.breaks
        return try BreakRule(
            order: settings.order, hasTrend: settings.trend,
            frequency: Double(vegetation.stack.scheme.periodsPerYear), h: settings.window,
            level: settings.level, history: settings.selectHistory ? .reverseOrderedCUSUM : .all,
            monitoringStart: monitoringStart,
            locatesAtFivePercent: self.settings.parity == .rBFAST)
    }

    /// Whether the stress index counts cells instead of area.
    var countsStressCells: Bool {
        settings.compute.contains(.asi) && settings.stress.index == .cells
    }

    /// What is a drought.
    var runRule: DroughtRunRule? {
        DroughtRunRule(
            threshold: settings.runs.threshold, minimumLength: settings.runs.minimumLength,
            poolingGap: settings.runs.pooling)
    }
}

extension IndicatorChoice {
    /// Place in the order of computing: what combines others comes last.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
