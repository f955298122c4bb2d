import GridCore

/// Values per cell, read row by row as whole units; cells that are not valid
/// are 0.
enum UnitField: Sendable {
    case units(Grid<Int64>, valid: Grid<UInt8>)
    /// Counts of events; NaN is not valid.
    case counts(Grid<Double>)
    /// The sum of grids, such as the steps of a time window.
    case sum(ArraySlice<Grid<Int64>>, valid: Grid<UInt8>)
    /// 1 where a cell is valid.
    case indicator(Grid<UInt8>)

    /// Writes a row.
    func copy(row: Int, columns: Int, into units: UnsafeMutablePointer<Int64>) {
        let cells = (row * columns)..<((row + 1) * columns)
        switch self {
        case .units(let grid, let valid):
            Self.copy(grid, valid, cells, into: units)
        case .counts(let grid):
            grid.withCells { values in
                guard let base = values.baseAddress else { return }
                _ = BandKernels.best.countUnits(base + cells.lowerBound, columns, units)
            }
        case .sum(let grids, let valid):
            guard let first = grids.first else { return }
            Self.copy(first, valid, cells, into: units)
            for grid in grids.dropFirst() { Self.add(grid, valid, cells, to: units) }
        case .indicator(let valid):
            valid.withCells { valid in
                for i in 0..<columns {
                    units[i] = valid[cells.lowerBound + i] == 0 ? 0 : 1
                }
            }
        }
    }

    private static func copy(
        _ grid: Grid<Int64>, _ valid: Grid<UInt8>, _ cells: Range<Int>,
        into units: UnsafeMutablePointer<Int64>
    ) {
        grid.withCells { values in
            valid.withCells { valid in
                guard let values = values.baseAddress, let valid = valid.baseAddress else { return }
                let (x, v) = (values + cells.lowerBound, valid + cells.lowerBound)
                for i in 0..<cells.count { units[i] = v[i] == 0 ? 0 : x[i] }
            }
        }
    }

    private static func add(
        _ grid: Grid<Int64>, _ valid: Grid<UInt8>, _ cells: Range<Int>,
        to units: UnsafeMutablePointer<Int64>
    ) {
        grid.withCells { values in
            valid.withCells { valid in
                guard let values = values.baseAddress, let valid = valid.baseAddress else { return }
                let (x, v) = (values + cells.lowerBound, valid + cells.lowerBound)
                for i in 0..<cells.count { units[i] &+= v[i] == 0 ? 0 : x[i] }
            }
        }
    }
}
