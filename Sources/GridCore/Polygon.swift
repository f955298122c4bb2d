/// A closed ring of coordinates: first and last are equal, at least four.
public typealias Ring = [Coordinate]

/// One exterior ring and the holes in it.
public struct Polygon: Hashable, Sendable, Codable {
    public var exterior: Ring
    public var holes: [Ring]

    public init(exterior: Ring, holes: [Ring] = []) {
        self.exterior = exterior
        self.holes = holes
    }

    public var rings: [Ring] { [exterior] + holes }
}

/// Polygons whose interiors do not overlap. Empty = no area.
public struct MultiPolygon: Hashable, Sendable, Codable {
    public var polygons: [Polygon]

    public init(_ polygons: [Polygon] = []) { self.polygons = polygons }

    public var isEmpty: Bool { polygons.isEmpty }

    /// The smallest box around the exterior rings; nil when empty.
    public var boundingBox: BoundingBox? {
        BoundingBox(polygons.lazy.flatMap(\.exterior))
    }

    /// The same polygons with every coordinate mapped.
    public func mapCoordinates(_ transform: (Coordinate) throws -> Coordinate) rethrows
        -> MultiPolygon
    {
        MultiPolygon(
            try polygons.map { polygon in
                Polygon(
                    exterior: try polygon.exterior.map(transform),
                    holes: try polygon.holes.map { try $0.map(transform) })
            })
    }
}

extension Ring {
    /// Signed planar area by the shoelace rule: positive when the ring runs
    /// counter-clockwise. Units: those of the coordinates, squared.
    ///
    /// The first vertex is the origin of the products, so that a small ring
    /// far from (0, 0) keeps its digits.
    public var signedArea: Double {
        guard let origin = first, count >= 4 else { return 0 }
        var twice = 0.0
        for i in 1..<(count - 1) {
            let a = self[i]
            let b = self[i + 1]
            twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        }
        return twice / 2
    }
}

extension MultiPolygon {
    /// Planar area: exteriors less holes, whatever way the rings run.
    public var planarArea: Double {
        polygons.reduce(0) { sum, polygon in
            sum + abs(polygon.exterior.signedArea)
                - polygon.holes.reduce(0) { $0 + abs($1.signedArea) }
        }
    }

    /// Whether a point is inside, by counting crossings over all rings. A
    /// point exactly on a boundary belongs to the polygon on its north or east
    /// side, so that polygons sharing an edge never both claim it.
    public func contains(_ point: Coordinate) -> Bool {
        var inside = false
        for polygon in polygons {
            for ring in polygon.rings {
                for i in 0..<(ring.count - 1) {
                    let a = ring[i]
                    let b = ring[i + 1]
                    guard (a.y > point.y) != (b.y > point.y) else { continue }
                    // Taken from the lower end whatever way the ring runs, so
                    // that two rings along one edge round alike.
                    let (low, high) = a.y < b.y ? (a, b) : (b, a)
                    let x = low.x + (point.y - low.y) / (high.y - low.y) * (high.x - low.x)
                    if point.x < x { inside.toggle() }
                }
            }
        }
        return inside
    }
}
