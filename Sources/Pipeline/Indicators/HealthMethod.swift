import Drought
import GridCore

/// TCI or VHI of the as-of composite.
final class HealthMethod: IndicatorMethod {
    private let isTemperature: Bool
    let outputs: [IndicatorOutput]
    let lines: [IndicatorLine]

    init(_ plan: IndicatorPlan, isTemperature: Bool) {
        self.isTemperature = isTemperature
        lines =
            plan.seriesSteps.map {
                [
                    IndicatorLine(
                        name: isTemperature ? "tci" : "vhi",
                        title: isTemperature
                            ? "Temperature condition (TCI), %" : "Vegetation health (VHI), %",
                        unit: "%", steps: plan.vegetation.lineSteps($0), limits: 0...100)
                ]
            } ?? []
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

    func trace(
        _ cells: IndicatorCells,
        _ add: (_ line: Int, _ step: Int, _ plane: UnsafePointer<Float>) -> Void
    ) {
        guard let health = cells.health, let steps = cells.plan.seriesSteps else { return }
        for (place, step) in steps.enumerated() {
            let position = step - health.steps.lowerBound
            add(0, place, (isTemperature ? health.temperature : health.health).plane(position))
        }
    }
}
