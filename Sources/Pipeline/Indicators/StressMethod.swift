import Drought
import GridCore

/// Mean VHI of the season up to the as-of date, and whether it is stress: the
/// share of stressed area of a zone is FAO's Agricultural Stress Index.
final class StressMethod: IndicatorMethod {
    private let season: IndicatorSeason?
    /// Of each step of the season.
    private let weights: [Double]
    private let rule: SeasonalStressRule
    private let sums: SeasonalStress
    private let mean: UnsafeMutablePointer<Float>
    private let codes: UnsafeMutablePointer<UInt8>
    private let reasons: UnsafeMutablePointer<UInt8>
    let outputs: [IndicatorOutput]
    let reasonNames = ["asi"]
    /// Codes of the output with the classes.
    static let unstressed: UInt8 = 1
    static let stressed: UInt8 = 2
    /// Name of it.
    static let className = "agricultural_stress"

    init(_ plan: IndicatorPlan, capacity: Int) {
        season = plan.season
        weights = plan.season?.weights(plan.settings.stress.cropCoefficients) ?? []
        rule = SeasonalStressRule(threshold: plan.settings.stress.threshold)
        sums = SeasonalStress(cells: capacity)
        let stride = SeriesBlock(cells: capacity, steps: 1).stride
        mean = .allocate(capacity: stride)
        mean.initialize(repeating: .nan, count: stride)
        codes = .allocate(capacity: stride)
        codes.initialize(repeating: 0, count: stride)
        reasons = .allocate(capacity: stride)
        reasons.initialize(repeating: 0, count: stride)
        let parts = plan.settings.stress.cropCoefficients.count
        let name =
            (plan.season?.title ?? "no season")
            + (parts > 0 ? ", weighted by \(parts) crop coefficients" : "")
        let limit = Decimal.text(plan.settings.stress.threshold)
        outputs = [
            IndicatorOutput(
                name: "vhi_season", title: "Mean VHI of the season so far: \(name)",
                quantity: "VHI, seasonal mean", unit: "%", content: .values(.condition)),
            IndicatorOutput(
                name: Self.className,
                title: "Stress: seasonal mean VHI below \(limit); \(name)", quantity: "", unit: "",
                content: .classes([
                    .init(
                        code: Self.unstressed, name: "unstressed", label: "No stress (\(limit) and more)",
                        color: 0xD9E8D4),
                    .init(
                        code: Self.stressed, name: "stressed", label: "Stress (below \(limit))",
                        color: 0xC8612F),
                ])),
        ]
    }

    deinit {
        mean.deallocate()
        codes.deallocate()
        reasons.deallocate()
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        guard let season, let health = cells.health else {
            let values = target.values(0)
            let codes = target.codes(1)
            let reasons = target.reasons()
            for i in 0..<target.count {
                values[i] = .nan
                codes[i] = 0
                reasons[i] = IndicatorReason.outOfSeason.rawValue
            }
            return
        }
        sums.begin(cells: cells.cells)
        for (step, weight) in zip(season.steps, weights) {
            sums.add(
                health.health.plane(step - health.steps.lowerBound), weight: weight,
                kernels: cells.kernels)
        }
        sums.finish(
            rule: rule, mean: mean, stress: codes, reasons: reasons, kernels: cells.kernels)
        target.take(mean)
        target.take(reasons: reasons)
        let stress = target.codes(1)
        for i in 0..<target.count {
            stress[i] =
                switch codes[i] {
                case StressCode.stressed: Self.stressed
                case StressCode.unstressed: Self.unstressed
                default: 0
                }
        }
    }
}
