import GridCore

/// Parts that several pictures share.
extension Canvas {
    /// A band across the top with white text.
    func drawBanner(_ text: String, height: Double) {
        fill(
            Path(Rectangle(x: 0, y: 0, width: Double(width), height: height)), Ink.banner)
        let fitting = truncated(text, .heading, toWidth: Double(width) - 24)
        self.text(
            fitting, at: Point(x: Double(width) / 2, y: height / 2 + 5), .heading, Ink.paper,
            aligned: .center)
    }

    /// A frame with tick marks and labels below (`across`: x in pixels) and
    /// to the left (`along`: y in pixels); a label that would run into the
    /// one before is left out.
    func drawAxes(
        around frame: Rectangle, across: [(position: Double, text: String)],
        along: [(position: Double, text: String)]
    ) {
        let pen = Stroke(color: Ink.line, width: 1)
        // Half a pixel off, so that a line of one pixel is sharp.
        stroke(Path(frame.expanded(by: 0.5)), pen)
        var free = -Double.infinity
        for tick in across.sorted(by: { $0.position < $1.position }) {
            let x = tick.position.rounded() + 0.5
            stroke(
                Path(from: Point(x: x, y: frame.maxY), to: Point(x: x, y: frame.maxY + 6)), pen)
            let half = self.width(of: tick.text, .small) / 2
            guard x - half > free else { continue }
            text(
                tick.text, at: Point(x: x, y: frame.maxY + 20), .small, Ink.quietText,
                aligned: .center)
            free = x + half + 8
        }
        free = -Double.infinity
        for tick in along.sorted(by: { $0.position < $1.position }) {
            let y = tick.position.rounded() + 0.5
            stroke(Path(from: Point(x: frame.x - 6, y: y), to: Point(x: frame.x, y: y)), pen)
            guard y - 8 > free else { continue }
            text(
                tick.text, at: Point(x: frame.x - 10, y: y + 4), .small, Ink.quietText,
                aligned: .right)
            free = y + 8
        }
    }

    /// A patch of a legend with a thin rim.
    func drawPatch(_ rectangle: Rectangle, _ color: Color?) {
        let path = Path(rectangle)
        if let color {
            fill(path, color)
        } else {
            draw(
                .nodata(width: Int(rectangle.width), height: Int(rectangle.height)),
                x: Int(rectangle.x), y: Int(rectangle.y))
        }
        stroke(
            Path(rectangle.expanded(by: -0.5)), Stroke(color: Ink.line.withOpacity(0.7), width: 1))
    }

    /// Slanted lines over the inside of `path`, which lies in `box`.
    func hatch(_ path: Path, in box: Rectangle, spacing: Double, _ pen: Stroke) {
        guard box.width > 0, box.height > 0 else { return }
        var lines = Path()
        // Lines start at multiples of the spacing of the whole picture, so
        // that neighbouring shapes are hatched in one rhythm.
        var offset = ((box.x + box.y) / spacing).rounded(.down) * spacing
        while offset < box.maxX + box.maxY {
            lines.addLine([
                Point(x: offset - box.y, y: box.y), Point(x: offset - box.maxY, y: box.maxY),
            ])
            offset += spacing
        }
        clipped(to: path) { $0.stroke(lines, pen) }
    }
}

extension Path {
    /// Vertices closer than this to the last one kept are left out.
    private static let finestDetail = 0.3

    /// Adds the rings of a shape, each vertex placed on the picture;
    /// vertices that are not finite are left out.
    mutating func add(_ shape: MultiPolygon, _ place: (Coordinate) -> Point) {
        for ring in Self.rings(of: shape, place) { addRing(ring) }
    }

    /// Adds a line likewise.
    mutating func add(_ line: [Coordinate], _ place: (Coordinate) -> Point) {
        addLine(Self.thinned(line, place))
    }

    /// The rings of a shape on the picture, without details too fine to see.
    static func rings(of shape: MultiPolygon, _ place: (Coordinate) -> Point) -> [[Point]] {
        shape.polygons.flatMap { polygon in polygon.rings.map { thinned($0, place) } }
    }

    private static func thinned(
        _ line: [Coordinate], _ place: (Coordinate) -> Point
    ) -> [Point] {
        var points: [Point] = []
        for (index, coordinate) in line.enumerated() {
            let point = place(coordinate)
            guard point.isFinite else { continue }
            if let last = points.last, index < line.count - 1,
                abs(point.x - last.x) < finestDetail, abs(point.y - last.y) < finestDetail
            {
                continue
            }
            points.append(point)
        }
        return points
    }
}
