import Drought
import GridCore

/// BFAST-monitor: the first break of the monitored end of the series.
final class BreakMethod: IndicatorMethod {
    private let rule: BreakRule
    private let times: [Double]
    private let scratch: BreakScratch
    private let scale: Float
    private let steps: UnsafeMutablePointer<Int32>
    private let planes: UnsafeMutablePointer<Float>
    private let reasons: UnsafeMutablePointer<UInt8>
    private let stride: Int
    let outputs: [IndicatorOutput]
    let reasonNames = ["breaks"]

    init(_ plan: IndicatorPlan, _ rule: BreakRule, capacity: Int) {
        self.rule = rule
        times = plan.vegetation.decimalYears
        scratch = BreakScratch(steps: plan.vegetation.count, rule: rule)
        scale = Float(plan.rule.scale)
        stride = SeriesBlock(cells: capacity, steps: 1).stride
        steps = .allocate(capacity: stride * 3)
        steps.initialize(repeating: 0, count: stride * 3)
        planes = .allocate(capacity: stride * 3)
        planes.initialize(repeating: .nan, count: stride * 3)
        reasons = .allocate(capacity: stride)
        reasons.initialize(repeating: 0, count: stride)
        let from = plan.vegetation.dates[rule.monitoringStart]
        outputs = [
            IndicatorOutput(
                name: "break_date", title: "First break since \(from) (BFAST-monitor), decimal year",
                quantity: "Year", unit: "", content: .values(.plain)),
            IndicatorOutput(
                name: "break_magnitude",
                title: "Median departure from the stable history since \(from)",
                quantity: "NDVI", unit: "", content: .values(.departure(limit: 0.3))),
            IndicatorOutput(
                name: "break_history", title: "First year of the stable history, decimal year",
                quantity: "Year", unit: "", content: .values(.plain)),
        ]
    }

    deinit {
        steps.deallocate()
        planes.deallocate()
        reasons.deallocate()
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        times.withUnsafeBufferPointer { buffer in
            guard let times = buffer.baseAddress else { return }
            cells.upToDate { series in
                cells.kernels.breaks(
                    series, times: times, rule: rule, scratch: scratch,
                    into: BreakOutput(
                        breakStep: steps, magnitude: planes, historyStart: steps + stride,
                        historyCount: steps + 2 * stride, sigma: planes + stride,
                        seasonResidual: planes + 2 * stride), reasons: reasons)
            }
        }
        let dates = target.values(0)
        let magnitudes = target.values(1)
        let history = target.values(2)
        for i in 0..<target.count {
            let hasFit = IndicatorReason(rawValue: reasons[i])?.hasValue ?? false
            let step = Int(steps[i])
            // No break is no date, and no missing value: the magnitude tells.
            dates[i] = hasFit && times.indices.contains(step) ? Float(times[step]) : .nan
            magnitudes[i] = hasFit ? planes[i] * scale : .nan
            let start = Int(steps[stride + i])
            history[i] = hasFit && times.indices.contains(start) ? Float(times[start]) : .nan
        }
        target.take(reasons: reasons)
    }
}
