import Geo
import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A way of geodesic segments that places are measured against.
struct RouteLine {
    let coordinates: [Coordinate]
    /// Metres from the first point to each.
    let positions: [Double]
    /// One box around each run of segments.
    private let boxes: [BoundingBox]

    /// Segments in one box.
    private static let run = 32

    /// Metres in a degree of latitude at the equator, where it is shortest,
    /// and of longitude times the cosine of the latitude; both rounded down
    /// (WGS 84).
    private static let shortestMetersPerDegreeOfLatitude = 110_574.0
    private static let shortestMetersPerDegreeOfLongitude = 111_319.0

    /// Precondition: at least one coordinate.
    init(_ coordinates: [Coordinate]) {
        precondition(!coordinates.isEmpty, "a way without points")
        self.coordinates = coordinates
        var positions = [0.0]
        positions.reserveCapacity(coordinates.count)
        var total = 0.0
        for (start, end) in zip(coordinates, coordinates.dropFirst()) {
            total += Geodesic.distanceInMeters(from: start, to: end)
            positions.append(total)
        }
        self.positions = positions
        let segments = max(1, coordinates.count - 1)
        boxes = stride(from: 0, to: segments, by: Self.run).map { first in
            let last = min(segments, first + Self.run)
            return (first..<last).reduce(Self.box(of: first, in: coordinates)) {
                $0.union(Self.box(of: $1, in: coordinates))
            }
        }
    }

    var lengthInMeters: Double { positions.last ?? 0 }

    /// The place of the way nearest to `place`: the distance to it and its
    /// position from the start, both in metres; of equally near ones the
    /// first. nil when none is within `limit`.
    func nearest(to place: Coordinate, within limit: Double) -> NearestOnSegment? {
        let margin = Self.margin(of: limit, at: place)
        let segments = max(1, coordinates.count - 1)
        var best: NearestOnSegment?
        for (index, box) in boxes.enumerated() where Self.contains(box, place, margin) {
            for segment in index * Self.run..<min(segments, (index + 1) * Self.run) {
                let own = Self.box(of: segment, in: coordinates)
                guard Self.contains(own, place, margin) else { continue }
                let end = coordinates[min(segment + 1, coordinates.count - 1)]
                let found = Geodesic.nearest(
                    to: place, onSegmentFrom: coordinates[segment], to: end)
                guard found.distanceInMeters <= limit,
                    found.distanceInMeters < best?.distanceInMeters ?? .infinity
                else { continue }
                best = NearestOnSegment(
                    distanceInMeters: found.distanceInMeters,
                    alongInMeters: positions[segment] + found.alongInMeters)
            }
        }
        return best
    }

    /// The point `meters` from the start along the way, on the straight line
    /// between its neighbours in degrees: for drawing and for finding cells.
    func coordinate(at meters: Double) -> Coordinate {
        guard let next = positions.firstIndex(where: { $0 >= meters }), next > 0 else {
            return meters <= 0 ? coordinates[0] : coordinates[coordinates.count - 1]
        }
        let length = positions[next] - positions[next - 1]
        let share = length > 0 ? (meters - positions[next - 1]) / length : 0
        let a = coordinates[next - 1]
        let b = coordinates[next]
        return Coordinate(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
    }

    /// A box that holds the segment, which bends out of that of its ends: at
    /// most by the square of its width over 16 (in radians), reached at 45
    /// degrees of latitude; doubled here, so that the ellipsoid fits as well.
    private static func box(of segment: Int, in coordinates: [Coordinate]) -> BoundingBox {
        let a = coordinates[segment]
        let b = coordinates[min(segment + 1, coordinates.count - 1)]
        let width = (a.x - b.x) * .pi / 180
        let bend = width * width / 8 * 180 / .pi
        return BoundingBox(
            minX: min(a.x, b.x), minY: min(a.y, b.y) - bend, maxX: max(a.x, b.x),
            maxY: max(a.y, b.y) + bend)
    }

    /// Degrees that `limit` metres from `place` cannot exceed.
    private static func margin(of limit: Double, at place: Coordinate) -> Coordinate {
        let latitude = limit / shortestMetersPerDegreeOfLatitude
        let farthest = min(90, abs(place.y) + latitude)
        let shrink = cos(farthest * .pi / 180)
        let longitude =
            shrink > 0.01 ? limit / (shortestMetersPerDegreeOfLongitude * shrink) : 360
        return Coordinate(x: longitude, y: latitude)
    }

    private static func contains(
        _ box: BoundingBox, _ place: Coordinate, _ margin: Coordinate
    ) -> Bool {
        place.x >= box.minX - margin.x && place.x <= box.maxX + margin.x
            && place.y >= box.minY - margin.y && place.y <= box.maxY + margin.y
    }
}
