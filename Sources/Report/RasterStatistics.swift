import GridCore

/// What the statistics line of a quick-look says of a raster of values.
struct RasterStatistics: Hashable, Sendable {
    /// Cells that are neither NaN nor infinite.
    var valid = 0
    var count = 0
    var minimum = Float.infinity
    var maximum = -Float.infinity
    private var sum = 0.0

    /// Over all cells, in row-major order and double precision.
    init(_ grid: Grid<Float>) {
        count = grid.count
        grid.withCells { cells in
            for value in cells where value.isFinite {
                valid += 1
                sum += Double(value)
                minimum = min(minimum, value)
                maximum = max(maximum, value)
            }
        }
    }

    /// nil without a valid cell.
    var mean: Double? { valid > 0 ? sum / Double(valid) : nil }

    /// One line of text; `unit` may be empty.
    func text(unit: String) -> String {
        guard let mean else { return "No valid cell among \(NumberText.grouped(count))" }
        let span = max(
            Double(maximum) - Double(minimum), max(abs(Double(maximum)), abs(mean)) * 1e-3)
        func number(_ value: Double) -> String { NumberText.readable(value, span: span) }
        return "Minimum \(number(Double(minimum))) · mean \(number(mean)) · maximum "
            + number(Double(maximum)) + (unit.isEmpty ? "" : " " + unit)
            + " · valid \(NumberText.percent(valid, of: count)) of "
            + "\(NumberText.grouped(count)) cells"
    }
}
