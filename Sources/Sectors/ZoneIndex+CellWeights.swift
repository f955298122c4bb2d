import GridCore

/// What the weight of a cell is made of, besides the share of it that the
/// zone covers.
public enum CellWeightKind: Sendable {
    /// Square metres of the cell times a share of 0 ... 1, as of a mask.
    case shareOfArea
    /// An amount that the cell holds, such as people: the zone gets the
    /// covered share of it.
    case amount
}

extension ZoneIndex {
    /// Adds the cells of a zone inside `window` to `sink`, each with a weight
    /// of its own; cells of no weight are left out.
    ///
    /// - Parameters:
    ///   - values: the cells of `window`, row after row.
    ///   - weights: of the same cells, not negative and not NaN.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        weights: UnsafePointer<Float>, _ kind: CellWeightKind,
        into statistics: inout ZonalAccumulator
    ) {
        accumulateCells(window, zone, values, weights, kind, &statistics)
    }

    /// The same for class codes.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<UInt8>,
        weights: UnsafePointer<Float>, _ kind: CellWeightKind,
        into areas: inout ClassAreaAccumulator
    ) {
        accumulateCells(window, zone, values, weights, kind, &areas)
    }

    /// The same for values that are counted by size.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        weights: UnsafePointer<Float>, _ kind: CellWeightKind,
        into histogram: inout WeightedHistogram
    ) {
        accumulateCells(window, zone, values, weights, kind, &histogram)
    }

    /// Specialised here for each of the above.
    func accumulateCells<Sink: WeightedCellSink>(
        _ window: CellWindow, _ zone: Int, _ values: UnsafePointer<Sink.Value>,
        _ weights: UnsafePointer<Float>, _ kind: CellWeightKind, _ sink: inout Sink
    ) {
        let coverage = coverages[zone]
        let meeting = coverage.window.intersection(window)
        for row in meeting.row..<meeting.row + meeting.rows {
            let unit = kind == .shareOfArea ? cellAreas[row] : 1
            let start = (row - window.row) * window.columns - window.column
            for run in coverage.runs(inRow: row) {
                let first = max(run.firstColumn, window.column)
                let end = min(run.endColumn, window.column + window.columns)
                guard first < end else { continue }
                guard let offset = run.fractionOffset else {
                    Self.addRuns(
                        values + start + first, weights + start + first, end - first, unit, &sink)
                    continue
                }
                for column in first..<end where weights[start + column] > 0 {
                    let fraction = coverage.fractions[offset + column - run.firstColumn]
                    sink.add(
                        values[start + column],
                        weight: fraction * unit * Double(weights[start + column]))
                }
            }
        }
    }

    /// Whole cells; neighbours of the same weight go together, as masks of
    /// all or nothing have many.
    private static func addRuns<Sink: WeightedCellSink>(
        _ values: UnsafePointer<Sink.Value>, _ weights: UnsafePointer<Float>, _ count: Int,
        _ unit: Double, _ sink: inout Sink
    ) {
        var start = 0
        while start < count {
            let weight = weights[start]
            var end = start + 1
            while end < count, weights[end] == weight { end += 1 }
            if weight > 0 {
                sink.add(run: values + start, count: end - start, weight: unit * Double(weight))
            }
            start = end
        }
    }
}
