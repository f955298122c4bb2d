import GridCore

/// Count, sum and sum of squares of the valid cells of a grid, exact.
struct GridMoments: Sendable {
    var count = 0
    var total: Int64 = 0
    /// At most 2^100, as the magnitudes add up to at most 2^50.
    var squares: Int128 = 0
    private var magnitude: Int64 = 0
    /// Whether the magnitudes add up to more than `MassUnits.largest`; the
    /// other numbers then mean nothing.
    private(set) var isTooLarge = false

    init() {}

    /// Rows are summed in parallel; whole numbers make the order irrelevant.
    init(of units: Grid<Int64>, valid: Grid<UInt8>, threads: Int) {
        let columns = units.shape.columns
        var rows = [GridMoments](repeating: GridMoments(), count: units.shape.rows)
        rows.withUnsafeMutableBufferPointer { rows in
            units.withCells { units in
                valid.withCells { valid in
                    let rows = SharedCells(rows)
                    let (units, valid) = (SharedInput(units), SharedInput(valid))
                    forEachInParallel(count: rows.cells.count, threads: threads) { _, row in
                        let cells = (row * columns)..<((row + 1) * columns)
                        var moments = GridMoments()
                        for i in cells where valid.cells[i] != 0 {
                            moments.add(units.cells[i])
                            if moments.isTooLarge { break }
                        }
                        rows.cells[row] = moments
                    }
                }
            }
        }
        for row in rows { add(row) }
    }

    @inline(__always)
    private mutating func add(_ value: Int64) {
        guard value.magnitude <= UInt64(MassUnits.largest) else {
            isTooLarge = true
            return
        }
        // Both at most 2^50 before, so no sum leaves the type.
        magnitude += abs(value)
        isTooLarge = magnitude > MassUnits.largest
        count += 1
        total += value
        squares += Int128(value) * Int128(value)
    }

    private mutating func add(_ other: GridMoments) {
        guard !isTooLarge else { return }
        count += other.count
        total += other.total
        squares += other.squares
        magnitude += other.magnitude
        isTooLarge = other.isTooLarge || magnitude > MassUnits.largest
    }

    /// Mean in units; 0 without cells.
    var mean: Double { count == 0 ? 0 : Double(total) / Double(count) }

    /// Standard deviation in units, divisor n; exactly 0 if and only if all
    /// values are equal.
    ///
    /// n sum x^2 - (sum x)^2 is formed before anything is rounded: with
    /// floating-point sums a large mean would eat the digits of a small
    /// spread.
    var standardDeviation: Double {
        guard count > 0 else { return 0 }
        let spread = Int128(count) * squares - Int128(total) * Int128(total)
        return Double(spread).squareRoot() / Double(count)
    }
}
