/// A column beside a map: what each symbol means, the scale and the
/// projection.
struct LegendColumn: SheetColumn {
    /// Draws a symbol in the box given.
    typealias Symbol = @Sendable (_ box: Rectangle, _ canvas: borrowing Canvas) -> Void

    enum Entry: Sendable {
        case heading(String)
        case row(Symbol, String)
        case text(String)
        case scale(ScaleBar)
    }

    private enum Block: Sendable {
        case heading(String)
        case row(Symbol, [String])
        case text([String])
        case scale(ScaleBar)
    }

    static let columnWidth = 280.0
    private static let symbolWidth = 34.0
    private static let rowHeight = 24.0
    private static let headingHeight = 30.0
    private static let scaleHeight = 34.0
    /// The first heading needs no air above it.
    private static let firstHeadingLift = 8.0

    private let blocks: [Block]

    init(_ entries: [Entry], ruler: borrowing Canvas) {
        let textWidth = Self.columnWidth - Self.symbolWidth - 10
        var blocks: [Block] = []
        for entry in entries {
            switch entry {
            case .heading(let text):
                blocks.append(
                    .heading(ruler.truncated(text, .heading, toWidth: Self.columnWidth)))
            case .row(let symbol, let text):
                blocks.append(
                    .row(symbol, ruler.wrapped(text, .body, toWidth: textWidth, maximumLines: 3)))
            case .text(let text):
                blocks.append(
                    .text(
                        ruler.wrapped(
                            text, .small, toWidth: Self.columnWidth, maximumLines: 8)))
            case .scale(let bar): blocks.append(.scale(bar))
            }
        }
        self.blocks = blocks
    }

    /// The last part of every legend: scale, projection and what found no
    /// room.
    static func closing(_ projection: MapProjection, namesLeftOut: [String]) -> [Entry] {
        var entries: [Entry] = [.heading("Scale")]
        let bar = ScaleBar(
            kilometersPerPixel: projection.kilometersPerPixel, maximumWidth: columnWidth * 0.75)
        if let bar { entries.append(.scale(bar)) }
        let latitude = projection.middleLatitude
        let parallel = NumberText.fixed(abs(latitude), decimals: 1) + "°"
            + (latitude < 0 ? " S" : " N")
        entries.append(
            .text(
                "Equirectangular projection (WGS 84), true to scale at \(parallel). North is up."))
        if !namesLeftOut.isEmpty {
            entries.append(
                .text("Without room for a label: \(namesLeftOut.joined(separator: ", ")).")
            )
        }
        return entries
    }

    var width: Double { Self.columnWidth }

    var height: Double { blocks.reduce(-Self.firstHeadingLift) { $0 + Self.height(of: $1) } }

    private static func height(of block: Block) -> Double {
        switch block {
        case .heading: headingHeight
        case .row(_, let lines):
            rowHeight + Double(max(0, lines.count - 1)) * Font.body.lineHeight
        case .text(let lines): Double(lines.count) * Font.small.lineHeight + 6
        case .scale: scaleHeight
        }
    }

    func draw(on canvas: borrowing Canvas, x: Double, top: Double) {
        var y = top - Self.firstHeadingLift
        let x = x.rounded()
        for block in blocks {
            switch block {
            case .heading(let text):
                canvas.text(
                    text, at: Point(x: x, y: y + 22), .heading, Ink.text, aligned: .left)
            case .row(let symbol, let lines):
                let box = Rectangle(x: x, y: (y + 3).rounded(), width: Self.symbolWidth, height: 18)
                symbol(box, canvas)
                canvas.textBlock(
                    lines, x: x + Self.symbolWidth + 10, top: box.y + 2, .body, Ink.text)
            case .text(let lines):
                canvas.textBlock(lines, x: x, top: y + 2, .small, Ink.quietText)
            case .scale(let bar):
                bar.draw(on: canvas, x: x, y: (y + 5).rounded())
            }
            y += Self.height(of: block)
        }
    }

    // MARK: Symbols

    static let nothing: Symbol = { _, _ in }

    static func patch(_ color: Color?) -> Symbol {
        { box, canvas in canvas.drawPatch(box, color) }
    }

    static func marker(_ marker: Marker, radius: Double = Marker.radius) -> Symbol {
        { box, canvas in marker.draw(at: box.center, radius: radius, on: canvas) }
    }

    static func line(_ stroke: Stroke) -> Symbol {
        { box, canvas in
            let y = box.center.y.rounded()
            canvas.stroke(
                Path(from: Point(x: box.x, y: y), to: Point(x: box.maxX, y: y)), stroke)
        }
    }
}
