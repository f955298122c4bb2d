import Diagnostics
import GridCore

/// Checked input of the statistics of a cube.
struct CubeInput: Sendable {
    var steps: [Grid<Int64>]
    var summaries: [FieldSummary]
    let valid: Grid<UInt8>
    let neighbourhood: SpaceTimeNeighbourhood
    let band: DistanceBand
    let rows: RowScoring

    init(
        _ cube: SpaceTimeCube, valid: Grid<UInt8>, _ neighbourhood: SpaceTimeNeighbourhood,
        threads: Int
    ) throws(HotspotError) {
        try cube.spec.checkMetric()
        let band = try neighbourhood.band(on: cube.spec)
        guard valid.shape == cube.spec.shape else {
            throw HotspotError(
                .mismatch,
                "the mask has \(valid.shape.rows) x \(valid.shape.columns) cells (expected "
                    + "\(cube.spec.shape.rows) x \(cube.spec.shape.columns), as the cube)",
                mend: "Make the mask on the grid of the cube")
        }
        steps = cube.steps
        self.valid = valid
        self.neighbourhood = neighbourhood
        self.band = band
        summaries = Self.summaries(of: cube.steps, valid: valid, threads: threads)
        rows = RowScoring(
            valid: valid, validInRow: summaries[0].validInRow, band: band, threads: threads)
        try checkTotal()
    }

    static func summaries(
        of steps: [Grid<Int64>], valid: Grid<UInt8>, threads: Int
    ) -> [FieldSummary] {
        var summaries = [FieldSummary?](repeating: nil, count: steps.count)
        summaries.withUnsafeMutableBufferPointer { summaries in
            let output = SharedCells(summaries)
            forEachInParallel(count: steps.count, threads: threads) { _, step in
                output.cells[step] = FieldSummary(of: steps[step], valid: valid, threads: 1)
            }
        }
        return summaries.compactMap(\.self)
    }

    func checkTotal() throws(HotspotError) {
        guard !moments(of: 0..<steps.count).isTooLarge else { throw SpaceTimeCube.tooLarge }
    }

    func moments(of range: Range<Int>) -> GridMoments {
        summaries[range].reduce(into: GridMoments()) { $0 += $1.moments }
    }

    /// The scores of each step, and which steps share one: with the entire
    /// cube all whose neighbourhoods reach equally far back.
    func scoreTable() -> (scores: [GiStarScore], ofStep: [Int]) {
        let count = steps.count
        var scores: [GiStarScore] = []
        var ofStep: [Int] = []
        let sharesWindow = neighbourhood.window == .entireCube
        for step in 0..<count {
            let layers = neighbourhood.layers(at: step)
            if sharesWindow, step > 0, layers == neighbourhood.layers(at: step - 1) {
                ofStep.append(scores.count - 1)
                continue
            }
            let window = neighbourhood.windowSteps(at: step, of: count)
            ofStep.append(scores.count)
            scores.append(
                GiStarScore(moments(of: window), most: band.cellCount, layers: layers))
        }
        return (scores, ofStep)
    }

    /// The steps in the neighbourhood of a step as one field.
    func field(at step: Int) -> UnitField {
        .sum(steps[(step + 1 - neighbourhood.layers(at: step))...step], valid: valid)
    }

    /// How wide sums have to be.
    var width: SumWidth {
        SumWidth(
            bits: summaries.reduce(0) { $0 | $1.bits },
            magnitude: moments(of: 0..<steps.count).magnitude,
            cells: band.cellCount * neighbourhood.layers(at: steps.count - 1))
    }

    /// z-scores of all steps.
    func scores(threads: Int) -> [Grid<Double>] {
        switch width {
        case .narrow(let shift):
            scores(
                BandScan<Int32>(
                    field: field(at: 0), shape: valid.shape, halfWidths: band.halfWidths,
                    shift: shift, sum: BandKernels.best.sum32),
                BandKernels.best.score32, threads)
        case .wide:
            scores(
                BandScan<Int64>(
                    field: field(at: 0), shape: valid.shape, halfWidths: band.halfWidths,
                    shift: 0, sum: BandKernels.best.sum64),
                BandKernels.best.score64, threads)
        }
    }

    private func scores<Total>(
        _ scan: BandScan<Total>, _ kernel: @escaping BandKernels.Score<Total>, _ threads: Int
    ) -> [Grid<Double>] {
        let table = scoreTable()
        let strips = scan.strips
        let workers = max(1, min(threads, strips.count * steps.count))
        let scratch = scan.makeScratch(workers: workers)
        let rowScratch = rows.makeScratch(workers: workers)
        return Self.grids(count: steps.count, on: valid.spec) { grids in
            let grids = SharedInput(grids)
            forEachInParallel(count: strips.count * steps.count, threads: workers) { worker, job in
                let step = job / strips.count
                guard let z = grids.cells[step].baseAddress else { return }
                var scan = scan
                scan.field = field(at: step)
                scan.forEachRow(
                    of: strips[job % strips.count], scratch: scratch[worker]
                ) { row, sums in
                    rows.score(
                        row: row, sums: sums, scale: scan.scale, kernel: kernel,
                        table.scores[table.ofStep[step]], scoreNumber: table.ofStep[step],
                        scratch: rowScratch[worker], z: z, status: nil)
                }
            }
        }
    }

    /// Several grids whose cells `body` writes, all of them.
    static func grids<Element>(
        count: Int, on spec: GridSpec,
        writtenBy body: (UnsafeBufferPointer<UnsafeMutableBufferPointer<Element>>) -> Void
    ) -> [Grid<Element>] {
        var cells: [UnsafeMutableBufferPointer<Element>] = []
        // Grids own their memory: it outlives the closure that is told of it.
        let grids = (0..<count).map { _ in Grid<Element>(spec) { cells.append($0) } }
        withExtendedLifetime(grids) { cells.withUnsafeBufferPointer(body) }
        return grids
    }
}
