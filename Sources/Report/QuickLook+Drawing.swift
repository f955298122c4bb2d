import GridCore

/// The layout of one quick-look and the steps that draw it.
struct QuickLookDrawing {
    let look: QuickLook
    let image: PixelImage
    /// Where the raster lies in the picture.
    let frame: Rectangle
    let width: Int
    let height: Int
    let legend: QuickLookLegend

    /// Room for latitudes left of the raster.
    private static let leftMargin = 92.0
    private static let gap = 28.0
    private static let margin = 20.0
    private static let legendWidth = 280.0
    private static let legendHeight = 330.0
    private static let bannerHeight = 30.0

    private let titleLines: [String]
    private let subtitleLines: [String]
    private let statisticsLines: [String]
    private let sourceLines: [String]

    init(_ look: QuickLook) throws(ReportError) {
        self.look = look
        let pixels = look.rasterPixels()
        let resampling = RasterResampling(of: look.spec.shape, to: pixels)
        (image, legend) = Self.paint(look, resampling)

        // The height is known only when the texts are broken into lines, and
        // breaking needs a canvas to measure on.
        let ruler = try Canvas(width: 1, height: 1)
        let width = Self.leftMargin + Double(pixels.columns) + Self.gap + Self.legendWidth
            + Self.margin
        let room = width - 2 * Self.margin
        titleLines = ruler.wrapped(look.title, .title, toWidth: room, maximumLines: 2)
        subtitleLines = look.subtitle.flatMap { ruler.wrapped($0, .body, toWidth: room) }
        statisticsLines = ruler.wrapped(legend.statistics, .body, toWidth: room)
        sourceLines = ruler.wrapped(look.source, .small, toWidth: room)

        var top = look.banner == nil ? 0 : Self.bannerHeight
        top += Self.margin * 0.7 + Double(titleLines.count) * Font.title.lineHeight
        top += Double(subtitleLines.count) * Font.body.lineHeight + Self.margin * 0.7
        frame = Rectangle(
            x: Self.leftMargin, y: top.rounded(), width: Double(pixels.columns),
            height: Double(pixels.rows))
        let legendRoom = max(Self.legendHeight, legend.height)
        let bottom = max(frame.maxY + 34, frame.y + legendRoom + Self.margin)
        let foot = Double(statisticsLines.count) * Font.body.lineHeight
            + Double(sourceLines.count) * Font.small.lineHeight
        self.width = Int(width.rounded(.up))
        height = Int((bottom + foot + Self.margin).rounded(.up))
    }

    func pngBytes() throws(ReportError) -> [UInt8] {
        let canvas = try Canvas(width: width, height: height)
        drawHead(on: canvas)
        canvas.draw(image, x: Int(frame.x), y: Int(frame.y))
        drawOutlines(on: canvas)
        drawAxes(on: canvas)
        legend.draw(
            on: canvas, x: frame.maxX + Self.gap, top: frame.y, width: Self.legendWidth)
        drawFoot(on: canvas)
        return try canvas.pngBytes()
    }

    private func drawHead(on canvas: borrowing Canvas) {
        var y = 0.0
        if let banner = look.banner {
            canvas.drawBanner(banner, height: Self.bannerHeight)
            y = Self.bannerHeight
        }
        y += Self.margin * 0.7
        y = canvas.textBlock(titleLines, x: Self.margin, top: y, .title, Ink.text)
        canvas.textBlock(subtitleLines, x: Self.margin, top: y, .body, Ink.quietText)
    }

    private func drawFoot(on canvas: borrowing Canvas) {
        let lines = Double(statisticsLines.count) * Font.body.lineHeight
            + Double(sourceLines.count) * Font.small.lineHeight
        var y = Double(height) - Self.margin * 0.6 - lines
        y = canvas.textBlock(statisticsLines, x: Self.margin, top: y, .body, Ink.text)
        canvas.textBlock(sourceLines, x: Self.margin, top: y, .small, Ink.quietText)
    }

    // MARK: The raster

    private static func paint(
        _ look: QuickLook, _ resampling: RasterResampling
    ) -> (PixelImage, QuickLookLegend) {
        let pixels = resampling.pixels
        var colors: [UInt32]
        let legend: QuickLookLegend
        switch look.content {
        case .values(let grid, let quantity, let unit, let palette, let stretch):
            let means = resampling.means(of: grid)
            let range = stretch.range(of: means)
            let statistics = RasterStatistics(grid)
            let span = range.upperBound - range.lowerBound
            colors = means.map {
                palette.color(at: (Double($0) - range.lowerBound) / span).pixel
            }
            paintNodata(&colors, pixels) { !means[$0].isFinite }
            legend = QuickLookLegend(
                .ramp(
                    QuickLookLegend.Ramp(
                        quantity: quantity, unit: unit, palette: palette, stretch: stretch,
                        range: range, statistics: statistics)))
        case .classes(let raster):
            let majorities = resampling.majorities(of: raster)
            let table = raster.table.entries.map(\.color.pixel)
            colors = majorities.map { Int($0) < table.count ? table[Int($0)] : Ink.unlisted.pixel }
            paintNodata(&colors, pixels) { majorities[$0] == ClassRaster.nodata }
            legend = QuickLookLegend(.classes(raster))
        }
        return (
            PixelImage(width: pixels.columns, height: pixels.rows, pixels: colors), legend
        )
    }

    private static func paintNodata(
        _ colors: inout [UInt32], _ shape: Shape, _ isNodata: (Int) -> Bool
    ) {
        for index in colors.indices where isNodata(index) {
            colors[index] = PixelImage.nodataPixel(
                x: index % shape.columns, y: index / shape.columns)
        }
    }

    // MARK: On the raster

    private func place(_ coordinate: Coordinate) -> Point {
        let box = look.spec.boundingBox
        return Point(
            x: frame.x + (coordinate.x - box.minX) / box.width * frame.width,
            y: frame.y + (box.maxY - coordinate.y) / box.height * frame.height)
    }

    private func drawOutlines(on canvas: borrowing Canvas) {
        var path = Path()
        for outline in look.outlines { path.add(outline, place) }
        var borders = Path()
        for border in look.borders { borders.add(border, place) }
        canvas.clipped(to: Path(frame)) {
            $0.stroke(borders, MapSymbols.outline)
            $0.stroke(path, Stroke(color: Ink.paper.withOpacity(0.85), width: 3.8))
            $0.stroke(path, Stroke(color: Ink.line, width: 1.4))
        }
    }

    private func drawAxes(on canvas: borrowing Canvas) {
        let box = look.spec.boundingBox
        let isGeographic = look.axisUnit == .degrees
        let unit = isGeographic ? 1.0 : 1000
        let across = AxisTicks(
            from: box.minX / unit, to: box.maxX / unit, count: max(2, Int(frame.width / 100)))
        let along = AxisTicks(
            from: box.minY / unit, to: box.maxY / unit, count: max(2, Int(frame.height / 90)))
        func text(_ ticks: AxisTicks, _ value: Double, _ plus: String, _ minus: String) -> String {
            isGeographic
                ? ticks.degreeText(value, positive: plus, negative: minus)
                : NumberText.fixed(value, decimals: ticks.decimals) + " km"
        }
        canvas.drawAxes(
            around: frame,
            across: across.values.map {
                (place(Coordinate(x: $0 * unit, y: box.minY)).x, text(across, $0, "E", "W"))
            },
            along: along.values.map {
                (place(Coordinate(x: box.minX, y: $0 * unit)).y, text(along, $0, "N", "S"))
            })
    }
}
