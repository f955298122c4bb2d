import CGDAL
import Diagnostics
import GridCore

/// Areas and lines in a plane, with set operations by GEOS through OGR.
///
/// Coordinates are taken as they are; lengths and areas are in their units.
/// Owns one OGR geometry. Not Sendable: one per thread.
public final class PlaneGeometry {
    let raw: OGRGeometryH?

    init(adopting raw: OGRGeometryH) { self.raw = raw }

    /// Areas.
    public init(_ polygons: MultiPolygon) {
        GDALRuntime.start()
        raw = OGR_G_CreateGeometry(wkbMultiPolygon)
        for polygon in polygons.polygons {
            let shape = OGR_G_CreateGeometry(wkbPolygon)
            for ring in polygon.rings {
                let line = OGR_G_CreateGeometry(wkbLinearRing)
                for position in ring { OGR_G_AddPoint_2D(line, position.x, position.y) }
                OGR_G_AddGeometryDirectly(shape, line)
            }
            OGR_G_AddGeometryDirectly(raw, shape)
        }
    }

    /// Lines of two or more positions each.
    public init(lines: [[Coordinate]]) {
        GDALRuntime.start()
        raw = OGR_G_CreateGeometry(wkbMultiLineString)
        for positions in lines {
            let line = OGR_G_CreateGeometry(wkbLineString)
            for position in positions { OGR_G_AddPoint_2D(line, position.x, position.y) }
            OGR_G_AddGeometryDirectly(raw, line)
        }
    }

    deinit { OGR_G_DestroyGeometry(raw) }

    /// The same area by valid rings; itself when it is valid.
    public var madeValid: PlaneGeometry {
        let (valid, _) = captureGDALErrors {
            OGR_G_IsValid(raw) == 0 ? OGR_G_MakeValid(raw) : nil
        }
        return valid.map { PlaneGeometry(adopting: $0) } ?? self
    }

    /// Whether there is neither area nor line nor point.
    public var isEmpty: Bool { OGR_G_IsEmpty(raw) != 0 }

    /// The polygons in the geometry; points and lines are left out.
    public var multiPolygon: MultiPolygon { MultiPolygon(Self.polygons(in: raw)) }

    /// The lines in the geometry; points and polygons are left out.
    public var lines: [[Coordinate]] { Self.lines(in: raw) }

    /// What both have in common.
    ///
    /// - Throws: `GeoError` when GEOS finds no answer, as of areas that are
    ///   not valid; so do the other operations.
    public func intersection(_ other: PlaneGeometry) throws(GeoError) -> PlaneGeometry {
        try made("intersected") { OGR_G_Intersection(raw, other.raw) }
    }

    /// What this has and the other has not.
    public func subtracting(_ other: PlaneGeometry) throws(GeoError) -> PlaneGeometry {
        try made("subtracted") { OGR_G_Difference(raw, other.raw) }
    }

    /// The outlines of the areas, holes included.
    public func boundary() throws(GeoError) -> PlaneGeometry {
        try made("outlined") { OGR_G_Boundary(raw) }
    }

    /// All that is at most `distance` away, round at the ends, with arcs of
    /// `segmentsPerQuadrant` chords per quarter turn.
    public func buffered(
        by distance: Double, segmentsPerQuadrant: Int
    ) throws(GeoError) -> PlaneGeometry {
        try made("widened") { OGR_G_Buffer(raw, distance, Int32(segmentsPerQuadrant)) }
    }

    private func made(
        _ action: String, _ operation: () -> OGRGeometryH?
    ) throws(GeoError) -> PlaneGeometry {
        let (result, errors) = captureGDALErrors { operation() }
        guard let result else {
            throw GeoError(
                .invalidGeometry, "areas or lines cannot be \(action) (\(errors.summary))",
                mend: "Mend the polygons in a GIS (QGIS: Fix geometries)")
        }
        return PlaneGeometry(adopting: result)
    }

    private static func parts(of geometry: OGRGeometryH) -> [OGRGeometryH] {
        (0..<OGR_G_GetGeometryCount(geometry)).compactMap { OGR_G_GetGeometryRef(geometry, $0) }
    }

    private static func positions(of geometry: OGRGeometryH) -> [Coordinate] {
        (0..<OGR_G_GetPointCount(geometry)).map {
            Coordinate(x: OGR_G_GetX(geometry, $0), y: OGR_G_GetY(geometry, $0))
        }
    }

    private static func polygons(in geometry: OGRGeometryH?) -> [Polygon] {
        guard let geometry else { return [] }
        let parts = parts(of: geometry)
        guard OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon else {
            return parts.flatMap { polygons(in: $0) }
        }
        let rings = parts.map { positions(of: $0) }
        guard let exterior = rings.first else { return [] }
        return [Polygon(exterior: exterior, holes: Array(rings.dropFirst()))]
    }

    private static func lines(in geometry: OGRGeometryH?) -> [[Coordinate]] {
        guard let geometry else { return [] }
        switch OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) {
        case wkbLineString: return [positions(of: geometry)]
        case wkbPolygon: return []
        default: return parts(of: geometry).flatMap { lines(in: $0) }
        }
    }
}
