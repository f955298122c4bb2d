import Diagnostics
import GridCore

/// Gi* of a time window that moves on from night to night.
///
/// It keeps the masses of the window and the sum over the band around every
/// cell. Adding a night and dropping what expired changes whole numbers only
/// where something happened, so that the result has the very bits of a
/// computation from nothing, on any number of threads.
public struct SlidingGetisOrd: Sendable {
    /// Units of mass per cell in the window.
    public private(set) var units: Grid<Int64>
    private let band: DistanceBand
    private let rows: RowScoring
    private var lags: Grid<Int64>
    private var moments: GridMoments

    /// - Parameters: as `getisOrd(_:values:valid:neighbourhood:threads:)`.
    ///   neighbourhood: a distance band, `queen` or `rook`.
    /// - Throws: as there, and `.unsuitableParameter` for other
    ///   neighbourhoods.
    public init(
        values units: Grid<Int64>, valid: Grid<UInt8>, neighbourhood: Neighbourhood, threads: Int
    ) throws(HotspotError) {
        band = try SpaceTimeNeighbourhood(space: neighbourhood).band(on: units.spec)
        let input = try GetisOrdInput(units: units, valid: valid, threads: threads)
        self.units = input.units
        rows = RowScoring(
            valid: valid, validInRow: input.summary.validInRow, band: band, threads: threads)
        lags = ExactNeighbourSums.bandLags(band, input)
        moments = input.summary.moments
    }

    /// Adds masses to the window and takes others out of it.
    ///
    /// Masses of cells that take no part are ignored, as they are in a
    /// computation from nothing.
    ///
    /// - Parameters:
    ///   - added: units per cell, such as `MassGrid.units` of the new day.
    ///   - expired: units per cell of the day that leaves the window.
    /// - Throws: `.mismatch` when a shape differs; `.unsuitableValue` when
    ///   more is taken out than there is, or the window comes to hold more
    ///   than 2^50 units. The window then stays as it was.
    /// - Complexity: O(cells + changed cells x cells in the band), at most
    ///   the time of a computation from nothing.
    public mutating func update(
        adding added: Grid<Int64>, removing expired: Grid<Int64>, threads: Int
    ) throws(HotspotError) {
        guard added.shape == units.shape, expired.shape == units.shape else {
            throw HotspotError(
                .mismatch,
                "masses of \(added.shape.rows) x \(added.shape.columns) and "
                    + "\(expired.shape.rows) x \(expired.shape.columns) cells (expected "
                    + "\(units.shape.rows) x \(units.shape.columns), as the window)",
                mend: "Count the nights on the grid of the window")
        }
        let changes = try changes(added, expired)
        var next = moments
        for change in changes { next.replace(change.old, by: change.new) }
        guard !next.isTooLarge else {
            throw HotspotError(
                .unsuitableValue,
                "the window would hold more than "
                    + "\(MassUnits(units: MassUnits.largest).events) incidents (expected at most "
                    + "that)",
                mend: "Check the deaths of the records, or cap the weight")
        }
        moments = next
        units.withMutableCells { units in
            for change in changes { units[change.cell] = change.new }
        }
        let work = changes.count * band.cellCount
        if work > units.count * band.halfWidths.count {
            let input = try GetisOrdInput(units: units, valid: rows.valid, threads: threads)
            lags = ExactNeighbourSums.bandLags(band, input)
        } else {
            addToLags(changes)
        }
    }

    private struct Change {
        var cell: Int
        var old: Int64
        var new: Int64
    }

    private func changes(
        _ added: Grid<Int64>, _ expired: Grid<Int64>
    ) throws(HotspotError) -> [Change] {
        var found: [Change] = []
        var flaw: Int?
        units.withCells { units in
            added.withCells { added in
                expired.withCells { expired in
                    rows.valid.withCells { valid in
                        for i in units.indices where added[i] != expired[i] && valid[i] != 0 {
                            let sum = units[i].addingReportingOverflow(added[i])
                            let new = sum.partialValue.subtractingReportingOverflow(expired[i])
                            if sum.overflow || new.overflow || new.partialValue < 0
                                || new.partialValue > MassUnits.largest {
                                flaw = i
                                return
                            }
                            found.append(Change(cell: i, old: units[i], new: new.partialValue))
                        }
                    }
                }
            }
        }
        if let flaw {
            let (row, column) = flaw.quotientAndRemainder(dividingBy: units.shape.columns)
            throw HotspotError(
                .unsuitableValue,
                "row \(row), column \(column): \(expired[row, column]) units leave a window that "
                    + "holds \(units[row, column]) and gains \(added[row, column]) (expected 0 or "
                    + "more to be left, at most \(MassUnits.largest))",
                mend: "Drop exactly what was added when the day was new")
        }
        return found
    }

    private mutating func addToLags(_ changes: [Change]) {
        let shape = units.shape
        let band = band
        lags.withMutableCells { lags in
            for change in changes {
                let (row, column) = change.cell.quotientAndRemainder(dividingBy: shape.columns)
                let difference = change.new - change.old
                for step in (1 - band.halfWidths.count)..<band.halfWidths.count {
                    let other = row + step
                    guard other >= 0, other < shape.rows else { continue }
                    let halfWidth = band.halfWidths[abs(step)]
                    let first = other * shape.columns + max(0, column - halfWidth)
                    let last = other * shape.columns + min(shape.columns - 1, column + halfWidth)
                    for i in first...last { lags[i] += difference }
                }
            }
        }
    }

    /// Gi* of the window.
    ///
    /// - Parameter threads: changes no bit of the result.
    /// - Complexity: O(cells): mean and spread move every score.
    public func map(threads: Int) -> GetisOrdMap {
        let shape = units.shape
        let score = GiStarScore(moments, most: band.cellCount)
        let rowsPerJob = 64
        let jobs = (shape.rows + rowsPerJob - 1) / rowsPerJob
        let workers = max(1, min(threads, jobs))
        let scratch = rows.makeScratch(workers: workers)
        let kernel = BandKernels.best.score64
        var status: Grid<UInt8>?
        let z = Grid<Double>(units.spec) { z in
            status = Grid<UInt8>(units.spec) { status in
                let (z, status) = (SharedCells(z), SharedCells(status))
                lags.withCells { lags in
                    let lags = SharedInput(lags)
                    forEachInParallel(count: jobs, threads: workers) { worker, job in
                        guard let z = z.cells.baseAddress, let lags = lags.cells.baseAddress
                        else { return }
                        for row in (job * rowsPerJob)..<min(shape.rows, (job + 1) * rowsPerJob) {
                            rows.score(
                                row: row, sums: lags + row * shape.columns, scale: 1,
                                kernel: kernel, score, scoreNumber: 0, scratch: scratch[worker],
                                z: z, status: status.cells.baseAddress)
                        }
                    }
                }
            }
        }
        return GetisOrdMap(
            z: z, status: status ?? Grid(units.spec, filledWith: 0), cellCount: moments.count,
            mean: moments.mean / Double(MassUnits.unitsPerEvent),
            standardDeviation: moments.standardDeviation / Double(MassUnits.unitsPerEvent),
            cellsInFullBand: band.cellCount)
    }
}
