import GridCore

/// Something tall at the right of the maps of a sheet.
protocol SheetColumn: Sendable {
    var width: Double { get }
    var height: Double { get }
    func draw(on canvas: borrowing Canvas, x: Double, top: Double)
}

/// The page around one or more maps of one extent: banner, title, dates,
/// edition, frames with degrees, columns at the right and notes.
struct MapSheet: Sendable {
    let caption: MapCaption
    let edition: PictureEdition
    /// One for each panel, from left to right, or from above when the extent
    /// is wide.
    let panels: [MapProjection]
    let width: Double

    private let panelTitles: [String]
    private let titleLines: [String]
    private let dateLines: [String]
    private let noteLines: [String]
    private let columnWidths: [Double]

    private static let margin = 20.0
    /// Room for latitudes left of a map.
    private static let axisWidth = 84.0
    private static let gap = 26.0
    private static let bannerHeight = 30.0
    private static let panelTitleHeight = 26.0
    private static let loneMap = (width: 1040.0, height: 880.0)
    private static let sharedMap = (width: 700.0, height: 860.0)
    private static let stackedMap = (width: 1040.0, height: 620.0)
    /// Panels whose width is at least this times their height are put one
    /// above the other.
    private static let stackedAspect = 1.35
    /// Room for longitudes under a map.
    private static let axisHeight = 38.0

    /// - Parameter panelTitles: at least one; an empty title takes no room.
    init(
        _ caption: MapCaption, _ edition: PictureEdition, extent: BoundingBox,
        panelTitles: [String], columnWidths: [Double], ruler: borrowing Canvas
    ) {
        self.caption = caption
        self.edition = edition
        self.panelTitles = panelTitles
        self.columnWidths = columnWidths
        func map(
            _ largest: (width: Double, height: Double), x: Double, y: Double
        ) -> MapProjection {
            MapProjection(
                extent, in: Rectangle(x: x, y: y, width: largest.width, height: largest.height))
        }
        let lone = map(Self.loneMap, x: 0, y: 0).frame
        let isAlone = panelTitles.count < 2
        let isStacked = !isAlone && lone.width >= Self.stackedAspect * lone.height
        let largest = isAlone ? Self.loneMap : isStacked ? Self.stackedMap : Self.sharedMap
        let size = map(largest, x: 0, y: 0).frame
        let across = isStacked ? 1 : Double(panelTitles.count)
        let columns = columnWidths.reduce(0) { $0 + $1 + Self.gap }
        let width = across * (Self.axisWidth + size.width) + columns + Self.margin
        let textWidth = width - 2 * Self.margin
        titleLines = ruler.wrapped(caption.title, .title, toWidth: textWidth, maximumLines: 2)
        dateLines = ruler.wrapped(caption.dateLine, .body, toWidth: textWidth)
        noteLines = (caption.notes + [MissionMap.boundariesNote, caption.source]).flatMap {
            ruler.wrapped($0, .small, toWidth: textWidth)
        }
        var top = (caption.banner == nil ? 0 : Self.bannerHeight) + Self.margin * 0.7
        top += Double(titleLines.count) * Font.title.lineHeight
        top += Double(dateLines.count + 1) * Font.body.lineHeight + Self.margin * 0.7
        if panelTitles.contains(where: { !$0.isEmpty }) { top += Self.panelTitleHeight }
        let start = top.rounded()
        panels = panelTitles.indices.map { index in
            let step = Double(index)
            return isStacked
                ? map(
                    largest, x: Self.axisWidth,
                    y: start + step * (size.height + Self.axisHeight + Self.panelTitleHeight))
                : map(largest, x: Self.axisWidth + step * (size.width + Self.axisWidth), y: start)
        }
        self.width = width.rounded(.up)
    }

    /// Lower edge of the tallest of maps and columns.
    private func footTop(_ columns: [any SheetColumn]) -> Double {
        let top = panels.first?.frame.y ?? 0
        let mapBottom = panels.map { $0.frame.maxY + Self.axisHeight }.max() ?? top
        return columns.map { top + $0.height + 10 }.reduce(mapBottom, max)
    }

    /// Width and height in pixels with these columns.
    func size(_ columns: [any SheetColumn]) -> (width: Int, height: Int) {
        let height = footTop(columns) + Double(noteLines.count) * Font.small.lineHeight
            + Self.margin * 0.6
        return (Int(width), Int(height.rounded(.up)))
    }

    /// The sheet as PNG bytes.
    ///
    /// - Parameters:
    ///   - columns: as wide as was said before.
    ///   - drawPanel: draws the inside of a panel, clipped to its frame.
    func pngBytes(
        _ columns: [any SheetColumn],
        drawPanel: (_ index: Int, _ projection: MapProjection, borrowing Canvas) -> Void
    ) throws(ReportError) -> [UInt8] {
        let size = size(columns)
        let canvas = try Canvas(width: size.width, height: size.height)
        drawHead(on: canvas)
        for (index, projection) in panels.enumerated() {
            let frame = projection.frame
            canvas.text(
                canvas.truncated(panelTitles[index], .heading, toWidth: frame.width),
                at: Point(x: frame.x, y: frame.y - 9), .heading, Ink.text, aligned: .left)
            canvas.fill(Path(frame), Ink.land)
            canvas.clipped(to: Path(frame)) { drawPanel(index, projection, $0) }
            drawAxes(projection, on: canvas)
        }
        if let first = panels.first?.frame, let last = panels.last?.frame {
            var x = last.maxX + Self.gap
            for (column, width) in zip(columns, columnWidths) {
                column.draw(on: canvas, x: x, top: first.y)
                x += width + Self.gap
            }
        }
        canvas.textBlock(noteLines, x: Self.margin, top: footTop(columns), .small, Ink.quietText)
        return edition.marking(try canvas.pngBytes())
    }

    private func drawHead(on canvas: borrowing Canvas) {
        var y = 0.0
        if let banner = caption.banner {
            canvas.drawBanner(banner, height: Self.bannerHeight)
            y = Self.bannerHeight
        }
        y = canvas.textBlock(
            titleLines, x: Self.margin, top: y + Self.margin * 0.7, .title, Ink.text)
        y = canvas.textBlock(dateLines, x: Self.margin, top: y, .body, Ink.quietText)
        canvas.textBlock(
            [edition.line], x: Self.margin, top: y, Font(size: 13, isBold: true), edition.color)
    }

    // MARK: Degrees

    private func meridians(_ projection: MapProjection) -> AxisTicks {
        AxisTicks(
            from: projection.extent.minX, to: projection.extent.maxX,
            count: max(2, Int(projection.frame.width / 130)))
    }

    private func parallels(_ projection: MapProjection) -> AxisTicks {
        AxisTicks(
            from: max(projection.extent.minY, -90), to: min(projection.extent.maxY, 90),
            count: max(2, Int(projection.frame.height / 130)))
    }

    /// Thin lines of longitude and latitude over the ground of a panel.
    func drawGraticule(_ projection: MapProjection, on canvas: borrowing Canvas) {
        let frame = projection.frame
        var path = Path()
        for longitude in meridians(projection).values {
            let x = projection.place(Coordinate(x: longitude, y: 0)).x.rounded() + 0.5
            path.addLine([Point(x: x, y: frame.y), Point(x: x, y: frame.maxY)])
        }
        for latitude in parallels(projection).values {
            let y = projection.place(Coordinate(x: 0, y: latitude)).y.rounded() + 0.5
            path.addLine([Point(x: frame.x, y: y), Point(x: frame.maxX, y: y)])
        }
        canvas.stroke(path, Stroke(color: Ink.line.withOpacity(0.18), width: 1))
    }

    private func drawAxes(_ projection: MapProjection, on canvas: borrowing Canvas) {
        let meridians = meridians(projection)
        let parallels = parallels(projection)
        canvas.drawAxes(
            around: projection.frame,
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
