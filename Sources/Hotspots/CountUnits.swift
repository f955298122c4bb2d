import GridCore

/// Counts in floating point as exact units and a mask.
struct CountUnits {
    let units: Grid<Int64>
    /// 0 where the count is NaN, 1 elsewhere.
    let valid: Grid<UInt8>
    /// The first cell, by row and column, whose value is infinite, too large
    /// or no whole number of units; the grids then mean nothing.
    let firstFlaw: CellIndex?

    init(of values: Grid<Double>, threads: Int) {
        let shape = values.shape
        // The first flawed column of each row, -1 = none.
        var flaws = [Int](repeating: -1, count: shape.rows)
        var valid: Grid<UInt8>?
        units = Grid(values.spec) { units in
            valid = Grid(values.spec) { valid in
                let (units, valid) = (SharedCells(units), SharedCells(valid))
                values.withCells { values in
                    flaws.withUnsafeMutableBufferPointer { flaws in
                        let (values, flaws) = (SharedInput(values), SharedCells(flaws))
                        forEachInParallel(count: shape.rows, threads: threads) { _, row in
                            let start = row * shape.columns
                            for i in start..<(start + shape.columns) {
                                let count = Self.units(of: values.cells[i])
                                units.cells[i] = count ?? 0
                                valid.cells[i] = values.cells[i].isNaN ? 0 : 1
                                if count == nil, flaws.cells[row] < 0 {
                                    flaws.cells[row] = i - start
                                }
                            }
                        }
                    }
                }
            }
        }
        self.valid = valid ?? Grid(values.spec, filledWith: 0)
        firstFlaw = flaws.firstIndex { $0 >= 0 }.map { CellIndex(row: $0, column: flaws[$0]) }
    }

    /// 0 for NaN; nil for a number that is no count of units.
    @inline(__always)
    private static func units(of value: Double) -> Int64? {
        let scaled = value * Double(MassUnits.unitsPerEvent)
        guard scaled.magnitude <= Double(MassUnits.largest) else { return value.isNaN ? 0 : nil }
        let units = Int64(scaled)
        return Double(units) == scaled ? units : nil
    }
}
