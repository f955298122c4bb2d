import Geo
import GridCore

/// How positions of a map become metres on the ground.
public enum MapMeasure: Sendable, Hashable {
    /// Longitude and latitude in degrees: geodesics on the WGS 84 ellipsoid.
    case longitudeLatitude
    /// A plane; as true as its projection.
    case plane(metersPerUnit: Double)

    /// Length of a line.
    public func meters(_ line: [Coordinate]) -> Double {
        zip(line, line.dropFirst()).reduce(0) { $0 + meters(from: $1.0, to: $1.1) }
    }

    /// Distance of two positions.
    public func meters(from a: Coordinate, to b: Coordinate) -> Double {
        switch self {
        case .longitudeLatitude: return Geodesic.distanceInMeters(from: a, to: b)
        case .plane(let metersPerUnit):
            let x = b.x - a.x
            let y = b.y - a.y
            return (x * x + y * y).squareRoot() * metersPerUnit
        }
    }

    /// Area of polygons.
    public func squareMeters(_ polygons: MultiPolygon) -> Double {
        switch self {
        case .longitudeLatitude: Geodesic.areaInSquareMeters(of: polygons)
        case .plane(let metersPerUnit): polygons.planarArea * metersPerUnit * metersPerUnit
        }
    }
}

/// The plane in which distances around one seam are measured.
///
/// Longitude and latitude go to an equal-area plane around the seam, whose
/// distances are within 0.1 % up to 500 km from its centre; straight edges of
/// the map are first cut into short ones, so that they keep their course.
struct SeamPlane {
    /// nil when the map is a plane already.
    private let transforms: (there: CoordinateTransform, back: CoordinateTransform)?
    private let metersPerUnit: Double

    /// Longest edge in degrees: its chord leaves the parallel by less than
    /// 2 m up to 60 degrees of latitude.
    private static let stepInDegrees = 0.05

    init(_ measure: MapMeasure, around center: Coordinate) throws(GeoError) {
        switch measure {
        case .plane(let metersPerUnit):
            transforms = nil
            self.metersPerUnit = metersPerUnit
        case .longitudeLatitude:
            let plane = SpatialReference.equalArea(around: center)
            transforms = (
                try CoordinateTransform(from: .wgs84, to: plane),
                try CoordinateTransform(from: plane, to: .wgs84)
            )
            metersPerUnit = 1
        }
    }

    /// A length in the units of the plane.
    func units(ofMeters meters: Double) -> Double { meters / metersPerUnit }

    func area(_ polygons: MultiPolygon) throws(GeoError) -> PlaneGeometry {
        guard let there = transforms?.there else { return PlaneGeometry(polygons).madeValid }
        return PlaneGeometry(try there(polygons.densified(step: Self.stepInDegrees))).madeValid
    }

    func lines(_ lines: [[Coordinate]]) throws(GeoError) -> PlaneGeometry {
        guard let there = transforms?.there else { return PlaneGeometry(lines: lines) }
        var moved: [[Coordinate]] = []
        for line in lines {
            moved.append(try there(BorderLines.densified(line, step: Self.stepInDegrees)))
        }
        return PlaneGeometry(lines: moved)
    }

    func multiPolygon(_ geometry: PlaneGeometry) throws(GeoError) -> MultiPolygon {
        let polygons = geometry.multiPolygon
        guard let back = transforms?.back else { return polygons }
        return try back(polygons)
    }

    func lines(_ geometry: PlaneGeometry) throws(GeoError) -> [[Coordinate]] {
        let lines = geometry.lines
        guard let back = transforms?.back else { return lines }
        var moved: [[Coordinate]] = []
        for line in lines { moved.append(try back(line)) }
        return moved
    }
}
