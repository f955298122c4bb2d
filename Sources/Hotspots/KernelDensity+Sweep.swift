import GridCore

/// The density of bucketed points, row by row in parallel.
func sweepDensity(
    of rows: KernelPointRows, on spec: GridSpec, kernel: DensityKernel, threads: Int
) -> Grid<Double> {
    switch kernel {
    case .quartic: sweep(QuarticProfile.self, rows, spec, threads)
    case .epanechnikov: sweep(EpanechnikovProfile.self, rows, spec, threads)
    case .uniform: sweep(UniformProfile.self, rows, spec, threads)
    case .triangular: sweep(TriangularProfile.self, rows, spec, threads)
    case .triweight: sweep(TriweightProfile.self, rows, spec, threads)
    case .gaussian: sweep(GaussianProfile.self, rows, spec, threads)
    case .wideGaussian: sweep(WideGaussianProfile.self, rows, spec, threads)
    }
}

/// Columns are worked on in blocks of this many; sums and centres are padded
/// to whole blocks, so that no block needs a shorter tail loop.
private let block = 8

/// Each row of cells gathers the points that reach it, in bucket order, into
/// a row of sums that stays in the first-level cache. The order of additions
/// of a cell is that of the points, whoever works on the row.
private func sweep<Profile: KernelProfile>(
    _: Profile.Type, _ rows: KernelPointRows, _ spec: GridSpec, _ threads: Int
) -> Grid<Double> {
    let columns = spec.shape.columns
    let padded = (columns + block - 1) / block * block
    let workers = max(1, threads)
    let frame = RowFrame(
        originX: spec.geotransform.originX, inverseColumnWidth: 1 / spec.columnWidth,
        columns: columns)
    let centers = (0..<padded).map { spec.center(of: CellIndex(row: 0, column: $0)).x }
    let rowsPerJob = 8
    let jobs = (spec.shape.rows + rowsPerJob - 1) / rowsPerJob
    return Grid(spec) { cells in
        let output = SharedCells(cells)
        let scratch = UnsafeMutableBufferPointer<Double>.allocate(capacity: workers * padded)
        defer { scratch.deallocate() }
        let sums = SharedCells(scratch)
        forEachInParallel(count: jobs, threads: workers) { worker, job in
            let row = UnsafeMutableBufferPointer(
                rebasing: sums.cells[(worker * padded)..<((worker + 1) * padded)])
            for r in (job * rowsPerJob)..<min(spec.shape.rows, (job + 1) * rowsPerJob) {
                row.initialize(repeating: 0)
                let y = spec.center(of: CellIndex(row: r, column: 0)).y
                rows.points.withUnsafeBufferPointer { points in
                    centers.withUnsafeBufferPointer { centers in
                        frame.gather(
                            Profile.self, points[rows.range(reachingRow: r)], y: y,
                            centers: centers, into: row)
                    }
                }
                for c in 0..<columns { output.cells[r * columns + c] = row[c] }
            }
        }
    }
}

/// What turns an easting into a column.
private struct RowFrame: Sendable {
    var originX: Double
    var inverseColumnWidth: Double
    var columns: Int

    /// A span of columns is widened by this much on both sides before it is
    /// cut to whole numbers: rounding may then never lose a cell, and the
    /// kernel itself is 0 in the cells that are too many.
    private static var spare: Double { 1e-3 }

    /// Adds the kernels of `points` to the sums of the row at northing `y`.
    @inline(__always)
    func gather<Profile: KernelProfile>(
        _: Profile.Type, _ points: Slice<UnsafeBufferPointer<KernelPoint>>, y: Double,
        centers: UnsafeBufferPointer<Double>, into sums: UnsafeMutableBufferPointer<Double>
    ) {
        guard let centers = centers.baseAddress, let sums = sums.baseAddress else { return }
        for point in points {
            let dy = y - point.y
            let dy2 = dy * dy
            guard dy2 * point.inverseSquare < Profile.reach * Profile.reach else { continue }
            let left = max(0, point.reachSquared - dy2)
            let middle = (point.x - originX) * inverseColumnWidth - 0.5
            let half = left.squareRoot() * inverseColumnWidth + Self.spare
            let first = max(0, Int(middle - half))
            let last = min(columns - 1, Int(middle + half))
            guard first <= last else { continue }
            let inverseSquare = point.inverseSquare
            let amount = point.amount
            var column = first & ~(block - 1)
            while column <= last {
                for k in 0..<block {
                    let dx = centers[column + k] - point.x
                    sums[column + k] +=
                        amount * Profile.shape((dx * dx + dy2) * inverseSquare)
                }
                column += block
            }
        }
    }
}
