import GridCore

/// The layout of a coverage map and the order of its layers.
struct CoverageMapDrawing {
    let map: CoverageMap
    let sheet: MapSheet
    /// One for each panel.
    let labels: [MapLabels]
    private let panels: [CoverageMap.Panel]
    private let legend: LegendColumn
    private let settlements: [MapGround.Settlement]

    init(_ map: CoverageMap) throws(ReportError) {
        self.map = map
        // Texts are broken into lines before the size is known.
        let ruler = try Canvas(width: 1, height: 1)
        panels = map.panels.isEmpty
            ? [CoverageMap.Panel(title: "", travelTime: nil)] : map.panels
        let sheet = MapSheet(
            map.caption, .restricted, extent: map.ground.extent,
            panelTitles: panels.map(\.title), columnWidths: [LegendColumn.columnWidth],
            ruler: ruler)
        self.sheet = sheet
        let visible = map.ground.visibleSettlements(sheet.panels[0])
        settlements = Array(visible.prefix(MapGround.mostSettlements))
        var labels: [MapLabels] = []
        for (panel, projection) in zip(panels, sheet.panels) {
            labels.append(Self.labels(map, panel, projection, settlements, ruler))
        }
        self.labels = labels
        var leftOut: [String] = []
        for name in labels.flatMap(\.namesLeftOut) where !leftOut.contains(name) {
            leftOut.append(name)
        }
        legend = LegendColumn(
            Self.legendEntries(map, panels, sheet.panels[0])
                + map.ground.legendEntries(shown: settlements, visible: visible.count)
                + LegendColumn.closing(sheet.panels[0], namesLeftOut: leftOut),
            ruler: ruler)
    }

    /// Sectors ask for room first, then gaps, bases and settlements.
    private static func labels(
        _ map: CoverageMap, _ panel: CoverageMap.Panel, _ projection: MapProjection,
        _ settlements: [MapGround.Settlement], _ ruler: borrowing Canvas
    ) -> MapLabels {
        let bases = map.bases.filter { projection.extent.contains($0.position) }
        let boxes = bases.map { Marker.box(at: projection.place($0.position)) }
        var labels = MapLabels(
            frame: projection.frame, symbols: boxes,
            dots: settlements.map { $0.box(at: projection.place($0.position)) })
        for sector in map.ground.sectors {
            labels.place([sector.name], .sector, in: sector.shape, projection, ruler)
        }
        for gap in panel.seamGaps where projection.shows(gap.shape) {
            SeamGapSymbol.place(gap.label, gap.shape, projection, &labels, ruler)
        }
        for (base, box) in zip(bases, boxes) { labels.place(base.id, .base, around: box, ruler) }
        for settlement in settlements.prefix(MapGround.mostNamed) {
            labels.place(
                settlement.name, .settlement,
                around: settlement.box(at: projection.place(settlement.position)), ruler)
        }
        return labels
    }

    private static func legendEntries(
        _ map: CoverageMap, _ panels: [CoverageMap.Panel], _ projection: MapProjection
    ) -> [LegendColumn.Entry] {
        var entries: [LegendColumn.Entry] = []
        let rasters = panels.compactMap(\.travelTime)
        if let raster = rasters.first {
            entries.append(.heading(raster.table.title))
            entries += raster.table.entries.map { .row(LegendColumn.patch($0.color), $0.label) }
            let counts = rasters.map { $0.counts() }
            if counts.contains(where: { $0.unlisted > 0 }) {
                entries.append(.row(LegendColumn.patch(Ink.unlisted), "Other class"))
            }
            if counts.contains(where: { $0.nodata > 0 }) {
                entries.append(.row(LegendColumn.patch(nil), "No data"))
            }
        } else {
            entries += [.heading("Travel time"), .text("Not computed in this run.")]
        }
        entries += baseEntries(map, projection)
        entries.append(.heading("Gaps and hotspots"))
        let gaps = panels.flatMap(\.seamGaps)
        entries.append(
            gaps.isEmpty
                ? .text("No gap at a border of sectors.")
                : .row(
                    SeamGapSymbol.legend, "Gap at a border: no base of either sector in time"))
        entries.append(
            map.hotspots.isEmpty
                ? .text("No hotspot of incidents given.")
                : .row(HotspotLine.legend, "Hotspot of incidents"))
        return entries
    }

    private static func baseEntries(
        _ map: CoverageMap, _ projection: MapProjection
    ) -> [LegendColumn.Entry] {
        guard !map.bases.isEmpty else { return [.heading("Bases"), .text("None in this run.")] }
        var entries: [LegendColumn.Entry] = [.heading("Bases")]
        for status in CoverageMap.BaseStatus.allCases {
            let count = map.bases.count { $0.status == status }
            guard count > 0 else { continue }
            entries.append(
                .row(LegendColumn.marker(status.marker), "\(status.label) (\(count))"))
        }
        let beyond = map.bases.count { !projection.extent.contains($0.position) }
        if beyond > 0 { entries.append(.text("\(beyond) of them beyond this map.")) }
        return entries
    }

    func pngBytes() throws(ReportError) -> [UInt8] {
        try sheet.pngBytes([legend]) { index, projection, canvas in
            let frame = projection.frame
            if let raster = panels[index].travelTime {
                canvas.draw(raster.image(projection), x: Int(frame.x), y: Int(frame.y))
            } else {
                map.ground.fillSectors(projection, Ink.paper, on: canvas)
            }
            map.ground.drawOutlines(projection, on: canvas)
            sheet.drawGraticule(projection, on: canvas)
            map.ground.drawRoads(projection, on: canvas)
            HotspotLine.draw(map.hotspots, projection, on: canvas)
            map.ground.drawSectorBorders(projection, on: canvas)
            for gap in panels[index].seamGaps {
                SeamGapSymbol.draw(gap.shape, projection, on: canvas)
            }
            MapGround.draw(settlements, projection, on: canvas)
            for base in map.bases where projection.extent.contains(base.position) {
                base.status.marker.draw(at: projection.place(base.position), on: canvas)
            }
            labels[index].draw(on: canvas)
        }
    }
}

/// How gaps at borders of sectors look.
enum SeamGapSymbol {
    private static func draw(_ path: Path, in box: Rectangle, on canvas: borrowing Canvas) {
        canvas.hatch(
            path, in: box, spacing: 9, Stroke(color: Ink.paper.withOpacity(0.85), width: 4))
        canvas.hatch(path, in: box, spacing: 9, Stroke(color: Ink.text, width: 1.5))
        canvas.stroke(path, Stroke(color: Ink.paper, width: 4.5))
        canvas.stroke(path, Stroke(color: Ink.text, width: 1.8))
    }

    static func draw(
        _ shape: MultiPolygon, _ projection: MapProjection, on canvas: borrowing Canvas
    ) {
        guard projection.shows(shape) else { return }
        var path = Path()
        path.add(shape, projection.place)
        draw(path, in: projection.frame, on: canvas)
    }

    static let legend: LegendColumn.Symbol = { box, canvas in
        draw(Path(box.expanded(by: -1.5)), in: box, on: canvas)
    }

    /// Beside the gap, so that the label does not hide it.
    static func place(
        _ label: String, _ shape: MultiPolygon, _ projection: MapProjection,
        _ labels: inout MapLabels, _ ruler: borrowing Canvas
    ) {
        let rings = Path.rings(of: shape, projection.place)
        guard let box = Rectangle(around: rings)?.intersection(projection.frame) else { return }
        labels.place(label, .gap, around: box, ruler)
    }
}

/// How borders of hotspots look on maps of bases: a line without a fill.
enum HotspotLine {
    private static func draw(_ path: Path, on canvas: borrowing Canvas) {
        canvas.stroke(path, Stroke(color: Ink.paper, width: 4.6))
        canvas.stroke(path, Stroke(color: Ink.hotspot, width: 2.2))
    }

    static func draw(
        _ shapes: [MultiPolygon], _ projection: MapProjection, on canvas: borrowing Canvas
    ) {
        for shape in shapes where projection.shows(shape) {
            var path = Path()
            path.add(shape, projection.place)
            draw(path, on: canvas)
        }
    }

    static let legend: LegendColumn.Symbol = { box, canvas in
        draw(Path(box.expanded(by: -2)), on: canvas)
    }
}
