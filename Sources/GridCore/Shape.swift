/// Size of a grid. Order everywhere: rows, then columns.
public struct Shape: Hashable, Sendable, Codable {
    public var rows: Int
    public var columns: Int

    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Number of cells.
    @inlinable public var count: Int { rows * columns }
    public var isEmpty: Bool { rows <= 0 || columns <= 0 }
}

/// A cell by row (0 = first row of the grid, north in a north-up raster) and
/// column (0 = west).
public struct CellIndex: Hashable, Sendable, Codable {
    public var row: Int
    public var column: Int

    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// A rectangle of cells: rows `row ..< row + rows`, columns likewise.
public struct CellWindow: Hashable, Sendable {
    public var row: Int
    public var column: Int
    public var rows: Int
    public var columns: Int

    public init(row: Int, column: Int, rows: Int, columns: Int) {
        self.row = row
        self.column = column
        self.rows = rows
        self.columns = columns
    }

    /// The whole of a grid.
    public init(_ shape: Shape) {
        self.init(row: 0, column: 0, rows: shape.rows, columns: shape.columns)
    }

    public var shape: Shape { Shape(rows: rows, columns: columns) }
    @inlinable public var count: Int { rows * columns }
    public var isEmpty: Bool { rows <= 0 || columns <= 0 }

    /// The cells that both windows hold; empty when they do not meet.
    public func intersection(_ other: CellWindow) -> CellWindow {
        let top = max(row, other.row)
        let left = max(column, other.column)
        let bottom = min(row + rows, other.row + other.rows)
        let right = min(column + columns, other.column + other.columns)
        return CellWindow(
            row: top, column: left, rows: max(0, bottom - top), columns: max(0, right - left))
    }
}
