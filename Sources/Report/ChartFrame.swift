/// What stands around charts: banner, title, legends, notes and source.
struct ChartFrame {
    let caption: ChartCaption
    let width: Double
    /// Where the notes begin.
    var bodyBottom = 0.0

    /// Characters of the notes that stand in a line of one unit of width, of
    /// fonts no wider than DejaVu Sans at 11 units.
    private static let charactersPerUnit = 1 / 6.6
    private static let lineHeight = 16.0
    private static let bannerHeight = 28.0
    private static let margin = 14.0

    init(caption: ChartCaption, width: Double) {
        self.caption = caption
        self.width = width
    }

    private var headTop: Double { caption.banner == nil ? 0 : Self.bannerHeight }

    /// Below title and subtitle.
    var bodyTop: Double { headTop + 62 }

    private var lines: [String] {
        let count = Int((width - 2 * Self.margin) * Self.charactersPerUnit)
        return (caption.notes + [caption.source]).flatMap { Self.wrapped($0, count: count) }
    }

    /// A sheet of the right height with everything but the body.
    func drawing(description: String) -> SVGDocument {
        let lines = lines
        let height = bodyBottom + Double(lines.count) * Self.lineHeight + 14
        var drawing = SVGDocument(
            width: width, height: height, title: caption.title,
            description: caption.banner.map { "\($0). \(description)" } ?? description)
        drawing.rectangle(x: 0, y: 0, width: width, height: height, fill: Ink.paper)
        if let banner = caption.banner {
            drawing.rectangle(x: 0, y: 0, width: width, height: Self.bannerHeight, fill: Ink.banner)
            drawing.text(
                banner, x: width / 2, y: 19, size: 14, Ink.paper, anchor: .middle, isBold: true)
        }
        drawing.text(
            caption.title, x: Self.margin, y: headTop + 30, size: 20, isBold: true)
        drawing.text(caption.subtitle, x: Self.margin, y: headTop + 50, size: 13, Ink.quietText)
        for (index, line) in lines.enumerated() {
            drawing.text(
                line, x: Self.margin, y: bodyBottom + Double(index + 1) * Self.lineHeight, size: 11,
                Ink.quietText)
        }
        return drawing
    }

    /// What line, dashes and band are.
    static func drawLegend(x: Double, y: Double, baseline: String, _ drawing: inout SVGDocument) {
        drawing.line([(x, y), (x + 24, y)], SeriesPanel.Stroke.observed, width: 2)
        drawing.dot(x: x + 12, y: y, radius: 2.6, SeriesPanel.Stroke.observed)
        drawing.text("composite", x: x + 30, y: y + 4, size: 12)
        drawing.line(
            [(x + 120, y), (x + 144, y)], SeriesPanel.Stroke.baseline, width: 1.2, dashes: "5 3")
        drawing.text("mean of \(baseline)", x: x + 150, y: y + 4, size: 12)
        drawing.rectangle(
            x: x + 300, y: y - 7, width: 24, height: 14, fill: SeriesPanel.Stroke.band)
        drawing.text(
            "all cells at their lowest to all at their highest of \(baseline)", x: x + 330,
            y: y + 4,
            size: 12)
    }

    /// Swatches of the classes, in one row.
    static func drawClasses(_ table: ClassTable, x: Double, y: Double, _ drawing: inout SVGDocument)
    {
        var x = x
        for entry in table.entries {
            drawing.rectangle(
                x: x, y: y, width: 16, height: 12, fill: entry.color, stroke: Ink.quietText)
            drawing.text(entry.label, x: x + 21, y: y + 10, size: 12)
            x += 21 + Double(entry.label.count) * 7.2 + 14
        }
    }

    /// Dates below a panel, none closer to its neighbour than it is wide.
    static func drawDayLabels(
        _ panel: SeriesPanel, _ ticks: [ZoneSeries.Tick], size: Double, _ drawing: inout SVGDocument
    ) {
        var reached = -Double.infinity
        for tick in ticks where panel.days.contains(Double(tick.day)) {
            let x = panel.x(Double(tick.day))
            let half = Double(tick.label.count) * size * 0.29
            guard x - half > reached, x + half <= panel.right + 24 else { continue }
            drawing.text(
                tick.label, x: x, y: panel.bottom + size + 6, size: size, Ink.quietText,
                anchor: .middle)
            reached = x + half + 4
        }
    }

    /// Lines of at most `count` characters, broken at spaces; longer words
    /// are cut.
    static func wrapped(_ text: String, count: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var word = String(word)
            while word.count > count {
                if !line.isEmpty { lines.append(line) }
                lines.append(String(word.prefix(count)))
                word = String(word.dropFirst(count))
                line = ""
            }
            if line.isEmpty {
                line = word
            } else if line.count + 1 + word.count <= count {
                line += " " + word
            } else {
                lines.append(line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
