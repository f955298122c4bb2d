import Diagnostics
import Geo
import GridCore

/// How coordinates become metres on the ground.
public enum GroundMetric: Hashable, Sendable {
    /// Longitude and latitude in degrees: the shortest path on the WGS 84
    /// ellipsoid (Karney 2013).
    case geodesic
    /// A plane: Euclidean distance times the metres of one unit.
    case planar(metersPerUnit: Double)

    /// Geodesic for a geographic CRS, planar in its own units for a projected
    /// one.
    ///
    /// - Throws: `TravelError` for a CRS that PROJ does not know or whose
    ///   units have no length.
    public init(_ crs: CRSIdentifier) throws(TravelError) {
        let reference: SpatialReference
        do {
            reference = try SpatialReference(crs)
        } catch {
            throw TravelError(
                .unsuitableGrid, at: Place(field: "travel grid"), error.cause, mend: error.mend)
        }
        guard let unit = reference.metersPerUnit else {
            self = .geodesic
            return
        }
        guard unit.isFinite, unit > 0 else {
            throw TravelError(
                .unsuitableGrid, at: Place(field: "travel grid"),
                "the units of its CRS have no length (found \(unit) metres per unit)",
                mend: "Warp the layers to longitude and latitude or to a CRS in metres")
        }
        self = .planar(metersPerUnit: unit)
    }

    /// Metres between two coordinates.
    public func distanceInMeters(from a: Coordinate, to b: Coordinate) -> Double {
        switch self {
        case .geodesic: Geodesic.distanceInMeters(from: a, to: b)
        case .planar(let metersPerUnit):
            (((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y))).squareRoot() * metersPerUnit
        }
    }
}
