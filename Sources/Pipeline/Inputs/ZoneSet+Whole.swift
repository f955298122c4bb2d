import Geo
import GridCore

extension ZoneSet {
    /// One zone: the whole area of a grid, for pipelines without sectors.
    ///
    /// - Throws: `GeoError` when a corner of the grid is nowhere on Earth.
    static func whole(_ spec: GridSpec) throws -> ZoneSet {
        let box = spec.boundingBox
        let corners = [
            (box.minX, box.minY), (box.maxX, box.minY), (box.maxX, box.maxY), (box.minX, box.maxY),
            (box.minX, box.minY),
        ].map { Coordinate(x: $0.0, y: $0.1) }
        // Edges of a projected grid are curves in longitude and latitude.
        let step = max(box.maxX - box.minX, box.maxY - box.minY) / 64
        let outline = MultiPolygon([Polygon(exterior: corners)]).densified(step: step)
        let area = try CoordinateTransform(from: spec.crs, to: .wgs84)(outline)
        return ZoneSet(
            file: "", zones: [
                Zone(
                    id: "all", name: "Area of the rasters", area: area,
                    areaInSquareMeters: Geodesic.areaInSquareMeters(of: area))
            ], isApproximate: false)
    }
}
