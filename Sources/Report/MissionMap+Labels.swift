import GridCore

/// The labels of a mission map, in the places found for them.
struct MissionMapLabels: Sendable {
    enum Style: Hashable, Sendable {
        case zone, hotspot, base, settlement
    }

    struct Label: Hashable, Sendable {
        var style: Style
        var lines: [String]
        var box: Rectangle
        /// Where a line to the symbol starts, when the label is far from it.
        var leader: Point?
    }

    /// In the order of their placing: zones, hotspots, bases, settlements.
    private(set) var labels: [Label] = []
    /// Names of zones, hotspots and bases that found no room.
    private(set) var namesLeftOut: [String] = []

    private static let zoneFont = Font(size: 15, isBold: true)
    private static let hotspotFont = Font(size: 12, isBold: true)
    private static let baseFont = Font(size: 13, isBold: true)
    private static let zoneWidth = 260.0
    private static let baseWidth = 170.0
    private static let settlementWidth = 130.0
    private static let hotspotWidth = 90.0
    /// Distances tried between a symbol and its label; from the second on a
    /// line leads to the symbol.
    private static let baseGaps = [3.0, 16, 32, 52]

    init(
        _ map: MissionMap, _ projection: MapProjection, settlements: [MissionMap.Settlement],
        ruler: borrowing Canvas
    ) {
        let bases = map.bases.filter { projection.extent.contains($0.position) }
        let dots = settlements.map {
            MapSymbols.settlementBox(at: projection.place($0.position))
        }
        let hotspots = (map.hotspots ?? []).filter { projection.shows($0.shape) }
        // Names of zones keep off hotspots; those of settlements need not.
        var zonePlacement = LabelPlacement(
            frame: projection.frame.expanded(by: -3),
            taken: bases.map { MapSymbols.baseBox(at: projection.place($0.position)) },
            avoided: dots
                + hotspots.compactMap {
                    Rectangle(around: Path.rings(of: $0.shape, projection.place))
                })
        for zone in map.zones where projection.shows(zone.shape) {
            place(zone, projection, &zonePlacement, ruler)
        }
        var placement = LabelPlacement(
            frame: zonePlacement.frame, taken: zonePlacement.taken, avoided: dots)
        for hotspot in hotspots { place(hotspot, projection, &placement, ruler) }
        for base in bases {
            let box = MapSymbols.baseBox(at: projection.place(base.position))
            place(
                base.name, .base, around: box, gaps: Self.baseGaps, width: Self.baseWidth,
                &placement, ruler)
        }
        for settlement in settlements {
            let box = MapSymbols.settlementBox(at: projection.place(settlement.position))
            place(
                settlement.name, .settlement, around: box, gaps: [1], width: Self.settlementWidth,
                &placement, ruler)
        }
    }

    static func font(_ style: Style, line: Int) -> Font {
        switch style {
        case .zone: line == 0 ? zoneFont : .small
        case .hotspot: hotspotFont
        case .base: baseFont
        case .settlement: .small
        }
    }

    /// Width and height of a label with a little air around it.
    private static func size(
        _ lines: [String], _ style: Style, _ ruler: borrowing Canvas
    ) -> (width: Double, height: Double) {
        var width = 0.0
        var height = 0.0
        for (index, line) in lines.enumerated() {
            let font = font(style, line: index)
            width = max(width, ruler.width(of: line, font))
            height += font.ascent + font.descent
        }
        return ((width + 6).rounded(.up), height.rounded(.up))
    }

    // MARK: Placing

    private mutating func place(
        _ zone: MissionMap.Zone, _ projection: MapProjection, _ placement: inout LabelPlacement,
        _ ruler: borrowing Canvas
    ) {
        guard !zone.label.isEmpty else { return }
        var lines = [ruler.truncated(zone.label, Self.zoneFont, toWidth: Self.zoneWidth)]
        if let detail = zone.detail, !detail.isEmpty {
            lines.append(ruler.truncated(detail, .small, toWidth: Self.zoneWidth))
        }
        let rings = Path.rings(of: zone.shape, projection.place)
        // With its detail if there is room, else the name alone.
        for count in stride(from: lines.count, to: 0, by: -1) {
            let tried = Array(lines.prefix(count))
            let size = Self.size(tried, .zone, ruler)
            let points = LabelAnchors.points(
                in: rings, frame: projection.frame, aspect: size.width / size.height)
            // Only the corner of its box is on the map.
            if points.best.isEmpty { return }
            for group in [points.best, points.rest] {
                let candidates = group.map {
                    Rectangle(
                        x: ($0.x - size.width / 2).rounded(),
                        y: ($0.y - size.height / 2).rounded(), width: size.width,
                        height: size.height
                    ).moved(into: placement.frame)
                }
                guard let index = placement.place(candidates) else { continue }
                labels.append(Label(style: .zone, lines: tried, box: candidates[index]))
                return
            }
        }
        namesLeftOut.append(zone.label)
    }

    private mutating func place(
        _ hotspot: MissionMap.Hotspot, _ projection: MapProjection,
        _ placement: inout LabelPlacement, _ ruler: borrowing Canvas
    ) {
        let rings = Path.rings(of: hotspot.shape, projection.place)
        let anchor = LabelAnchors.points(in: rings, frame: projection.frame, aspect: 1).best.first
        guard let anchor, let box = Rectangle(around: rings) else { return }
        // A label on a hotspot not much larger than itself would hide it.
        let size = Self.size([hotspot.label], .hotspot, ruler)
        let isSmall = box.width < 1.6 * size.width || box.height < 1.6 * size.height
        let around = isSmall ? box : Rectangle(x: anchor.x, y: anchor.y, width: 0, height: 0)
        place(
            hotspot.label, .hotspot, around: around, gaps: [isSmall ? 4 : 0, 10, 20, 32, 48],
            width: Self.hotspotWidth, &placement, ruler)
    }

    private mutating func place(
        _ name: String, _ style: Style, around symbol: Rectangle, gaps: [Double], width: Double,
        _ placement: inout LabelPlacement, _ ruler: borrowing Canvas
    ) {
        guard !name.isEmpty else { return }
        let text = ruler.truncated(name, Self.font(style, line: 0), toWidth: width)
        let size = Self.size([text], style, ruler)
        var candidates: [Rectangle] = []
        // On a point the label may sit itself.
        if style == .hotspot, symbol.width == 0 {
            candidates.append(
                Rectangle(
                    x: symbol.center.x - size.width / 2, y: symbol.center.y - size.height / 2,
                    width: size.width, height: size.height))
        }
        // The gaps in turn: a near place that covers a dot is better than a
        // far one that does not.
        for gap in gaps {
            candidates += LabelPlacement.places(
                around: symbol, width: size.width, height: size.height, gap: gap)
            let mostCovered = style == .settlement ? 0 : Int.max
            guard let index = placement.place(candidates, mostCovered: mostCovered) else {
                candidates = []
                continue
            }
            let isFar = style != .settlement && gap > gaps[0]
            labels.append(
                Label(
                    style: style, lines: [text], box: candidates[index],
                    leader: isFar ? symbol.center : nil))
            return
        }
        if style != .settlement { namesLeftOut.append(name) }
    }

    // MARK: Drawing

    func draw(on canvas: borrowing Canvas) {
        for label in labels {
            guard let start = label.leader else { continue }
            let path = Path(from: start, to: label.box.nearest(to: start))
            canvas.stroke(path, Stroke(color: Ink.paper, width: 3))
            let color = label.style == .hotspot ? Ink.hotspot : Ink.base
            canvas.stroke(path, Stroke(color: color, width: 1))
        }
        // The least important first, so that no halo eats into a name above.
        for label in labels.reversed() { draw(label, on: canvas) }
    }

    private func draw(_ label: Label, on canvas: borrowing Canvas) {
        var top = label.box.y
        if label.style == .hotspot {
            canvas.fill(Path(label.box.expanded(by: 1)), Ink.paper)
            canvas.fill(Path(label.box), Ink.hotspot)
        }
        let color: Color =
            switch label.style {
            case .zone: Ink.text
            case .hotspot: Ink.paper
            case .base: Ink.base
            case .settlement: Ink.text
            }
        for (index, line) in label.lines.enumerated() {
            let font = Self.font(label.style, line: index)
            canvas.text(
                line, at: Point(x: label.box.center.x, y: top + font.ascent), font, color,
                aligned: .center,
                halo: label.style == .hotspot ? nil : Ink.paper.withOpacity(0.9))
            top += font.ascent + font.descent
        }
    }
}
