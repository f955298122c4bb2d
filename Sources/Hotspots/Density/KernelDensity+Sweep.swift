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

/// Each row of cells gathers the points that reach it, in bucket order, into
/// a row of sums that stays in the first-level cache. The order of additions
/// of a cell is that of the points, whoever works on the row.
private func sweep<Profile: KernelProfile>(
    _: Profile.Type, _ rows: KernelPointRows, _ spec: GridSpec, _ threads: Int
) -> Grid<Double> {
    let columns = spec.shape.columns
    let lanes = Lanes.scalarCount
    // Whole lanes, so that no row needs a shorter tail loop.
    let blocks = (columns + lanes - 1) / lanes
    let centers = (0..<blocks).map { block in
        Lanes((0..<lanes).map { spec.center(of: CellIndex(row: 0, column: block * lanes + $0)).x })
    }
    let frame = RowFrame(
        originX: spec.geotransform.originX, inverseColumnWidth: 1 / spec.columnWidth,
        columns: columns)
    let workers = max(1, threads)
    let rowsPerJob = 8
    let jobs = (spec.shape.rows + rowsPerJob - 1) / rowsPerJob
    return Grid(spec) { cells in
        let output = SharedCells(cells)
        let scratch = SharedCells(
            UnsafeMutableBufferPointer<Lanes>.allocate(capacity: workers * blocks))
        defer { scratch.cells.deallocate() }
        forEachInParallel(count: jobs, threads: workers) { worker, job in
            let sums = UnsafeMutableBufferPointer(
                rebasing: scratch.cells[(worker * blocks)..<((worker + 1) * blocks)])
            for r in (job * rowsPerJob)..<min(spec.shape.rows, (job + 1) * rowsPerJob) {
                sums.initialize(repeating: Lanes())
                frame.gather(
                    Profile.self, rows.points, rows.range(reachingRow: r),
                    y: spec.center(of: CellIndex(row: r, column: 0)).y,
                    centers: centers, into: sums)
                sums.withMemoryRebound(to: Double.self) { sums in
                    for c in 0..<columns { output.cells[r &* columns &+ c] = sums[c] }
                }
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
        _: Profile.Type, _ points: [KernelPoint], _ range: Range<Int>, y: Double,
        centers: [Lanes], into sums: UnsafeMutableBufferPointer<Lanes>
    ) {
        let lanes = Lanes.scalarCount
        points.withUnsafeBufferPointer { points in
            centers.withUnsafeBufferPointer { centers in
                for i in range {
                    let point = points[i]
                    let dy = y - point.y
                    let dy2 = dy * dy
                    guard dy2 * point.inverseSquare < Profile.reach * Profile.reach else {
                        continue
                    }
                    let middle = (point.x - originX) * inverseColumnWidth - 0.5
                    let half =
                        max(0, point.reachSquared - dy2).squareRoot() * inverseColumnWidth
                        + Self.spare
                    let first = max(0, Int(middle - half))
                    let last = min(columns &- 1, Int(middle + half))
                    guard first <= last else { continue }
                    for block in (first / lanes)...(last / lanes) {
                        let dx = centers[block] - point.x
                        let t2 = (dx * dx + dy2) * point.inverseSquare
                        sums[block] += point.amount * Profile.shape(t2)
                    }
                }
            }
        }
    }
}
