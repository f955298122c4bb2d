import Diagnostics
import GridCore

/// The cells over which an incident is spread that is known only to an area,
/// such as a province.
///
/// Each cell has a share, in any unit: the covered area, or the people in it.
/// What the area has outside the grid is a share of its own, so that mass is
/// never pressed into the grid. A copy costs nothing.
public struct SpreadRegion: Hashable, Sendable {
    /// The cells with a share above zero, by row, then column.
    public let cells: [CellIndex]
    /// Whole-number shares, one per cell; the largest share is 2^30.
    let parts: [Int64]
    /// The whole-number share of what lies outside the grid.
    let partOutside: Int64
    let partsInAll: Int64

    /// Shares finer than this part of the largest one are rounded.
    private static let finestPart = Double(1 << 30)

    /// A region of `cells` with their shares.
    ///
    /// - Parameters:
    ///   - cells: cells of the grid that the region will be used with, each
    ///     once, in any order; shares are finite and not negative. Shares are
    ///     kept to 2^-30 of the largest.
    ///   - shareOutside: the share that lies outside the grid. When no share
    ///     is above zero, everything counts as outside.
    /// - Throws: `.unsuitableIncident` when a share is negative or not
    ///   finite.
    public init(
        cells: [(cell: CellIndex, share: Double)], shareOutside: Double = 0
    ) throws(HotspotError) {
        let shares = cells.map(\.share) + [shareOutside]
        guard shares.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
            throw HotspotError(
                .unsuitableIncident,
                "a share of a region is negative or not a number (expected 0 or more)",
                mend: "Give every cell of the region the area of it that the region covers")
        }
        // Any number above 0 will do where all shares are 0.
        let largest = shares.max().flatMap { $0 > 0 ? $0 : nil } ?? 1
        let ordered =
            cells
            .map { (cell: $0.cell, part: Self.part($0.share, of: largest)) }
            .filter { $0.part > 0 }
            .sorted { ($0.cell.row, $0.cell.column) < ($1.cell.row, $1.cell.column) }
        self.cells = ordered.map(\.cell)
        parts = ordered.map(\.part)
        let inside = parts.reduce(0, +)
        let outside = Self.part(shareOutside, of: largest)
        partOutside = inside + outside == 0 ? 1 : outside
        partsInAll = inside + partOutside
    }

    private static func part(_ share: Double, of largest: Double) -> Int64 {
        Int64((share / largest * finestPart).rounded())
    }

    /// Sums of the shares of the cells up to each; what is left up to
    /// `partsInAll` lies outside the grid.
    var runningTotals: [Int64] {
        var total: Int64 = 0
        return parts.map { part in
            total += part
            return total
        }
    }

    /// The share of cell number `i` in the whole, 0...1.
    func fraction(_ i: Int) -> Double { Double(parts[i]) / Double(partsInAll) }

    /// The units of each cell, and those outside the grid; their sum is
    /// `mass` exactly.
    ///
    /// Every part is rounded down and the units left over go, one each, to
    /// the parts that lost most by it; the earlier cell wins a tie, and cells
    /// win over the outside (largest-remainder rule).
    func split(_ mass: MassUnits) -> (cells: [Int64], outside: Int64) {
        let shares = parts + [partOutside]
        var units = [Int64](repeating: 0, count: shares.count)
        var remainders = [Int64](repeating: 0, count: shares.count)
        var left = mass.units
        for i in shares.indices {
            let (quotient, remainder) = partsInAll.dividingFullWidth(
                mass.units.multipliedFullWidth(by: shares[i]))
            units[i] = quotient
            remainders[i] = remainder
            left -= quotient
        }
        let byLoss = shares.indices.sorted {
            (remainders[$1], $0) < (remainders[$0], $1)
        }
        for i in byLoss.prefix(Int(left)) { units[i] += 1 }
        return (Array(units.dropLast()), units[shares.count - 1])
    }

    /// Hashes the ends only: equality compares all, and this is called once
    /// per incident.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(cells.count)
        hasher.combine(cells.first)
        hasher.combine(cells.last)
        hasher.combine(partsInAll)
    }

    /// A total order that depends on the content alone.
    static func precedes(_ a: SpreadRegion, _ b: SpreadRegion) -> Bool {
        for (left, right) in zip(a.cells, b.cells) where left != right {
            return (left.row, left.column) < (right.row, right.column)
        }
        guard a.cells.count == b.cells.count else { return a.cells.count < b.cells.count }
        for (left, right) in zip(a.parts, b.parts) where left != right { return left < right }
        return a.partOutside < b.partOutside
    }
}
