/// A place on a picture in pixels: x to the right, y down, (0, 0) at the
/// upper left corner.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double

    var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A rectangle on a picture, in pixels.
struct Rectangle: Hashable, Sendable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    /// The box around all points; nil without any.
    init?(around rings: [[Point]]) {
        let points = rings.joined()
        guard let first = points.first else { return nil }
        var (left, top, right, bottom) = (first.x, first.y, first.x, first.y)
        for point in points {
            left = min(left, point.x)
            top = min(top, point.y)
            right = max(right, point.x)
            bottom = max(bottom, point.y)
        }
        self.init(x: left, y: top, width: right - left, height: bottom - top)
    }

    init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    var maxX: Double { x + width }
    var maxY: Double { y + height }
    var center: Point { Point(x: x + width / 2, y: y + height / 2) }

    /// Whether the interiors meet; rectangles that only touch do not.
    func overlaps(_ other: Rectangle) -> Bool {
        x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
    }

    func contains(_ other: Rectangle) -> Bool {
        other.x >= x && other.maxX <= maxX && other.y >= y && other.maxY <= maxY
    }

    func contains(_ point: Point) -> Bool {
        point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
    }

    func expanded(by margin: Double) -> Rectangle {
        Rectangle(
            x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    /// The common part; of zero size when there is none.
    func intersection(_ other: Rectangle) -> Rectangle {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rectangle(
            x: left, y: top, width: max(0, min(maxX, other.maxX) - left),
            height: max(0, min(maxY, other.maxY) - top))
    }

    /// The same rectangle pushed inside `frame`; one that is larger keeps
    /// to its left and upper edge.
    func moved(into frame: Rectangle) -> Rectangle {
        Rectangle(
            x: max(frame.x, min(x, frame.maxX - width)),
            y: max(frame.y, min(y, frame.maxY - height)), width: width, height: height)
    }

    /// The point of the rectangle that is nearest to `point`.
    func nearest(to point: Point) -> Point {
        Point(x: min(max(point.x, x), maxX), y: min(max(point.y, y), maxY))
    }
}

/// Lines and closed shapes to be filled, stroked or clipped to.
struct Path: Hashable, Sendable {
    enum Element: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case circle(Point, radius: Double)
        case close
    }

    var elements: [Element] = []

    var isEmpty: Bool { elements.isEmpty }

    init() {}

    init(_ rectangle: Rectangle) {
        addRing([
            Point(x: rectangle.x, y: rectangle.y), Point(x: rectangle.maxX, y: rectangle.y),
            Point(x: rectangle.maxX, y: rectangle.maxY), Point(x: rectangle.x, y: rectangle.maxY),
        ])
    }

    init(circleAt center: Point, radius: Double) {
        elements = [.circle(center, radius: radius)]
    }

    init(from start: Point, to end: Point) { elements = [.move(start), .line(end)] }

    /// An upright triangle whose middle is `center`.
    init(triangleAt center: Point, radius: Double) {
        addRing([
            Point(x: center.x, y: center.y - radius),
            Point(x: center.x + radius, y: center.y + radius * 0.8),
            Point(x: center.x - radius, y: center.y + radius * 0.8),
        ])
    }

    mutating func addLine(_ points: [Point]) {
        guard points.count >= 2 else { return }
        for (index, point) in points.enumerated() {
            elements.append(index == 0 ? .move(point) : .line(point))
        }
    }

    mutating func addRing(_ points: [Point]) {
        guard points.count >= 3 else { return }
        addLine(points)
        elements.append(.close)
    }
}

/// How a path is stroked.
struct Stroke: Hashable, Sendable {
    var color: Color
    var width: Double
    /// Lengths of ink and gap in turn, in pixels; empty = a full line.
    var dashes: [Double] = []
}

/// A size and weight of DejaVu Sans.
struct Font: Hashable, Sendable {
    /// Height of the em square in pixels.
    var size: Double
    var isBold = false

    static let title = Font(size: 22, isBold: true)
    static let heading = Font(size: 14, isBold: true)
    static let body = Font(size: 13)
    static let small = Font(size: 12)
}

/// Opaque pixels, row after row from the top left: 0x00RRGGBB.
struct PixelImage: Hashable, Sendable {
    let width: Int
    let height: Int
    var pixels: [UInt32]

    init(width: Int, height: Int, pixels: [UInt32]) {
        precondition(pixels.count == width * height, "pixels do not fill the image")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The pixel of the nodata hatch at a place: grey with rising lines, so
    /// that it cannot be taken for a colour of a palette.
    static func nodataPixel(x: Int, y: Int) -> UInt32 {
        (x + y) % 8 < 2 ? Ink.nodataLine.pixel : Ink.nodata.pixel
    }

    /// A patch of the nodata hatch.
    static func nodata(width: Int, height: Int) -> PixelImage {
        var pixels: [UInt32] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width { pixels.append(nodataPixel(x: x, y: y)) }
        }
        return PixelImage(width: width, height: height, pixels: pixels)
    }
}
