import GridCore

/// The layout of a what-if map and the order of its layers.
struct WhatIfMapDrawing {
    let map: WhatIfMap
    let sheet: MapSheet
    let labels: MapLabels
    private let legend: LegendColumn
    private let table: SideTable
    /// Drawn, those that change and have most people first.
    private let settlements: [WhatIfMap.Settlement]

    private static let columns: [SideTable.Column] = [
        .init(title: "", width: 170),
        .init(title: "Before", width: 84, alignment: .right),
        .init(title: "After", width: 84, alignment: .right),
        .init(title: "Change", width: 84, alignment: .right),
    ]
    /// Changed settlements are never left out silently.
    private static let changed = MapLabelStyle(
        font: Font(size: 12, isBold: true), color: Ink.text, maximumWidth: 150, gaps: [1, 12, 28])

    init(_ map: WhatIfMap) throws(ReportError) {
        self.map = map
        let ruler = try Canvas(width: 1, height: 1)
        let sheet = MapSheet(
            map.caption, .restricted, extent: map.ground.extent, panelTitles: [""],
            columnWidths: [
                LegendColumn.columnWidth, SideTable.width(Self.columns, hasSymbols: false),
            ], ruler: ruler)
        self.sheet = sheet
        let projection = sheet.panels[0]
        let visible = Self.byImportance(
            map.settlements.filter { projection.extent.contains($0.place.position) })
        settlements = Self.shown(of: visible)
        labels = Self.labels(map, projection, settlements, ruler)
        legend = LegendColumn(
            Self.legendEntries(map, projection, shown: settlements.count, visible: visible.count)
                + map.ground.legendEntries(shown: [], visible: 0, dots: false)
                + LegendColumn.closing(projection, namesLeftOut: labels.namesLeftOut),
            ruler: ruler)
        table = SideTable(
            "Before and after", Self.columns,
            map.figures.map {
                SideTable.Row(symbol: nil, cells: [$0.name, $0.before, $0.after, $0.change])
            }, ruler: ruler)
    }

    private static func isChanged(_ settlement: WhatIfMap.Settlement) -> Bool {
        settlement.change == .lost || settlement.change == .gained
    }

    private static func byImportance(
        _ settlements: [WhatIfMap.Settlement]
    ) -> [WhatIfMap.Settlement] {
        settlements.sorted {
            let (a, b) = ($0.place, $1.place)
            let (first, second) = (isChanged($0) ? 0 : 1, isChanged($1) ? 0 : 1)
            guard first == second else { return first < second }
            return (-a.weight, a.name, a.position.x, a.position.y)
                < (-b.weight, b.name, b.position.x, b.position.y)
        }
    }

    /// All that change, and of the others as many as leave room.
    private static func shown(of visible: [WhatIfMap.Settlement]) -> [WhatIfMap.Settlement] {
        let changed = visible.count(where: isChanged)
        return Array(visible.prefix(max(changed, MapGround.mostSettlements)))
    }

    private static func box(
        _ settlement: WhatIfMap.Settlement, _ projection: MapProjection
    ) -> Rectangle {
        settlement.place.box(at: projection.place(settlement.place.position)).expanded(
            by: isChanged(settlement) ? 1.5 : 0)
    }

    /// Changed settlements beyond this number are drawn but not named.
    private static let mostNamed = 25

    private static func labels(
        _ map: WhatIfMap, _ projection: MapProjection, _ settlements: [WhatIfMap.Settlement],
        _ ruler: borrowing Canvas
    ) -> MapLabels {
        let bases = map.bases.filter { projection.extent.contains($0.position) }.sorted {
            ($0.role == .unchanged ? 1 : 0) < ($1.role == .unchanged ? 1 : 0)
        }
        let boxes = bases.map { Marker.box(at: projection.place($0.position)) }
        var labels = MapLabels(
            frame: projection.frame, symbols: boxes,
            dots: settlements.map { box($0, projection) })
        for sector in map.ground.sectors {
            labels.place([sector.name], .sector, in: sector.shape, projection, ruler)
        }
        for (base, box) in zip(bases, boxes) { labels.place(base.id, .base, around: box, ruler) }
        for (rank, settlement) in settlements.prefix(MapGround.mostNamed).enumerated() {
            labels.place(
                settlement.place.name,
                isChanged(settlement) && rank < mostNamed ? changed : .settlement,
                around: box(settlement, projection), ruler)
        }
        return labels
    }

    private static func legendEntries(
        _ map: WhatIfMap, _ projection: MapProjection, shown: Int, visible: Int
    ) -> [LegendColumn.Entry] {
        var entries: [LegendColumn.Entry] = [.heading("Bases")]
        for role in WhatIfMap.Role.allCases {
            let count = map.bases.count { $0.role == role }
            guard count > 0 || role != .unchanged else { continue }
            entries.append(.row(LegendColumn.marker(role.marker), "\(role.label) (\(count))"))
        }
        entries.append(.heading("Settlements"))
        for change in WhatIfMap.Change.allCases {
            let count = map.settlements.count { $0.change == change }
            entries.append(
                .row(
                    { box, canvas in Self.draw(at: box.center, radius: 4, change, on: canvas) },
                    "\(change.label) (\(NumberText.grouped(count)))"))
        }
        entries.append(.text("The larger the dot, the more people."))
        if shown < visible {
            entries.append(
                .text(
                    "\(shown) of \(NumberText.grouped(visible)) settlements are shown, all that "
                        + "change among them; at most \(MapGround.mostNamed) have names."))
        }
        if let cells = map.cells {
            let counts = cells.counts()
            entries.append(.heading(cells.table.title))
            for (entry, count) in zip(cells.table.entries, counts.classes) where count > 0 {
                entries.append(.row(LegendColumn.patch(entry.color), entry.label))
            }
            if counts.unlisted > 0 {
                entries.append(.row(LegendColumn.patch(Ink.unlisted), "Other class"))
            }
            if counts.nodata > 0 { entries.append(.row(LegendColumn.patch(nil), "No data")) }
        }
        return entries
    }

    // MARK: Drawing

    private static func draw(
        at point: Point, radius: Double, _ change: WhatIfMap.Change, on canvas: borrowing Canvas
    ) {
        let isChanged = change == .lost || change == .gained
        if isChanged {
            canvas.fill(Path(circleAt: point, radius: radius + 3), Ink.paper)
        }
        MapGround.drawDot(
            at: point, radius: isChanged ? radius + 1.5 : radius, change.color, on: canvas)
        // Lost places have a second ring: red and blue are not all.
        if change == .lost {
            canvas.stroke(
                Path(circleAt: point, radius: radius + 4.5), Stroke(color: change.color, width: 2))
        }
    }

    func pngBytes() throws(ReportError) -> [UInt8] {
        try sheet.pngBytes([legend, table]) { _, projection, canvas in
            let frame = projection.frame
            if let cells = map.cells {
                canvas.draw(cells.image(projection), x: Int(frame.x), y: Int(frame.y))
            } else {
                map.ground.fillSectors(projection, Ink.paper, on: canvas)
            }
            map.ground.drawOutlines(projection, on: canvas)
            sheet.drawGraticule(projection, on: canvas)
            map.ground.drawRoads(projection, on: canvas)
            map.ground.drawSectorBorders(projection, on: canvas)
            for settlement in settlements.reversed() {
                Self.draw(
                    at: projection.place(settlement.place.position),
                    radius: settlement.place.radius, settlement.change, on: canvas)
            }
            for role in WhatIfMap.Role.allCases {
                for base in map.bases
                where base.role == role && projection.extent.contains(base.position) {
                    role.marker.draw(at: projection.place(base.position), on: canvas)
                }
            }
            labels.draw(on: canvas)
        }
    }
}
