import Diagnostics
import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How far apart two locations are.
public enum ScanDistance: Hashable, Sendable {
    /// Coordinates are metres in a plane.
    case planar
    /// Coordinates are longitude and latitude in degrees; distances run along
    /// great circles of a sphere. The default radius is the mean radius of
    /// the Earth, 6,371,008.8 m; programs with another radius report radii
    /// that differ in proportion.
    case greatCircle(sphereRadiusInMeters: Double = earthRadiusInMeters)

    /// Distances that differ by less than this part of them count as equal,
    /// and a distance that exceeds a radius by less than this part of it lies
    /// within: lattices and metres such as 3 x 0.1 do not come out exact.
    public static let relativeTolerance = 1e-9
}

/// Positions for whose distances only differences need to be taken: the
/// places themselves in a plane, unit vectors on a sphere, where the straight
/// line through the sphere stands for the arc.
struct DistancePoints: Sendable {
    let points: [SIMD4<Double>]
    /// 0 in a plane.
    private let sphereRadius: Double

    /// - Throws: `.unsuitableIncident` when a coordinate is not finite or
    ///   not a longitude and latitude, `.unsuitableParameter` for the radius
    ///   of the sphere.
    init(_ places: [Coordinate], distance: ScanDistance) throws(HotspotError) {
        if let i = places.firstIndex(where: { !($0.x.isFinite && $0.y.isFinite) }) {
            throw HotspotError(
                .unsuitableIncident, "location \(i) has no finite coordinates",
                mend: "Correct or leave out the location")
        }
        switch distance {
        case .planar:
            sphereRadius = 0
            points = places.map { SIMD4($0.x, $0.y, 0, 0) }
        case .greatCircle(let radius):
            guard radius > 0, radius.isFinite else {
                throw HotspotError(
                    .unsuitableParameter,
                    "the sphere has a radius of \(radius) m (expected more than 0)",
                    mend: "Leave the radius out to use that of the Earth")
            }
            if let i = places.firstIndex(where: {
                abs($0.latitude) > 90 || abs($0.longitude) > 360
            }) {
                throw HotspotError(
                    .unsuitableIncident,
                    "location \(i) at (\(places[i].x), \(places[i].y)) is no longitude "
                        + "and latitude",
                    mend: "Give degrees, longitude first, or choose planar distances")
            }
            sphereRadius = radius
            points = places.map { place in
                let longitude = place.longitude * .pi / 180
                let latitude = place.latitude * .pi / 180
                return SIMD4(
                    cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude),
                    0)
            }
        }
    }

    /// The square of the straight distance, in metres^2 or of unit vectors.
    @inline(__always)
    func squared(_ i: Int, _ j: Int) -> Double {
        let difference = points[i] - points[j]
        let squares = difference * difference
        return squares.x + squares.y + squares.z
    }

    /// The distance of two points in metres; the same from either side.
    func meters(_ i: Int, _ j: Int) -> Double { meters(squared: squared(i, j)) }

    func meters(squared: Double) -> Double {
        let straight = squared.squareRoot()
        return sphereRadius == 0 ? straight : 2 * sphereRadius * asin(min(1, straight / 2))
    }

    /// The straight distance, not squared, that no two points exceed that
    /// are at most `meters` apart; a little more than exact.
    func straightLimit(meters: Double) -> Double {
        let slack = 1 + 4 * ScanDistance.relativeTolerance
        guard sphereRadius > 0 else { return meters * slack }
        return 2 * sin(min(meters / (2 * sphereRadius), .pi / 2)) * slack
    }
}
