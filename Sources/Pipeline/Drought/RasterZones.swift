import Geo
import GridCore
import Sectors

/// Zones on the grid of a raster.
enum RasterZones {
    /// Longest edge that is projected as one straight line, degrees.
    static let edgeStep = 0.05

    /// The zones in the coordinates of a raster.
    static func projected(_ zones: ZoneSet, to spec: GridSpec) throws -> [MultiPolygon] {
        let target = try SpatialReference(spec.crs)
        let transform = try CoordinateTransform(from: .wgs84, to: spec.crs)
        // Edges of a geographic raster are straight in longitude and
        // latitude, like those of the zones.
        return try zones.zones.map { zone in
            try transform(target.isGeographic ? zone.area : zone.area.densified(step: edgeStep))
        }
    }

    /// Exact cover of the zones, sets one after the other, with the area of
    /// each cell.
    static func index(_ sets: [ZoneSet], on spec: GridSpec) throws -> ZoneIndex {
        let zones = try sets.flatMap { try projected($0, to: spec) }
        return ZoneIndex(zones: zones, spec: spec, cellAreas: try CellAreas(of: spec))
    }
}
