import GridCore

/// Exact sums over the neighbourhood of every cell, the cell itself
/// included, and how many cells it holds.
struct ExactNeighbourSums: Sendable {
    var lags: Grid<Int64>
    var counts: Grid<Int32>

    /// - Parameter neighbourhood: one with weights of 1.
    init(_ neighbourhood: Neighbourhood, of input: GetisOrdInput) {
        let spec = input.valid.spec
        switch neighbourhood {
        case .nearest(let count):
            lags = Grid(spec, filledWith: 0)
            counts = Grid(spec, filledWith: 0)
            let cells = (0..<spec.shape.count).filter { input.isValid($0) }
            widen(cells, to: count, radius: 0, input)
        case .distanceBandAtLeast(let radius, let minimum):
            let band = DistanceBand(radiusInMeters: radius, on: spec)
            (lags, counts) = Self.sums(of: band, input)
            let counts = counts.cells
            let cells = counts.indices.filter { input.isValid($0) && Int(counts[$0]) - 1 < minimum }
            widen(cells, to: minimum, radius: radius, input)
        default:
            let band = neighbourhood.band(on: spec) ?? DistanceBand(halfWidths: [0], on: spec)
            (lags, counts) = Self.sums(of: band, input)
        }
    }

    private static func sums(
        of band: DistanceBand, _ input: GetisOrdInput
    ) -> (Grid<Int64>, Grid<Int32>) {
        let counts = BandCounts(
            valid: input.valid, validInRow: input.summary.validInRow, band: band,
            threads: input.threads)
        let spec = input.valid.spec
        let columns = spec.shape.columns
        let countGrid = Grid<Int32>(spec) { cells in
            for row in 0..<spec.shape.rows {
                _ = counts.withRow(row) { source in
                    for i in 0..<columns { cells[row * columns + i] = source[i] }
                }
            }
        }
        return (bandLags(band, input), countGrid)
    }

    /// The sum over the band around every cell.
    static func bandLags(_ band: DistanceBand, _ input: GetisOrdInput) -> Grid<Int64> {
        Grid(input.valid.spec) { cells in
            let output = SharedCells(cells)
            switch input.width(of: band) {
            case .narrow(let shift):
                copy(
                    BandScan<Int32>(
                        field: input.field, shape: input.valid.shape,
                        halfWidths: band.halfWidths, shift: shift, sum: BandKernels.best.sum32),
                    input.threads, output)
            case .wide:
                copy(
                    BandScan<Int64>(
                        field: input.field, shape: input.valid.shape,
                        halfWidths: band.halfWidths, shift: 0, sum: BandKernels.best.sum64),
                    input.threads, output)
            }
        }
    }

    private static func copy<Total>(
        _ scan: BandScan<Total>, _ threads: Int, _ output: SharedCells<Int64>
    ) {
        let columns = scan.shape.columns
        let strips = scan.strips
        let scratch = scan.makeScratch(workers: max(1, min(threads, strips.count)))
        forEachInParallel(count: strips.count, threads: scratch.count) { worker, job in
            scan.forEachRow(of: strips[job], scratch: scratch[worker]) { row, sums in
                for i in 0..<columns {
                    output.cells[row * columns + i] = Int64(sums[i]) << Int64(scan.shift)
                }
            }
        }
    }

    /// Gives `cells` their nearest neighbours.
    private mutating func widen(
        _ cells: [Int], to count: Int, radius: Double, _ input: GetisOrdInput
    ) {
        var pending = cells
        var level = NearestSteps.Level(for: count, radius: radius, on: input.valid.spec)
        while !pending.isEmpty {
            let steps = NearestSteps(level, on: input.valid.spec)
            pending = sum(pending, along: steps, count: count, input)
            level = level.next
        }
    }

    /// Sums up the neighbours of the cells for which the steps suffice.
    ///
    /// - Returns: the others.
    private mutating func sum(
        _ cells: [Int], along steps: NearestSteps, count: Int, _ input: GetisOrdInput
    ) -> [Int] {
        let (rows, columns) = (lags.shape.rows, lags.shape.columns)
        let units = input.units
        let valid = input.valid
        var isDone = [Bool](repeating: false, count: cells.count)
        lags.withMutableCells { lags in
            counts.withMutableCells { counts in
                isDone.withUnsafeMutableBufferPointer { isDone in
                    let (lags, counts, isDone) = (
                        SharedCells(lags), SharedCells(counts), SharedCells(isDone)
                    )
                    forEachInParallel(count: cells.count, threads: input.threads) { _, place in
                        let cell = CellIndex(
                            row: cells[place] / columns, column: cells[place] % columns)
                        guard let end = steps.end(around: cell, valid: valid, count: count)
                        else { return }
                        var lag: Int64 = 0
                        var number: Int32 = 0
                        for step in steps.steps[..<end] {
                            let row = cell.row + step.rows
                            let column = cell.column + step.columns
                            guard row >= 0, row < rows, column >= 0, column < columns,
                                valid[row, column] != 0
                            else { continue }
                            lag += units[row, column]
                            number += 1
                        }
                        lags.cells[cells[place]] = lag
                        counts.cells[cells[place]] = number
                        isDone.cells[place] = true
                    }
                }
            }
        }
        return zip(cells, isDone).filter { !$0.1 }.map(\.0)
    }
}
