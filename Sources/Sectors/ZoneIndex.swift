import GridCore

/// Which cells of a grid belong to which zone, and with what weight: the
/// covered fraction times the area of the cell. Computed once, then applied
/// to any number of layers, tile by tile.
///
/// Zones may overlap or leave gaps; a cell on a common border is split
/// between its zones by fraction, so that zones which tile the plane add up
/// to the whole.
public struct ZoneIndex: Sendable {
    /// The grid whose cells are weighted.
    public let spec: GridSpec
    /// The areas of its cells, a factor of every weight.
    public let cellAreas: CellAreas
    /// The cover of each zone, in zone order.
    public let coverages: [CellCoverage]

    /// Computes the cover of all zones.
    ///
    /// Preconditions: `zones` in the CRS of `spec`, a north-up grid, and
    /// `cellAreas` of as many rows as `spec`.
    public init(zones: [MultiPolygon], spec: GridSpec, cellAreas: CellAreas) {
        precondition(
            cellAreas.squareMetersPerRow.count == spec.shape.rows,
            "cell areas of another grid")
        self.spec = spec
        self.cellAreas = cellAreas
        coverages = zones.map { CellCoverage(of: $0, on: spec) }
    }

    /// Number of zones, those outside the grid included.
    public var zoneCount: Int { coverages.count }

    /// The area in square metres of a zone inside the grid; 0 when it lies
    /// outside.
    public func areaInSquareMeters(ofZone zone: Int) -> Double {
        let coverage = coverages[zone]
        let rows = coverage.window.row..<coverage.window.row + coverage.window.rows
        return rows.reduce(0) { $0 + coverage.coveredCells(inRow: $1) * cellAreas[$1] }
    }

    /// The zones that may cover cells of `window`, in ascending order: those
    /// whose rectangle of covered cells meets it.
    public func zones(touching window: CellWindow) -> [Int] {
        coverages.indices.filter { !coverages[$0].window.intersection(window).isEmpty }
    }

    /// Adds the values of a zone's cells inside `window` to `statistics`; see
    /// `accumulate(window:zone:values:into:)` for any sink.
    ///
    /// - Parameter values: NaN = no value.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        into statistics: inout ZonalAccumulator
    ) {
        // Specialised here, where the generic function is compiled.
        accumulateCells(window: window, zone: zone, values: values, into: &statistics)
    }

    /// The same for class codes.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<UInt8>,
        into areas: inout ClassAreaAccumulator
    ) {
        accumulateCells(window: window, zone: zone, values: values, into: &areas)
    }

    /// The same for values that are collected for quantiles.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        into collected: inout WeightedValues
    ) {
        accumulateCells(window: window, zone: zone, values: values, into: &collected)
    }

    /// The same for values that are counted by size.
    public func accumulate(
        window: CellWindow, zone: Int, values: UnsafePointer<Float>,
        into histogram: inout WeightedHistogram
    ) {
        accumulateCells(window: window, zone: zone, values: values, into: &histogram)
    }

    /// Adds the cells of a zone inside `window` to `sink`, row after row from
    /// north to south, each row from west to east.
    ///
    /// - Parameters:
    ///   - window: a part of the grid.
    ///   - zone: 0 ..< `zoneCount`.
    ///   - values: the cells of `window`, row after row, `window.count` many.
    ///   - sink: a `ZonalAccumulator` (Float, NaN = no value), a
    ///     `ClassAreaAccumulator` (UInt8) or `WeightedValues`. Weights are in
    ///     square metres.
    public func accumulate<Sink: WeightedCellSink>(
        window: CellWindow, zone: Int, values: UnsafePointer<Sink.Value>,
        into sink: inout Sink
    ) {
        accumulateCells(window: window, zone: zone, values: values, into: &sink)
    }

    /// Specialised where it is called, inside this module.
    func accumulateCells<Sink: WeightedCellSink>(
        window: CellWindow, zone: Int, values: UnsafePointer<Sink.Value>,
        into sink: inout Sink
    ) {
        let coverage = coverages[zone]
        let meeting = coverage.window.intersection(window)
        let endColumn = window.column + window.columns
        for row in meeting.row..<meeting.row + meeting.rows {
            let area = cellAreas[row]
            let rowValues = values + (row - window.row) * window.columns
            for run in coverage.runs(inRow: row) {
                let first = max(run.firstColumn, window.column)
                let end = min(run.endColumn, endColumn)
                guard first < end else { continue }
                let cells = rowValues + (first - window.column)
                guard let offset = run.fractionOffset else {
                    sink.add(run: cells, count: end - first, weight: area)
                    continue
                }
                let fractionOffset = offset + first - run.firstColumn
                for i in 0..<end - first {
                    sink.add(cells[i], weight: coverage.fractions[fractionOffset + i] * area)
                }
            }
        }
    }
}
