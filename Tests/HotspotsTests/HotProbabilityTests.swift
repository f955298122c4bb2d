import Diagnostics
import GridCore
import Synchronization
import TestSupport
import Testing

@testable import Hotspots

@Suite("Probability that a cell is hot")
struct HotProbabilityTests {
    private let spec = Vectors.spec(rows: 20, columns: 20)

    private func center(_ row: Int, _ column: Int) -> Coordinate {
        spec.center(of: CellIndex(row: row, column: column))
    }

    private func incident(
        _ identity: UInt64, _ place: UncertainIncident.Place, days: ClosedRange<Int> = 5...5,
        deaths: (low: Int, best: Int, high: Int) = (0, 0, 0)
    ) -> UncertainIncident {
        UncertainIncident(identity: identity, place: place, days: days, deaths: deaths)
    }

    /// A cell is hot where it holds any mass.
    private func share(
        _ incidents: [UncertainIncident], draws: Int = 400, seed: UInt64 = 1, threads: Int = 2,
        weight: IncidentWeight = .events, least: Int64 = 1
    ) throws -> HotProbability {
        try hotProbability(
            of: incidents, on: spec, window: 0...9, weight: weight, draws: draws, seed: seed,
            minimumBin: 1, threads: threads
        ) { drawn in
            Grid<Int8>(
                drawn.mass.spec, cells: drawn.mass.cells.map { $0 >= least ? 3 : 0 })
        }
    }

    /// Four standard errors of a share of 400 draws.
    private let tolerance = 4 * 0.5 / 20.0

    @Test("what is known exactly is certain")
    func certain() throws {
        let found = try share([incident(1, .known(center(3, 4)))])
        #expect(found.hotDraws[3, 4] == 400)
        #expect(found.hotDraws.cells.reduce(0, +) == 400)
        #expect(found[CellIndex(row: 3, column: 4)] == 1)
    }

    @Test("a day that may lie outside the window counts by its share of days")
    func days() throws {
        let found = try share([incident(1, .known(center(3, 4)), days: 5...24)])
        #expect(abs(found[CellIndex(row: 3, column: 4)] - 0.25) < tolerance)
        let never = try share([incident(1, .known(center(3, 4)), days: 10...24)])
        #expect(never.hotDraws.cells.allSatisfy { $0 == 0 })
    }

    @Test("a region is drawn by its shares, the rest of it lies outside")
    func region() throws {
        let region = try SpreadRegion(
            cells: [
                (CellIndex(row: 1, column: 1), 2), (CellIndex(row: 7, column: 3), 1),
            ], shareOutside: 1)
        let found = try share([incident(9, .region(region))])
        #expect(abs(found[CellIndex(row: 1, column: 1)] - 0.5) < tolerance)
        #expect(abs(found[CellIndex(row: 7, column: 3)] - 0.25) < tolerance)
        #expect(abs(Double(found.hotDraws.cells.reduce(0, +)) / 400 - 0.75) < tolerance)
    }

    @Test("a disc is drawn evenly by area and never beyond its radius")
    func disc() throws {
        let place = center(10, 10)
        let incidents = (0..<50).map { incident(UInt64($0), .within(meters: 4000, of: place)) }
        var inner = 0
        var all = 0
        for one in incidents {
            for draw in 0..<40 {
                let drawn = one.draw(UInt32(draw), seed: 3, on: spec, totals: [])
                let cell = try #require(drawn.cell)
                let at = spec.center(of: cell)
                let (dx, dy) = (at.x - place.x, at.y - place.y)
                let distance = (dx * dx + dy * dy).squareRoot()
                #expect(distance <= 4000 + 708)
                all += 1
                if abs(dx) < 1 && abs(dy) < 1 { inner += 1 }
            }
        }
        // One cell of 1 km2 in a disc of 50.3 km2; 4 standard errors.
        let share = Double(inner) / Double(all)
        #expect(abs(share - 1 / 50.265) < 4 * (0.0199 * 0.98 / 2000).squareRoot())
    }

    @Test("deaths are drawn between the estimates, around the best one")
    func deaths() {
        let one = incident(4, .known(center(0, 0)), deaths: (2, 4, 12))
        let drawn = (0..<2000).map {
            one.draw(UInt32($0), seed: 8, on: spec, totals: []).deaths
        }
        #expect(drawn.allSatisfy { (2...12).contains($0) })
        // The mean of a triangular distribution is (a + b + c) / 3 = 6; its
        // standard deviation 2.16.
        let mean = Double(drawn.reduce(0, +)) / 2000
        #expect(abs(mean - 6) < 4 * 2.16 / 2000.0.squareRoot())
        // Estimates in the wrong order are put in order.
        let dirty = incident(4, .known(center(0, 0)), deaths: (12, 4, 2))
        #expect((0..<200).allSatisfy {
            (2...12).contains(dirty.draw(UInt32($0), seed: 8, on: spec, totals: []).deaths)
        })
        let fixed = incident(4, .known(center(0, 0)), deaths: (7, 7, 7))
        #expect(fixed.draw(1, seed: 8, on: spec, totals: []).deaths == 7)
    }

    @Test("order, threads and other incidents change no draw")
    func independence() throws {
        let incidents = (0..<60).map { index in
            incident(
                UInt64(index) &* 77, .within(meters: 6000, of: center(index % 20, index / 4)),
                days: 0...(index), deaths: (0, index % 5, 9))
        }
        let one = try share(incidents, draws: 30, threads: 1, weight: .fatalities, least: 3 << 20)
        let reversed = try share(
            incidents.reversed(), draws: 30, threads: 5, weight: .fatalities, least: 3 << 20)
        #expect(one.hotDraws.cells == reversed.hotDraws.cells)
        #expect(one.hotDraws.cells.contains { $0 > 0 })
        let other = try share(
            incidents, draws: 30, seed: 2, weight: .fatalities, least: 3 << 20)
        #expect(one.hotDraws.cells != other.hotDraws.cells)
        let alone = incidents[7].draw(3, seed: 1, on: spec, totals: [])
        let again = incidents[7].draw(3, seed: 1, on: spec, totals: [])
        #expect(alone.cell == again.cell && alone.day == again.day)
    }

    @Test("no incidents are nowhere hot; no draws are refused")
    func degenerate() throws {
        #expect(try share([]).hotDraws.cells.allSatisfy { $0 == 0 })
        #expect(throws: HotspotError.self) { try share([], draws: 0) }
    }
}
