import GridCore

/// Kernel points in buckets by the row of the grid they lie in, as far above
/// and below the grid as kernels reach.
struct KernelPointRows {
    /// The points, bucket after bucket, in `KernelPoint.precedes` order
    /// inside each.
    let points: [KernelPoint]
    /// Where bucket `i` starts; one more at the end.
    let starts: [Int]
    /// How many rows a kernel can reach up or down, and so how many buckets
    /// there are above row 0.
    let reachInRows: Int

    /// Points that cannot reach the grid are left out.
    init(_ all: [KernelPoint], on spec: GridSpec, threads: Int) {
        let box = spec.boundingBox
        let longest = all.reduce(0) { max($0, $1.reachSquared) }.squareRoot()
        let near = box.expanded(by: longest)
        let reach = Int((longest / spec.rowHeight).rounded(.up)) + 1
        let buckets = spec.shape.rows + 2 * reach
        // -1 = out of reach.
        let bucket = all.map { point in
            guard near.contains(Coordinate(x: point.x, y: point.y)) else { return -1 }
            let row = ((box.maxY - point.y) / spec.rowHeight).rounded(.down)
            return min(max(Int(row) + reach, 0), buckets - 1)
        }
        var starts = [Int](repeating: 0, count: buckets + 1)
        for i in bucket where i >= 0 { starts[i + 1] += 1 }
        for i in 0..<buckets { starts[i + 1] += starts[i] }
        var next = starts
        let count = starts[buckets]
        points = [KernelPoint](unsafeUninitializedCapacity: count) { buffer, initialized in
            for (point, i) in zip(all, bucket) where i >= 0 {
                buffer.initializeElement(at: next[i], to: point)
                next[i] += 1
            }
            initialized = count
            Self.sortBuckets(buffer, starts: starts, threads: threads)
        }
        self.starts = starts
        reachInRows = reach
    }

    private static func sortBuckets(
        _ buffer: UnsafeMutableBufferPointer<KernelPoint>, starts: [Int], threads: Int
    ) {
        let shared = SharedCells(buffer)
        let perJob = 64
        let buckets = starts.count - 1
        forEachInParallel(count: (buckets + perJob - 1) / perJob, threads: threads) { _, job in
            for i in (job * perJob)..<min(buckets, (job + 1) * perJob) {
                var bucket = UnsafeMutableBufferPointer(
                    rebasing: shared.cells[starts[i]..<starts[i + 1]])
                bucket.sort(by: KernelPoint.precedes)
            }
        }
    }

    /// The points that may reach row `row` of the grid.
    func range(reachingRow row: Int) -> Range<Int> {
        starts[row]..<starts[row + 2 * reachInRows + 1]
    }
}
