import GridCore

/// Steps from a cell to the cells around it, the nearest first.
struct NearestSteps: Sendable {
    /// How far the list reaches.
    struct Level: Sendable {
        fileprivate let radius: Double
        fileprivate let diagonal: Double

        /// Far enough for `count` neighbours among cells that mostly take
        /// part, and beyond `radius`.
        init(for count: Int, radius: Double, on spec: GridSpec) {
            let (width, height) = (spec.columnWidth, spec.rowHeight)
            let area = Double(count + 1) * 4 * width * height
            let side = 3 * max(width, height)
            let columns = Double(spec.shape.columns) * width
            let rows = Double(spec.shape.rows) * height
            diagonal = (columns * columns + rows * rows).squareRoot()
            self.radius = max(radius * 1.5, (area / .pi).squareRoot(), side)
        }

        private init(radius: Double, diagonal: Double) {
            self.radius = radius
            self.diagonal = diagonal
        }

        var next: Level { Level(radius: 2 * radius, diagonal: diagonal) }
        fileprivate var isWholeGrid: Bool { radius >= diagonal }
    }

    struct Step: Sendable {
        var rows: Int
        var columns: Int
        var squaredDistance: Double
        /// Steps up to here are as near or nearer.
        var ringEnd = 0
    }

    let steps: [Step]
    private let isWholeGrid: Bool

    init(_ level: Level, on spec: GridSpec) {
        isWholeGrid = level.isWholeGrid
        let band = DistanceBand(radiusInMeters: level.radius, on: spec)
        let furthest = band.halfWidths.count - 1
        var steps: [Step] = []
        for row in -furthest...furthest {
            let halfWidth = band.halfWidths[abs(row)]
            for column in -halfWidth...halfWidth {
                let dx = Double(column) * spec.columnWidth
                let dy = Double(row) * spec.rowHeight
                steps.append(Step(rows: row, columns: column, squaredDistance: dx * dx + dy * dy))
            }
        }
        steps.sort {
            ($0.squaredDistance, $0.rows, $0.columns) < ($1.squaredDistance, $1.rows, $1.columns)
        }
        // Distances that differ by rounding are one.
        var end = steps.count
        for i in steps.indices.reversed() {
            if i + 1 < steps.count,
                steps[i + 1].squaredDistance > steps[i].squaredDistance * (1 + 1e-12) {
                end = i + 1
            }
            steps[i].ringEnd = end
        }
        self.steps = steps
    }

    /// How many steps it takes to find `count` neighbours besides the cell
    /// itself, ties included; all of them when the grid has fewer; nil when
    /// the list is too short.
    func end(around cell: CellIndex, valid: Grid<UInt8>, count: Int) -> Int? {
        let (rows, columns) = (valid.shape.rows, valid.shape.columns)
        return valid.withCells { valid in
            var found = 0
            var end = steps.count
            var i = 1
            while i < end {
                defer { i += 1 }
                let row = cell.row + steps[i].rows
                let column = cell.column + steps[i].columns
                guard row >= 0, row < rows, column >= 0, column < columns,
                    valid[row * columns + column] != 0
                else { continue }
                found += 1
                if found == count { end = steps[i].ringEnd }
            }
            // The outermost ring may be cut off by the list's own end.
            return found >= count && end < steps.count || isWholeGrid ? end : nil
        }
    }
}
