import Diagnostics
import GridCore

/// Checked input of a local statistic on a grid.
struct GetisOrdInput: Sendable {
    let field: UnitField
    let valid: Grid<UInt8>
    let summary: FieldSummary
    let threads: Int

    init(units: Grid<Int64>, valid: Grid<UInt8>, threads: Int) throws(HotspotError) {
        try units.spec.checkMetric()
        guard valid.shape == units.shape else {
            throw HotspotError(
                .mismatch,
                "the mask has \(valid.shape.rows) x \(valid.shape.columns) cells (expected "
                    + "\(units.shape.rows) x \(units.shape.columns), as the values)",
                mend: "Make the mask on the grid of the values")
        }
        self.init(
            field: .units(units, valid: valid), valid: valid,
            summary: FieldSummary(of: units, valid: valid, threads: threads), threads: threads)
        try checkTotal()
    }

    init(counts: Grid<Double>, threads: Int) throws(HotspotError) {
        try counts.spec.checkMetric()
        var valid = Grid<UInt8>(counts.spec, filledWith: 1)
        let summary = FieldSummary(of: counts, valid: &valid, threads: threads)
        if let row = summary.firstFlawedRow {
            let columns = 0..<counts.shape.columns
            let column = columns.first { Self.isFlawed(counts[row, $0]) } ?? 0
            throw HotspotError(
                .unsuitableValue,
                "row \(row), column \(column): the value \(counts[row, column]) is not a whole "
                    + "number of 2^-20 incidents (expected a finite count or share)",
                mend: "Set cells without a value to NaN and round shares to 2^-20")
        }
        self.init(field: .counts(counts), valid: valid, summary: summary, threads: threads)
        try checkTotal()
    }

    private init(field: UnitField, valid: Grid<UInt8>, summary: FieldSummary, threads: Int) {
        self.field = field
        self.valid = valid
        self.summary = summary
        self.threads = max(1, threads)
    }

    private static func isFlawed(_ value: Double) -> Bool {
        let scaled = value * Double(MassUnits.unitsPerEvent)
        return !value.isNaN
            && !(scaled.magnitude <= Double(MassUnits.largest)
                && scaled.rounded(.towardZero) == scaled)
    }

    private func checkTotal() throws(HotspotError) {
        guard !summary.moments.isTooLarge else {
            throw HotspotError(
                .unsuitableValue,
                "the cells hold more than \(MassUnits(units: MassUnits.largest).events) incidents "
                    + "in all (expected at most that)",
                mend: "Check the deaths of the records, or cap the weight")
        }
    }

    func isValid(_ cell: Int) -> Bool { valid.withCells { $0[cell] != 0 } }

    /// The values as units; 0 where not valid.
    var units: Grid<Int64> {
        let columns = valid.shape.columns
        return Grid(valid.spec) { cells in
            guard let base = cells.baseAddress else { return }
            for row in 0..<valid.shape.rows {
                field.copy(row: row, columns: columns, into: base + row * columns)
            }
        }
    }

    /// How wide sums over a band have to be.
    func width(of band: DistanceBand) -> SumWidth {
        SumWidth(
            bits: summary.bits, magnitude: summary.moments.magnitude, cells: band.cellCount)
    }
}
