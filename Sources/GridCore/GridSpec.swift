/// Where the cells of a grid lie: GDAL's six numbers.
///
/// `x = originX + column * cellWidth + row * rowRotation`,
/// `y = originY + column * columnRotation + row * cellHeight`, for the upper
/// left corner of a cell. North-up grids have no rotation, `cellWidth > 0`
/// and `cellHeight < 0`.
public struct Geotransform: Hashable, Sendable, Codable {
    public var originX: Double
    public var cellWidth: Double
    public var rowRotation: Double
    public var originY: Double
    public var columnRotation: Double
    public var cellHeight: Double

    public init(
        originX: Double, cellWidth: Double, rowRotation: Double = 0, originY: Double,
        columnRotation: Double = 0, cellHeight: Double
    ) {
        self.originX = originX
        self.cellWidth = cellWidth
        self.rowRotation = rowRotation
        self.originY = originY
        self.columnRotation = columnRotation
        self.cellHeight = cellHeight
    }

    public var isNorthUp: Bool {
        rowRotation == 0 && columnRotation == 0 && cellWidth > 0 && cellHeight < 0
    }
}

/// A coordinate reference system as the grid core sees it: a text to compare,
/// such as `EPSG:4326` or WKT. Only `Geo` knows what it means.
public struct CRSIdentifier: Hashable, Sendable, Codable, CustomStringConvertible {
    public var text: String
    public init(_ text: String) { self.text = text }
    public static let wgs84 = CRSIdentifier("EPSG:4326")
    public var description: String { text }
}

/// Shape, position and CRS of a grid.
public struct GridSpec: Hashable, Sendable, Codable {
    public var shape: Shape
    public var geotransform: Geotransform
    public var crs: CRSIdentifier

    public init(shape: Shape, geotransform: Geotransform, crs: CRSIdentifier) {
        self.shape = shape
        self.geotransform = geotransform
        self.crs = crs
    }

    /// The outer edges. Precondition: north-up.
    public var boundingBox: BoundingBox {
        precondition(geotransform.isNorthUp, "boundingBox needs a north-up grid")
        return BoundingBox(
            minX: geotransform.originX,
            minY: geotransform.originY + Double(shape.rows) * geotransform.cellHeight,
            maxX: geotransform.originX + Double(shape.columns) * geotransform.cellWidth,
            maxY: geotransform.originY)
    }

    /// Centre of a cell.
    public func center(of cell: CellIndex) -> Coordinate {
        let column = Double(cell.column) + 0.5
        let row = Double(cell.row) + 0.5
        return Coordinate(
            x: geotransform.originX + column * geotransform.cellWidth
                + row * geotransform.rowRotation,
            y: geotransform.originY + column * geotransform.columnRotation
                + row * geotransform.cellHeight)
    }

    /// The cell that holds a coordinate; nil outside. Cells are half-open:
    /// west and south edges belong to the cell, and the outermost north and
    /// east edges of the grid to its last cells. Precondition: north-up.
    public func cell(containing c: Coordinate) -> CellIndex? {
        let box = boundingBox
        guard box.contains(c) else { return nil }
        let column = ((c.x - box.minX) / geotransform.cellWidth).rounded(.down)
        let rowFromSouth = ((c.y - box.minY) / -geotransform.cellHeight).rounded(.down)
        return CellIndex(
            row: shape.rows - 1 - min(Int(rowFromSouth), shape.rows - 1),
            column: min(Int(column), shape.columns - 1))
    }
}
