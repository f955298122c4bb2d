import GridCore

extension GetisOrdMap {
    init(_ statistic: LocalGStatistic, _ neighbourhood: Neighbourhood, of input: GetisOrdInput) {
        switch (statistic, neighbourhood) {
        case (.giStar, .distanceBand), (.giStar, .queen), (.giStar, .rook):
            let spec = input.valid.spec
            let band = neighbourhood.band(on: spec) ?? DistanceBand(halfWidths: [0], on: spec)
            self.init(band, of: input)
        case (_, .kernel):
            let steps = NeighbourhoodSteps(neighbourhood, on: input.valid.spec)
            self.init(statistic, weighted: steps, input)
        default:
            let sums = ExactNeighbourSums(neighbourhood, of: input)
            self.init(statistic, sums, cellsInFullBand: neighbourhood.fullCount(input), input)
        }
    }

    private init(
        z: Grid<Double>, status: Grid<UInt8>, cellsInFullBand: Int, _ input: GetisOrdInput
    ) {
        let moments = input.summary.moments
        self.init(
            z: z, status: status, cellCount: moments.count,
            mean: moments.mean / Double(MassUnits.unitsPerEvent),
            standardDeviation: moments.standardDeviation / Double(MassUnits.unitsPerEvent),
            cellsInFullBand: cellsInFullBand)
    }

    /// Gi* with weights of 1 in runs of columns.
    private init(_ band: DistanceBand, of input: GetisOrdInput) {
        let spec = input.valid.spec
        let rows = RowScoring(
            valid: input.valid, validInRow: input.summary.validInRow, band: band,
            threads: input.threads)
        let score = GiStarScore(input.summary.moments, most: band.cellCount)
        let kernels = BandKernels.best
        var status: Grid<UInt8>?
        let z = Grid<Double>(spec) { z in
            status = Grid<UInt8>(spec) { status in
                let (z, status) = (SharedCells(z), SharedCells(status))
                switch input.width(of: band) {
                case .narrow(let shift):
                    let scan = BandScan<Int32>(
                        field: input.field, shape: spec.shape, halfWidths: band.halfWidths,
                        shift: shift, sum: kernels.sum32)
                    Self.fill(scan, kernels.score32, rows, score, z, status, input.threads)
                case .wide:
                    let scan = BandScan<Int64>(
                        field: input.field, shape: spec.shape, halfWidths: band.halfWidths,
                        shift: 0, sum: kernels.sum64)
                    Self.fill(scan, kernels.score64, rows, score, z, status, input.threads)
                }
            }
        }
        self.init(
            z: z, status: status ?? Grid(spec, filledWith: 0), cellsInFullBand: band.cellCount,
            input)
    }

    private static func fill<Total>(
        _ scan: BandScan<Total>, _ kernel: @escaping BandKernels.Score<Total>,
        _ rows: RowScoring, _ score: GiStarScore, _ z: SharedCells<Double>,
        _ status: SharedCells<UInt8>, _ threads: Int
    ) {
        let strips = scan.strips
        let workers = max(1, min(threads, strips.count))
        let scratch = scan.makeScratch(workers: workers)
        let rowScratch = rows.makeScratch(workers: workers)
        forEachInParallel(count: strips.count, threads: workers) { worker, job in
            guard let z = z.cells.baseAddress else { return }
            scan.forEachRow(of: strips[job], scratch: scratch[worker]) { row, sums in
                rows.score(
                    row: row, sums: sums, scale: scan.scale, kernel: kernel, score,
                    scoreNumber: 0, scratch: rowScratch[worker], z: z,
                    status: status.cells.baseAddress)
            }
        }
    }

    /// Either statistic with weights of 1.
    private init(
        _ statistic: LocalGStatistic, _ sums: ExactNeighbourSums, cellsInFullBand: Int,
        _ input: GetisOrdInput
    ) {
        let moments = input.summary.moments
        let units = input.units
        let scores = Self.scores(input) { row, column in
            let lag = sums.lags[row, column]
            let count = Int(sums.counts[row, column])
            return switch statistic {
            case .giStar: exactScore(lag: lag, count: count, moments)
            case .gi:
                exactGi(lag: lag, count: count, own: units[row, column], moments)
            }
        }
        self.init(z: scores.z, status: scores.status, cellsInFullBand: cellsInFullBand, input)
    }

    /// Either statistic with any weights.
    private init(
        _ statistic: LocalGStatistic, weighted steps: NeighbourhoodSteps, _ input: GetisOrdInput
    ) {
        let sums = WeightedSums(statistic, steps: steps.fixed, input)
        let isConstant = input.summary.moments.standardDeviation == 0
        let sample = sums.sample
        let scores = Self.scores(input) { row, column in
            let own = sums.deviations[row, column]
            return sums[row, column].score(
                in: statistic == .gi ? sample.without(own) : sample, isConstant: isConstant)
        }
        self.init(
            z: scores.z, status: scores.status, cellsInFullBand: steps.fixed.count, input)
    }

    /// Scores of the valid cells, one by one.
    private static func scores(
        _ input: GetisOrdInput, _ score: @Sendable (_ row: Int, _ column: Int) -> LocalScore
    ) -> (z: Grid<Double>, status: Grid<UInt8>) {
        let shape = input.valid.shape
        var z = Grid<Double>(input.valid.spec, filledWith: .nan)
        var status = Grid<UInt8>(
            input.valid.spec, filledWith: LocalStatisticStatus.masked.rawValue)
        z.withMutableCells { z in
            status.withMutableCells { status in
                input.valid.withCells { valid in
                    let (z, status, valid) = (
                        SharedCells(z), SharedCells(status), SharedInput(valid)
                    )
                    forEachInParallel(count: shape.rows, threads: input.threads) { _, row in
                        for column in 0..<shape.columns {
                            let cell = row * shape.columns + column
                            guard valid.cells[cell] != 0 else { continue }
                            let found = score(row, column)
                            z.cells[cell] = found.z
                            status.cells[cell] = found.status.rawValue
                        }
                    }
                }
            }
        }
        return (z, status)
    }
}

/// Gi* of a cell from exact numbers.
private func exactScore(lag: Int64, count: Int, _ moments: GridMoments) -> LocalScore {
    let deviation = moments.standardDeviation
    guard deviation != 0 else { return LocalScore(z: 0, status: .constant) }
    let error = deviation * GiStarScore.spread(count, of: moments.count)
    let z = (Double(lag) - moments.mean * Double(count)) / error
    return LocalScore(z: z, status: z.isNaN ? .saturated : .ok)
}

/// Gi of a cell from sums that include the cell itself.
private func exactGi(lag: Int64, count: Int, own: Int64, _ moments: GridMoments) -> LocalScore {
    guard count > 1 else { return LocalScore(z: .nan, status: .isolated) }
    return exactScore(lag: lag - own, count: count - 1, moments.without(own))
}

extension Neighbourhood {
    /// Cells of the neighbourhood far from edges and mask, the cell itself
    /// included.
    fileprivate func fullCount(_ input: GetisOrdInput) -> Int {
        let spec = input.valid.spec
        switch self {
        case .nearest(let count): return count + 1
        case .distanceBandAtLeast(let radius, let minimum):
            return max(minimum + 1, DistanceBand(radiusInMeters: radius, on: spec).cellCount)
        default: return band(on: spec)?.cellCount ?? 0
        }
    }
}
