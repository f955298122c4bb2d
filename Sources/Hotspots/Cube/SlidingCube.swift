import Diagnostics
import GridCore

/// Space-time Gi* of a cube that moves on by a step at a time.
///
/// It keeps the masses of each step, their moments and the sum over the
/// neighbourhood of every cell at every step. A new step, a dropped one and
/// revised masses change whole numbers, so that the scores have the very bits
/// of a computation from nothing.
public struct SlidingCube: Sendable {
    private var input: CubeInput
    /// Sums over the neighbourhoods of each step.
    private var lags: [Grid<Int64>]

    /// Units of mass per cell of each step, the oldest first.
    public var steps: [Grid<Int64>] { input.steps }

    /// - Throws: as `SpaceTimeGetisOrd`.
    public init(
        of cube: SpaceTimeCube, valid: Grid<UInt8>, neighbourhood: SpaceTimeNeighbourhood,
        threads: Int
    ) throws(HotspotError) {
        input = try CubeInput(cube, valid: valid, neighbourhood, threads: threads)
        lags = []
        lags = lags(of: Array(cube.steps.indices), threads: threads)
    }

    /// Appends the newest step and drops the oldest.
    ///
    /// - Throws: `.mismatch` when the grid differs; `.unsuitableValue` when
    ///   the cube would hold more than 2^50 units. The cube then stays as it
    ///   was.
    /// - Complexity: O(cells x rows in the band) for the new step and those
    ///   that lose a neighbour.
    public mutating func advance(
        adding newest: Grid<Int64>, threads: Int
    ) throws(HotspotError) {
        try checkGrid(newest)
        var next = input
        next.steps.removeFirst()
        next.steps.append(newest)
        next.summaries.removeFirst()
        next.summaries.append(
            FieldSummary(of: newest, valid: input.valid, threads: threads))
        try next.checkTotal()
        input = next
        lags.removeFirst()
        lags.append(Grid(newest.spec, filledWith: 0))
        // The first steps have lost the neighbours that were dropped.
        let last = steps.count - 1
        let first = input.neighbourhood.window == .individualStep
            ? 0 : min(input.neighbourhood.previousSteps, last)
        refresh(Array(0..<first) + [last], threads: threads)
    }

    /// Puts other masses in the place of those of a step, such as after a
    /// revision of its incidents.
    ///
    /// - Parameter step: counted from 0, the oldest.
    /// - Throws: as `advance(adding:threads:)`.
    public mutating func revise(
        step: Int, to units: Grid<Int64>, threads: Int
    ) throws(HotspotError) {
        try checkGrid(units)
        guard steps.indices.contains(step) else {
            throw HotspotError(
                .unsuitableParameter,
                "step \(step) of a cube of \(steps.count) (expected 0...\(steps.count - 1))",
                mend: "Name a step of the cube")
        }
        var next = input
        next.steps[step] = units
        next.summaries[step] = FieldSummary(of: units, valid: input.valid, threads: threads)
        try next.checkTotal()
        input = next
        let reach = input.neighbourhood.window == .individualStep
            ? 0 : input.neighbourhood.previousSteps
        let last = min(steps.count - 1, step + min(reach, steps.count))
        refresh(Array(step...last), threads: threads)
    }

    /// Space-time Gi* of the cube as it is.
    ///
    /// - Parameter threads: changes no bit of the result.
    /// - Complexity: O(cells x steps).
    public func map(threads: Int) -> SpaceTimeGetisOrd {
        let shape = input.valid.shape
        let table = input.scoreTable()
        let workers = max(1, min(threads, steps.count))
        let scratch = input.rows.makeScratch(workers: workers)
        let kernel = BandKernels.best.score64
        let (rows, lags) = (input.rows, lags)
        let z = CubeInput.grids(count: steps.count, on: input.valid.spec) {
            (grids: UnsafeBufferPointer<UnsafeMutableBufferPointer<Double>>) in
            let grids = SharedInput(grids)
            forEachInParallel(count: lags.count, threads: workers) { worker, step in
                lags[step].withCells { sums in
                    guard let z = grids.cells[step].baseAddress, let sums = sums.baseAddress
                    else { return }
                    for row in 0..<shape.rows {
                        rows.score(
                            row: row, sums: sums + row * shape.columns, scale: 1, kernel: kernel,
                            table.scores[table.ofStep[step]], scoreNumber: table.ofStep[step],
                            scratch: scratch[worker], z: z, status: nil)
                    }
                }
            }
        }
        return SpaceTimeGetisOrd(z: z, input)
    }

    private func checkGrid(_ grid: Grid<Int64>) throws(HotspotError) {
        guard grid.spec == input.valid.spec || grid.spec == steps[0].spec else {
            throw HotspotError(
                .mismatch,
                "a step of \(grid.shape.rows) x \(grid.shape.columns) cells (expected "
                    + "\(input.valid.shape.rows) x \(input.valid.shape.columns) on the grid of the "
                    + "cube)",
                mend: "Count the step on the grid of the cube")
        }
    }

    private mutating func refresh(_ changed: [Int], threads: Int) {
        for (step, sums) in zip(changed, lags(of: changed, threads: threads)) {
            lags[step] = sums
        }
    }

    private func lags(of wanted: [Int], threads: Int) -> [Grid<Int64>] {
        switch input.width {
        case .narrow(let shift):
            lags(
                of: wanted,
                BandScan<Int32>(
                    field: input.field(at: 0), shape: input.valid.shape,
                    halfWidths: input.band.halfWidths, shift: shift,
                    sum: BandKernels.best.sum32),
                threads)
        case .wide:
            lags(
                of: wanted,
                BandScan<Int64>(
                    field: input.field(at: 0), shape: input.valid.shape,
                    halfWidths: input.band.halfWidths, shift: 0, sum: BandKernels.best.sum64),
                threads)
        }
    }

    private func lags<Total>(
        of wanted: [Int], _ scan: BandScan<Total>, _ threads: Int
    ) -> [Grid<Int64>] {
        let strips = scan.strips
        let columns = scan.shape.columns
        let jobs = strips.count * wanted.count
        let workers = max(1, min(threads, jobs))
        let scratch = scan.makeScratch(workers: workers)
        return CubeInput.grids(count: wanted.count, on: input.valid.spec) {
            (grids: UnsafeBufferPointer<UnsafeMutableBufferPointer<Int64>>) in
            let grids = SharedInput(grids)
            forEachInParallel(count: jobs, threads: workers) { worker, job in
                let place = job / strips.count
                var scan = scan
                scan.field = input.field(at: wanted[place])
                scan.forEachRow(
                    of: strips[job % strips.count], scratch: scratch[worker]
                ) { row, sums in
                    for i in 0..<columns {
                        grids.cells[place][row * columns + i] =
                            Int64(sums[i]) << Int64(scan.shift)
                    }
                }
            }
        }
    }
}
