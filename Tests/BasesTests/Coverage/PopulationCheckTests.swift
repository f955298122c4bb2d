import Bases
import GridCore
import Sectors
import Testing

@Suite("Population check")
struct PopulationCheckTests {
    /// A field with two towns, people per km2, on cells of a size in metres:
    /// as counts or as densities.
    private func check(cell: Double, asDensity: Bool, settlements: [Int?] = []) -> PopulationCheck {
        let cells = Int(100_000 / cell)
        let spec = CoverageCountry.grid(rows: cells, columns: cells, cell: cell)
        let area = cell * cell / 1e6
        let values = (0..<spec.shape.count).map { i -> Float in
            let density = i == 7 || i == 900 ? 4_000.0 : 8 + Double(i % 23) * 0.37
            return Float(asDensity ? density : density * area)
        }
        return PopulationCheck(
            Grid(spec, cells: values), cellAreas: CellAreas(projected: spec),
            settlementPopulations: settlements)
    }

    @Test("counts are plausible on fine and on coarse cells", arguments: [500.0, 1000, 5000])
    func counts(cell: Double) {
        let found = check(cell: cell, asDensity: false)
        #expect(found.finding == .plausible)
        #expect(found.message == nil)
    }

    @Test("a density on coarse cells is told by the settlements")
    func coarseDensity() {
        // 100,000 people in truth; as counts a 25th of them.
        let found = check(cell: 5000, asDensity: true, settlements: [50_000, nil, 40_000])
        #expect(found.finding == .densityBySettlements)
        #expect(found.message?.contains("people per km2") == true)
        #expect(check(cell: 5000, asDensity: false, settlements: [50_000]).finding == .plausible)
    }

    @Test("a density on fine cells is told by its sum")
    func fineDensity() {
        let spec = CoverageCountry.grid(rows: 400, columns: 400, cell: 100)
        let values = Grid<Float>(spec, filledWith: 30.5)
        let check = PopulationCheck(values, cellAreas: CellAreas(projected: spec))
        // 3,050 people per km2 on 1,600 km2.
        #expect(check.finding == .densityBySum)
    }

    @Test("a thin density on coarse cells is told by its sum when values are not whole")
    func thinDensity() {
        let spec = CoverageCountry.grid(rows: 20, columns: 20, cell: 10_000)
        let areas = CellAreas(projected: spec)
        #expect(
            PopulationCheck(Grid(spec, filledWith: 20.5), cellAreas: areas).finding == .densityBySum
        )
        #expect(PopulationCheck(Grid(spec, filledWith: 20), cellAreas: areas).finding == .plausible)
    }

    @Test("absurd, too few and no people are told apart")
    func others() {
        let spec = CoverageCountry.grid(rows: 40, columns: 40)
        let areas = CellAreas(projected: spec)
        func finding(_ value: Float, _ settlements: [Int?] = []) -> PopulationCheck.Finding {
            PopulationCheck(
                Grid(spec, filledWith: value), cellAreas: areas, settlementPopulations: settlements
            ).finding
        }
        #expect(finding(.greatestFiniteMagnitude) == .tooMany)
        #expect(finding(1, [1_000_000]) == .tooFew)
        #expect(finding(0) == .empty)
        #expect(finding(.nan) == .empty)
        let absurd = PopulationCheck(
            Grid(spec, filledWith: .greatestFiniteMagnitude), cellAreas: areas)
        #expect(absurd.message != nil)
    }

    @Test("cells below zero and without data are counted")
    func counted() {
        let spec = CoverageCountry.grid(rows: 1, columns: 5)
        let check = PopulationCheck(
            Grid(spec, cells: [-1, -2, .nan, 3, 4.5]), cellAreas: CellAreas(projected: spec))
        #expect(check.negativeCells == 2)
        #expect(check.missingCells == 1)
        #expect(check.populatedCells == 2)
        #expect(check.fractionalCells == 1)
        #expect(check.sum == 7.5)
        #expect(check.finding == .plausible)
    }
}
