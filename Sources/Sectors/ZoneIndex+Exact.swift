import GridCore

extension ZoneIndex {
    /// Adds the cells of a zone inside `window` to exact sums.
    ///
    /// - Parameters:
    ///   - values: the cells of `window`, row after row; NaN = no value.
    ///   - shares: of each cell that counts, such as a mask's; nil: all of
    ///     every cell.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        shares: UnsafePointer<Float>?, into sum: inout ExactZonalSum
    ) {
        if let shares {
            accumulateCells(window, zone, values, shares, .shareOfArea, &sum)
        } else {
            accumulateCells(window: window, zone: zone, values: values, into: &sum)
        }
    }

    /// The same with a median.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        shares: UnsafePointer<Float>?, into spread: inout ZonalSpread
    ) {
        if let shares {
            accumulateCells(window, zone, values, shares, .shareOfArea, &spread)
        } else {
            accumulateCells(window: window, zone: zone, values: values, into: &spread)
        }
    }

    /// The area of each class code.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<UInt8>,
        shares: UnsafePointer<Float>?, into areas: inout ExactClassWeights
    ) {
        if let shares {
            accumulateCells(window, zone, values, shares, .shareOfArea, &areas)
        } else {
            accumulateCells(window: window, zone: zone, values: values, into: &areas)
        }
    }

    /// An amount that cells hold, such as people, by class code.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<UInt8>,
        amounts: UnsafePointer<Float>, into sums: inout ExactClassWeights
    ) {
        accumulateCells(window, zone, values, amounts, .amount, &sums)
    }

    /// Counts the cells of a zone inside `window` by class code, each once: a
    /// cell is of the zone that covers at least half of it.
    ///
    /// - Parameter shares: cells of share 0 are left out; nil: none is.
    public func countCells(
        window: CellWindow, zone: Int, codes: UnsafePointer<UInt8>,
        shares: UnsafePointer<Float>?, into counts: inout [Int]
    ) {
        let coverage = coverages[zone]
        let meeting = coverage.window.intersection(window)
        for row in meeting.row..<meeting.row + meeting.rows {
            let start = (row - window.row) * window.columns - window.column
            for run in coverage.runs(inRow: row) {
                let first = max(run.firstColumn, window.column)
                let end = min(run.endColumn, window.column + window.columns)
                guard first < end else { continue }
                for column in first..<end where (shares?[start + column] ?? 1) > 0 {
                    if let offset = run.fractionOffset,
                        coverage.fractions[offset + column - run.firstColumn] < 0.5
                    {
                        continue
                    }
                    counts[Int(codes[start + column])] += 1
                }
            }
        }
    }
}
