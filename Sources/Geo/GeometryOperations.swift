import CGDAL
import Diagnostics
import GridCore

/// Set operations on polygons, by GEOS through OGR. Values in, values out.
public enum GeometryOperations {
    /// Pairs of zones that share area, with the shared area on the ellipsoid
    /// in square metres, in the order of their indices. Zones in longitude
    /// and latitude.
    ///
    /// - Throws: `GeoError` when two zones cannot be intersected because one
    ///   of them is not valid, such as by crossing itself.
    public static func overlaps(of zones: [MultiPolygon]) throws(GeoError)
        -> [(first: Int, second: Int, squareMeters: Double)]
    {
        GDALRuntime.start()
        let handles = zones.map { GeometryHandle($0) }
        let boxes = zones.map(\.boundingBox)
        var pairs: [(first: Int, second: Int, squareMeters: Double)] = []
        defer { withExtendedLifetime(handles) {} }
        for first in zones.indices {
            for second in zones.indices.dropFirst(first + 1) {
                guard let a = boxes[first], let b = boxes[second], a.intersects(b) else { continue }
                let (shared, errors) = captureGDALErrors {
                    OGR_G_Intersection(handles[first].raw, handles[second].raw)
                }
                guard let shared else {
                    throw GeoError(
                        .invalidGeometry,
                        "two zones (numbers \(first + 1) and \(second + 1)) cannot be intersected "
                            + "(\(errors.summary))",
                        mend: "Mend the polygons in a GIS (QGIS: Fix geometries)")
                }
                let common = GeometryHandle(adopting: shared).multiPolygon
                let area = Geodesic.areaInSquareMeters(of: common)
                if area > 0 { pairs.append((first, second, area)) }
            }
        }
        return pairs
    }

    /// Pairs of one area of `first` and one of `second` that share area, with
    /// the shared area on the ellipsoid in square metres, in the order of
    /// their indices. Areas in longitude and latitude; one that is not valid,
    /// such as by touching itself, is taken as the area that its rings
    /// enclose.
    ///
    /// - Throws: `GeoError` when two areas cannot be intersected.
    public static func overlaps(
        between first: [MultiPolygon], and second: [MultiPolygon]
    ) throws(GeoError) -> [(first: Int, second: Int, squareMeters: Double)] {
        GDALRuntime.start()
        let boxes = second.map(\.boundingBox)
        let handles = second.map { GeometryHandle($0).madeValid }
        var pairs: [(first: Int, second: Int, squareMeters: Double)] = []
        defer { withExtendedLifetime(handles) {} }
        for (row, area) in first.enumerated() {
            guard let box = area.boundingBox else { continue }
            let handle = GeometryHandle(area).madeValid
            for (column, other) in handles.enumerated() {
                guard let otherBox = boxes[column], box.intersects(otherBox) else { continue }
                let (shared, errors) = captureGDALErrors {
                    OGR_G_Intersection(handle.raw, other.raw)
                }
                guard let shared else {
                    throw GeoError(
                        .invalidGeometry,
                        "two areas (numbers \(row + 1) and \(column + 1)) cannot be intersected "
                            + "(\(errors.summary))",
                        mend: "Mend the polygons in a GIS (QGIS: Fix geometries)")
                }
                let common = GeometryHandle(adopting: shared).multiPolygon
                let area = Geodesic.areaInSquareMeters(of: common)
                if area > 0 { pairs.append((row, column, area)) }
            }
        }
        return pairs
    }

    /// The area that the rings of a polygon enclose, as valid polygons; a
    /// valid one is returned as it is, but for the order of its positions.
    /// Longitude and latitude, or any plane.
    public static func repaired(_ area: MultiPolygon) -> MultiPolygon {
        GDALRuntime.start()
        return GeometryHandle(area).madeValid.multiPolygon
    }
}

/// Owns one OGR geometry.
private final class GeometryHandle {
    let raw: OGRGeometryH?

    init(adopting raw: OGRGeometryH) { self.raw = raw }

    init(_ polygons: MultiPolygon) {
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

    deinit { OGR_G_DestroyGeometry(raw) }

    /// The same area by valid rings; itself when it is valid.
    var madeValid: GeometryHandle {
        let (valid, _) = captureGDALErrors {
            OGR_G_IsValid(raw) == 0 ? OGR_G_MakeValid(raw) : nil
        }
        return valid.map { GeometryHandle(adopting: $0) } ?? self
    }

    /// The polygons in the geometry; points and lines are left out.
    var multiPolygon: MultiPolygon { MultiPolygon(Self.polygons(in: raw)) }

    private static func polygons(in geometry: OGRGeometryH?) -> [Polygon] {
        guard let geometry else { return [] }
        let parts = (0..<OGR_G_GetGeometryCount(geometry)).map {
            OGR_G_GetGeometryRef(geometry, $0)
        }
        guard OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon else {
            return parts.flatMap { polygons(in: $0) }
        }
        let rings = parts.compactMap { $0 }.map { ring in
            (0..<OGR_G_GetPointCount(ring)).map {
                Coordinate(x: OGR_G_GetX(ring, $0), y: OGR_G_GetY(ring, $0))
            }
        }
        guard let exterior = rings.first else { return [] }
        return [Polygon(exterior: exterior, holes: Array(rings.dropFirst()))]
    }
}
