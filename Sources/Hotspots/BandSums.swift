import GridCore

/// Exact sums of values and counts of valid cells over distance bands.
///
/// A band is a run of columns per row, so that the cost of a cell grows with
/// the band's rows and not with its cells.
struct BandSums: Sendable {
    let spec: GridSpec
    let band: DistanceBand
    private let units: RunningTotals<Int64>
    private let counts: RunningTotals<Int32>

    /// Values of cells that are not valid count 0.
    init(units: Grid<Int64>, valid: Grid<UInt8>, band: DistanceBand, threads: Int) {
        spec = units.spec
        self.band = band
        let reach = band.reachInColumns
        let shape = units.shape
        let both = units.withCells { units in
            valid.withCells { valid in
                let (units, valid) = (SharedInput(units), SharedInput(valid))
                return (
                    RunningTotals<Int64>(shape: shape, reach: reach, threads: threads) {
                        valid.cells[$0] == 0 ? 0 : units.cells[$0]
                    },
                    RunningTotals<Int32>(shape: shape, reach: reach, threads: threads) {
                        valid.cells[$0] == 0 ? 0 : 1
                    }
                )
            }
        }
        self.units = both.0
        counts = both.1
    }

    /// Sums and counts around every cell of `row`.
    func sum(
        row: Int, units sums: UnsafeMutableBufferPointer<Int64>,
        counts numbers: UnsafeMutableBufferPointer<Int32>
    ) {
        sums.update(repeating: 0)
        numbers.update(repeating: 0)
        let furthest = band.halfWidths.count - 1
        let first = max(0, row - furthest)
        let last = min(spec.shape.rows - 1, row + furthest)
        for other in first...last {
            let halfWidth = band.halfWidths[abs(other - row)]
            units.addRuns(ofRow: other, halfWidth: halfWidth, to: sums)
            counts.addRuns(ofRow: other, halfWidth: halfWidth, to: numbers)
        }
    }
}
