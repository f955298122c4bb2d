import GridCore

/// The border of a window of cells as runs along the lines of the grid.
struct WindowOutline: Sendable {
    /// A stretch of border on one line, in cells along it.
    struct Run: Sendable {
        var first: Double
        var last: Double
        /// 1 where the window lies on the side of smaller numbers, else -1.
        var side: Double
    }

    /// Runs of rows on each line between columns, from west to east.
    let betweenColumns: [[Run]]
    /// Runs of columns on each line between rows, from north to south.
    let betweenRows: [[Run]]

    init(of window: Grid<UInt8>) {
        let shape = window.shape
        let isInside = window.withCells { cells in cells.map { $0 != 0 } }
        func inside(_ row: Int, _ column: Int) -> Bool {
            (0..<shape.rows).contains(row) && (0..<shape.columns).contains(column)
                && isInside[row * shape.columns + column]
        }
        betweenColumns = (0...shape.columns).map { line in
            Self.runs(count: shape.rows) { inside($0, line - 1) } after: { inside($0, line) }
        }
        betweenRows = (0...shape.rows).map { line in
            Self.runs(count: shape.columns) { inside(line - 1, $0) } after: { inside(line, $0) }
        }
    }

    private static func runs(
        count: Int, before: (Int) -> Bool, after: (Int) -> Bool
    ) -> [Run] {
        var runs: [Run] = []
        for i in 0..<count {
            let side = (before(i) ? 1.0 : 0) - (after(i) ? 1.0 : 0)
            guard side != 0 else { continue }
            if let last = runs.last, last.last == Double(i), last.side == side {
                runs[runs.count - 1].last = Double(i + 1)
            } else {
                runs.append(Run(first: Double(i), last: Double(i + 1), side: side))
            }
        }
        return runs
    }
}
