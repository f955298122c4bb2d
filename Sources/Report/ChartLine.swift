/// One more figure over time below a chart, with a scale of its own.
public struct ChartLine: Hashable, Sendable {
    /// A value of a period; nil = none.
    public struct Point: Hashable, Sendable {
        /// Number of the first day, on the scale of the chart.
        public var day: Int
        /// Days of the period, above 0.
        public var days: Int
        public var value: Double?

        public init(day: Int, days: Int, value: Double?) {
            self.day = day
            self.days = days
            self.value = value
        }
    }

    /// With its unit.
    public var title: String
    /// Of the scale; nil: as the values need.
    public var limits: ClosedRange<Double>?
    /// In order of their days.
    public var points: [Point]

    public init(title: String, limits: ClosedRange<Double>?, points: [Point]) {
        self.title = title
        self.limits = limits
        self.points = points
    }

    /// What the scale holds.
    var scale: ClosedRange<Double> {
        if let limits { return limits }
        let values = points.compactMap(\.value).filter(\.isFinite)
        guard let low = values.min(), let high = values.max() else { return 0...1 }
        let margin = max(1e-6, 0.06 * (high - low))
        return (low - margin)...(high + margin)
    }
}

extension SeriesPanel {
    /// A line of its own; a missing value breaks it.
    func draw(_ line: ChartLine, dotRadius: Double, _ drawing: inout SVGDocument) {
        var part: [(x: Double, y: Double)] = []
        func finish(_ drawing: inout SVGDocument) {
            if part.count > 1 { drawing.line(part, Stroke.observed, width: 2) }
            for place in part where dotRadius > 0 || part.count == 1 {
                drawing.dot(x: place.x, y: place.y, radius: max(dotRadius, 1.5), Stroke.observed)
            }
            part = []
        }
        for point in line.points {
            if let value = point.value {
                part.append((x(Double(point.day) + Double(point.days) / 2), y(value)))
            } else {
                finish(&drawing)
            }
        }
        finish(&drawing)
    }
}
