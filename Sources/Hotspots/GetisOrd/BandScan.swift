import GridCore

/// Exact sums over the band around every cell of a field, row after row.
///
/// Each row of the field becomes running totals once and is kept while a
/// band reaches it; the sum over a run of columns is the difference of two
/// totals. The cost of a cell grows with the rows of the band, not with its
/// cells, and the memory of a worker with the rows of the band.
struct BandScan<Total: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
    var field: UnitField
    let shape: Shape
    let halfWidths: [Int]
    /// Units are shifted right by this many bits, all of them 0.
    let shift: Int
    let sum: BandKernels.BandSum<Total>

    private var furthest: Int { halfWidths.count - 1 }
    private var reach: Int { halfWidths.max() ?? 0 }
    /// The kernels take whole blocks of columns.
    private var paddedColumns: Int { (shape.columns + 31) / 32 * 32 }
    private var rowLength: Int { paddedColumns + 1 + 2 * reach }
    private var keptRows: Int { min(shape.rows, 2 * furthest + 1) }

    /// Rows for which a strip pays for the rows that it shares with its
    /// neighbours.
    var rowsPerStrip: Int { max(64, 6 * furthest) }

    /// The rows of the grid in strips, for the workers.
    var strips: [Range<Int>] {
        Swift.stride(from: 0, to: shape.rows, by: rowsPerStrip).map {
            $0..<min(shape.rows, $0 + rowsPerStrip)
        }
    }

    /// Units in one of the sums.
    var scale: Double { Double(Int64(1) << Int64(shift)) }

    /// What a worker needs.
    final class Scratch: @unchecked Sendable {
        fileprivate let units: ScratchMemory<Int64>
        fileprivate let totals: ScratchMemory<Total>
        fileprivate let runs: ScratchMemory<BandRun<Total>>
        fileprivate let sums: ScratchMemory<Total>

        fileprivate init(_ scan: BandScan) {
            units = ScratchMemory(count: scan.shape.columns)
            totals = ScratchMemory(count: scan.keptRows * scan.rowLength)
            runs = ScratchMemory(count: scan.keptRows)
            sums = ScratchMemory(count: scan.paddedColumns)
        }
    }

    func makeScratch(workers: Int) -> [Scratch] { (0..<workers).map { _ in Scratch(self) } }

    /// Calls `body` with the sums around the cells of each row of a strip.
    @inline(__always)
    func forEachRow(
        of strip: Range<Int>, scratch: Scratch,
        _ body: (_ row: Int, _ sums: UnsafePointer<Total>) -> Void
    ) {
        var next = max(0, strip.lowerBound - furthest)
        for row in strip {
            let first = max(0, row - furthest)
            let last = min(shape.rows - 1, row + furthest)
            while next <= last {
                addTotals(ofRow: next, scratch)
                next += 1
            }
            for other in first...last {
                let halfWidth = halfWidths[abs(other - row)]
                let start = scratch.totals.base + (other % keptRows) * rowLength + reach
                (scratch.runs.base + (other - first)).initialize(
                    to: BandRun(
                        lower: UnsafePointer(start - halfWidth),
                        upper: UnsafePointer(start + halfWidth + 1)))
            }
            sum(scratch.runs.base, last - first + 1, paddedColumns, scratch.sums.base)
            body(row, scratch.sums.base)
        }
    }

    /// Running totals of a row, padded on both sides by the longest reach of
    /// a run, so that runs across the grid's edge need no test. They wrap:
    /// differences of them are right all the same.
    private func addTotals(ofRow row: Int, _ scratch: Scratch) {
        field.copy(row: row, columns: shape.columns, into: scratch.units.base)
        let totals = scratch.totals.base + (row % keptRows) * rowLength
        let units = scratch.units.base
        var total: Total = 0
        for i in 0...reach { totals[i] = 0 }
        let cells = totals + (reach + 1)
        for column in 0..<shape.columns {
            total &+= Total(truncatingIfNeeded: units[column] &>> Int64(truncatingIfNeeded: shift))
            cells[column] = total
        }
        for i in (reach + 1 + shape.columns)..<rowLength { totals[i] = total }
    }
}

/// How wide sums have to be.
enum SumWidth {
    case narrow(shift: Int)
    case wide

    /// 32 bits when no band can hold more, units being shifted right by
    /// their common zeros.
    ///
    /// - Parameters:
    ///   - bits: set in any magnitude.
    ///   - magnitude: of all values together.
    ///   - cells: in a band.
    init(bits: UInt64, magnitude: Int64, cells: Int) {
        guard bits != 0 else {
            self = .narrow(shift: 0)
            return
        }
        let shift = bits.trailingZeroBitCount
        let inBand = (bits >> UInt64(shift)).multipliedReportingOverflow(by: UInt64(cells))
        let bandFits = !inBand.overflow && inBand.partialValue <= UInt64(Int32.max)
        let allFit = magnitude >> Int64(shift) <= Int64(Int32.max)
        self = bandFits || allFit ? .narrow(shift: shift) : .wide
    }
}
