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
        let handles = zones.map { PlaneGeometry($0) }
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
                let common = PlaneGeometry(adopting: shared).multiPolygon
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
        let handles = second.map { PlaneGeometry($0).madeValid }
        var pairs: [(first: Int, second: Int, squareMeters: Double)] = []
        defer { withExtendedLifetime(handles) {} }
        for (row, area) in first.enumerated() {
            guard let box = area.boundingBox else { continue }
            let handle = PlaneGeometry(area).madeValid
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
                let common = PlaneGeometry(adopting: shared).multiPolygon
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
        return PlaneGeometry(area).madeValid.multiPolygon
    }
}
