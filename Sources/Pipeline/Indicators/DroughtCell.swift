import Calendar
import Diagnostics

/// One cell of the drought section of a pipeline.
public enum DroughtCell: Sendable, Hashable {
    /// Degrees, WGS 84.
    case position(longitude: Double, latitude: Double)
    /// From 0, rows from north to south.
    case pixel(column: Int, row: Int)

    /// Everything about the cell, of the rasters of a pipeline.
    ///
    /// - Parameter asOf: wins over the pipeline's; its default is the end of
    ///   the newest composite.
    /// - Throws: `FailureList` when rasters are refused, `PipelineError` when
    ///   the cell is not on them.
    public func explanation(of file: PipelineFile, asOf: CalendarDate?) throws
        -> IndicatorExplanation
    {
        var log = ProblemLog()
        let configuration = file.configuration
        guard let section = configuration.drought else {
            throw PipelineError(
                .nothingToCompute, at: Place(file: file.name), "there is no drought section",
                mend: "Add drought: with ndvi and baseline")
        }
        let stacks = DroughtStacks(loading: section, &log)
        let loader = NightLoader(configuration: configuration, asOf: asOf)
        var prepared: PreparedDrought?
        let date = loader.surveyedDate(stacks?.vegetation)
        if let stacks, let date {
            prepared = PreparedDrought.prepare(section, stacks, asOf: date, &log)
        }
        guard log.isClean, let prepared, let date else { throw FailureList(log.failures) }
        let settings = section.indicators ?? .basic
        guard let plan = IndicatorPlan(prepared, settings, asOf: date) else {
            throw PipelineError(
                .noDataForDate, "there is no composite up to \(date)",
                mend: "Choose a later date")
        }
        var explanation = try explain(IndicatorExplainer(plan: plan))
        explanation.warnings = log.warnings
        return explanation
    }

    private func explain(_ explainer: IndicatorExplainer) throws -> IndicatorExplanation {
        switch self {
        case .position(let longitude, let latitude):
            let cell = try explainer.cell(longitude: longitude, latitude: latitude)
            return try explainer.explain(row: cell.row, column: cell.column)
        case .pixel(let column, let row):
            return try explainer.explain(row: row, column: column)
        }
    }
}

extension IndicatorsConfiguration {
    /// What every night has.
    static let basic = IndicatorsConfiguration(
        compute: [.vci, .anomaly, .percent, .zscore], series: .raw,
        smoothing: SmoothingConfiguration(), spi: StandardizedPrecipitationConfiguration(),
        breaks: BreaksConfiguration(), trend: TrendConfiguration(),
        runs: DroughtRunsConfiguration(), stress: StressConfiguration(), zoneSeries: Months(0),
        parity: nil)
}
