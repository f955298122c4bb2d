import Foundation

/// Outlines of symbols that are told apart without colour.
enum MarkerShape: Hashable, Sendable, CaseIterable {
    case square, diamond, circle, triangle, invertedTriangle, hexagon, star, cross

    /// A closed path around `center`; shapes of one `radius` look equally
    /// large.
    func path(at center: Point, radius: Double) -> Path {
        var path = Path()
        switch self {
        case .square:
            let half = radius * 0.86
            path = Path(
                Rectangle(
                    x: center.x - half, y: center.y - half, width: 2 * half, height: 2 * half))
        case .diamond: path.addRing(Self.corners(4, at: center, [radius * 1.15], turn: -90))
        case .circle: path = Path(circleAt: center, radius: radius * 0.95)
        case .triangle: path.addRing(Self.corners(3, at: center, [radius * 1.2], turn: -90))
        case .invertedTriangle: path.addRing(Self.corners(3, at: center, [radius * 1.2], turn: 90))
        case .hexagon: path.addRing(Self.corners(6, at: center, [radius * 1.05], turn: 0))
        case .star:
            path.addRing(Self.corners(10, at: center, [radius * 1.3, radius * 0.58], turn: -90))
        case .cross: path.addRing(Self.crossCorners(at: center, radius: radius))
        }
        return path
    }

    /// Corners at equal angles whose distances take turns.
    private static func corners(
        _ count: Int, at center: Point, _ distances: [Double], turn: Double
    ) -> [Point] {
        (0..<count).map { index in
            let angle = (turn + 360 * Double(index) / Double(count)) * .pi / 180
            let distance = distances[index % distances.count]
            return Point(
                x: center.x + distance * cos(angle), y: center.y + distance * sin(angle))
        }
    }

    /// Two crossed diagonal bars as one outline.
    private static func crossCorners(at center: Point, radius: Double) -> [Point] {
        let (long, short) = (radius * 1.0, radius * 0.42)
        let offsets = [
            (0, -short), (long - short, -long), (long, -long + short), (short, 0),
            (long, long - short), (long - short, long), (0, short), (-long + short, long),
            (-long, long - short), (-short, 0), (-long, -long + short), (-long + short, -long),
        ]
        return offsets.map { Point(x: center.x + $0.0, y: center.y + $0.1) }
    }
}

/// A symbol of a base: a shape in a colour with a dark rim on a light halo.
struct Marker: Hashable, Sendable {
    var shape: MarkerShape
    var color: Color

    static let radius = 8.0

    func draw(at center: Point, radius: Double = radius, on canvas: borrowing Canvas) {
        let path = shape.path(at: center, radius: radius)
        canvas.stroke(path, Stroke(color: Ink.paper, width: 5))
        canvas.fill(path, color)
        canvas.stroke(path, Stroke(color: Ink.text, width: 1.4))
    }

    /// The square that a symbol covers.
    static func box(at center: Point) -> Rectangle {
        Rectangle(x: center.x, y: center.y, width: 0, height: 0).expanded(by: radius + 1.5)
    }
}
