/// Vegetation of many zones over time on one page: a small chart for each,
/// all with the same scales.
public struct SeriesSheet: Sendable {
    /// In the order in which they are shown.
    public var series: [ZoneSeries]
    public var ticks: [ZoneSeries.Tick]
    public var classTable: ClassTable
    public var caption: ChartCaption

    private static let columns = 4
    private static let cellWidth = 296.0
    private static let cellHeight = 158.0
    private static let left = 14.0
    /// Characters of a name that a cell has room for.
    private static let nameLength = 22

    public init(
        series: [ZoneSeries], ticks: [ZoneSeries.Tick], classTable: ClassTable,
        caption: ChartCaption
    ) {
        self.series = series
        self.ticks = ticks
        self.classTable = classTable
        self.caption = caption
    }

    /// The page as SVG, UTF-8.
    public func svgBytes() -> [UInt8] {
        let width = 2 * Self.left + Double(Self.columns) * Self.cellWidth
        var frame = ChartFrame(caption: caption, width: width)
        let top = frame.bodyTop + 62
        let rows = (series.count + Self.columns - 1) / Self.columns
        frame.bodyBottom = top + Double(rows) * Self.cellHeight + 6
        var drawing = frame.drawing(
            description: "NDVI and class of VCI of \(series.count) zones over time.")
        ChartFrame.drawLegend(
            x: Self.left, y: frame.bodyTop + 12, baseline: caption.baseline, &drawing)
        ChartFrame.drawClasses(classTable, x: Self.left, y: frame.bodyTop + 28, &drawing)
        guard let days = SeriesPanel.days(of: series) else { return drawing.utf8 }
        let levels = SeriesPanel.levels(of: series)
        for (index, zone) in series.enumerated() {
            let panel = SeriesPanel(
                left: Self.left + Double(index % Self.columns) * Self.cellWidth + 30,
                top: top + Double(index / Self.columns) * Self.cellHeight + 20,
                width: Self.cellWidth - 50, height: 84, days: days, values: levels)
            draw(zone, panel, &drawing)
        }
        return drawing.utf8
    }

    private func draw(_ zone: ZoneSeries, _ panel: SeriesPanel, _ drawing: inout SVGDocument) {
        let name =
            zone.name.count > Self.nameLength
            ? zone.name.prefix(Self.nameLength - 1) + "\u{2026}" : zone.name
        drawing.text(name, x: panel.left, y: panel.top - 6, size: 12, isBold: true)
        let last = zone.points.last?.vci
        drawing.text(
            last.map { "VCI \(NumberText.fixed($0, decimals: 0)) %" } ?? "no VCI", x: panel.right,
            y: panel.top - 6, size: 11, Ink.quietText, anchor: .end)
        let axis = AxisTicks(from: panel.values.lowerBound, to: panel.values.upperBound, count: 4)
        panel.drawValueAxis(axis.values, decimals: axis.decimals, size: 10, &drawing)
        panel.drawVegetation(zone.points, dotRadius: 0, &drawing)
        panel.drawFrame(&drawing)
        var strip = panel
        strip.top = panel.bottom + 3
        strip.height = 10
        strip.drawCondition(zone.points, classTable, isStrip: true, &drawing)
        ChartFrame.drawDayLabels(strip, ticks, size: 10, &drawing)
    }
}
