import GridCore

/// The share of people within reach of a base, sector by sector: the map of
/// the public edition. It has no place for a base, a route, a settlement or
/// a gap.
///
/// All coordinates are longitude and latitude in degrees (WGS 84). Vertices
/// that are not finite are left out.
public struct SectorCoverageMap: Sendable {
    /// One sector and its shares, printed as they are given: round them
    /// before.
    public struct Sector: Hashable, Sendable {
        public var name: String
        public var shape: MultiPolygon
        /// People within the time limit of any base, 0 ... 100; nil or not
        /// finite = no data, hatched.
        public var coveredPercent: Double?
        /// Of all people those within reach of a base of their own sector,
        /// 0 ... 100; nil = not said.
        public var ownPercent: Double?

        public init(
            name: String, shape: MultiPolygon, coveredPercent: Double?, ownPercent: Double? = nil
        ) {
            self.name = name
            self.shape = shape
            self.coveredPercent = coveredPercent
            self.ownPercent = ownPercent
        }
    }

    public var caption: MapCaption
    /// What is shown at least; padded to a fair shape.
    public var extent: BoundingBox
    /// Labelled in this order.
    public var sectors: [Sector]
    /// Further borders for orientation, drawn thin.
    public var outlines: [MultiPolygon] = []
    /// What `outlines` are, in the legend.
    public var outlinesLabel = "Other border"
    /// What the shares are of: "at most 120 minutes, wet season".
    public var limitText: String

    public init(
        caption: MapCaption, extent: BoundingBox, sectors: [Sector], limitText: String
    ) {
        self.caption = caption
        self.extent = extent
        self.sectors = sectors
        self.limitText = limitText
    }

    /// Printed on every such map.
    public static let protectionNote =
        "Reach of a base is a measure of physical protection alone. Dialogue, unarmed and "
        + "community-led protection and a protective environment are not measured here, and people "
        + "within reach are not for that reason safe."

    /// The map as PNG bytes, about 1,450 x 1,100 pixels, fitted to the
    /// extent's shape.
    ///
    /// - Throws: `bad-extent` when the extent is not finite, inside out or
    ///   beyond 90° of latitude or 540° of longitude; `drawing` when memory
    ///   is short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        try MapProjection.check(extent, title: caption.title)
        return try SectorCoverageDrawing(self).pngBytes()
    }
}

extension SectorCoverageMap.Sector {
    /// Second line of the label: `82 % (61 % by own bases)`.
    var shareText: String {
        guard let coveredPercent, coveredPercent.isFinite else { return "no data" }
        let covered = NumberText.fixed(coveredPercent, decimals: 0) + " %"
        guard let ownPercent, ownPercent.isFinite else { return covered }
        return "\(covered) (\(NumberText.fixed(ownPercent, decimals: 0)) % by own bases)"
    }

    /// nil = no data.
    var color: Color? {
        guard let coveredPercent, coveredPercent.isFinite else { return nil }
        return ClassTable.coverShare.entry(ClassTable.coverShareCode(percent: coveredPercent))?
            .color
    }
}

/// The layout of a map of sector shares.
struct SectorCoverageDrawing {
    let map: SectorCoverageMap
    let sheet: MapSheet
    let labels: MapLabels
    private let ground: MapGround
    private let legend: LegendColumn

    init(_ map: SectorCoverageMap) throws(ReportError) {
        self.map = map
        let ruler = try Canvas(width: 1, height: 1)
        var caption = map.caption
        caption.notes.append(SectorCoverageMap.protectionNote)
        let sheet = MapSheet(
            caption, .general, extent: map.extent, panelTitles: [""],
            columnWidths: [LegendColumn.columnWidth], ruler: ruler)
        self.sheet = sheet
        var ground = MapGround(extent: map.extent)
        ground.sectors = map.sectors.map { .init(name: $0.name, shape: $0.shape) }
        ground.outlines = map.outlines
        ground.outlinesLabel = map.outlinesLabel
        self.ground = ground
        let projection = sheet.panels[0]
        var labels = MapLabels(frame: projection.frame, symbols: [], dots: [])
        for sector in map.sectors {
            labels.place(
                [sector.name, sector.shareText], .sector, in: sector.shape, projection, ruler)
        }
        self.labels = labels
        legend = LegendColumn(
            Self.legendEntries(map) + ground.legendEntries(shown: [], visible: 0, dots: false)
                + LegendColumn.closing(projection, namesLeftOut: labels.namesLeftOut),
            ruler: ruler)
    }

    private static func legendEntries(_ map: SectorCoverageMap) -> [LegendColumn.Entry] {
        let table = ClassTable.coverShare
        var entries: [LegendColumn.Entry] = [.heading(table.title)]
        if !map.limitText.isEmpty { entries.append(.text(map.limitText)) }
        entries += table.entries.map { .row(LegendColumn.patch($0.color), $0.label) }
        if map.sectors.contains(where: { $0.color == nil }) {
            entries.append(.row(LegendColumn.patch(nil), "No data"))
        }
        if map.sectors.contains(where: { $0.ownPercent != nil }) {
            entries.append(
                .text(
                    "In brackets: by bases of the sector itself. The rest is reached only from "
                        + "other sectors, which takes their help."))
        }
        return entries
    }

    func pngBytes() throws(ReportError) -> [UInt8] {
        try sheet.pngBytes([legend]) { _, projection, canvas in
            for sector in map.sectors where projection.shows(sector.shape) {
                var path = Path()
                path.add(sector.shape, projection.place)
                if let color = sector.color {
                    canvas.fill(path, color)
                } else {
                    let frame = projection.frame
                    canvas.clipped(to: path) {
                        $0.draw(
                            .nodata(width: Int(frame.width), height: Int(frame.height)),
                            x: Int(frame.x), y: Int(frame.y))
                    }
                }
            }
            ground.drawOutlines(projection, on: canvas)
            sheet.drawGraticule(projection, on: canvas)
            ground.drawSectorBorders(projection, on: canvas)
            labels.draw(on: canvas)
        }
    }
}
