import GridCore

extension CellCoverage {
    /// Writes the covered share of every cell of `window`, 0 ... 1, row after
    /// row.
    ///
    /// - Parameter shares: room for `window.count` cells.
    public func write(_ window: CellWindow, into shares: UnsafeMutablePointer<Float>) {
        shares.update(repeating: 0, count: window.count)
        for row in 0..<window.rows {
            let start = row * window.columns - window.column
            for run in runs(inRow: window.row + row) {
                let first = max(run.firstColumn, window.column)
                let end = min(run.endColumn, window.column + window.columns)
                guard first < end else { continue }
                for column in first..<end {
                    shares[start + column] =
                        run.fractionOffset.map {
                            Float(fractions[$0 + column - run.firstColumn])
                        } ?? 1
                }
            }
        }
    }
}
