import GridCore

/// The cells within a radius of a cell, as one run of columns per row.
///
/// Distances are between cell centres and the radius belongs to the band, as
/// does the cell itself.
struct DistanceBand: Sendable {
    /// How far the run reaches left and right of the cell's column, for the
    /// row of the cell and the rows above (or, alike, below) it.
    let halfWidths: [Int]

    /// A distance that exceeds the radius by less than this part of it is the
    /// radius: metres such as 3 x 0.1 do not come out exact.
    private static let tolerance = 1e-12

    /// Runs are cut to the size of the grid, which changes no sum.
    init(radiusInMeters radius: Double, on spec: GridSpec) {
        let limit = radius * (1 + Self.tolerance)
        let squaredLimit = limit * limit
        let furthestRow = min(Int(limit / spec.rowHeight), spec.shape.rows - 1)
        halfWidths = (0...max(0, furthestRow)).map { row in
            let dy = Double(row) * spec.rowHeight
            let guess = max(0, squaredLimit - dy * dy).squareRoot() / spec.columnWidth
            var width = min(Int(guess) + 1, spec.shape.columns - 1)
            while width > 0 {
                let dx = Double(width) * spec.columnWidth
                if dx * dx + dy * dy <= squaredLimit { break }
                width -= 1
            }
            return width
        }
    }

    /// Given runs, cut to the size of the grid.
    init(halfWidths: [Int], on spec: GridSpec) {
        self.halfWidths = halfWidths.prefix(spec.shape.rows)
            .map { min($0, spec.shape.columns - 1) }
    }

    /// Cells in the band of a cell far from the edges.
    var cellCount: Int {
        let runs = halfWidths.map { 2 * $0 + 1 }
        return 2 * runs.reduce(0, +) - runs[0]
    }

    /// The longest run to one side.
    var reachInColumns: Int { halfWidths[0] }
}
