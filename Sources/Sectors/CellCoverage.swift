import GridCore

/// The exact share of every cell of a grid that polygons cover, from 0 to 1.
///
/// The outline is walked edge by edge through the cells it crosses. In every
/// such cell an edge leaves two numbers: the height it spans there, which all
/// cells further right in the row inherit, and the area to its right inside
/// the cell. The sum of both along a row is the covered fraction, without
/// sampling and without clipping polygons: the accumulation that exact
/// anti-aliased rasterisers use. Splitting cells by the exact fraction for
/// zonal statistics is the idea of exactextract (D. Baston, ISciences).
///
/// Kept as runs per row, so memory follows the outline, not the area.
public struct CellCoverage: Sendable {
    /// Neighbouring cells of one row that are all fully covered, or all
    /// partly covered.
    public struct Run: Hashable, Sendable {
        /// Column of the westernmost cell, in the grid.
        public let firstColumn: Int
        /// Number of cells, above 0.
        public internal(set) var columns: Int
        /// Where the run's fractions begin in `fractions`; nil = each is 1.
        public let fractionOffset: Int?

        /// The column after the easternmost cell.
        public var endColumn: Int { firstColumn + columns }
    }

    /// A fraction nearer than this to 0 or 1 is 0 or 1. Sums of heights of at
    /// most 1 round by about 1e-16 per edge; this leaves room for thousands
    /// of edges in one row and is far below what any result shows.
    public static let fractionTolerance = 1e-12

    /// The rectangle around all covered cells; empty when there are none.
    public let window: CellWindow
    /// The fractions of all partly covered cells, run after run, each in
    /// 0 < f < 1.
    public let fractions: [Double]
    private let runs: [Run]
    /// `runs` of window row i are `rowStarts[i] ..< rowStarts[i + 1]`.
    private let rowStarts: [Int]

    /// The cover of the cells of `spec` by polygons in the CRS of `spec`.
    ///
    /// Rings may run either way; a ring that is not closed is closed. Parts
    /// outside the grid count for nothing. Polygons that overlap, which a
    /// valid multi-polygon has not, cover a cell at most once. A vertex that
    /// lies on a cell edge but for the rounding of its own coordinates is
    /// taken to lie on it.
    ///
    /// Preconditions: a north-up grid; finite coordinates that lie within
    /// 1e15 cells of the grid's origin.
    public init(of polygons: MultiPolygon, on spec: GridSpec) {
        precondition(spec.geotransform.isNorthUp, "cell coverage needs a north-up grid")
        var walker = EdgeWalker(spec)
        for polygon in polygons.polygons {
            walker.addRing(polygon.exterior, isHole: false)
            for hole in polygon.holes { walker.addRing(hole, isHole: true) }
        }
        var builder = RunBuilder(columnCount: spec.shape.columns)
        builder.sweep(walker.sortedCrossings())
        window = builder.window
        fractions = builder.fractions
        runs = builder.runs
        rowStarts = builder.rowStarts
    }

    /// The covered runs of a row of the grid, from west to east; empty where
    /// the row is not touched.
    public func runs(inRow row: Int) -> ArraySlice<Run> {
        let i = row - window.row
        guard i >= 0, i < window.rows else { return [] }
        return runs[rowStarts[i]..<rowStarts[i + 1]]
    }

    /// The covered fraction of one cell; 0 outside the grid.
    public func fraction(row: Int, column: Int) -> Double {
        for run in runs(inRow: row) where column >= run.firstColumn && column < run.endColumn {
            guard let offset = run.fractionOffset else { return 1 }
            return fractions[offset + column - run.firstColumn]
        }
        return 0
    }

    /// Calls `body` for every covered cell with its fraction, 0 < f <= 1, row
    /// after row, west to east.
    public func forEachCell(_ body: (CellIndex, _ fraction: Double) -> Void) {
        for row in window.row..<window.row + window.rows {
            for run in runs(inRow: row) {
                for i in 0..<run.columns {
                    body(
                        CellIndex(row: row, column: run.firstColumn + i),
                        run.fractionOffset.map { fractions[$0 + i] } ?? 1)
                }
            }
        }
    }

    /// The covered area of one row in cells.
    public func coveredCells(inRow row: Int) -> Double {
        runs(inRow: row).reduce(0) { sum, run in
            guard let offset = run.fractionOffset else { return sum + Double(run.columns) }
            return sum + fractions[offset..<offset + run.columns].reduce(0, +)
        }
    }

    /// The covered area in cells.
    public var coveredCells: Double {
        (window.row..<window.row + window.rows).reduce(0) { $0 + coveredCells(inRow: $1) }
    }
}
