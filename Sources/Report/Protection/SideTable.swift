/// A table beside a map.
struct SideTable: SheetColumn {
    struct Column: Hashable, Sendable {
        var title: String
        var width: Double
        var alignment = TextAlignment.left
    }

    struct Row: Sendable {
        var symbol: LegendColumn.Symbol?
        /// As many as there are columns.
        var cells: [String]
        var isBold = false
    }

    private let heading: String
    private let columns: [Column]
    private let rows: [Row]
    /// Where rows start: room for symbols, if any row has one.
    private let indent: Double

    /// Long tables are set closer, so that they end with the map.
    private var rowHeight: Double { rows.count > 40 ? 17 : 21 }
    private static let headHeight = 48.0

    init(_ heading: String, _ columns: [Column], _ rows: [Row], ruler: borrowing Canvas) {
        self.heading = heading
        self.columns = columns
        var fitted: [Row] = []
        for row in rows {
            var copy = row
            copy.cells = []
            for (text, column) in zip(row.cells, columns) {
                copy.cells.append(
                    ruler.truncated(
                        text, Font(size: 12, isBold: row.isBold), toWidth: column.width - 8))
            }
            fitted.append(copy)
        }
        self.rows = fitted
        indent = rows.contains { $0.symbol != nil } ? 26 : 0
    }

    var width: Double { Self.width(columns, hasSymbols: indent > 0) }

    static func width(_ columns: [Column], hasSymbols: Bool) -> Double {
        columns.reduce(hasSymbols ? 26 : 0) { $0 + $1.width }
    }

    var height: Double { Self.headHeight + Double(max(1, rows.count)) * rowHeight }

    func draw(on canvas: borrowing Canvas, x: Double, top: Double) {
        let x = x.rounded()
        canvas.text(
            heading, at: Point(x: x, y: top + 14), .heading, Ink.text, aligned: .left)
        let bold = Font(size: 12, isBold: true)
        var y = top + Self.headHeight
        drawCells(columns.map(\.title), bold, x: x, baseline: y - 8, on: canvas)
        canvas.stroke(
            Path(from: Point(x: x, y: y - 1.5), to: Point(x: x + width, y: y - 1.5)),
            Stroke(color: Ink.line, width: 1))
        if rows.isEmpty {
            canvas.text("None", at: Point(x: x, y: y + 15), .small, Ink.quietText, aligned: .left)
        }
        for row in rows {
            row.symbol?(Rectangle(x: x, y: y, width: 20, height: rowHeight), canvas)
            drawCells(
                row.cells, row.isBold ? bold : .small, x: x,
                baseline: (y + rowHeight / 2).rounded() + 4, on: canvas)
            y += rowHeight
            canvas.stroke(
                Path(from: Point(x: x, y: y - 0.5), to: Point(x: x + width, y: y - 0.5)),
                Stroke(color: Ink.line.withOpacity(0.2), width: 1))
        }
    }

    private func drawCells(
        _ cells: [String], _ font: Font, x: Double, baseline: Double, on canvas: borrowing Canvas
    ) {
        var left = x + indent
        for (text, column) in zip(cells, columns) {
            let anchor = column.alignment == .right ? left + column.width - 8 : left
            canvas.text(
                text, at: Point(x: anchor, y: baseline), font, Ink.text,
                aligned: column.alignment)
            left += column.width
        }
    }
}
