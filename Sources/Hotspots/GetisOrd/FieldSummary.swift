import GridCore

/// What one look at all values of a field tells: moments, which rows have
/// gaps, and how many bits sums need.
struct FieldSummary: Sendable {
    var moments = GridMoments()
    /// Bits that are set in any magnitude.
    var bits: UInt64 = 0
    /// Valid cells of each row.
    var validInRow: [Int] = []
    /// The first row with a value that is no count of units; the rest then
    /// means nothing.
    var firstFlawedRow: Int?

    private struct Row {
        var moments = GridMoments()
        var bits: UInt64 = 0
        var hasFlaw = false
    }

    /// - Parameter valid: 1 where a cell is valid.
    init(of units: Grid<Int64>, valid: Grid<UInt8>, threads: Int) {
        let columns = units.shape.columns
        let field = UnitField.units(units, valid: valid)
        self.init(rows: units.shape.rows, columns: columns, threads: threads) { row, buffer in
            field.copy(row: row, columns: columns, into: buffer)
            let count = valid.withCells { valid in
                var count = 0
                for i in (row * columns)..<((row + 1) * columns) { count += valid[i] == 0 ? 0 : 1 }
                return count
            }
            return (count, false)
        }
    }

    /// - Parameter valid: set to 1 where a value is not NaN, else to 0.
    init(of counts: Grid<Double>, valid: inout Grid<UInt8>, threads: Int) {
        let columns = counts.shape.columns
        self = valid.withMutableCells { valid in
            let valid = SharedCells(valid)
            return FieldSummary(
                rows: counts.shape.rows, columns: columns, threads: threads
            ) { row, buffer in
                counts.withCells { values in
                    guard let base = values.baseAddress else { return (0, false) }
                    let start = row * columns
                    let summary = BandKernels.best.countUnits(base + start, columns, buffer)
                    let own = UnsafeMutableBufferPointer(
                        rebasing: valid.cells[start..<(start + columns)])
                    if summary.missing == 0 {
                        own.update(repeating: 1)
                    } else {
                        for i in 0..<columns { own[i] = values[start + i].isNaN ? 0 : 1 }
                    }
                    return (columns - summary.missing, summary.hasFlaw)
                }
            }
        }
    }

    /// `read` writes a row of units and says how many cells are valid and
    /// whether one is flawed.
    private init(
        rows: Int, columns: Int, threads: Int,
        read: @Sendable (_ row: Int, UnsafeMutablePointer<Int64>) -> (valid: Int, hasFlaw: Bool)
    ) {
        let workers = max(1, threads)
        var found = [Row](repeating: Row(), count: rows)
        let buffers = ScratchMemory<Int64>(count: workers * columns)
        found.withUnsafeMutableBufferPointer { found in
            let found = SharedCells(found)
            let rowsPerJob = 16
            let jobs = (rows + rowsPerJob - 1) / rowsPerJob
            forEachInParallel(count: jobs, threads: workers) { worker, job in
                let buffer = buffers.base + worker * columns
                for row in (job * rowsPerJob)..<min(rows, (job + 1) * rowsPerJob) {
                    let (valid, hasFlaw) = read(row, buffer)
                    var summary = Self.summary(of: buffer, count: columns)
                    summary.moments.count = valid
                    summary.hasFlaw = hasFlaw
                    found.cells[row] = summary
                }
            }
        }
        for (index, row) in found.enumerated() {
            moments += row.moments
            bits |= row.bits
            validInRow.append(row.moments.count)
            if row.hasFlaw, firstFlawedRow == nil { firstFlawedRow = index }
        }
    }

    /// Moments of a row, in pieces that cannot overflow.
    private static func summary(of units: UnsafePointer<Int64>, count: Int) -> Row {
        let kernels = BandKernels.best
        var row = Row()
        var first = 0
        while first < count {
            let length = min(4096, count - first)
            let piece = kernels.summary(units + first, length)
            row.bits |= piece.bits
            guard piece.bits < UInt64(MassUnits.largest) * 2,
                piece.magnitude <= MassUnits.largest
            else {
                row.moments.magnitude = MassUnits.largest + 1
                return row
            }
            row.moments += GridMoments(
                total: piece.total, squares: squares(units + first, length, bits: piece.bits),
                magnitude: piece.magnitude)
            first += length
        }
        return row
    }

    /// In floating point where that is exact, else in 128 bits.
    private static func squares(
        _ units: UnsafePointer<Int64>, _ count: Int, bits: UInt64
    ) -> Int128 {
        guard bits != 0 else { return 0 }
        let shift = bits.trailingZeroBitCount
        let most = Double(bits >> UInt64(shift))
        if most * most * Double(count) <= 0x1p53 {
            let sum = BandKernels.best.squares(units, count, 1 / Double(Int64(1) << Int64(shift)))
            return Int128(Int64(sum)) << Int128(2 * shift)
        }
        var sum: Int128 = 0
        for i in 0..<count { sum += Int128(units[i]) * Int128(units[i]) }
        return sum
    }
}

/// Memory for the time of a computation.
///
/// `@unchecked Sendable`: every worker of a parallel loop uses its own part.
final class ScratchMemory<Element: BitwiseCopyable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>

    /// Uninitialized. Aligned for the widest vectors.
    init(count: Int) {
        base = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64
        ).bindMemory(to: Element.self, capacity: max(1, count))
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }
}
