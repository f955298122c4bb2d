import Drought
import GridCore

/// TCI or VHI of the as-of composite.
final class HealthMethod: IndicatorMethod {
    private let isTemperature: Bool
    let outputs: [IndicatorOutput]

    init(_ plan: IndicatorPlan, isTemperature: Bool) {
        self.isTemperature = isTemperature
        if isTemperature {
            outputs = [
                IndicatorOutput(
                    name: "tci", title: "Temperature condition index (TCI): 0 hottest, 100 coolest",
                    quantity: "TCI", unit: "%", content: .values(.condition))
            ]
        } else {
            let weight = Decimal.text(plan.settings.stress.vciWeight)
            outputs = [
                IndicatorOutput(
                    name: "vhi", title: "Vegetation health index (VHI), weight of VCI \(weight)",
                    quantity: "VHI", unit: "%", content: .values(.condition)),
                IndicatorOutput(
                    name: "vhi_class", title: "Class by VHI", quantity: "", unit: "",
                    content: .classes(.of(.kogan))),
            ]
        }
    }

    func compute(_ cells: IndicatorCells, _ target: IndicatorTarget) {
        guard let health = cells.health else { return }
        let last = cells.plan.vegetation.last
        let place = last - health.steps.lowerBound
        if isTemperature {
            target.take(health.temperature.plane(place))
            target.take(reasons: health.temperatureReasons(last))
        } else {
            let values = health.health.plane(place)
            target.take(values)
            target.take(reasons: health.healthReasons(last))
            target.classify(values, by: .kogan, 1)
        }
    }
}
