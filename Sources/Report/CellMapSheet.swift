import GridCore

/// Maps of the same few cells on one page, in sections with a legend each.
public struct CellMapSheet: Sendable {
    /// One map.
    public struct Panel: Sendable {
        /// Above it; empty: nothing.
        public var title: String
        /// Row by row; what is not finite is no value.
        public var values: [Double]

        public init(title: String, values: [Double]) {
            self.title = title
            self.values = values
        }
    }

    /// Maps with one legend.
    public struct Section: Sendable {
        public var title: String
        public var scale: CellScale
        public var panels: [Panel]

        public init(title: String, scale: CellScale, panels: [Panel]) {
            self.title = title
            self.scale = scale
            self.panels = panels
        }
    }

    public var title: String
    public var subtitle: String
    public var shape: Shape
    public var sections: [Section]
    public var notes: [String]

    private static let width = 900.0
    private static let margin = 16.0
    private static let gap = 12.0
    private static let titleHeight = 16.0
    /// Width and height that a map is made to fill.
    private static let mapSize = 96.0
    private static let charactersPerLine = 130

    public init(
        title: String, subtitle: String, shape: Shape, sections: [Section], notes: [String] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.shape = shape
        self.sections = sections
        self.notes = notes
    }

    private var cell: Double {
        max(2, (Self.mapSize / Double(max(1, max(shape.rows, shape.columns)))).rounded(.down))
    }
    private var mapWidth: Double { cell * Double(shape.columns) }
    private var mapHeight: Double { cell * Double(shape.rows) }
    /// Room for a date above each.
    private var pitch: Double { max(mapWidth, 66) + Self.gap }
    private var mapsPerRow: Int { max(1, Int((Self.width - 2 * Self.margin) / pitch)) }

    /// The page as SVG, UTF-8: the same bytes for the same values.
    public func svgBytes() -> [UInt8] {
        let lines = notes.flatMap { ChartFrame.wrapped($0, count: Self.charactersPerLine) }
        let heights = sections.map { height(of: $0) }
        var drawing = SVGDocument(
            width: Self.width,
            height: 64 + heights.reduce(0, +) + Double(lines.count) * 16 + 10, title: title,
            description: sections.map { "\($0.title): \($0.panels.count) maps" }.joined(
                separator: ". "))
        drawing.rectangle(
            x: 0, y: 0, width: drawing.width, height: drawing.height, fill: Ink.paper)
        drawing.text(title, x: Self.margin, y: 26, size: 18, isBold: true)
        drawing.text(subtitle, x: Self.margin, y: 46, size: 12, Ink.quietText)
        var top = 64.0
        for (section, height) in zip(sections, heights) {
            draw(section, top: top, &drawing)
            top += height
        }
        for (index, line) in lines.enumerated() {
            drawing.text(
                line, x: Self.margin, y: top + Double(index) * 16 + 8, size: 11, Ink.quietText)
        }
        return drawing.utf8
    }

    private func height(of section: Section) -> Double {
        let rows = (section.panels.count + mapsPerRow - 1) / mapsPerRow
        return 48 + Double(rows) * (mapHeight + titleHeight(of: section) + Self.gap) + 6
    }

    private func titleHeight(of section: Section) -> Double {
        section.panels.allSatisfy(\.title.isEmpty) ? 0 : Self.titleHeight
    }

    private func draw(_ section: Section, top: Double, _ drawing: inout SVGDocument) {
        drawing.text(section.title, x: Self.margin, y: top + 12, size: 13, isBold: true)
        drawLegend(section.scale, y: top + 22, &drawing)
        let above = titleHeight(of: section)
        for (index, panel) in section.panels.enumerated() {
            let x = Self.margin + Double(index % mapsPerRow) * pitch
            let y = top + 48 + Double(index / mapsPerRow) * (mapHeight + above + Self.gap)
            if above > 0 { drawing.text(panel.title, x: x, y: y + 11, size: 11) }
            draw(panel, section.scale, x: x, y: y + above, &drawing)
        }
    }

    private func draw(
        _ panel: Panel, _ scale: CellScale, x: Double, y: Double, _ drawing: inout SVGDocument
    ) {
        for (index, value) in panel.values.prefix(shape.count).enumerated() {
            let left = x + Double(index % shape.columns) * cell
            let top = y + Double(index / shape.columns) * cell
            drawCell(scale.color(of: value), x: left, y: top, size: cell, &drawing)
        }
    }

    /// A cell without value is crossed out: no colour could be taken for one.
    private func drawCell(
        _ color: Color?, x: Double, y: Double, size: Double, _ drawing: inout SVGDocument
    ) {
        drawing.rectangle(
            x: x, y: y, width: size, height: size, fill: color ?? Ink.paper,
            stroke: Ink.nodataLine)
        guard color == nil else { return }
        drawing.line([(x, y), (x + size, y + size)], Ink.nodataLine, width: 0.8)
        drawing.line([(x + size, y), (x, y + size)], Ink.nodataLine, width: 0.8)
    }

    private func drawLegend(_ scale: CellScale, y: Double, _ drawing: inout SVGDocument) {
        var x = Self.margin
        let colors = scale.colors.map(Optional.some) + [nil]
        for (color, label) in zip(colors, scale.labels + [scale.missing]) {
            drawCell(color, x: x, y: y, size: 14, &drawing)
            drawing.text(label, x: x + 19, y: y + 11, size: 11)
            x += 19 + Double(label.count) * 6.6 + 14
        }
    }
}
