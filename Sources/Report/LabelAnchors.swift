/// Places inside a shape where a label sits well.
enum LabelAnchors {
    /// Places tried along each side of the shape's visible box.
    private static let samples = 21

    /// Points of a regular lattice that lie inside the rings (even-odd) and
    /// the frame, those with most room first.
    ///
    /// Room is the distance to the nearest edge of the shape or the frame,
    /// measured with x divided by `aspect` (width over height of the label),
    /// so that a wide label gets a wide place; equal room is ordered by the
    /// distance from the middle. Points with less than half of the best
    /// room come last, in `rest`. Both are empty when the shape is outside
    /// the frame; a shape too small for the lattice gives its vertices.
    static func points(
        in rings: [[Point]], frame: Rectangle, aspect: Double
    ) -> (best: [Point], rest: [Point]) {
        let vertices = rings.joined()
        guard let box = Rectangle(around: rings) else { return ([], []) }
        let visible = box.intersection(frame)
        guard visible.width > 0, visible.height > 0 else { return ([], []) }

        var found: [(point: Point, room: Double)] = []
        for row in 0..<samples {
            for column in 0..<samples {
                let point = Point(
                    x: visible.x + visible.width * (Double(column) + 0.5) / Double(samples),
                    y: visible.y + visible.height * (Double(row) + 0.5) / Double(samples))
                guard contains(point, rings) else { continue }
                found.append((point, room(at: point, rings, frame, aspect)))
            }
        }
        guard !found.isEmpty else { return (vertices.filter(frame.contains), []) }
        let middle = visible.center
        func offset(_ point: Point) -> Double {
            let (x, y) = (point.x - middle.x, point.y - middle.y)
            return x * x + y * y
        }
        found.sort {
            ($1.room, offset($0.point), $0.point.y, $0.point.x)
                < ($0.room, offset($1.point), $1.point.y, $1.point.x)
        }
        // Rooms are squared distances: a quarter is half of the distance.
        let enough = (found.first?.room ?? 0) / 4
        return (
            found.filter { $0.room >= enough }.map(\.point),
            found.filter { $0.room < enough }.map(\.point)
        )
    }

    private static func edges(
        _ rings: [[Point]], _ body: (_ from: Point, _ to: Point) -> Void
    ) {
        for ring in rings {
            guard var previous = ring.last else { continue }
            for vertex in ring {
                body(previous, vertex)
                previous = vertex
            }
        }
    }

    private static func contains(_ point: Point, _ rings: [[Point]]) -> Bool {
        var isInside = false
        edges(rings) { a, b in
            guard (a.y > point.y) != (b.y > point.y) else { return }
            if point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
        }
        return isInside
    }

    /// Squared distance to the nearest edge.
    private static func room(
        at point: Point, _ rings: [[Point]], _ frame: Rectangle, _ aspect: Double
    ) -> Double {
        var nearest = min(
            (point.x - frame.x) / aspect, (frame.maxX - point.x) / aspect, point.y - frame.y,
            frame.maxY - point.y)
        nearest *= nearest
        edges(rings) { a, b in
            let (ax, bx, px) = (a.x / aspect, b.x / aspect, point.x / aspect)
            let (dx, dy) = (bx - ax, b.y - a.y)
            let length = dx * dx + dy * dy
            let along = length > 0 ? ((px - ax) * dx + (point.y - a.y) * dy) / length : 0
            let share = min(max(along, 0), 1)
            let (x, y) = (ax + share * dx - px, a.y + share * dy - point.y)
            nearest = min(nearest, x * x + y * y)
        }
        return nearest
    }
}
