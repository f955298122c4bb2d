import Geo
import GridCore

extension WorkingArea {
    /// Borders around, from longitude and latitude to grid coordinates, to be
    /// drawn for orientation.
    ///
    /// Polygons that do not come near the grid are left out, and so are those
    /// that its projection cannot hold.
    func projected(_ borders: [MultiPolygon]) throws -> [MultiPolygon] {
        guard !borders.isEmpty else { return [] }
        let box = spec.boundingBox
        let corners = [
            Coordinate(x: box.minX, y: box.minY), Coordinate(x: box.maxX, y: box.minY),
            Coordinate(x: box.maxX, y: box.maxY), Coordinate(x: box.minX, y: box.maxY),
        ]
        let back = try CoordinateTransform(from: spec.crs, to: .wgs84)
        guard let seen = BoundingBox(try back(corners))?.expanded(by: Self.marginInDegrees) else {
            return []
        }
        let transform = try CoordinateTransform(from: .wgs84, to: spec.crs)
        return borders.compactMap { border in
            let near = border.polygons.filter { polygon in
                BoundingBox(polygon.exterior).map(seen.intersects) ?? false
            }
            return near.isEmpty ? nil : try? transform(MultiPolygon(near))
        }
    }

    /// The sides of the grid are no parallels and meridians.
    private static let marginInDegrees = 1.0
}
