import Diagnostics
import Drought
import Foundation

/// What `jilaal series` computes of every series of a file.
public struct SeriesAnalysis: Sendable {
    public let series: RegularSeries

    public init(_ series: RegularSeries) { self.series = series }

    /// Values averaged over all series, as one more named `mean`.
    public func withMean() -> SeriesAnalysis {
        var series = series
        series.names.append("mean")
        series.values.append(
            series.times.indices.map { step in
                let valid = self.series.values.map { $0[step] }.filter(\.isFinite)
                return valid.isEmpty ? .nan : valid.reduce(0, +) / Double(valid.count)
            })
        return SeriesAnalysis(series)
    }

    /// BFAST-monitor of each series: one row each.
    public func breaks(_ rule: BreakRule) throws(DroughtError) -> [(String, BreakMonitor)] {
        var result: [(String, BreakMonitor)] = []
        for (name, values) in zip(series.names, series.values) {
            result.append((name, try BreakMonitor(values: values, times: series.times, rule: rule)))
        }
        return result
    }

    /// VCI and z-score of each series against the baseline years.
    ///
    /// - Parameter minimumYears: steps with fewer baseline values get none.
    public func indices(
        baseline: ClosedRange<Int>, minimumYears: Int = 5
    ) throws(DroughtError) -> [SeriesIndices] {
        let slots = series.times.indices.map { series.slot($0) }
        let isBaseline = series.times.indices.map { baseline.contains(series.year($0)) }
        var result: [SeriesIndices] = []
        for values in series.values {
            result.append(
                try SeriesIndices(
                    values: values, slots: slots, isBaseline: isBaseline,
                    minimumYears: minimumYears))
        }
        return result
    }

    /// The breaks as text with commas; an empty field where there is none.
    public func table(_ found: [(String, BreakMonitor)]) -> String {
        var lines = [
            "series,reason,history_start,history_count,sigma,break_time,magnitude,"
                + "season_residual,statistic,critical_value"
        ]
        for (name, monitor) in found {
            lines.append(
                [
                    "\"\(name)\"", monitor.reason.name,
                    Self.text(monitor.historyStart.map { series.times[$0] }, 4),
                    "\(monitor.historyCount)", Self.text(monitor.sigma, 6),
                    Self.text(monitor.breakStep.map { series.times[$0] }, 4),
                    Self.text(monitor.magnitude, 6), Self.text(monitor.seasonResidual, 6),
                    Self.text(monitor.statistic, 4), Self.text(monitor.rule.criticalValue, 6),
                ].joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// VCI and z-score of the steps from `start` to `end`.
    public func table(
        _ indices: [SeriesIndices], from start: Double, to end: Double = .infinity
    ) -> String {
        var lines = ["series,time,value,vci,zscore"]
        for (index, name) in series.names.enumerated() {
            for step in series.steps(from: start, to: end) {
                lines.append(
                    [
                        "\"\(name)\"", Self.text(series.times[step], 4),
                        Self.text(series.values[index][step], 6),
                        Self.text(indices[index].vci[step], 3),
                        Self.text(indices[index].zscore[step], 4),
                    ].joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The last series with its model, monitoring process and boundary.
    public func plot(_ found: [(String, BreakMonitor)]) -> String {
        guard let (name, monitor) = found.last, let values = series.values.last else { return "" }
        var expected = Array(repeating: Double.nan, count: values.count)
        var process = expected
        var boundary = expected
        for observation in monitor.observations { expected[observation.step] = observation.expected }
        for sum in monitor.sums {
            process[sum.step] = sum.process
            boundary[sum.step] = sum.boundary
        }
        let marks = [monitor.historyStart, monitor.rule.monitoringStart, monitor.breakStep]
            .compactMap { $0 }.filter { $0 < values.count }.map { series.times[$0] }
        return SeriesPlot(
            title: "\(name): observed, and expected from the stable history", times: series.times,
            panels: [
                .init(
                    title: "Value (lines: history, monitoring, break)",
                    curves: [
                        .init(name: "observed", color: "#555555", values: values),
                        .init(name: "expected", color: "#1f77b4", values: expected),
                    ], marks: marks),
                .init(
                    title: "Moving sums of residuals",
                    curves: [
                        .init(name: "process", color: "#1f77b4", values: process),
                        .init(name: "boundary", color: "#b2182b", values: boundary),
                        .init(name: "", color: "#b2182b", values: boundary.map { -$0 }),
                    ], marks: marks),
            ]
        ).svg
    }

    /// VCI and z-score of the last series.
    public func plot(_ indices: [SeriesIndices]) -> String {
        guard let last = indices.last, let name = series.names.last else { return "" }
        return SeriesPlot(
            title: "\(name): against the same time of the year", times: series.times,
            panels: [
                .init(
                    title: "VCI, percent",
                    curves: [.init(name: "VCI", color: "#1b7837", values: last.vci)]),
                .init(
                    title: "z-score",
                    curves: [.init(name: "z", color: "#b2182b", values: last.zscore)]),
            ]
        ).svg
    }

    /// Empty where there is no number.
    static func text(_ value: Double?, _ decimals: Int) -> String {
        guard let value, value.isFinite else { return "" }
        return String(format: "%.\(decimals)f", value)
    }
}
