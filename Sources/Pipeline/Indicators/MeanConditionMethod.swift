import Drought
import GridCore

/// Mean VCI of the last month or the last three, with the class of
/// vegetation deficit that Kenya's NDMA maps (Klisch and Atzberger 2016); a
/// class of vegetation, never a phase of drought.
final class MeanConditionMethod: IndicatorMethod {
    private let steps: Range<Int>
    private let rule: WindowMeanRule
    private let values: UnsafeMutablePointer<Float>
    private let reasons: UnsafeMutablePointer<UInt8>
    let outputs: [IndicatorOutput]

    init(_ plan: IndicatorPlan, months: Int) {
        let first = plan.firstStep(ofConditionMonths: months)
        let window = plan.window(months: months)
        steps = (first - plan.firstCondition)..<(plan.vegetation.last - plan.firstCondition + 1)
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

    func account(_ cells: IndicatorCells) -> [String] {
        let values = steps.map { NumberText.short(Double(cells.condition.plane($0)[0])) }
        return ["mean of VCI \(values.joined(separator: ", "))"]
    }
}
