import CPROJ
import GridCore

/// Distances and areas on the WGS 84 ellipsoid, from longitude and latitude
/// in degrees (Karney 2013, J. Geod. 87: 43-55, as in PROJ).
public enum Geodesic {
    /// Length of the shortest path on the ellipsoid, metres.
    public static func distanceInMeters(from a: Coordinate, to b: Coordinate) -> Double {
        var geodesic = wgs84
        var distance = 0.0
        geod_inverse(
            &geodesic, a.latitude, a.longitude, b.latitude, b.longitude, &distance, nil, nil)
        return distance
    }

    /// Area of exteriors less holes, whatever way the rings run, in square
    /// metres; edges are geodesics.
    public static func areaInSquareMeters(of polygons: MultiPolygon) -> Double {
        polygons.polygons.reduce(0) { sum, polygon in
            sum + area(of: polygon.exterior) - polygon.holes.reduce(0) { $0 + area(of: $1) }
        }
    }

    private static func area(of ring: Ring) -> Double {
        guard ring.count >= 4 else { return 0 }
        var geodesic = wgs84
        var latitudes = ring.dropLast().map(\.latitude)
        var longitudes = ring.dropLast().map(\.longitude)
        var area = 0.0
        geod_polygonarea(
            &geodesic, &latitudes, &longitudes, Int32(latitudes.count), &area, nil)
        return abs(area)
    }

    static let wgs84: geod_geodesic = {
        var geodesic = geod_geodesic()
        geod_init(&geodesic, 6_378_137, 1 / 298.257_223_563)
        return geodesic
    }()
}
