import Drought
import GridCore

/// Empirical percentile of the as-of composite in its baseline.
final class PercentileMethod: IndicatorMethod {
    private let rule: PercentileRule
    private let reasons: UnsafeMutablePointer<UInt8>
    private let values: UnsafeMutablePointer<Float>
    let outputs = [
        IndicatorOutput(
            name: "percentile", title: "Percentile of NDVI in its baseline (mid-rank)",
            quantity: "Percentile", unit: "%", content: .values(.condition)),
        IndicatorOutput(
            name: "percentile_class", title: "Class by percentile, as the U.S. Drought Monitor has them",
            quantity: "", unit: "", content: .classes(.of(.percentileUSDM))),
    ]

    let lines: [IndicatorLine]

    init(_ plan: IndicatorPlan) {
        lines =
            plan.seriesSteps.map {
                [
                    IndicatorLine(
                        name: "percentile", title: "Percentile of NDVI in its baseline",
                        unit: "%", steps: plan.vegetation.lineSteps($0), limits: 0...100)
                ]
            } ?? []
        rule = PercentileRule(minimumCount: Int(plan.rule.minimumYears))
        values = .allocate(capacity: CellChunk.planeStride)
        values.initialize(repeating: .nan, count: CellChunk.planeStride)
        reasons = .allocate(capacity: CellChunk.planeStride)
        reasons.initialize(repeating: 0, count: CellChunk.planeStride)
    }

    deinit {
        values.deallocate()
        reasons.deallocate()
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        let axis = cells.plan.vegetation
        cells.kernels.percentile(
            cells.series, step: axis.last, baseline: axis.baseline[axis.slots[axis.last]],
            rule: rule, into: values, reasons: reasons)
        target.take(values)
        target.take(reasons: reasons)
        target.classify(values, by: .percentileUSDM, 1)
    }

    func trace(
        _ cells: IndicatorCells,
        _ add: (_ line: Int, _ step: Int, _ plane: UnsafePointer<Float>) -> Void
    ) {
        guard let steps = cells.plan.seriesSteps else { return }
        let axis = cells.plan.vegetation
        for (place, step) in steps.enumerated() {
            cells.kernels.percentile(
                cells.series, step: step, baseline: axis.baseline[axis.slots[step]], rule: rule,
                into: values, reasons: reasons)
            add(0, place, values)
        }
    }

    func account(_ cells: IndicatorCells) -> [String] {
        let axis = cells.plan.vegetation
        let value = cells.series.plane(axis.last)[0]
        let sample = axis.baseline[axis.slots[axis.last]].map { cells.series.plane($0)[0] }
            .filter { !$0.isNaN }
        let below = sample.count { $0 < value }
        let equal = sample.count { $0 == value }
        return ["100 (below + equal / 2) / n = 100 (\(below) + \(equal) / 2) / \(sample.count)"]
    }
}
