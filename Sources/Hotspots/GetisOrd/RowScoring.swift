import GridCore

/// Gi* of rows of cells from sums over their bands: what a grid, a step of a
/// cube and a window that moves on have in common.
struct RowScoring: Sendable {
    let counts: BandCounts
    let valid: Grid<UInt8>
    let validInRow: [Int]

    init(valid: Grid<UInt8>, validInRow: [Int], band: DistanceBand, threads: Int) {
        self.valid = valid
        self.validInRow = validInRow
        counts = BandCounts(valid: valid, validInRow: validInRow, band: band, threads: threads)
    }

    /// What a worker needs; looked-up rows are kept for the next row that
    /// has the same.
    final class Scratch: @unchecked Sendable {
        fileprivate let expected: ScratchMemory<Double>
        fileprivate let error: ScratchMemory<Double>
        fileprivate var known: (score: Int, start: Int)?
        fileprivate var isSaturated = false

        fileprivate init(columns: Int) {
            expected = ScratchMemory(count: columns)
            error = ScratchMemory(count: columns)
        }
    }

    func makeScratch(workers: Int) -> [Scratch] {
        (0..<workers).map { _ in Scratch(columns: counts.columns) }
    }

    /// Scores a row.
    ///
    /// - Parameters:
    ///   - scale: units in one of the sums.
    ///   - scoreNumber: tells this score from others that are used with the
    ///     same scratch.
    ///   - z: all cells of the grid.
    ///   - status: as `z`; nil when not wanted.
    @inline(__always)
    func score<Sum>(
        row: Int, sums: UnsafePointer<Sum>, scale: Double, kernel: BandKernels.Score<Sum>,
        _ score: GiStarScore, scoreNumber: Int, scratch: Scratch,
        z: UnsafeMutablePointer<Double>, status: UnsafeMutablePointer<UInt8>?
    ) {
        let columns = counts.columns
        let start = row * columns
        if score.isConstant {
            for i in start..<(start + columns) { z[i] = 0 }
        } else {
            lookUp(row, score, scoreNumber, scratch)
            kernel(sums, columns, scale, scratch.expected.base, scratch.error.base, z + start)
        }
        finish(row, score, isSaturated: scratch.isSaturated, z: z, status: status)
    }

    private func lookUp(
        _ row: Int, _ score: GiStarScore, _ scoreNumber: Int, _ scratch: Scratch
    ) {
        let key = (score: scoreNumber, start: counts.start(ofRow: row))
        if let known = scratch.known, known == key { return }
        scratch.isSaturated = counts.withRow(row) {
            score.fill(
                expected: scratch.expected.base, error: scratch.error.base, counts: $0,
                columns: counts.columns)
        } ?? false
        scratch.known = key
    }

    /// States of a row, and NaN where a cell takes no part.
    private func finish(
        _ row: Int, _ score: GiStarScore, isSaturated: Bool, z: UnsafeMutablePointer<Double>,
        status: UnsafeMutablePointer<UInt8>?
    ) {
        let columns = counts.columns
        let cells = (row * columns)..<((row + 1) * columns)
        let usual: LocalStatisticStatus = score.isConstant ? .constant : .ok
        if let status {
            (status + cells.lowerBound).update(repeating: usual.rawValue, count: columns)
            if isSaturated, !score.isConstant {
                for i in cells where z[i].isNaN {
                    status[i] = LocalStatisticStatus.saturated.rawValue
                }
            }
        }
        guard validInRow[row] < columns else { return }
        valid.withCells { valid in
            for i in cells where valid[i] == 0 {
                z[i] = .nan
                status?[i] = LocalStatisticStatus.masked.rawValue
            }
        }
    }
}
