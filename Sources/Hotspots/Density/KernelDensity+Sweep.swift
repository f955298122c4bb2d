import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

/// The density of bucketed points, row by row in parallel.
///
/// Each row of cells gathers the points that reach it, in bucket order, into
/// a row of sums that stays in the first-level cache. The order of additions
/// of a cell is that of the points, whoever works on the row.
///
/// - Parameter form: all forms give the same bits.
func sweepDensity(
    of rows: KernelPointRows, on spec: GridSpec, kernel: DensityKernel, threads: Int,
    form: InstructionSet = .best
) -> Grid<Double> {
    let columns = spec.shape.columns
    let lanes = DensityLanes.scalarCount
    // Whole lanes, so that no row needs a shorter tail loop.
    let blocks = (columns + lanes - 1) / lanes
    let centers = (0..<blocks).map { block in
        DensityLanes(
            (0..<lanes).map {
                spec.center(of: CellIndex(row: 0, column: block * lanes + $0)).x
            })
    }
    let frame = DensityRow(
        originX: spec.geotransform.originX, inverseColumnWidth: 1 / spec.columnWidth,
        columns: columns)
    let shape = kernel.profile
    let workers = max(1, threads)
    let rowsPerJob = 8
    let jobs = (spec.shape.rows + rowsPerJob - 1) / rowsPerJob
    return Grid(spec) { cells in
        let output = SharedCells(cells)
        let scratch = SharedCells(
            UnsafeMutableBufferPointer<DensityLanes>.allocate(capacity: workers * blocks))
        defer { scratch.cells.deallocate() }
        forEachInParallel(count: jobs, threads: workers) { worker, job in
            let sums = UnsafeMutableBufferPointer(
                rebasing: scratch.cells[(worker * blocks)..<((worker + 1) * blocks)])
            for r in (job * rowsPerJob)..<min(spec.shape.rows, (job + 1) * rowsPerJob) {
                sums.initialize(repeating: DensityLanes())
                rows.points.withUnsafeBufferPointer { points in
                    addKernels(
                        shape,
                        UnsafeBufferPointer(rebasing: points[rows.range(reachingRow: r)]),
                        y: spec.center(of: CellIndex(row: r, column: 0)).y, row: frame,
                        centers: centers, into: sums, form: form)
                }
                sums.withMemoryRebound(to: Double.self) { sums in
                    for c in 0..<columns { output.cells[r &* columns &+ c] = sums[c] }
                }
            }
        }
    }
}

/// The row kernel in the form that the processor runs.
private func addKernels(
    _ shape: DensityShape, _ points: UnsafeBufferPointer<KernelPoint>, y: Double,
    row: DensityRow, centers: [DensityLanes],
    into sums: UnsafeMutableBufferPointer<DensityLanes>, form: InstructionSet
) {
    centers.withUnsafeBufferPointer { centers in
        guard let centers = centers.baseAddress, let sums = sums.baseAddress else { return }
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                densityRowAVX2(
                    shape, points: points, y: y, row: row, centers: centers, into: sums)
        #endif
        default:
            densityRowKernel(
                shape, points: points, y: y, row: row, centers: centers, into: sums)
        }
    }
}
