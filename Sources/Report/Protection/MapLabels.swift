import GridCore

/// How a label looks and where it may stand.
struct MapLabelStyle: Hashable, Sendable {
    var font: Font
    var color: Color
    /// Ground of the label; nil = a halo around the letters.
    var fill: Color?
    /// Longer texts end in an ellipsis.
    var maximumWidth: Double
    /// Distances from the symbol tried in turn; from the second on a line
    /// leads to the symbol.
    var gaps: [Double]
    /// A label may be left out without a word, and covers no dot.
    var isOptional = false

    static let base = MapLabelStyle(
        font: Font(size: 12, isBold: true), color: Ink.base, maximumWidth: 170,
        gaps: [2, 12, 26, 44, 66, 92])
    static let sector = MapLabelStyle(
        font: Font(size: 15, isBold: true), color: Color(0x2B2B2B), maximumWidth: 260,
        gaps: [3, 16, 34, 56, 84, 120])
    static let settlement = MapLabelStyle(
        font: .small, color: Ink.text, maximumWidth: 130, gaps: [1], isOptional: true)
    static let gap = MapLabelStyle(
        font: Font(size: 12, isBold: true), color: Ink.paper, fill: Color(0x1A1A1A),
        maximumWidth: 230, gaps: [3, 14, 30, 50, 80])
}

/// The labels of one map, in the places found for them one after the other.
struct MapLabels: Sendable {
    /// Lines in the font of the style, and smaller ones under them.
    struct Text: Hashable, Sendable {
        var name: [String]
        var details: [String] = []
    }

    struct Label: Hashable, Sendable {
        var style: MapLabelStyle
        var text: Text
        var box: Rectangle
        /// Where a line to the symbol starts, when the label is far from it.
        var leader: Point?
    }

    private(set) var labels: [Label] = []
    /// Names that found no room, those of optional labels apart.
    private(set) var namesLeftOut: [String] = []
    private var placement: LabelPlacement

    /// - Parameters:
    ///   - symbols: nothing may cover these.
    ///   - dots: covered only by labels that have no better place.
    init(frame: Rectangle, symbols: [Rectangle], dots: [Rectangle]) {
        placement = LabelPlacement(
            frame: frame.expanded(by: -3), taken: symbols, avoided: dots)
    }

    /// Lines of a text with their fonts, from above.
    private static func lines(
        _ text: Text, _ style: MapLabelStyle
    ) -> [(text: String, font: Font)] {
        text.name.map { ($0, style.font) } + text.details.map { ($0, .small) }
    }

    private static func size(
        _ text: Text, _ style: MapLabelStyle, _ ruler: borrowing Canvas
    ) -> (width: Double, height: Double) {
        var width = 0.0
        var height = 0.0
        for (line, font) in lines(text, style) {
            width = max(width, ruler.width(of: line, font))
            height += font.ascent + font.descent
        }
        return ((width + 6).rounded(.up), height.rounded(.up))
    }

    // MARK: Placing

    /// Beside a symbol.
    mutating func place(
        _ text: String, _ style: MapLabelStyle, around symbol: Rectangle,
        _ ruler: borrowing Canvas
    ) {
        guard !text.isEmpty, symbol.center.isFinite else { return }
        let line = ruler.truncated(text, style.font, toWidth: style.maximumWidth)
        let isPlaced = place(
            Text(name: [line]), style, around: symbol, from: symbol.center, ruler)
        if !isPlaced, !style.isOptional { namesLeftOut.append(text) }
    }

    /// Returns whether there was room. A line from `start` leads to a label
    /// that is not next to the symbol.
    private mutating func place(
        _ text: Text, _ style: MapLabelStyle, around symbol: Rectangle, from start: Point,
        _ ruler: borrowing Canvas
    ) -> Bool {
        let size = Self.size(text, style, ruler)
        for (step, gap) in style.gaps.enumerated() {
            let candidates = LabelPlacement.places(
                around: symbol, width: size.width, height: size.height, gap: gap)
            let mostCovered = style.isOptional ? 0 : Int.max
            guard let index = placement.place(candidates, mostCovered: mostCovered) else {
                continue
            }
            labels.append(
                Label(
                    style: style, text: text, box: candidates[index],
                    leader: step > 0 ? start : nil))
            return true
        }
        return false
    }

    /// Inside a shape, with all lines if there is room, else the first one
    /// alone; beside a shape that is too small.
    mutating func place(
        _ lines: [String], _ style: MapLabelStyle, in shape: MultiPolygon,
        _ projection: MapProjection, _ ruler: borrowing Canvas
    ) {
        guard let name = lines.first, !name.isEmpty, projection.shows(shape) else { return }
        let rings = Path.rings(of: shape, projection.place)
        guard let room = Rectangle(around: rings)?.intersection(projection.frame) else { return }
        let texts = Self.variants(lines, style, ruler)
        // Not across the border: the name would be read as that of the
        // neighbour.
        for text in texts {
            if place(text, style, at: rings, projection, within: room, ruler) { return }
        }
        // nil: only the corner of its box is on the map.
        let start = LabelAnchors.points(in: rings, frame: projection.frame, aspect: 1).best.first
        guard let start else { return }
        if room.width < Self.smallRoom || room.height < Self.smallRoom {
            for text in texts {
                if place(text, style, around: room, from: start, ruler) { return }
            }
        } else {
            for text in texts.reversed() {
                if place(text, style, at: rings, projection, within: placement.frame, ruler) {
                    return
                }
            }
        }
        namesLeftOut.append(name)
    }

    /// Shapes lower or narrower than this are labelled beside them.
    private static let smallRoom = 60.0

    /// From the longest to the shortest way to write a name and what is said
    /// under it.
    private static func variants(
        _ lines: [String], _ style: MapLabelStyle, _ ruler: borrowing Canvas
    ) -> [Text] {
        let name = ruler.truncated(lines[0], style.font, toWidth: style.maximumWidth)
        let details = lines.dropFirst().filter { !$0.isEmpty }.map {
            ruler.truncated($0, .small, toWidth: style.maximumWidth)
        }
        let whole = [Text(name: [name], details: details), Text(name: [name])]
        guard let broken = brokenInTwo(lines[0], style.font, ruler) else { return whole }
        return [
            whole[0], Text(name: broken, details: details), whole[1], Text(name: broken),
        ]
    }

    /// A name in two lines as equally wide as its spaces allow; nil without
    /// a space.
    private static func brokenInTwo(
        _ name: String, _ font: Font, _ ruler: borrowing Canvas
    ) -> [String]? {
        let words = name.split(separator: " ")
        var best: [String]?
        var narrowest = Double.infinity
        for count in words.indices.dropFirst() {
            let lines = [words[..<count], words[count...]].map { $0.joined(separator: " ") }
            let width = max(ruler.width(of: lines[0], font), ruler.width(of: lines[1], font))
            if width < narrowest {
                narrowest = width
                best = lines
            }
        }
        return best
    }

    /// At the best free place inside the rings that keeps within `limit`.
    private mutating func place(
        _ text: Text, _ style: MapLabelStyle, at rings: [[Point]], _ projection: MapProjection,
        within limit: Rectangle, _ ruler: borrowing Canvas
    ) -> Bool {
        let size = Self.size(text, style, ruler)
        let points = LabelAnchors.points(
            in: rings, frame: projection.frame, aspect: size.width / size.height)
        for group in [points.best, points.rest] {
            let candidates = group.map {
                Rectangle(
                    x: ($0.x - size.width / 2).rounded(), y: ($0.y - size.height / 2).rounded(),
                    width: size.width, height: size.height)
            }.filter(limit.contains)
            guard let index = placement.place(candidates) else { continue }
            labels.append(Label(style: style, text: text, box: candidates[index]))
            return true
        }
        return false
    }

    // MARK: Drawing

    func draw(on canvas: borrowing Canvas) {
        for label in labels {
            guard let start = label.leader else { continue }
            let path = Path(from: start, to: label.box.nearest(to: start))
            canvas.stroke(path, Stroke(color: Ink.paper, width: 3))
            canvas.stroke(path, Stroke(color: Ink.text, width: 1))
        }
        // The least important first, so that no halo eats into a name above.
        for label in labels.reversed() { draw(label, on: canvas) }
    }

    private func draw(_ label: Label, on canvas: borrowing Canvas) {
        var top = label.box.y
        if let fill = label.style.fill {
            canvas.fill(Path(label.box.expanded(by: 1)), Ink.paper)
            canvas.fill(Path(label.box), fill)
        }
        for (line, font) in Self.lines(label.text, label.style) {
            canvas.text(
                line, at: Point(x: label.box.center.x, y: top + font.ascent), font,
                label.style.color, aligned: .center,
                halo: label.style.fill == nil ? Ink.paper.withOpacity(0.9) : nil)
            top += font.ascent + font.descent
        }
    }
}
