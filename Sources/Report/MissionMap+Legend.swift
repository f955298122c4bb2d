import GridCore

/// The column at the right of a mission map: what each symbol means, the
/// scale and the projection.
struct MissionMapLegend: Sendable {
    enum Symbol: Sendable {
        case patch(Color?)
        case partlySeen(Color)
        case zoneBorder
        case outline
        case road
        case hotspot(MissionMap.Confidence)
        case base
        case settlement
    }

    enum Entry: Sendable {
        case heading(String)
        case row(Symbol, String)
        case text([String])
        case scale(ScaleBar)
    }

    static let width = 290.0
    private static let symbolWidth = 34.0
    private static let rowHeight = 24.0
    private static let headingHeight = 30.0
    private static let scaleHeight = 34.0

    private let entries: [Entry]

    init(
        _ map: MissionMap, _ projection: MapProjection, settlementsShown: Int,
        settlementsVisible: Int, namesLeftOut: [String], ruler: borrowing Canvas
    ) {
        func wrapped(_ text: String) -> Entry {
            .text(ruler.wrapped(text, .small, toWidth: Self.width, maximumLines: 6))
        }
        var entries = Self.zoneEntries(map, wrapped)
        entries += Self.hotspotEntries(map, projection, wrapped)
        entries += Self.placeEntries(
            map, projection, settlementsShown: settlementsShown,
            settlementsVisible: settlementsVisible)
        entries.append(.heading("Scale"))
        let bar = ScaleBar(
            kilometersPerPixel: projection.kilometersPerPixel, maximumWidth: Self.width * 0.75)
        if let bar { entries.append(.scale(bar)) }
        let latitude = projection.middleLatitude
        let parallel = NumberText.fixed(abs(latitude), decimals: 1) + "°"
            + (latitude < 0 ? " S" : " N")
        entries.append(
            wrapped(
                "Equirectangular projection (WGS 84), true to scale at \(parallel). North is up."))
        if !namesLeftOut.isEmpty {
            entries.append(
                wrapped("Without room for a label: \(namesLeftOut.joined(separator: ", "))."))
        }
        self.entries = entries
    }

    // MARK: Entries

    private static func zoneEntries(
        _ map: MissionMap, _ wrapped: (String) -> Entry
    ) -> [Entry] {
        guard !map.zones.isEmpty else { return [.heading("No sectors in this run")] }
        var entries: [Entry] = []
        if let table = map.classTable {
            entries.append(.heading(table.title))
            entries += table.entries.map { .row(.patch($0.color), $0.label) }
            let codes = map.zones.compactMap(\.classCode)
            if codes.contains(where: { table.entry($0) == nil }) {
                entries.append(.row(.patch(Ink.unlisted), "Other class"))
            }
            let partly = map.zones.first { $0.isPartlySeen && $0.classCode != nil }
            if let code = partly?.classCode {
                let color = table.entry(code)?.color ?? Ink.unlisted
                entries.append(.row(.partlySeen(color), "Less than half of it seen"))
            }
            entries.append(.row(.patch(nil), "No data"))
        } else if map.subject == .hotspots {
            entries += [.heading("Drought"), wrapped("Not computed in this run.")]
        } else {
            entries.append(.heading("Borders"))
        }
        entries.append(.row(.zoneBorder, "Sector border"))
        if !map.outlines.isEmpty { entries.append(.row(.outline, map.outlinesLabel)) }
        return entries
    }

    private static func hotspotEntries(
        _ map: MissionMap, _ projection: MapProjection, _ wrapped: (String) -> Entry
    ) -> [Entry] {
        let isScan = map.subject == .clusters
        var entries: [Entry] = [
            .heading(isScan ? "Clusters of incidents" : "Hotspots of incidents")
        ]
        guard let hotspots = map.hotspots else {
            return entries + [wrapped("Not computed in this run.")]
        }
        let shown = hotspots.filter { projection.shows($0.shape) }
        guard !shown.isEmpty else {
            let name = isScan ? "cluster" : "hotspot"
            return entries + [wrapped("No statistically significant \(name) on this map.")]
        }
        for confidence in MissionMap.Confidence.allCases.reversed() {
            let count = shown.count { $0.confidence == confidence }
            guard count > 0 else { continue }
            let level = NumberText.fixed(1 - Double(confidence.rawValue) / 100, decimals: 2)
            let text = isScan ? "p at most \(level)" : "\(confidence.rawValue) % confidence"
            entries.append(.row(.hotspot(confidence), "\(text) (\(count))"))
        }
        return entries
    }

    private static func placeEntries(
        _ map: MissionMap, _ projection: MapProjection, settlementsShown: Int,
        settlementsVisible: Int
    ) -> [Entry] {
        var entries: [Entry] = []
        if !map.bases.isEmpty {
            let shown = map.bases.count { projection.extent.contains($0.position) }
            let text = shown == map.bases.count
                ? "Base (\(shown))" : "Base (\(shown) of \(map.bases.count) on this map)"
            entries.append(.row(.base, text))
        }
        if settlementsShown > 0 {
            let text = settlementsShown == settlementsVisible
                ? "Settlement (\(settlementsShown))"
                : "Settlement (\(settlementsShown) of "
                    + "\(NumberText.grouped(settlementsVisible)) shown)"
            entries.append(.row(.settlement, text))
        }
        if !map.roads.isEmpty { entries.append(.row(.road, "Road")) }
        return entries.isEmpty ? [] : [.heading("Places and roads")] + entries
    }

    // MARK: Drawing

    /// The first heading needs no air above it.
    private static let firstHeadingLift = 8.0

    var height: Double { entries.reduce(-Self.firstHeadingLift) { $0 + Self.height(of: $1) } }

    private static func height(of entry: Entry) -> Double {
        switch entry {
        case .heading: headingHeight
        case .row: rowHeight
        case .text(let lines): Double(lines.count) * Font.small.lineHeight + 6
        case .scale: scaleHeight
        }
    }

    func draw(on canvas: borrowing Canvas, x: Double, top: Double) {
        var y = top - Self.firstHeadingLift
        let x = x.rounded()
        for entry in entries {
            switch entry {
            case .heading(let text):
                canvas.text(
                    canvas.truncated(text, .heading, toWidth: Self.width),
                    at: Point(x: x, y: y + 22), .heading, Ink.text, aligned: .left)
            case .row(let symbol, let text):
                let box = Rectangle(x: x, y: (y + 3).rounded(), width: Self.symbolWidth, height: 18)
                draw(symbol, in: box, on: canvas)
                canvas.text(
                    canvas.truncated(text, .body, toWidth: Self.width - Self.symbolWidth - 10),
                    at: Point(x: x + Self.symbolWidth + 10, y: box.y + 14), .body, Ink.text,
                    aligned: .left)
            case .text(let lines):
                canvas.textBlock(lines, x: x, top: y + 2, .small, Ink.quietText)
            case .scale(let bar):
                bar.draw(on: canvas, x: x, y: (y + 5).rounded())
            }
            y += Self.height(of: entry)
        }
    }

    private func draw(_ symbol: Symbol, in box: Rectangle, on canvas: borrowing Canvas) {
        let middle = Path(
            from: Point(x: box.x, y: box.center.y.rounded()),
            to: Point(x: box.maxX, y: box.center.y.rounded()))
        switch symbol {
        case .patch(let color): canvas.drawPatch(box, color)
        case .partlySeen(let color):
            canvas.drawPatch(box, nil)
            MapSymbols.drawStripes(Path(box.expanded(by: -1)), color, in: box, on: canvas)
        case .zoneBorder: canvas.stroke(middle, MapSymbols.zoneBorder)
        case .outline: canvas.stroke(middle, MapSymbols.outline)
        case .road: canvas.stroke(middle, MapSymbols.road)
        case .hotspot(let confidence):
            let inner = box.expanded(by: -1.5)
            MapSymbols.drawHotspot(Path(inner), confidence, in: inner, on: canvas)
        case .base: MapSymbols.drawBase(at: box.center, on: canvas)
        case .settlement: MapSymbols.drawSettlement(at: box.center, on: canvas)
        }
    }
}
