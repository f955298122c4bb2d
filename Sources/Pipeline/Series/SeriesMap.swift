import Diagnostics
import Drought
import Foundation
import GridCore
import Report

/// Maps of the cells of a small raster, from what `SeriesAnalysis` computed.
extension SeriesAnalysis {
    /// Cells of all maps of a picture; more make a file that nobody opens.
    private static let mostMappedCells = 50_000

    /// VCI and z-score of every cell, a map for each step from `start` to
    /// `end`, as SVG.
    ///
    /// - Throws: `unsuitable-series` for a table, and for too many maps.
    public func map(
        _ indices: [SeriesIndices], from start: Double, to end: Double,
        baseline: ClosedRange<Int>
    ) throws(DroughtError) -> [UInt8] {
        let steps = series.steps(from: start, to: end)
        let shape = try mappedShape(maps: 2 * steps.count)
        func panels(_ value: (SeriesIndices) -> [Double]) -> [CellMapSheet.Panel] {
            steps.map { step in
                CellMapSheet.Panel(
                    title: series.title(step),
                    values: indices.prefix(shape.count).map { value($0)[step] })
            }
        }
        return CellMapSheet(
            title: "VCI and z-score of every cell",
            subtitle: "Against the same time of the year of \(baseline.lowerBound) to "
                + "\(baseline.upperBound). A map for each step, named by its first day.",
            shape: shape,
            sections: [
                CellMapSheet.Section(
                    title: "VCI, percent (0: the lowest, 100: the highest of the baseline)",
                    scale: .vegetationCondition, panels: panels(\.vci)),
                CellMapSheet.Section(
                    title: "z-score, standard deviations from the mean of the baseline",
                    scale: .zscore, panels: panels(\.zscore)),
            ],
            notes: [Self.order]
        ).svgBytes()
    }

    /// Magnitude and time of the break of every cell as SVG.
    ///
    /// - Throws: `unsuitable-series` for a table, and for too many cells.
    public func map(_ found: [(String, BreakMonitor)]) throws(DroughtError) -> [UInt8] {
        let shape = try mappedShape(maps: 2)
        let cells = found.prefix(shape.count).map(\.1)
        let magnitudes = cells.map(\.magnitude)
        let times = cells.map { $0.breakStep.map { series.times[$0] } ?? .nan }
        return CellMapSheet(
            title: "Breaks of every cell",
            subtitle: "BFAST-monitor of each cell by itself.", shape: shape,
            sections: [
                CellMapSheet.Section(
                    title: "Magnitude: median of observed less expected values",
                    scale: .deviation(of: magnitudes, missing: "no fit"),
                    panels: [.init(title: "", values: magnitudes)]),
                CellMapSheet.Section(
                    title: "Time of the break, decimal year",
                    scale: .sequence(of: times, missing: "no break found"),
                    panels: [.init(title: "", values: times)]),
            ],
            notes: [Self.order]
        ).svgBytes()
    }

    private static let order = "Rows and columns as in the raster, the first row at the top."

    private func mappedShape(maps: Int) throws(DroughtError) -> Shape {
        guard let shape = series.shape else {
            throw DroughtError(
                .unsuitableSeries, "a table has no places (expected a raster)",
                mend: "Leave --map away, or give a raster and --dates")
        }
        guard maps > 0, shape.count * maps <= Self.mostMappedCells else {
            throw DroughtError(
                .unsuitableSeries,
                "\(maps) maps of \(shape.count) cells (expected at least one map, and "
                    + "\(Self.mostMappedCells) cells in all at most)",
                mend: "Choose other steps with --start and --end")
        }
        return shape
    }
}
