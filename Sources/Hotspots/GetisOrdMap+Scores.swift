import GridCore

extension GetisOrdMap {
    /// The scores of all cells from exact sums.
    init(_ sums: BandSums, valid: Grid<UInt8>, moments: GridMoments, threads: Int) {
        let spec = sums.spec
        let columns = spec.shape.columns
        let workers = max(1, threads)
        let score = GiStarScore(moments, mostNeighbours: sums.band.cellCount)
        let rowsPerJob = 8
        let jobs = (spec.shape.rows + rowsPerJob - 1) / rowsPerJob
        var status = Grid<UInt8>(spec, filledWith: 0)
        z = Grid(spec) { z in
            let z = SharedCells(z)
            let lags = SharedCells(
                UnsafeMutableBufferPointer<Int64>.allocate(capacity: workers * columns))
            let counts = SharedCells(
                UnsafeMutableBufferPointer<Int32>.allocate(capacity: workers * columns))
            lags.cells.initialize(repeating: 0)
            counts.cells.initialize(repeating: 0)
            defer {
                lags.cells.deallocate()
                counts.cells.deallocate()
            }
            status.withMutableCells { status in
                valid.withCells { valid in
                    let (status, valid) = (SharedCells(status), SharedInput(valid))
                    forEachInParallel(count: jobs, threads: workers) { worker, job in
                        let own = (worker * columns)..<((worker + 1) * columns)
                        let lag = UnsafeMutableBufferPointer(rebasing: lags.cells[own])
                        let count = UnsafeMutableBufferPointer(rebasing: counts.cells[own])
                        for r in (job * rowsPerJob)..<min(spec.shape.rows, (job + 1) * rowsPerJob) {
                            sums.sum(row: r, units: lag, counts: count)
                            let cells = (r * columns)..<((r + 1) * columns)
                            score.fill(
                                z: UnsafeMutableBufferPointer(rebasing: z.cells[cells]),
                                status: UnsafeMutableBufferPointer(rebasing: status.cells[cells]),
                                valid: UnsafeBufferPointer(rebasing: valid.cells[cells]),
                                lag: lag, count: count)
                        }
                    }
                }
            }
        }
        self.status = status
        cellCount = moments.count
        mean = moments.mean / Double(MassUnits.unitsPerEvent)
        standardDeviation = moments.standardDeviation / Double(MassUnits.unitsPerEvent)
        cellsInFullBand = sums.band.cellCount
    }
}

/// Gi* of a cell from the sum over its band and the number of cells in it.
struct GiStarScore: Sendable {
    private let moments: GridMoments
    /// What is expected and the standard error, by number of cells; NaN when
    /// the band holds all cells.
    private let expected: [Double]
    private let standardError: [Double]

    init(_ moments: GridMoments, mostNeighbours: Int) {
        self.moments = moments
        let n = moments.count
        let mean = moments.mean
        let deviation = moments.standardDeviation
        let counts = 0...min(mostNeighbours, n)
        expected = counts.map { mean * Double($0) }
        standardError = counts.map { count in
            guard count < n else { return .nan }
            let spread = Double(count) * Double(n - count) / Double(n - 1)
            return deviation * spread.squareRoot()
        }
    }

    /// Scores and states of a row of cells.
    func fill(
        z: UnsafeMutableBufferPointer<Double>, status: UnsafeMutableBufferPointer<UInt8>,
        valid: UnsafeBufferPointer<UInt8>, lag: UnsafeMutableBufferPointer<Int64>,
        count: UnsafeMutableBufferPointer<Int32>
    ) {
        let isConstant = moments.standardDeviation == 0
        for column in z.indices {
            if valid[column] == 0 {
                z[column] = .nan
                status[column] = LocalStatisticStatus.masked.rawValue
            } else if isConstant {
                z[column] = 0
                status[column] = LocalStatisticStatus.constant.rawValue
            } else {
                let number = Int(count[column])
                let score = (Double(lag[column]) - expected[number]) / standardError[number]
                z[column] = score
                status[column] =
                    score.isNaN
                    ? LocalStatisticStatus.saturated.rawValue : LocalStatisticStatus.ok.rawValue
            }
        }
    }
}
