import Drought
import GridCore

/// The smoothed series itself, and the lambda of each cell.
final class SmoothingMethod: IndicatorMethod {
    private let scale: Double
    private let offset: Double
    let outputs: [IndicatorOutput]
    let reasonNames = ["ndvi_smoothed"]

    init(_ plan: IndicatorPlan) {
        scale = plan.rule.scale
        offset = plan.rule.offset
        outputs = [
            IndicatorOutput(
                name: "ndvi_smoothed", title: "NDVI of the composite, smoothed (Whittaker)",
                quantity: "NDVI", unit: "", content: .values(.plain)),
            IndicatorOutput(
                name: "lambda", title: "log10 of the smoothing parameter lambda",
                quantity: "log10 lambda", unit: "", content: .values(.plain)),
        ]
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        let current = cells.series.plane(cells.plan.vegetation.last)
        let observed = cells.observed.plane(cells.plan.vegetation.last)
        let values = target.values(0)
        let reasons = target.reasons()
        for i in 0..<target.count {
            values[i] = Float(Double(current[i]) * scale + offset)
            let fit = cells.smoothingReasons[i]
            // Filled cells are those without a value of their own here.
            reasons[i] =
                current[i].isNaN
                ? (fit == IndicatorReason.ok.rawValue || fit == IndicatorReason.filled.rawValue
                    ? IndicatorReason.inputNodata.rawValue : fit)
                : (observed[i].isNaN ? IndicatorReason.filled : .ok).rawValue
        }
        target.take(cells.lambda, 1)
    }
}

extension SmoothingConfiguration {
    /// Logarithms of the lambdas that the V-curve is drawn over: those of
    /// the published NDVI chains, -2 to 4 by 0.2.
    static let curve: [Double] = (0...30).map { Double($0 * 2 - 20) / 10 }

    /// The same rule for one series or many.
    public var rule: WhittakerRule {
        WhittakerRule(
            lambda: lambda == .fixed ? .fixed(fixedLambda) : .vCurve(log10: Self.curve),
            asymmetry: asymmetry, maximumGap: maximumGap)
    }
}
