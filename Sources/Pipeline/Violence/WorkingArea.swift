import Diagnostics
import Geo
import GridCore
import Sectors

/// The metric, equal-area grid that violence is counted on, and how places
/// get onto it.
struct WorkingArea: Sendable {
    let spec: GridSpec
    /// 1 where a cell touches a sector.
    let mask: Grid<UInt8>
    /// Sectors in grid coordinates, in their order.
    let sectors: [MultiPolygon]
    /// Longest edge of a zone that is projected as one straight line, degrees.
    static let edgeStep = 0.05
    /// Beyond this the equal-area projection distorts distances too much.
    static let longestReach = 2_000_000.0
    static let mostCells = 50_000_000

    /// A grid of square cells around the sectors with `margin` metres on
    /// every side, aligned to whole cells from the centre of the area.
    init(sectors: ZoneSet, cell: Double, margin: Double) throws {
        guard let box = sectors.boundingBox else {
            throw PipelineError(
                .wrongGeometry, at: Place(file: sectors.file), "the sectors have no area",
                mend: "Give polygons")
        }
        let crs = SpatialReference.equalArea(
            around: Coordinate(
                x: (box.center.x * 100).rounded() / 100, y: (box.center.y * 100).rounded() / 100))
        let transform = try CoordinateTransform(from: .wgs84, to: crs)
        var projected: [MultiPolygon] = []
        for zone in sectors.zones {
            projected.append(try transform(zone.area.densified(step: Self.edgeStep)))
        }
        guard let area = BoundingBox(projected.lazy.flatMap { $0.polygons.flatMap(\.exterior) })
        else { preconditionFailure("zones with a bounding box have rings") }
        guard max(abs(area.minX), area.maxX, abs(area.minY), area.maxY) <= Self.longestReach else {
            throw PipelineError(
                .wrongGeometry, at: Place(file: sectors.file),
                "the sectors reach more than \(Int(Self.longestReach / 1000)) km from their centre, "
                    + "too far for distances in one projection",
                mend: "Run parts of the area one by one")
        }
        let wide = area.expanded(by: margin)
        let left = (wide.minX / cell).rounded(.down)
        let top = (wide.maxY / cell).rounded(.up)
        let columns = Int((wide.maxX / cell).rounded(.up) - left)
        let rows = Int(top - (wide.minY / cell).rounded(.down))
        guard rows * columns <= Self.mostCells else {
            throw PipelineError(
                .notEnoughMemory, at: Place(field: "hotspots.cell"),
                "a cell of \(cell) m makes a grid of \(rows) x \(columns) cells (at most "
                    + "\(Self.mostCells) in all)",
                mend: "Choose larger cells")
        }
        let spec = GridSpec(
            shape: Shape(rows: rows, columns: columns),
            geotransform: Geotransform(
                originX: left * cell, cellWidth: cell, originY: top * cell, cellHeight: -cell),
            crs: crs)
        var mask = Grid<UInt8>(spec, filledWith: 0)
        for sector in projected {
            let coverage = CellCoverage(of: sector, on: spec)
            coverage.forEachCell { cell, _ in mask[cell] = 1 }
        }
        self.spec = spec
        self.mask = mask
        self.sectors = projected
    }
}
