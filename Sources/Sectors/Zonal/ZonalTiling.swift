import GridCore

/// The parts in which a raster is summed over zones.
///
/// Sums of floating-point numbers depend on their order, so the order is a
/// matter of the grid alone: each zone is summed by tiles of `tileRows` rows
/// in strips of `stripColumns` columns, the tiles of a strip are added from
/// north to south and the strips from west to east. Workers read units: whole
/// tiles that also suit the blocks of the file. Neither the blocks nor the
/// threads can be seen in the result.
struct ZonalTiling: Sendable {
    static let tileRows = 64
    static let stripColumns = 4096
    /// Cells of a unit where the blocks allow it: 4 MB of Float32.
    private static let unitCells = 1 << 20
    /// A taller block is read in several units.
    private static let largestUnitRows = 4096

    let shape: Shape
    private let unit: Shape
    private let unitsPerRow: Int

    /// - Parameter block: cells that the file stores together.
    init(shape: Shape, block: Shape) {
        self.shape = shape
        let blockRows = min(max(block.rows, 1), min(shape.rows, Self.largestUnitRows))
        let rows = Self.roundedUp(blockRows, Self.tileRows)
        // Rows that are stored whole are decoded whole.
        let wanted = max(
            Self.unitCells / rows, min(block.columns, shape.columns, 16 * Self.unitCells / rows))
        let columns = max(1, wanted / Self.stripColumns) * Self.stripColumns
        unit = Shape(rows: rows, columns: columns)
        unitsPerRow = (shape.columns + columns - 1) / columns
    }

    /// Number of units.
    var count: Int { unitsPerRow * ((shape.rows + unit.rows - 1) / unit.rows) }

    /// Unit `index`: row after row of units, west to east.
    subscript(index: Int) -> CellWindow {
        CellWindow(
            row: index / unitsPerRow * unit.rows, column: index % unitsPerRow * unit.columns,
            rows: unit.rows, columns: unit.columns
        ).intersection(CellWindow(shape))
    }

    /// The tiles of a unit, strip after strip, each from north to south.
    func tiles(of unit: CellWindow) -> [(strip: Int, window: CellWindow)] {
        let strips = stride(
            from: unit.column, to: unit.column + unit.columns, by: Self.stripColumns)
        return strips.flatMap { column in
            stride(from: unit.row, to: unit.row + unit.rows, by: Self.tileRows).map { row in
                let tile = CellWindow(
                    row: row, column: column, rows: Self.tileRows, columns: Self.stripColumns)
                return (column / Self.stripColumns, tile.intersection(unit))
            }
        }
    }

    private static func roundedUp(_ number: Int, _ step: Int) -> Int {
        (number + step - 1) / step * step
    }
}
