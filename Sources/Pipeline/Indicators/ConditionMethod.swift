import Drought
import GridCore

/// VCI, anomaly, percent of mean and z-score of the as-of composite.
final class ConditionMethod: IndicatorMethod {
    private let choice: IndicatorChoice
    let outputs: [IndicatorOutput]

    init(_ plan: IndicatorPlan, _ choice: IndicatorChoice) {
        self.choice = choice
        let of = plan.isSmoothed ? "smoothed NDVI" : "NDVI"
        let output =
            switch choice {
            case .anomaly:
                IndicatorOutput(
                    name: "anomaly", title: "\(of.capitalizedFirst) less its baseline mean",
                    quantity: "NDVI less baseline mean", unit: "",
                    content: .values(.departure(limit: 0.3)))
            case .percent:
                IndicatorOutput(
                    name: "percent", title: "\(of.capitalizedFirst) in percent of its baseline mean",
                    quantity: "NDVI / baseline mean", unit: "%", content: .values(.plain))
            case .zscore:
                IndicatorOutput(
                    name: "zscore", title: "z-score of \(of) (sample deviation, n - 1)",
                    quantity: "z-score", unit: "standard deviations",
                    content: .values(.departure(limit: 4)))
            default:
                IndicatorOutput(
                    name: "vci", title: "Vegetation condition index (VCI) of \(of), not clamped",
                    quantity: "VCI", unit: "%", content: .values(.condition))
            }
        outputs = [output]
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        let indices = cells.current
        let values =
            switch choice {
            case .anomaly: indices.anomaly
            case .percent: indices.percent
            case .zscore: indices.zscore
            default: indices.vci
            }
        target.take(values)
        let reasons = target.reasons()
        for i in 0..<target.count {
            // A missing z-score does not make the VCI missing.
            reasons[i] = values[i].isNaN ? indices.reasons[i] : IndicatorReason.ok.rawValue
        }
    }

    func account(_ cells: IndicatorCells) -> [String] {
        let rule = cells.plan.rule
        let chunk = cells.chunk
        func units(_ stored: Double) -> String {
            NumberText.short(stored * rule.scale + rule.offset)
        }
        let value = units(Double(cells.series.plane(cells.plan.vegetation.last)[0]))
        let mean = units(chunk.mean[0])
        return switch choice {
        case .anomaly: ["value - mean = \(value) - \(mean)"]
        case .percent: ["100 value / mean = 100 * \(value) / \(mean)"]
        case .zscore:
            [
                "(value - mean) / sd = (\(value) - \(mean)) / "
                    + NumberText.short(chunk.standardDeviation[0] * abs(rule.scale))
            ]
        default:
            [
                "100 (value - min) / (max - min) = 100 (\(value) - \(units(Double(chunk.minimum[0])))) / "
                    + "(\(units(Double(chunk.maximum[0]))) - \(units(Double(chunk.minimum[0]))))"
            ]
        }
    }
}

extension String {
    /// With a capital letter first.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
