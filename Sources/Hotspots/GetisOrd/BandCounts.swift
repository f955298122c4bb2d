import GridCore

/// Valid cells in the band around every cell.
///
/// Rows whose bands lie on valid cells only, up to the sides of the grid,
/// all have the same counts and share them.
struct BandCounts: Sendable {
    let columns: Int
    private let counts: [Int32]
    /// Where the counts of a row start.
    private let starts: [Int]

    /// - Parameter validInRow: valid cells of each row.
    init(
        valid: Grid<UInt8>, validInRow: [Int], band: DistanceBand, threads: Int
    ) {
        let shape = valid.shape
        columns = shape.columns
        let furthest = band.halfWidths.count - 1
        // Rows up to here that are not whole.
        var gaps = [0]
        for count in validInRow { gaps.append(gaps[gaps.count - 1] + (count == columns ? 0 : 1)) }
        let isShared = (0..<shape.rows).map { row in
            row >= furthest && row + furthest < shape.rows
                && gaps[row + furthest + 1] == gaps[row - furthest]
        }
        var rows: [Int] = []
        if let shared = isShared.firstIndex(of: true) { rows.append(shared) }
        rows += (0..<shape.rows).filter { !isShared[$0] }
        var starts = [Int](repeating: 0, count: shape.rows)
        for (place, row) in rows.enumerated() where !isShared[row] {
            starts[row] = place * shape.columns
        }
        self.starts = starts
        counts = Self.counts(of: rows, valid, band, threads)
    }

    private static func counts(
        of rows: [Int], _ valid: Grid<UInt8>, _ band: DistanceBand, _ threads: Int
    ) -> [Int32] {
        let columns = valid.shape.columns
        let scan = BandScan<Int32>(
            field: .indicator(valid), shape: valid.shape, halfWidths: band.halfWidths, shift: 0,
            sum: BandKernels.best.sum32)
        let strips = Self.strips(of: rows, longest: scan.rowsPerStrip)
        let scratch = scan.makeScratch(workers: max(1, min(threads, strips.count)))
        return [Int32](unsafeUninitializedCapacity: rows.count * columns) { counts, size in
            let output = SharedCells(counts)
            forEachInParallel(count: strips.count, threads: scratch.count) { worker, job in
                let strip = strips[job]
                scan.forEachRow(of: strip.rows, scratch: scratch[worker]) { row, sums in
                    let start = (strip.place + row - strip.rows.lowerBound) * columns
                    for i in 0..<columns {
                        output.cells.initializeElement(at: start + i, to: sums[i])
                    }
                }
            }
            size = rows.count * columns
        }
    }

    /// Rows that follow each other, and the place of the first in the list.
    private static func strips(
        of rows: [Int], longest: Int
    ) -> [(rows: Range<Int>, place: Int)] {
        var strips: [(rows: Range<Int>, place: Int)] = []
        for (place, row) in rows.enumerated() {
            if let last = strips.last, last.rows.upperBound == row, last.rows.count < longest {
                strips[strips.count - 1].rows = last.rows.lowerBound..<(row + 1)
            } else {
                strips.append((row..<(row + 1), place))
            }
        }
        return strips
    }

    /// Equal for rows that share their counts.
    func start(ofRow row: Int) -> Int { starts[row] }

    func withRow<R>(_ row: Int, _ body: (UnsafePointer<Int32>) -> R) -> R? {
        counts.withUnsafeBufferPointer { counts in
            counts.baseAddress.map { body($0 + starts[row]) }
        }
    }
}
