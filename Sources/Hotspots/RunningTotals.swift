import GridCore

/// Running totals along the rows of a grid.
///
/// The sum of a run of columns is the difference of two of them. Each row is
/// padded on both sides by the longest reach of a run, so that runs across
/// the grid's edge need no test.
struct RunningTotals<Total: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
    let reach: Int
    let stride: Int
    private let totals: [Total]

    /// Totals of what `value(i)` says of cell `i`.
    init(
        shape: Shape, reach: Int, threads: Int, of value: @Sendable (_ cell: Int) -> Total
    ) {
        self.reach = reach
        let columns = shape.columns
        let stride = columns + 1 + 2 * reach
        self.stride = stride
        totals = [Total](unsafeUninitializedCapacity: shape.rows * stride) { totals, size in
            let output = SharedCells(totals)
            forEachInParallel(count: shape.rows, threads: threads) { _, row in
                let start = row * stride
                var total: Total = 0
                for i in start...(start + reach) {
                    output.cells.initializeElement(at: i, to: 0)
                }
                for column in 0..<columns {
                    total += value(row * columns + column)
                    output.cells.initializeElement(at: start + reach + 1 + column, to: total)
                }
                for i in (start + reach + 1 + columns)..<(start + stride) {
                    output.cells.initializeElement(at: i, to: total)
                }
            }
            size = shape.rows * stride
        }
    }

    /// Adds to `sums`, one per column, the sum of the cells of `row` that lie
    /// at most `halfWidth` columns away. Precondition: `halfWidth <= reach`.
    @inline(__always)
    func addRuns(
        ofRow row: Int, halfWidth: Int, to sums: UnsafeMutableBufferPointer<Total>
    ) {
        totals.withUnsafeBufferPointer { totals in
            guard let base = totals.baseAddress, let sums = sums.baseAddress else { return }
            let lower = base + (row * stride + reach - halfWidth)
            let upper = base + (row * stride + reach + halfWidth + 1)
            // Wrapping: a run's sum is the difference of totals that
            // `GridMoments` found to be in range.
            for column in 0..<(stride - 1 - 2 * reach) {
                sums[column] &+= upper[column] &- lower[column]
            }
        }
    }
}
