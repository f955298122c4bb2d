import Calendar
import GridCore

/// A figure of zones over time.
struct IndicatorLine: Sendable, Hashable {
    /// A period that it has a value for.
    struct Step: Sendable, Hashable {
        var first: CalendarDate
        var last: CalendarDate
    }

    /// As in the table of the series.
    var name: String
    /// As a chart says it.
    var title: String
    var unit: String
    var steps: [Step]
    /// Its planes hold stored numbers: value = stored x scale + offset.
    var scale = 1.0
    var offset = 0.0
    /// Range of a chart; nil: that of the values.
    var limits: ClosedRange<Double>?
}

extension SeriesAxis {
    /// Some of its steps as those of a line.
    func lineSteps(_ steps: ClosedRange<Int>) -> [IndicatorLine.Step] {
        steps.map { IndicatorLine.Step(first: dates[$0], last: end(of: $0)) }
    }
}

extension IndicatorPlan {
    /// Lines of the vegetation itself: as it is, and the cells' own baseline
    /// minimum, mean and maximum. Empty when no series is asked for.
    var vegetationLines: [IndicatorLine] {
        guard let steps = seriesSteps else { return [] }
        let name = isSmoothed ? "ndvi_smoothed" : "ndvi"
        return ["", "_baseline_min", "_baseline_mean", "_baseline_max"].map {
            IndicatorLine(
                name: name + $0, title: isSmoothed ? "NDVI, smoothed" : "NDVI", unit: "NDVI",
                steps: vegetation.lineSteps(steps), scale: rule.scale, offset: rule.offset)
        }
    }

    /// Every line that is added up by zone, in the order of the entries.
    func lines(_ methods: [any IndicatorMethod]) -> [IndicatorLine] {
        seriesSteps == nil ? [] : vegetationLines + methods.flatMap(\.lines)
    }
}
