import GridCore

/// The layout of one mission map and the order of its layers.
struct MissionMapDrawing {
    let map: MissionMap
    let projection: MapProjection
    let labels: MissionMapLabels
    let legend: MissionMapLegend
    /// Settlements drawn, the most important first.
    let settlements: [MissionMap.Settlement]
    let width: Int
    let height: Int

    private let titleLines: [String]
    private let dateLines: [String]
    private let noteLines: [String]
    private let footTop: Double

    /// Dots beyond this number would hide the map.
    static let mostSettlements = 150

    private static let margin = 20.0
    /// Room for latitudes left of the map.
    private static let leftMargin = 84.0
    private static let gap = 26.0
    private static let bannerHeight = 30.0
    private static let largestMap = (width: 1040.0, height: 880.0)

    var frame: Rectangle { projection.frame }

    init(_ map: MissionMap) throws(ReportError) {
        self.map = map
        // Texts are broken into lines before the size is known.
        let ruler = try Canvas(width: 1, height: 1)
        let room = Rectangle(
            x: Self.leftMargin, y: 0, width: Self.largestMap.width, height: Self.largestMap.height)
        let mapWidth = MapProjection(map.extent, in: room).frame.width
        let width = Self.leftMargin + mapWidth + Self.gap + MissionMapLegend.width + Self.margin
        let textWidth = width - 2 * Self.margin

        titleLines = ruler.wrapped(map.title, .title, toWidth: textWidth, maximumLines: 2)
        dateLines = ruler.wrapped(map.dateLine, .body, toWidth: textWidth)
        var top = (map.banner == nil ? 0 : Self.bannerHeight) + Self.margin * 0.7
        top += Double(titleLines.count) * Font.title.lineHeight
        top += Double(dateLines.count) * Font.body.lineHeight + Self.margin * 0.7
        let projection = MapProjection(
            map.extent,
            in: Rectangle(
                x: room.x, y: top.rounded(), width: room.width, height: room.height))
        self.projection = projection

        let visible = map.settlements.filter { projection.extent.contains($0.position) }
        settlements = Array(Self.byImportance(visible).prefix(Self.mostSettlements))
        labels = MissionMapLabels(map, projection, settlements: settlements, ruler: ruler)
        legend = MissionMapLegend(
            map, projection, settlementsShown: settlements.count,
            settlementsVisible: visible.count, namesLeftOut: labels.namesLeftOut, ruler: ruler)

        noteLines = (map.notes + [MissionMap.boundariesNote, map.source]).flatMap {
            ruler.wrapped($0, .small, toWidth: textWidth)
        }
        let frame = projection.frame
        footTop = max(frame.maxY + 38, frame.y + legend.height + 8)
        self.width = Int(width.rounded(.up))
        height = Int(
            (footTop + Double(noteLines.count) * Font.small.lineHeight + Self.margin * 0.6)
                .rounded(.up))
    }

    private static func byImportance(
        _ settlements: [MissionMap.Settlement]
    ) -> [MissionMap.Settlement] {
        settlements.sorted {
            ($0.rank, $0.name, $0.position.x, $0.position.y)
                < ($1.rank, $1.name, $1.position.x, $1.position.y)
        }
    }

    func pngBytes() throws(ReportError) -> [UInt8] {
        let canvas = try Canvas(width: width, height: height)
        drawHead(on: canvas)
        canvas.fill(Path(frame), Ink.land)
        canvas.clipped(to: Path(frame)) {
            drawZones(on: $0)
            drawOutlines(on: $0)
            drawGraticule(on: $0)
            drawRoads(on: $0)
            drawHotspots(on: $0)
            drawZoneBorders(on: $0)
            drawSettlements(on: $0)
            drawBases(on: $0)
            labels.draw(on: $0)
        }
        drawAxes(on: canvas)
        legend.draw(on: canvas, x: frame.maxX + Self.gap, top: frame.y)
        canvas.textBlock(noteLines, x: Self.margin, top: footTop, .small, Ink.quietText)
        return try canvas.pngBytes()
    }

    private func drawHead(on canvas: borrowing Canvas) {
        var y = 0.0
        if let banner = map.banner {
            canvas.drawBanner(banner, height: Self.bannerHeight)
            y = Self.bannerHeight
        }
        y = canvas.textBlock(
            titleLines, x: Self.margin, top: y + Self.margin * 0.7, .title, Ink.text)
        canvas.textBlock(dateLines, x: Self.margin, top: y, .body, Ink.quietText)
    }

    // MARK: Graticule

    private var meridians: AxisTicks {
        AxisTicks(
            from: projection.extent.minX, to: projection.extent.maxX,
            count: max(2, Int(frame.width / 130)))
    }

    private var parallels: AxisTicks {
        AxisTicks(
            from: max(projection.extent.minY, -90), to: min(projection.extent.maxY, 90),
            count: max(2, Int(frame.height / 130)))
    }

    private func drawGraticule(on canvas: borrowing Canvas) {
        var path = Path()
        for longitude in meridians.values {
            let x = projection.place(Coordinate(x: longitude, y: 0)).x.rounded() + 0.5
            path.addLine([Point(x: x, y: frame.y), Point(x: x, y: frame.maxY)])
        }
        for latitude in parallels.values {
            let y = projection.place(Coordinate(x: 0, y: latitude)).y.rounded() + 0.5
            path.addLine([Point(x: frame.x, y: y), Point(x: frame.maxX, y: y)])
        }
        canvas.stroke(path, Stroke(color: Ink.line.withOpacity(0.18), width: 1))
    }

    private func drawAxes(on canvas: borrowing Canvas) {
        canvas.drawAxes(
            around: frame,
            across: meridians.values.map {
                (
                    projection.place(Coordinate(x: $0, y: 0)).x,
                    meridians.degreeText($0, positive: "E", negative: "W")
                )
            },
            along: parallels.values.map {
                (
                    projection.place(Coordinate(x: 0, y: $0)).y,
                    parallels.degreeText($0, positive: "N", negative: "S")
                )
            })
    }
}
