import Bases
import Foundation
import GridCore
import TestSupport
import Testing

@Suite("Coverage and losses of the location models")
struct LocationVectorTests {
    struct File: Decodable { let cases: [Case] }

    struct Case: Decodable {
        let weight: [Float]
        /// Row per demand point, column per base.
        let minutes: [[Double]]
        let T: Double
        let coverage_all_open: Double
        let backup_all_open: Double
        let marginal_loss_all_open: [Double]
        let nearest: [Double]
        let second: [Double]
    }

    @Test("equal the brute force over all bases")
    func equalBruteForce() throws {
        let data = try Data(contentsOf: TestPaths.fixture("transfer/location_models.json"))
        let cases = try JSONDecoder().decode(File.self, from: data).cases
        #expect(cases.count == 4)
        for instance in cases {
            let spec = CoverageCountry.grid(rows: 1, columns: instance.weight.count)
            let bases = instance.minutes[0].indices.map { base in instance.minutes.map { $0[base] }
            }
            let travel = CoverageCountry.travel(spec, minutes: bases)
            #expect(travel.firstMinutes.cells == instance.nearest)
            #expect(travel.secondMinutes.cells == instance.second)
            let demand = Demand(people: Grid(spec, cells: instance.weight))
            let report = CoverageTally(
                demand: demand, zones: DemandZones(sectors: []), travel: travel,
                limitsInMinutes: [instance.T]
            ).report
            #expect(report.total.limits[0].covered.people == instance.coverage_all_open)
            #expect(report.total.limits[0].backup.people == instance.backup_all_open)
            let ledger = LossLedger(
                demand: demand, travel: travel, baseCount: bases.count,
                limitsInMinutes: [instance.T])
            #expect(
                ledger.bases.map { $0.limits[0].lost.people } == instance.marginal_loss_all_open)
        }
    }
}
