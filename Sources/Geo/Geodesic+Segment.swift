import CPROJ
import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The point of a geodesic segment that is nearest to a place.
public struct NearestOnSegment: Sendable, Hashable {
    /// Geodesic distance from the place to it, metres.
    public var distanceInMeters: Double
    /// How far along the segment it lies, metres from the first end.
    public var alongInMeters: Double

    public init(distanceInMeters: Double, alongInMeters: Double) {
        self.distanceInMeters = distanceInMeters
        self.alongInMeters = alongInMeters
    }
}

extension Geodesic {
    /// Steps shorter than this end the search: the distance then is right to
    /// far below a micrometre, because it is flat at the foot.
    private static let footToleranceInMeters = 1e-4

    /// Only places near the antipode of the segment need more.
    private static let mostFootSteps = 30

    /// The point of the geodesic from `start` to `end` nearest to `place`,
    /// WGS 84. Both ends may be one point.
    ///
    /// From a point of the line the foot of the perpendicular is found by
    /// Napier's rule on the sphere; with the ellipsoid's own distance and
    /// azimuth in each step this converges to the foot on the ellipsoid
    /// (Baselga and Martinez-Llario 2018, Intersection and point-to-line
    /// solutions for geodesics on the ellipsoid, Stud. Geophys. Geod. 62:
    /// 353-363). Not a number when a coordinate is none.
    public static func nearest(
        to place: Coordinate, onSegmentFrom start: Coordinate, to end: Coordinate
    ) -> NearestOnSegment {
        var geodesic = wgs84
        var line = geod_geodesicline()
        geod_inverseline(
            &line, &geodesic, start.latitude, start.longitude, end.latitude, end.longitude, 0)
        let length = line.s13
        guard length > 0 else {
            return NearestOnSegment(
                distanceInMeters: distanceInMeters(from: start, to: place), alongInMeters: 0)
        }
        let radius = 6_371_000.0
        var along = 0.0
        var distance = 0.0
        for _ in 0..<mostFootSteps {
            var latitude = 0.0
            var longitude = 0.0
            var heading = 0.0
            var bearing = 0.0
            geod_position(&line, along, &latitude, &longitude, &heading)
            geod_inverse(
                &geodesic, latitude, longitude, place.latitude, place.longitude, &distance,
                &bearing, nil)
            let angle = distance / radius
            let turn = (bearing - heading) * .pi / 180
            let step = atan2(sin(angle) * cos(turn), cos(angle)) * radius
            let next = max(0, min(length, along + step))
            guard abs(next - along) > footToleranceInMeters else { break }
            along = next
        }
        return NearestOnSegment(distanceInMeters: distance, alongInMeters: along)
    }
}
