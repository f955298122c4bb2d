import GridCore

/// Turns the crossings of an outline into runs of covered cells.
struct RunBuilder {
    private(set) var runs: [CellCoverage.Run] = []
    private(set) var fractions: [Double] = []
    private(set) var rowStarts: [Int] = [0]
    private(set) var window = CellWindow(row: 0, column: 0, rows: 0, columns: 0)
    private let columnCount: Int

    init(columnCount: Int) { self.columnCount = columnCount }

    /// Precondition: sorted by row, then column.
    mutating func sweep(_ crossings: [CellCrossing]) {
        guard let first = crossings.first, let last = crossings.last else { return }
        let rows = first.row...last.row
        var next = 0
        for row in rows {
            next = sweepRow(row, crossings, from: next)
            rowStarts.append(runs.count)
        }
        let west = runs.lazy.map(\.firstColumn).min() ?? 0
        let east = runs.lazy.map(\.endColumn).max() ?? 0
        window = CellWindow(
            row: rows.lowerBound, column: west, rows: rows.count, columns: east - west)
    }

    /// Sums the crossings of a row from west to east; returns the index of
    /// the first crossing of a later row.
    private mutating func sweepRow(
        _ row: Int, _ crossings: [CellCrossing], from start: Int
    ) -> Int {
        let firstRun = runs.count
        var next = start
        var column = 0
        var cover = 0.0
        while next < crossings.count, crossings[next].row == row {
            let here = crossings[next].column
            cover = Self.snapped(cover)
            append(cover, columns: here - column, at: column, rowStart: firstRun)
            var heightSum = 0.0
            var areaSum = 0.0
            while next < crossings.count, crossings[next].row == row,
                crossings[next].column == here
            {
                heightSum += crossings[next].cover
                areaSum += crossings[next].area
                next += 1
            }
            append(Self.snapped(cover + areaSum), columns: 1, at: here, rowStart: firstRun)
            cover += heightSum
            column = here + 1
        }
        append(
            Self.snapped(cover), columns: columnCount - column, at: column, rowStart: firstRun)
        return next
    }

    /// Rounding residues removed. A cover beyond 0 ... 1 stands as it is, for
    /// an overlap must be left again by the edges further right.
    private static func snapped(_ value: Double) -> Double {
        let whole = value.rounded()
        return abs(value - whole) < CellCoverage.fractionTolerance ? whole : value
    }

    private mutating func append(
        _ value: Double, columns: Int, at column: Int, rowStart: Int
    ) {
        guard value > 0, columns > 0 else { return }
        let isFull = value >= 1
        if !isFull { fractions.append(contentsOf: repeatElement(value, count: columns)) }
        if runs.count > rowStart, let last = runs.last, last.endColumn == column,
            (last.fractionOffset == nil) == isFull
        {
            runs[runs.count - 1].columns += columns
        } else {
            runs.append(
                CellCoverage.Run(
                    firstColumn: column, columns: columns,
                    fractionOffset: isFull ? nil : fractions.count - columns))
        }
    }
}
