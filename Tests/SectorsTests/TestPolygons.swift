import GridCore
import Sectors
import TestSupport

/// A closed axis-parallel ring, counter-clockwise.
func box(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> Ring {
    ring([(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY)])
}

/// A closed ring of open vertices.
func ring(_ vertices: [(Double, Double)]) -> Ring {
    (vertices + vertices.prefix(1)).map { Coordinate(x: $0.0, y: $0.1) }
}

func single(_ exterior: Ring, holes: [Ring] = []) -> MultiPolygon {
    MultiPolygon([Polygon(exterior: exterior, holes: holes)])
}

/// A grid of unit cells whose south-west corner is (0, 0).
func unitGrid(rows: Int, columns: Int) -> GridSpec {
    GridSpec(
        shape: Shape(rows: rows, columns: columns),
        geotransform: Geotransform(
            originX: 0, cellWidth: 1, originY: Double(rows), cellHeight: -1),
        crs: CRSIdentifier("local"))
}

/// The fractions of all cells, row after row.
func picture(_ coverage: CellCoverage, _ spec: GridSpec) -> [[Double]] {
    (0..<spec.shape.rows).map { row in
        (0..<spec.shape.columns).map { coverage.fraction(row: row, column: $0) }
    }
}

/// A star-shaped ring around a point: concave, but never crossing itself.
/// Directions are given as points of a square, so no angle functions are
/// needed.
func star(
    around center: Coordinate, radius: Double, vertices: Int, using random: inout SeededGenerator
) -> Ring {
    let corners: [(Double, Double)] = (0..<vertices).map { i in
        let t = (Double(i) + Double.random(in: 0.1...0.9, using: &random)) * 4 / Double(vertices)
        let side = t - t.rounded(.down)
        let direction: (Double, Double) =
            switch Int(t) {
            case 0: (1, 2 * side - 1)
            case 1: (1 - 2 * side, 1)
            case 2: (-1, 1 - 2 * side)
            default: (2 * side - 1, -1)
            }
        let length = radius * Double.random(in: 0.3...1, using: &random)
        return (center.x + direction.0 * length, center.y + direction.1 * length)
    }
    return ring(corners)
}

/// The part of a ring inside a box, by cutting with one side after the other
/// (Sutherland and Hodgman 1974): an area that does not come from cells.
/// Parts may be joined along the sides of the box, which adds no area.
func clipped(_ ring: Ring, to box: BoundingBox) -> Ring {
    func cut(
        _ ring: [Coordinate], _ depth: (Coordinate) -> Double
    ) -> [Coordinate] {
        var result: [Coordinate] = []
        for (i, b) in ring.enumerated() {
            let a = ring[(i + ring.count - 1) % ring.count]
            let (da, db) = (depth(a), depth(b))
            if (da >= 0) != (db >= 0) {
                let t = da / (da - db)
                result.append(Coordinate(x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y)))
            }
            if db >= 0 { result.append(b) }
        }
        return result
    }
    var open = Array(ring.dropLast())
    open = cut(open) { $0.x - box.minX }
    open = cut(open) { box.maxX - $0.x }
    open = cut(open) { $0.y - box.minY }
    open = cut(open) { box.maxY - $0.y }
    return open + open.prefix(1)
}

/// Windows of at most `rows` x `columns` that tile a grid, row after row.
func tiles(of shape: Shape, rows: Int, columns: Int) -> [CellWindow] {
    stride(from: 0, to: shape.rows, by: rows).flatMap { row in
        stride(from: 0, to: shape.columns, by: columns).map { column in
            CellWindow(row: row, column: column, rows: rows, columns: columns)
                .intersection(CellWindow(shape))
        }
    }
}

/// The cells of a window, row after row.
func cells<Value>(of values: [Value], _ shape: Shape, in window: CellWindow) -> [Value] {
    (window.row..<window.row + window.rows).flatMap { row in
        let start = row * shape.columns + window.column
        return values[start..<start + window.columns]
    }
}
