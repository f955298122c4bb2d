import GridCore

/// Incidents and valid cells within a distance band, for one row at a time.
struct NeighbourhoodCounts: Sendable {
    let shape: Shape
    /// The number of valid cells, n.
    let validCells: Int
    /// The units in all valid cells.
    let totalUnits: Int64
    private let band: DistanceBand
    /// Running totals along each row; a row has one more than columns.
    private let units: [Int64]
    private let valid: [Int32]

    /// Values of cells that are not valid count 0.
    init(units values: Grid<Int64>, valid mask: Grid<UInt8>, band: DistanceBand) {
        let shape = values.shape
        self.shape = shape
        self.band = band
        let columns = shape.columns
        var units = [Int64](repeating: 0, count: shape.rows * (columns + 1))
        var valid = [Int32](repeating: 0, count: units.count)
        var validCells = 0
        var totalUnits: Int64 = 0
        values.withCells { values in
            mask.withCells { mask in
                for row in 0..<shape.rows {
                    let start = row * (columns + 1)
                    for column in 0..<columns {
                        let cell = row * columns + column
                        let counts = mask[cell] != 0
                        units[start + column + 1] =
                            units[start + column] + (counts ? values[cell] : 0)
                        valid[start + column + 1] = valid[start + column] + (counts ? 1 : 0)
                    }
                    totalUnits += units[start + columns]
                    validCells += Int(valid[start + columns])
                }
            }
        }
        self.units = units
        self.valid = valid
        self.validCells = validCells
        self.totalUnits = totalUnits
    }

    /// Sums around every cell of `row`, replacing what the arrays hold.
    func sum(row: Int, units sums: inout [Int64], valid counts: inout [Int32]) {
        let columns = shape.columns
        for column in 0..<columns {
            sums[column] = 0
            counts[column] = 0
        }
        let furthest = band.halfWidths.count - 1
        for other in max(0, row - furthest)...min(shape.rows - 1, row + furthest) {
            let halfWidth = band.halfWidths[abs(other - row)]
            let start = other * (columns + 1)
            for column in 0..<columns {
                let lower = start + max(0, column - halfWidth)
                let upper = start + min(columns, column + halfWidth + 1)
                sums[column] += units[upper] - units[lower]
                counts[column] += valid[upper] - valid[lower]
            }
        }
    }
}
