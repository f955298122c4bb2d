#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import GridCore

/// The window of an edge correction as runs of columns by row, for kernels
/// that are products of a function of x and one of y.
struct WindowRows: Sendable {
    private let runs: [[Range<Int>]]
    private let columns: Int

    init(of window: Grid<UInt8>) {
        let columns = window.shape.columns
        self.columns = columns
        runs = window.withCells { cells in
            (0..<window.shape.rows).map { row in
                var runs: [Range<Int>] = []
                for column in 0..<columns where cells[row * columns + column] != 0 {
                    if let last = runs.last, last.upperBound == column {
                        runs[runs.count - 1] = last.lowerBound..<(column + 1)
                    } else {
                        runs.append(column..<(column + 1))
                    }
                }
                return runs
            }
        }
    }

    /// What lies further than this many standard deviations is left out: some
    /// 1e-15 of the volume.
    private static let reach = 8.0

    /// The normal volume of the window around a place.
    ///
    /// - Parameters:
    ///   - column: in columns from the west edge of the grid.
    ///   - row: in rows from its north edge.
    ///   - width: of a column, in standard deviations.
    ///   - height: of a row, in standard deviations.
    func volume(column: Double, row: Double, width: Double, height: Double) -> Double {
        let count = Double(runs.count)
        let first = min(max(0, (row - Self.reach / height).rounded(.down)), count)
        let last = min(max(first, (row + Self.reach / height).rounded(.up)), count)
        var sum = 0.0
        for other in Int(first)..<Int(last) where !runs[other].isEmpty {
            var along = 0.0
            for run in runs[other] {
                along +=
                    normalProbability((Double(run.upperBound) - column) * width)
                    - normalProbability((Double(run.lowerBound) - column) * width)
            }
            sum += along * Self.share(ofRow: Double(other) - row, height: height)
        }
        return min(1, max(0, sum))
    }

    private static func share(ofRow top: Double, height: Double) -> Double {
        normalProbability((top + 1) * height) - normalProbability(top * height)
    }

    /// The normal volume of the window around every cell centre: sums along
    /// the rows first, then along the columns.
    func volumes(
        on spec: GridSpec, width: Double, height: Double, threads: Int
    ) -> Grid<Double> {
        let (columns, runs) = (columns, runs)
        // Probability up to the line `i - columns` lines east of a cell.
        let upTo = (0...(2 * columns)).map {
            normalProbability((Double($0 - columns) - 0.5) * width)
        }
        let furthest = min(runs.count - 1, Int(min(1e9, (Self.reach / height).rounded(.up))))
        let shares = (0...furthest).map { Self.share(ofRow: Double($0) - 0.5, height: height) }
        let along = Grid<Double>(spec) { cells in
            let output = SharedCells(cells)
            forEachInParallel(count: runs.count, threads: threads) { _, row in
                for column in 0..<columns {
                    var sum = 0.0
                    for run in runs[row] {
                        sum +=
                            upTo[run.upperBound - column + columns]
                            - upTo[run.lowerBound - column + columns]
                    }
                    output.cells[row * columns + column] = sum
                }
            }
        }
        return Grid(spec) { cells in
            let output = SharedCells(cells)
            along.withCells { along in
                let along = SharedInput(along)
                forEachInParallel(count: runs.count, threads: threads) { _, row in
                    for i in (row * columns)..<((row + 1) * columns) { output.cells[i] = 0 }
                    for other in max(0, row - furthest)...min(runs.count - 1, row + furthest) {
                        let share = shares[abs(other - row)]
                        for column in 0..<columns {
                            output.cells[row * columns + column] +=
                                share * along.cells[other * columns + column]
                        }
                    }
                    for i in (row * columns)..<((row + 1) * columns) {
                        output.cells[i] = min(1, max(0, output.cells[i]))
                    }
                }
            }
        }
    }
}

/// The probability of a standard normal number below `z`.
private func normalProbability(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }
