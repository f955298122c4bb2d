/// Vegetation of one zone over time: NDVI over the band of its baseline, and
/// below it the VCI with the colours of its classes.
public struct SeriesChart: Sendable {
    public var series: ZoneSeries
    public var ticks: [ZoneSeries.Tick]
    public var classTable: ClassTable
    public var caption: ChartCaption
    /// What the first panel is headed.
    public var quantity: String
    /// More figures, a panel each below the others.
    public var lines: [ChartLine]

    private static let width = 960.0
    private static let left = 66.0
    private static let plotWidth = 830.0
    private static let panelHeight = 250.0
    private static let conditionHeight = 130.0
    private static let lineHeight = 96.0
    /// Between the panels of lines.
    private static let lineGap = 42.0
    /// Composites whose values are marked each; more would hide the line.
    private static let mostDots = 80

    public init(
        series: ZoneSeries, ticks: [ZoneSeries.Tick], classTable: ClassTable,
        caption: ChartCaption, quantity: String = "NDVI", lines: [ChartLine] = []
    ) {
        self.quantity = quantity
        self.lines = lines
        self.series = series
        self.ticks = ticks
        self.classTable = classTable
        self.caption = caption
    }

    /// The chart as SVG, UTF-8.
    public func svgBytes() -> [UInt8] {
        var frame = ChartFrame(caption: caption, width: Self.width)
        let vegetationTop = frame.bodyTop + 46
        let conditionTop = vegetationTop + Self.panelHeight + 46
        let linesTop = conditionTop + Self.conditionHeight + 58
        frame.bodyBottom = linesTop + Double(lines.count) * (Self.lineHeight + Self.lineGap)
        var drawing = frame.drawing(description: summary)
        guard let days = SeriesPanel.days(of: [series]), !series.levels.isEmpty else {
            drawing.text(
                "No value in any composite", x: Self.width / 2, y: vegetationTop + 100, size: 15,
                Ink.quietText, anchor: .middle)
            return drawing.utf8
        }
        let vegetation = SeriesPanel(
            left: Self.left, top: vegetationTop, width: Self.plotWidth, height: Self.panelHeight,
            days: days, values: SeriesPanel.levels(of: [series]))
        drawVegetation(vegetation, &drawing)
        let condition = SeriesPanel(
            left: Self.left, top: conditionTop, width: Self.plotWidth,
            height: Self.conditionHeight, days: days, values: 0...100)
        drawCondition(condition, &drawing)
        for (index, line) in lines.enumerated() {
            let panel = SeriesPanel(
                left: Self.left,
                top: linesTop + Double(index) * (Self.lineHeight + Self.lineGap) + Self.lineGap / 2,
                width: Self.plotWidth, height: Self.lineHeight, days: days, values: line.scale)
            draw(line, panel, &drawing)
        }
        return drawing.utf8
    }

    private func draw(_ line: ChartLine, _ panel: SeriesPanel, _ drawing: inout SVGDocument) {
        let axis = AxisTicks(from: panel.values.lowerBound, to: panel.values.upperBound, count: 4)
        panel.drawDayLines(ticks, &drawing)
        panel.drawValueAxis(axis.values, decimals: axis.decimals, size: 11, &drawing)
        panel.draw(line, dotRadius: line.points.count <= Self.mostDots ? 2.2 : 0, &drawing)
        panel.drawFrame(&drawing)
        drawing.text(line.title, x: 14, y: panel.top - 12, size: 13, isBold: true)
        if let value = line.points.last?.value {
            drawing.text(
                NumberText.fixed(value, decimals: axis.decimals + 1), x: panel.right + 6,
                y: panel.y(value) + 4, size: 12, isBold: true)
        }
    }

    private func drawVegetation(_ panel: SeriesPanel, _ drawing: inout SVGDocument) {
        let axis = AxisTicks(from: panel.values.lowerBound, to: panel.values.upperBound, count: 6)
        ChartFrame.drawLegend(
            x: panel.left, y: panel.top - 30, baseline: caption.baseline, &drawing)
        panel.drawDayLines(ticks, &drawing)
        panel.drawValueAxis(axis.values, decimals: axis.decimals, size: 12, &drawing)
        panel.drawVegetation(
            series.points, dotRadius: series.points.count <= Self.mostDots ? 2.6 : 0, &drawing)
        panel.drawFrame(&drawing)
        drawing.text(quantity, x: 14, y: panel.top - 8, size: 13, isBold: true)
        if let last = series.points.last, let ndvi = last.ndvi {
            drawing.text(
                NumberText.fixed(ndvi, decimals: 3), x: panel.right + 6, y: panel.y(ndvi) + 4,
                size: 12, SeriesPanel.Stroke.observed, isBold: true)
        }
    }

    private func drawCondition(_ panel: SeriesPanel, _ drawing: inout SVGDocument) {
        panel.drawDayLines(ticks, &drawing)
        panel.drawValueAxis([0, 20, 40, 60, 80, 100], decimals: 0, size: 12, &drawing)
        panel.drawCondition(series.points, classTable, isStrip: false, &drawing)
        panel.drawFrame(&drawing)
        drawing.text("VCI, %", x: 14, y: panel.top - 12, size: 13, isBold: true)
        ChartFrame.drawDayLabels(panel, ticks, size: 12, &drawing)
        ChartFrame.drawClasses(classTable, x: panel.left, y: panel.bottom + 34, &drawing)
        if let last = series.points.last, let vci = last.vci {
            drawing.text(
                NumberText.fixed(vci, decimals: 1), x: panel.right + 6, y: panel.y(vci) + 4,
                size: 12, isBold: true)
        }
    }

    /// What the chart shows, in words.
    private var summary: String {
        guard let last = series.points.last else { return "No composites." }
        func text(_ value: Double?, _ decimals: Int) -> String {
            value.map { NumberText.fixed($0, decimals: decimals) } ?? "no value"
        }
        let name = last.classCode.flatMap { classTable.entry($0)?.label } ?? "no class"
        return
            "NDVI and VCI of \(series.points.count) composites. Newest: NDVI \(text(last.ndvi, 3)), "
            + "baseline mean \(text(last.baselineMean, 3)), VCI \(text(last.vci, 1)) %, \(name)."
    }
}
