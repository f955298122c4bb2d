import Drought
import GridCore
import Sectors

/// Adds the series of a tile up by zone, a few cells at a time, so that no
/// plane of the tile has to be kept for each step.
///
/// Not Sendable: one per worker.
final class IndicatorTracer {
    private let plan: IndicatorPlan
    private let zones: ZoneIndex
    private let methods: [any IndicatorMethod]
    /// Empty sums of a zone.
    private let emptyLines: [[ExactZonalSum]]
    private let emptyCondition: [ExactZonalSum]
    private var touched: [Int] = []
    private var lines: [[[ExactZonalSum]]] = []
    private var condition: [[ExactZonalSum]] = []

    init(_ plan: IndicatorPlan, zones: ZoneIndex, methods: [any IndicatorMethod]) {
        self.plan = plan
        self.zones = zones
        self.methods = methods
        emptyLines = plan.lines(methods).map { line in line.steps.map { _ in ExactZonalSum() } }
        let wantsCondition = plan.settings.compute.contains(.runs) || plan.seriesSteps != nil
        emptyCondition = wantsCondition ? plan.conditionSteps.map { _ in ExactZonalSum() } : []
    }

    /// Begins a tile that `zones` touch.
    func begin(_ zones: [Int]) {
        touched = zones
        lines = zones.map { _ in emptyLines }
        condition = zones.map { _ in emptyCondition }
    }

    /// Hands the sums of the tile to the zone at a position of those given.
    func finish(_ position: Int, into entry: inout IndicatorZoneEntry) {
        entry.lines = lines[position]
        entry.condition = condition[position]
    }

    /// Takes the cells of a chunk that the methods have computed.
    ///
    /// - Parameters:
    ///   - start: its first cell in the tile.
    ///   - shares: of the cells of the tile; nil without a mask.
    func take(_ cells: IndicatorCells, _ tile: CellWindow, start: Int, shares: UnsafePointer<Float>?)
    {
        guard !touched.isEmpty, !emptyCondition.isEmpty || !emptyLines.isEmpty else { return }
        let parts = Self.parts(of: start..<start + cells.cells, in: tile).flatMap { part in
            touched.indices.filter {
                !zones.coverages[touched[$0]].window.intersection(part.window).isEmpty
            }.map { Cover(position: $0, window: part.window, start: part.start - start) }
        }
        guard !parts.isEmpty else { return }
        let shares = shares.map { $0 + start }
        for (place, step) in plan.conditionSteps.enumerated() where !emptyCondition.isEmpty {
            let plane = cells.vci(step)
            for part in parts {
                self.add(plane, part, shares, &condition[part.position][place])
            }
        }
        guard let steps = plan.seriesSteps else { return }
        func take(_ line: Int, _ place: Int, _ plane: UnsafePointer<Float>) {
            for part in parts {
                self.add(plane, part, shares, &lines[part.position][line][place])
            }
        }
        for (place, step) in steps.enumerated() {
            take(0, place, cells.series.plane(step))
            for (band, block) in cells.band.enumerated() { take(1 + band, place, block.plane(place)) }
        }
        var first = 1 + cells.band.count
        for method in methods where !method.lines.isEmpty {
            method.trace(cells) { take(first + $0, $1, $2) }
            first += method.lines.count
        }
    }

    /// Cells of a chunk that a zone may cover.
    private struct Cover {
        var position: Int
        var window: CellWindow
        /// Of the window in the chunk.
        var start: Int
    }

    private func add(
        _ plane: UnsafePointer<Float>, _ part: Cover, _ shares: UnsafePointer<Float>?,
        _ sum: inout ExactZonalSum
    ) {
        zones.accumulate(
            window: part.window, zone: touched[part.position], values: plane + part.start,
            shares: shares.map { $0 + part.start }, into: &sum)
    }

    /// The windows that hold a run of cells of a tile, with the place of
    /// their first cell: the end of a row, whole rows, the begin of a row.
    static func parts(of run: Range<Int>, in tile: CellWindow) -> [(window: CellWindow, start: Int)] {
        var parts: [(window: CellWindow, start: Int)] = []
        var start = run.lowerBound
        while start < run.upperBound {
            let row = start / tile.columns
            let column = start % tile.columns
            let rest = run.upperBound - start
            let rows = column == 0 ? max(1, rest / tile.columns) : 1
            let columns = min(tile.columns - column, rest)
            let window = CellWindow(
                row: tile.row + row, column: tile.column + column, rows: rows, columns: columns)
            parts.append((window, start))
            start += rows * columns
        }
        return parts
    }
}
