import Calendar
import Drought
import GridCore

/// Mann-Kendall test and Theil-Sen slope of annual means: of every calendar
/// year up to the as-of date of which two thirds of the composites have a
/// value.
final class TrendMethod: IndicatorMethod {
    /// Steps of each year, oldest first.
    private let years: [Range<Int>]
    private let means: WindowMeanRule
    private let rule: TrendRule
    private let annual: SeriesBlock
    private let scratch: TrendScratch
    private let scale: Float
    private let planes: UnsafeMutablePointer<Float>
    private let counts: UnsafeMutablePointer<UInt16>
    private let directions: UnsafeMutablePointer<Int8>
    private let reasons: UnsafeMutablePointer<UInt8>
    let outputs: [IndicatorOutput]

    init(_ plan: IndicatorPlan, capacity: Int) {
        let axis = plan.vegetation
        let periods = axis.stack.scheme.periodsPerYear
        let fewest = (2 * periods + 2) / 3
        let grouped = Dictionary(grouping: 0...axis.last) { axis.dates[$0].year }
        years = grouped.keys.sorted().compactMap { year in
            let steps = grouped[year] ?? []
            guard steps.count >= fewest, let first = steps.first else { return nil }
            return first..<first + steps.count
        }
        means = WindowMeanRule(minimumCount: fewest)
        rule = TrendRule(
            minimumCount: plan.settings.trend.minimumYears,
            significance: plan.settings.trend.level)
        annual = SeriesBlock(cells: capacity, steps: max(1, years.count))
        scratch = TrendScratch(steps: max(1, years.count))
        scale = Float(plan.rule.scale)
        let stride = annual.stride
        planes = .allocate(capacity: stride * 5)
        planes.initialize(repeating: .nan, count: stride * 5)
        counts = .allocate(capacity: stride)
        counts.initialize(repeating: 0, count: stride)
        directions = .allocate(capacity: stride)
        directions.initialize(repeating: 0, count: stride)
        reasons = .allocate(capacity: stride)
        reasons.initialize(repeating: 0, count: stride)
        let of = "annual mean NDVI, \(years.count) years"
        outputs = [
            IndicatorOutput(
                name: "trend_slope", title: "Theil-Sen slope of \(of)", quantity: "NDVI a year",
                unit: "", content: .values(.departure(limit: 0.02))),
            IndicatorOutput(
                name: "trend_p", title: "p of the Mann-Kendall test of \(of)", quantity: "p",
                unit: "", content: .values(.plain)),
            IndicatorOutput(
                name: "trend_direction",
                title: "Direction of the trend of \(of), p below "
                    + Decimal.text(plan.settings.trend.level), quantity: "", unit: "",
                content: .classes([
                    .init(code: 1, name: "falling", label: "Falling", color: 0xB35806),
                    .init(code: 2, name: "none", label: "No trend", color: 0xE8E8E8),
                    .init(code: 3, name: "rising", label: "Rising", color: 0x1B7837),
                ])),
        ]
    }

    deinit {
        planes.deallocate()
        counts.deallocate()
        directions.deallocate()
        reasons.deallocate()
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        annual.prepare(cells: cells.cells, steps: years.count)
        for (year, steps) in years.enumerated() {
            cells.kernels.meanOfWindow(
                cells.series, steps: steps, rule: means, into: annual.plane(year), reasons: reasons)
        }
        let stride = annual.stride
        cells.kernels.trend(
            annual, rule: rule, scratch: scratch,
            into: TrendOutput(
                slope: planes, intercept: planes + stride, z: planes + 2 * stride,
                p: planes + 3 * stride, tau: planes + 4 * stride, count: counts,
                direction: directions), reasons: reasons)
        let slopes = target.values(0)
        let codes = target.codes(2)
        for i in 0..<target.count {
            slopes[i] = planes[i] * scale
            codes[i] =
                planes[3 * stride + i].isNaN ? 0 : UInt8(clamping: 2 + Int(directions[i]))
        }
        target.take(planes + 3 * stride, 1)
        target.take(reasons: reasons)
    }
}
