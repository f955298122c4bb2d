import GridCore

/// Incidents and valid cells within a distance band, row after row.
struct NeighbourhoodCounts: Sendable {
    private let scan: BandScan<Int64>
    private let numbers: BandCounts

    init(_ field: UnitField, numbers: BandCounts, shape: Shape, band: DistanceBand) {
        scan = BandScan(
            field: field, shape: shape, halfWidths: band.halfWidths, shift: 0,
            sum: BandKernels.best.sum64)
        self.numbers = numbers
    }

    /// The rows of the grid in strips, for the workers.
    var strips: [Range<Int>] { scan.strips }

    func makeScratch(workers: Int) -> [BandScan<Int64>.Scratch] { scan.makeScratch(workers: workers) }

    /// Calls `body` with the units and the numbers of cells around the cells
    /// of each row of a strip.
    func forEachRow(
        of strip: Range<Int>, scratch: BandScan<Int64>.Scratch,
        _ body: (_ row: Int, _ units: UnsafePointer<Int64>, _ cells: UnsafePointer<Int32>) -> Void
    ) {
        scan.forEachRow(of: strip, scratch: scratch) { row, units in
            _ = numbers.withRow(row) { body(row, units, $0) }
        }
    }
}
