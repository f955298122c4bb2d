import Drought
import GridCore

/// Mean VCI of the last month or the last three, with the class of
/// vegetation deficit that Kenya's NDMA maps (Klisch and Atzberger 2016); a
/// class of vegetation, never a phase of drought.
final class MeanConditionMethod: IndicatorMethod {
    private let steps: Range<Int>
    /// Of each step of the series of zones.
    private let windows: [Range<Int>]
    private let rule: WindowMeanRule
    private let values: UnsafeMutablePointer<Float>
    private let reasons: UnsafeMutablePointer<UInt8>
    let outputs: [IndicatorOutput]
    let lines: [IndicatorLine]

    init(_ plan: IndicatorPlan, months: Int) {
        let window = plan.window(months: months)
        func places(endingWith step: Int) -> Range<Int> {
            let first = plan.firstStep(ofConditionMonths: months, endingWith: step)
            return (first - plan.firstCondition)..<(step - plan.firstCondition + 1)
        }
        steps = places(endingWith: plan.vegetation.last)
        windows = (plan.seriesSteps.map(Array.init) ?? []).map { places(endingWith: $0) }
        rule = window.rule
        values = .allocate(capacity: CellChunk.planeStride)
        values.initialize(repeating: .nan, count: CellChunk.planeStride)
        reasons = .allocate(capacity: CellChunk.planeStride)
        reasons.initialize(repeating: 0, count: CellChunk.planeStride)
        let name = "vci\(months)m"
        let span = months == 1 ? "1 month" : "\(months) months"
        outputs = [
            IndicatorOutput(
                name: name,
                title: "Mean VCI of the last \(span): \(window.steps) periods, at least "
                    + "\(window.minimumValid)",
                quantity: "VCI, mean of \(span)", unit: "%", content: .values(.condition)),
            IndicatorOutput(
                name: "\(name)_class", title: "Vegetation deficit by the mean VCI of \(span)",
                quantity: "", unit: "", content: .classes(.of(.vegetationDeficit))),
        ]
        lines =
            plan.seriesSteps.map {
                [
                    IndicatorLine(
                        name: name, title: "VCI, mean of \(span), %", unit: "%",
                        steps: plan.vegetation.lineSteps($0), limits: 0...100)
                ]
            } ?? []
    }

    deinit {
        values.deallocate()
        reasons.deallocate()
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        cells.kernels.meanOfWindow(
            cells.condition, steps: steps, rule: rule, into: values, reasons: reasons)
        target.take(values)
        target.take(reasons: reasons)
        target.classify(values, by: .vegetationDeficit, 1)
    }

    func trace(
        _ cells: IndicatorCells,
        _ add: (_ line: Int, _ step: Int, _ plane: UnsafePointer<Float>) -> Void
    ) {
        for (place, window) in windows.enumerated() {
            cells.kernels.meanOfWindow(
                cells.condition, steps: window, rule: rule, into: values, reasons: reasons)
            add(0, place, values)
        }
    }

    func account(_ cells: IndicatorCells) -> [String] {
        let values = steps.map { NumberText.short(Double(cells.condition.plane($0)[0])) }
        return ["mean of VCI \(values.joined(separator: ", "))"]
    }
}
