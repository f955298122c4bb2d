import Diagnostics
import Drought
import Foundation
import GridCore

/// Series and their smooth curves (`Whittaker`).
public struct SmoothedSeries: Sendable {
    /// As they were read.
    public let observed: RegularSeries
    /// The same with the curves' values; gaps that are longer than the rule
    /// fills stay NaN, as does a whole series that has too few values.
    public private(set) var curves: RegularSeries
    /// The fit of each series; nil where there are too few values.
    public private(set) var fits: [WhittakerFit?]

    /// - Throws: `unsuitable-parameter` when the rule is none.
    public init(_ series: RegularSeries, rule: WhittakerRule) throws(DroughtError) {
        if let problem = rule.problem {
            throw DroughtError(
                .unsuitableParameter, problem, mend: "Correct the options of smoothing")
        }
        observed = series
        curves = series
        fits = series.values.map { Whittaker.smooth($0, rule: rule) }
        curves.values = zip(fits, series.values).map { fit, values in
            fit?.values ?? values.map { _ in .nan }
        }
    }

    /// Each step from `start` to `end` with its value, the curve, whether the
    /// curve alone has one (1), and log10 of lambda.
    public func table(from start: Double, to end: Double) -> String {
        var lines = ["series,time,value,smoothed,filled,log10_lambda"]
        for (index, name) in observed.names.enumerated() {
            for step in observed.steps(from: start, to: end) {
                lines.append(
                    [
                        "\"\(name)\"", SeriesAnalysis.text(observed.times[step], 4),
                        SeriesAnalysis.text(observed.values[index][step], 6),
                        SeriesAnalysis.text(curves.values[index][step], 6),
                        fits[index].map { $0.isFilled[step] ? "1" : "0" } ?? "",
                        SeriesAnalysis.text(fits[index]?.log10Lambda, 2),
                    ].joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The last series with its curve.
    public var plot: String {
        guard let name = observed.names.last, let values = observed.values.last,
            let curve = curves.values.last
        else { return "" }
        let lambda = fits.last.flatMap { $0 }.map { String(format: "%.1f", $0.log10Lambda) }
        return SeriesPlot(
            title: "\(name): observed and smoothed"
                + (lambda.map { " (log10 lambda \($0))" } ?? " (too few values)"),
            times: observed.times,
            panels: [
                .init(
                    title: "Value",
                    curves: [
                        .init(name: "observed", color: "#555555", values: values),
                        .init(name: "smoothed", color: "#1f77b4", values: curve),
                    ])
            ]
        ).svg
    }
}
