import GridCore
import Sectors

/// Whether a population grid can be people per cell, or looks like people per
/// square kilometre.
///
/// A density read as a count is wrong by the area of a cell: too few people
/// on coarse cells, too many on fine ones. On cells of about 1 km2 both mean
/// nearly the same, and nothing can be told or needs to be. Two tests, the
/// first of which is the stronger:
///
/// 1. Against the settlements whose population is known. The grid must hold
///    them, so a sum of less than half of theirs is wrong; it is a density
///    when the sum of value times area is nearer to theirs, as a factor.
/// 2. Alone, on at least 1,000 km2 with people. Above 2,000 people per km2 on
///    average (no country with more than a city has that) the values are too
///    many for counts. Below one per km2, with most values not whole and
///    cells of 2 km2 or more, too few. Either way it is a density when value
///    per km2 would be plausible: 1 ... 2,000 on average.
public struct PopulationCheck: Sendable, Hashable {
    /// Sum of the usable values: people if they are counts.
    public let sum: Double
    /// Sum of value times cell area in km2: people if they are densities.
    public let sumAsDensity: Double
    /// Area of the cells with people, km2.
    public let populatedSquareKilometers: Double
    /// Number of cells with people.
    public let populatedCells: Int
    /// How many of them are not whole numbers.
    public let fractionalCells: Int
    /// Cells below 0, taken as 0.
    public let negativeCells: Int
    /// Cells that are not finite numbers (NaN is no data), taken as 0.
    public let missingCells: Int
    /// People in the settlements whose population is known.
    public let settlementPeople: Double
    /// What the values look like.
    public let finding: Finding

    /// What a population grid looks like.
    public enum Finding: String, Sendable, Hashable, CaseIterable {
        /// Nothing speaks against counts.
        case plausible
        /// No cell has people.
        case empty
        /// Values are per km2: too few for the known settlements.
        case densityBySettlements = "density-by-settlements"
        /// Values are per km2: too many or too few per km2 for counts.
        case densityBySum = "density-by-sum"
        /// Fewer people than in the settlements, whatever the unit.
        case tooFew = "too-few"
        /// Denser than any country, whatever the unit.
        case tooMany = "too-many"
    }

    private static let fewestShareOfSettlements = 0.5
    private static let plausiblePerSquareKilometer = 1.0...2_000.0
    private static let smallestSquareKilometers = 1_000.0
    private static let coarseCellSquareKilometers = 2.0

    /// Reads the values once.
    ///
    /// - Parameters:
    ///   - values: the grid as it was read, before anything was replaced.
    ///   - cellAreas: of as many rows as the grid.
    ///   - settlementPopulations: nil = unknown.
    public init(
        _ values: Grid<Float>, cellAreas: CellAreas, settlementPopulations: [Int?] = []
    ) {
        let shape = values.shape
        precondition(
            cellAreas.squareMetersPerRow.count == shape.rows, "cell areas of another grid")
        var sum = CompensatedSum()
        var weighted = CompensatedSum()
        var area = CompensatedSum()
        var (populated, fractional, negative, missing) = (0, 0, 0, 0)
        values.withCells { cells in
            for row in 0..<shape.rows {
                let squareKilometers = cellAreas[row] / 1e6
                for i in row * shape.columns..<(row + 1) * shape.columns {
                    let value = cells[i]
                    guard value.isFinite else {
                        missing += 1
                        continue
                    }
                    guard value > 0 else {
                        if value < 0 { negative += 1 }
                        continue
                    }
                    populated += 1
                    if value != value.rounded() { fractional += 1 }
                    sum.add(Double(value))
                    weighted.add(Double(value) * squareKilometers)
                    area.add(squareKilometers)
                }
            }
        }
        self.sum = sum.value
        sumAsDensity = weighted.value
        populatedSquareKilometers = area.value
        populatedCells = populated
        fractionalCells = fractional
        negativeCells = negative
        missingCells = missing
        settlementPeople = settlementPopulations.reduce(0) { $0 + Double(max(0, $1 ?? 0)) }
        finding = Self.judge(
            sum: sum.value, sumAsDensity: weighted.value, area: area.value, populated: populated,
            fractional: fractional, settlements: settlementPeople)
    }

    private static func judge(
        sum: Double, sumAsDensity: Double, area: Double, populated: Int, fractional: Int,
        settlements: Double
    ) -> Finding {
        guard populated > 0 else { return .empty }
        if sum < fewestShareOfSettlements * settlements {
            let asCount = settlements / sum
            let asDensity = max(settlements / sumAsDensity, sumAsDensity / settlements)
            return asDensity < asCount ? .densityBySettlements : .tooFew
        }
        guard area >= smallestSquareKilometers else { return .plausible }
        let asDensityIsPlausible = plausiblePerSquareKilometer.contains(sumAsDensity / area)
        if sum / area > plausiblePerSquareKilometer.upperBound {
            return asDensityIsPlausible ? .densityBySum : .tooMany
        }
        if sum / area < plausiblePerSquareKilometer.lowerBound, 2 * fractional > populated,
            area / Double(populated) >= coarseCellSquareKilometers, asDensityIsPlausible
        {
            return .densityBySum
        }
        return .plausible
    }

    /// What to tell the user; nil when the values are plausible.
    public var message: String? {
        // A sum that is absurd must not stop the message that says so.
        func whole(_ value: Double) -> Int { Int(min(value, 1e18).rounded()) }
        let people = whole(sum)
        let perCell = "people per cell"
        switch finding {
        case .plausible: return nil
        case .empty:
            return "population: no cell has people (expected \(perCell)). Check the band and its "
                + "nodata value."
        case .densityBySettlements:
            return "population: the values look like people per km2 (sum \(people), the "
                + "settlements have \(whole(settlementPeople)); expected \(perCell)). Multiply "
                + "by the cell area, or give a grid of counts."
        case .densityBySum:
            return "population: the values look like people per km2 (as counts \(people) on "
                + "\(whole(populatedSquareKilometers)) km2; expected \(perCell)). Multiply by the "
                + "cell area, or give a grid of counts."
        case .tooFew:
            return "population: the grid has fewer people than the settlements (found \(people), "
                + "expected at least half of \(whole(settlementPeople))). Check the unit and the "
                + "extent of both."
        case .tooMany:
            return "population: more people than any country has on this area (found \(people) on "
                + "\(whole(populatedSquareKilometers)) km2). Check the unit of the values."
        }
    }
}
