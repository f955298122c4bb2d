/// A rectangle of a drawing with a scale of days across and one of values up.
struct SeriesPanel {
    var left: Double
    var top: Double
    var width: Double
    var height: Double
    var days: ClosedRange<Double>
    var values: ClosedRange<Double>

    /// Lines of the chart; they differ in lightness and form, not in hue
    /// alone.
    enum Stroke {
        static let band = Color(0xDCE5D3)
        static let baseline = Color(0x5E6B55)
        static let observed = Color(0x0B3C6F)
        static let grid = Color(0xE4E4E4)
    }

    var right: Double { left + width }
    var bottom: Double { top + height }

    func x(_ day: Double) -> Double {
        left + width * (day - days.lowerBound) / (days.upperBound - days.lowerBound)
    }

    /// Values beyond the scale stand on its edge.
    func y(_ value: Double) -> Double {
        let share = (value - values.lowerBound) / (values.upperBound - values.lowerBound)
        return bottom - height * min(max(share, 0), 1)
    }

    /// From the first day of any series to the last; nil without points.
    static func days(of series: [ZoneSeries]) -> ClosedRange<Double>? {
        let points = series.flatMap(\.points)
        guard let first = points.map(\.day).min(),
            let last = points.map({ $0.day + $0.days }).max(),
            first < last
        else { return nil }
        return Double(first)...Double(last)
    }

    /// Round limits around all NDVI of the series.
    static func levels(of series: [ZoneSeries]) -> ClosedRange<Double> {
        let levels = series.flatMap(\.levels)
        guard let low = levels.min(), let high = levels.max() else { return 0...1 }
        let margin = max(0.02, 0.06 * (high - low))
        return (low - margin)...(high + margin)
    }

    /// Lines across with their values at the left.
    func drawValueAxis(_ ticks: [Double], decimals: Int, size: Double, _ drawing: inout SVGDocument)
    {
        for tick in ticks {
            drawing.line([(left, y(tick)), (right, y(tick))], Stroke.grid, width: 1)
            drawing.text(
                NumberText.fixed(tick, decimals: decimals), x: left - 6, y: y(tick) + size * 0.36,
                size: size, Ink.quietText, anchor: .end)
        }
    }

    /// Lines up at the ticks inside the scale.
    func drawDayLines(_ ticks: [ZoneSeries.Tick], _ drawing: inout SVGDocument) {
        for tick in ticks where days.contains(Double(tick.day)) {
            drawing.line(
                [(x(Double(tick.day)), top), (x(Double(tick.day)), bottom)], Stroke.grid, width: 1)
        }
    }

    func drawFrame(_ drawing: inout SVGDocument) {
        drawing.line([(left, top), (left, bottom), (right, bottom)], Ink.line, width: 1)
    }

    /// NDVI over its baseline band; a missing composite breaks a line.
    func drawVegetation(
        _ points: [ZoneSeries.Point], dotRadius: Double, _ drawing: inout SVGDocument
    ) {
        for part in Self.parts(
            points, where: { $0.baselineMinimum != nil && $0.baselineMaximum != nil })
        {
            drawing.area(band(part), Stroke.band)
        }
        for part in Self.parts(points, where: { $0.baselineMean != nil }) {
            drawing.line(
                part.compactMap { point in
                    point.baselineMean.map { (x(point.middle), y($0)) }
                }, Stroke.baseline, width: 1.2, dashes: "5 3")
        }
        for part in Self.parts(points, where: { $0.ndvi != nil }) {
            let line = part.compactMap { point in point.ndvi.map { (x: x(point.middle), y: y($0)) }
            }
            drawing.line(line, Stroke.observed, width: 2)
            for place in line where dotRadius > 0 || part.count == 1 {
                drawing.dot(x: place.x, y: place.y, radius: max(dotRadius, 1.5), Stroke.observed)
            }
        }
    }

    /// The band around a part, as wide as its composites at the ends.
    private func band(_ part: [ZoneSeries.Point]) -> [(x: Double, y: Double)] {
        func edge(_ value: (ZoneSeries.Point) -> Double?) -> [(x: Double, y: Double)] {
            part.enumerated().flatMap { index, point -> [(x: Double, y: Double)] in
                guard let level = value(point) else { return [] }
                var places = [(x: x(point.middle), y: y(level))]
                if index == 0 { places.insert((x(Double(point.day)), y(level)), at: 0) }
                if index == part.count - 1 {
                    places.append((x(Double(point.day + point.days)), y(level)))
                }
                return places
            }
        }
        return edge(\.baselineMaximum) + edge(\.baselineMinimum).reversed()
    }

    /// A column for each VCI, in the colour of its class.
    func drawCondition(
        _ points: [ZoneSeries.Point], _ table: ClassTable, isStrip: Bool,
        _ drawing: inout SVGDocument
    ) {
        for point in points {
            guard let vci = point.vci else { continue }
            let start = x(Double(point.day)) + (isStrip ? 0 : 1)
            let end = x(Double(point.day + point.days)) - (isStrip ? 0 : 1)
            // A VCI of 0 or less is seen all the same.
            let height = isStrip ? height : max(2, bottom - y(vci))
            let color = point.classCode.flatMap { table.entry($0)?.color } ?? Ink.unlisted
            drawing.rectangle(
                x: start, y: bottom - height, width: max(0.5, end - start), height: height,
                fill: color, stroke: isStrip ? nil : Ink.quietText)
        }
    }

    /// Neighbouring points that all have what is asked for.
    static func parts(
        _ points: [ZoneSeries.Point], where isThere: (ZoneSeries.Point) -> Bool
    ) -> [[ZoneSeries.Point]] {
        var parts: [[ZoneSeries.Point]] = []
        var part: [ZoneSeries.Point] = []
        for point in points {
            if isThere(point) {
                part.append(point)
            } else if !part.isEmpty {
                parts.append(part)
                part = []
            }
        }
        return part.isEmpty ? parts : parts + [part]
    }
}
