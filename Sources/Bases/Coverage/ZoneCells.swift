import GridCore
import Sectors

/// The cells of a zone with the share of each that the zone covers.
enum ZoneCells: Sendable {
    /// Every cell, whole.
    case all(Shape)
    /// What no sector covers.
    case outside([CellCoverage], Shape)
    case within(CellCoverage)

    private var window: CellWindow {
        switch self {
        case .all(let shape), .outside(_, let shape): CellWindow(shape)
        case .within(let coverage): coverage.window
        }
    }

    /// Sums of fractions round; a remainder below this is none.
    private static let smallestRemainder = 1e-9

    /// Calls `body` for every row that the zone touches, north to south.
    ///
    /// `fractions` has one share per column of the range, 0 ... 1, and is
    /// indexed from the start of the range.
    func forEachRow(
        _ body: (_ row: Int, _ columns: Range<Int>, _ fractions: UnsafeMutablePointer<Double>) ->
            Void
    ) {
        let window = window
        guard !window.isEmpty else { return }
        let columns = window.column..<window.column + window.columns
        withUnsafeTemporaryAllocation(of: Double.self, capacity: window.columns) { buffer in
            guard let fractions = buffer.baseAddress else { return }
            for row in window.row..<window.row + window.rows {
                fill(fractions, row: row, columns: columns)
                body(row, columns, fractions)
            }
        }
    }

    private func fill(
        _ fractions: UnsafeMutablePointer<Double>, row: Int, columns: Range<Int>
    ) {
        switch self {
        case .all:
            fractions.update(repeating: 1, count: columns.count)
        case .within(let coverage):
            fractions.update(repeating: 0, count: columns.count)
            Self.add(coverage, row: row, columns: columns, factor: 1, to: fractions)
        case .outside(let coverages, _):
            fractions.update(repeating: 1, count: columns.count)
            for coverage in coverages {
                Self.add(coverage, row: row, columns: columns, factor: -1, to: fractions)
            }
            for i in 0..<columns.count where fractions[i] < Self.smallestRemainder {
                fractions[i] = 0
            }
        }
    }

    /// Adds the fractions of one row of a cover inside `columns`.
    static func add(
        _ coverage: CellCoverage, row: Int, columns: Range<Int>, factor: Double,
        to fractions: UnsafeMutablePointer<Double>
    ) {
        for run in coverage.runs(inRow: row) {
            let first = max(run.firstColumn, columns.lowerBound)
            let end = min(run.endColumn, columns.upperBound)
            guard first < end else { continue }
            for column in first..<end {
                let share =
                    run.fractionOffset.map { coverage.fractions[$0 + column - run.firstColumn] }
                    ?? 1
                fractions[column - columns.lowerBound] += factor * share
            }
        }
    }
}

/// The sectors and districts of a country on the travel grid.
public struct DemandZones: Sendable {
    /// The cover of each sector. Sectors should not overlap: what two share
    /// counts in both.
    public var sectors: [CellCoverage]
    /// The cover of each district.
    public var districts: [CellCoverage]

    public init(sectors: [CellCoverage], districts: [CellCoverage] = []) {
        self.sectors = sectors
        self.districts = districts
    }
}

/// Time limits and the class of a time: the number of limits that it
/// exceeds. Limits include their boundary.
struct LimitClasses: Sendable {
    /// Ascending.
    let limits: [Double]

    /// Precondition: at least one limit, each above 0, ascending.
    init(_ limits: [Double]) {
        precondition(
            !limits.isEmpty && limits.allSatisfy { $0 > 0 && $0.isFinite }
                && zip(limits, limits.dropFirst()).allSatisfy { $0 < $1 },
            "time limits are positive and ascend")
        self.limits = limits
    }

    /// Number of classes: one per limit, and one beyond all.
    var count: Int { limits.count + 1 }

    /// 0 ... `limits.count`: the first limit that the time keeps. What is not
    /// a number is beyond all.
    @inline(__always)
    func of(_ minutes: Double) -> Int {
        var exceeded = 0
        for limit in limits where !(minutes <= limit) { exceeded += 1 }
        return exceeded
    }

    /// The class of a place; one that is off the network is beyond all.
    func of(_ cell: Int?, in minutes: Grid<Double>) -> Int {
        cell.map { number in minutes.withCells { of($0[number]) } } ?? limits.count
    }
}
