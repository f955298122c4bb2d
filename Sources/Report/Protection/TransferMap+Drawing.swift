import GridCore

/// The layout of a transfer map and the order of its layers.
struct TransferMapDrawing {
    let map: TransferMap
    let sheet: MapSheet
    let labels: MapLabels
    private let legend: LegendColumn
    private let table: SideTable
    private let settlements: [MapGround.Settlement]

    private static let columns: [SideTable.Column] = [
        .init(title: "Base", width: 132),
        .init(title: "Verdict", width: 132),
        .init(title: "Leaves", width: 76),
        .init(title: "Lose cover", width: 92, alignment: .right),
    ]
    private static let hub = Marker(shape: .square, color: Color(0xF0E442))
    private static let losing = MapLabelStyle(
        font: Font(size: 12, isBold: true), color: LosingSymbol.color, fill: nil,
        maximumWidth: 150, gaps: [2, 14, 30], isOptional: false)

    var projection: MapProjection { sheet.panels[0] }

    init(_ map: TransferMap) throws(ReportError) {
        self.map = map
        let ruler = try Canvas(width: 1, height: 1)
        let sheet = MapSheet(
            map.caption, .restricted, extent: map.ground.extent, panelTitles: [""],
            columnWidths: [
                LegendColumn.columnWidth, SideTable.width(Self.columns, hasSymbols: true),
            ], ruler: ruler)
        self.sheet = sheet
        let projection = sheet.panels[0]
        let visible = map.ground.visibleSettlements(projection)
        settlements = Array(visible.prefix(MapGround.mostSettlements))
        labels = Self.labels(map, projection, settlements, ruler)
        legend = LegendColumn(
            Self.baseEntries(map, projection) + Self.routeEntries(map)
                + Self.lossEntries(map, named: Self.mostNamed)
                + map.ground.legendEntries(shown: settlements, visible: visible.count)
                + LegendColumn.closing(projection, namesLeftOut: labels.namesLeftOut),
            ruler: ruler)
        table = SideTable(
            "What people lose without the base", Self.columns, map.bases.map(Self.row),
            ruler: ruler)
    }

    private static func row(_ base: TransferMap.Base) -> SideTable.Row {
        SideTable.Row(
            symbol: LegendColumn.marker(base.verdict.marker, radius: 5.5),
            cells: [
                base.name.isEmpty ? base.id : "\(base.id) \(base.name)",
                base.verdict.shortLabel, base.phase ?? "\u{2013}",
                base.peopleLosingCover.map { NumberText.fixed($0, decimals: 0) } ?? "unknown",
            ])
    }

    /// Width and height of the picture in pixels.
    var size: (width: Int, height: Int) { sheet.size([legend, table]) }

    // MARK: Labels

    /// Losing settlements beyond this number are ringed but not named.
    private static let mostNamed = 15

    /// `B07 · phase 2`.
    static func label(of base: TransferMap.Base) -> String {
        base.phase.map { "\(base.id) \u{B7} \($0)" } ?? base.id
    }

    /// Those with most people first.
    private static func namedLosing(
        _ map: TransferMap, _ projection: MapProjection
    ) -> [MapGround.Settlement] {
        var ground = map.ground
        ground.settlements = map.losingSettlements
        return Array(ground.visibleSettlements(projection).prefix(mostNamed))
    }

    private static func labels(
        _ map: TransferMap, _ projection: MapProjection, _ settlements: [MapGround.Settlement],
        _ ruler: borrowing Canvas
    ) -> MapLabels {
        let bases = map.bases.filter { projection.extent.contains($0.position) }
        let boxes = bases.map { Marker.box(at: projection.place($0.position)) }
        let hubs = map.hubs.filter { projection.extent.contains($0.position) }
        let hubBoxes = hubs.map { Marker.box(at: projection.place($0.position)) }
        let losing = map.losingSettlements.filter { projection.extent.contains($0.position) }
        var labels = MapLabels(
            frame: projection.frame, symbols: boxes + hubBoxes,
            dots: losing.map { LosingSymbol.box($0, projection) }
                + settlements.map { $0.box(at: projection.place($0.position)) })
        for sector in map.ground.sectors {
            labels.place([sector.name], .sector, in: sector.shape, projection, ruler)
        }
        for gap in map.seamGaps where projection.shows(gap.shape) {
            SeamGapSymbol.place(gap.label, gap.shape, projection, &labels, ruler)
        }
        for (base, box) in zip(bases, boxes) {
            labels.place(label(of: base), .base, around: box, ruler)
        }
        for (hub, box) in zip(hubs, hubBoxes) { labels.place(hub.name, .base, around: box, ruler) }
        let named = namedLosing(map, projection)
        for settlement in named {
            labels.place(
                settlement.name, Self.losing, around: LosingSymbol.box(settlement, projection),
                ruler)
        }
        for settlement in settlements.prefix(MapGround.mostNamed)
        where !map.losingSettlements.contains(where: { $0.position == settlement.position }) {
            labels.place(
                settlement.name, .settlement,
                around: settlement.box(at: projection.place(settlement.position)), ruler)
        }
        return labels
    }

    // MARK: Legend

    private static func baseEntries(
        _ map: TransferMap, _ projection: MapProjection
    ) -> [LegendColumn.Entry] {
        var entries: [LegendColumn.Entry] = [.heading("Verdict on each base")]
        guard !map.bases.isEmpty else { return entries + [.text("No bases in this run.")] }
        for verdict in TransferMap.Verdict.allCases {
            let count = map.bases.count { $0.verdict == verdict }
            entries.append(
                .row(LegendColumn.marker(verdict.marker), "\(verdict.label): \(count)"))
        }
        let beyond = map.bases.count { !projection.extent.contains($0.position) }
        if beyond > 0 { entries.append(.text("\(beyond) of them beyond this map.")) }
        if map.bases.contains(where: { $0.phase != nil }) {
            entries.append(.text("Label: base \u{B7} when it leaves the mission's hands."))
        }
        return entries
    }

    private static func routeEntries(_ map: TransferMap) -> [LegendColumn.Entry] {
        var entries: [LegendColumn.Entry] = [.heading("Supply routes")]
        if !map.hubs.isEmpty { entries.append(.row(LegendColumn.marker(hub), "Supply hub")) }
        guard !map.routes.isEmpty else { return entries + [.text("None in this run.")] }
        let high = NumberText.readable(map.highExposurePerKilometer, span: 1)
        let moderate = NumberText.readable(map.moderateExposurePerKilometer, span: 1)
        for exposure in RouteExposure.allCases
        where map.routes.contains(where: { RouteExposure($0, map) == exposure }) {
            let text =
                switch exposure {
                case .high: "Exposure \(high) or more"
                case .moderate: "Exposure \(moderate) to below \(high)"
                case .low: "Exposure below \(moderate)"
                case .unknown: "Exposure not known"
                }
            entries.append(.row(RouteSymbol.legend(exposure, dashes: []), text))
        }
        let kinds: [(String, (TransferMap.Route) -> Bool)] = [
            ("Cut in the flood season", { $0.isCutInFloodSeason && !$0.isSingleRoute }),
            ("Single route: no way around", { !$0.isCutInFloodSeason && $0.isSingleRoute }),
            (
                "Single route, cut in the flood season",
                { $0.isCutInFloodSeason && $0.isSingleRoute }
            ),
        ]
        for (text, isOfKind) in kinds {
            guard let route = map.routes.first(where: isOfKind) else { continue }
            entries.append(
                .row(RouteSymbol.legend(.low, dashes: RouteSymbol.dashes(of: route)), text))
        }
        entries.append(
            .text(
                "Exposure: recent incidents near the route for each kilometre, older ones "
                    + "counting less. Where routes share a road the most exposed is on top."))
        return entries
    }

    private static func lossEntries(_ map: TransferMap, named: Int) -> [LegendColumn.Entry] {
        var entries: [LegendColumn.Entry] = [.heading("Losses and gaps")]
        let losing = map.losingSettlements.count
        if losing > 0 {
            entries.append(
                .row(
                    LosingSymbol.legend,
                    "Settlement that loses its last cover if its base leaves "
                        + "(\(NumberText.grouped(losing)))"))
            if losing > named { entries.append(.text("The \(named) largest of them are named.")) }
        } else {
            entries.append(.text("No settlement loses its last cover."))
        }
        entries.append(
            map.seamGaps.isEmpty
                ? .text("No gap at a border of sectors.")
                : .row(
                    SeamGapSymbol.legend, "Gap at a border: no base of either sector in time"))
        return entries
    }

    // MARK: Drawing

    func pngBytes() throws(ReportError) -> [UInt8] {
        try sheet.pngBytes([legend, table]) { _, projection, canvas in
            map.ground.fillSectors(projection, Ink.paper, on: canvas)
            map.ground.drawOutlines(projection, on: canvas)
            sheet.drawGraticule(projection, on: canvas)
            map.ground.drawRoads(projection, on: canvas)
            map.ground.drawSectorBorders(projection, on: canvas)
            for gap in map.seamGaps { SeamGapSymbol.draw(gap.shape, projection, on: canvas) }
            RouteSymbol.draw(map, projection, on: canvas)
            MapGround.draw(settlements, projection, on: canvas)
            for settlement in map.losingSettlements
            where projection.extent.contains(settlement.position) {
                LosingSymbol.draw(
                    at: projection.place(settlement.position), radius: settlement.radius,
                    on: canvas)
            }
            for hub in map.hubs where projection.extent.contains(hub.position) {
                Self.hub.draw(at: projection.place(hub.position), on: canvas)
            }
            for base in map.bases where projection.extent.contains(base.position) {
                base.verdict.marker.draw(at: projection.place(base.position), on: canvas)
            }
            labels.draw(on: canvas)
        }
    }
}
