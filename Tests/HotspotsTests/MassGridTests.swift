import Diagnostics
import GridCore
import Testing
import TestSupport

@testable import Hotspots

private let spec = Vectors.spec(rows: 4, columns: 5)

@Suite("Mass of incidents")
struct MassGridTests {
    @Test("incidents count in the cell that holds them, west and south edges included")
    func cells() throws {
        let grid = try MassGrid(
            of: [(500, 500), (1000, 0), (999.9, 999.9), (5000, 4000), (0, 1000), (2500, 3999)]
                .map { PlacedIncident(position: Coordinate(x: $0.0, y: $0.1)) },
            on: spec)
        let events = grid.units.cells.map { MassUnits(units: $0).events }
        #expect(
            events == [
                0, 0, 1, 0, 1,
                0, 0, 0, 0, 0,
                1, 0, 0, 0, 0,
                2, 1, 0, 0, 0,
            ])
        #expect(grid.inside == MassUnits(units: 6 << 20))
        #expect(grid.outside == .zero)
    }

    @Test("incidents outside are counted and not pressed into the rim")
    func outside() throws {
        let grid = try MassGrid(
            of: [(-0.1, 500), (500, 4000.1), (500, 500)]
                .map { PlacedIncident(position: Coordinate(x: $0.0, y: $0.1)) },
            on: spec)
        #expect(grid.outside == MassUnits(units: 2 << 20))
        #expect(grid.incidentsWithMassOutside == 2)
        #expect(grid.units.cells.reduce(0, +) == grid.inside.units)
        #expect(grid.inside == .oneEvent)
    }

    @Test("a widened incident keeps its mass in its cell")
    func widened() throws {
        let grid = try MassGrid(
            of: [
                PlacedIncident(
                    position: Coordinate(x: 500, y: 500),
                    footprint: .widened(byMeters: 25_000))
            ], on: spec)
        #expect(grid.units[3, 0] == MassUnits.unitsPerEvent)
    }

    @Test("mass is kept to the last unit, whatever the footprints and their order")
    func totals() throws {
        for seed in UInt64(0)..<20 {
            var random = SeededGenerator(seed: seed)
            let regions = try (0..<3).map { _ in
                try SpreadRegion(
                    cells: (0..<20).shuffled(using: &random).prefix(7).map {
                        (
                            CellIndex(row: $0 / 5, column: $0 % 5),
                            Double.random(in: 0...1, using: &random)
                        )
                    },
                    shareOutside: Bool.random(using: &random) ? 0.3 : 0)
            }
            let incidents = (0..<60).map { i in
                PlacedIncident(
                    position: Coordinate(
                        x: Double.random(in: -500...5500, using: &random),
                        y: Double.random(in: -500...4500, using: &random)),
                    mass: MassUnits(
                        units: Int64.random(in: 0...(9 * MassUnits.unitsPerEvent), using: &random)),
                    footprint: i % 3 == 0 ? .region(regions[i % 9 / 3]) : .point)
            }
            let grid = try MassGrid(of: incidents, on: spec)
            let total = incidents.reduce(0) { $0 + $1.mass.units }
            #expect(grid.inside.units + grid.outside.units == total, "seed \(seed)")
            #expect(grid.units.cells.reduce(0, +) == grid.inside.units, "seed \(seed)")
            let shuffled = try MassGrid(of: incidents.shuffled(using: &random), on: spec)
            #expect(shuffled.units.cells == grid.units.cells, "seed \(seed)")
        }
    }

    @Test("units left over go to the cells that lost most, the earlier one on a tie")
    func largestRemainder() throws {
        let thirds = try SpreadRegion(
            cells: (0..<3).reversed().map { (CellIndex(row: 0, column: $0), 1) })
        #expect(thirds.split(MassUnits(units: 8)).cells == [3, 3, 2])
        #expect(thirds.split(MassUnits(units: 1)).cells == [1, 0, 0])
        #expect(thirds.split(MassUnits(units: 0)).cells == [0, 0, 0])
        let uneven = try SpreadRegion(
            cells: [(CellIndex(row: 0, column: 0), 1), (CellIndex(row: 0, column: 1), 4)],
            shareOutside: 3)
        // 7 units: 0.875, 3.5 and 2.625; two units are left after rounding down.
        let split = uneven.split(MassUnits(units: 7))
        #expect(split.cells == [1, 3])
        #expect(split.outside == 3)
        let huge = uneven.split(MassUnits(units: MassUnits.largest))
        #expect(huge.cells.reduce(0, +) + huge.outside == MassUnits.largest)
    }

    @Test("a region without a share inside the grid is outside")
    func emptyRegion() throws {
        let region = try SpreadRegion(cells: [(CellIndex(row: 0, column: 0), 0)])
        #expect(region.cells.isEmpty)
        #expect(region.split(.oneEvent).outside == MassUnits.unitsPerEvent)
    }

    @Test("the days of a week add up to the incident exactly")
    func daysOfAWeek() {
        let one = MassUnits.oneEvent
        let days = (0..<7).map { one.share(of: $0..<($0 + 1), in: 7) }
        #expect(days.reduce(.zero, +) == one)
        #expect(one.share(of: 0..<3, in: 7) + one.share(of: 3..<7, in: 7) == one)
        #expect(one.share(of: 2..<2, in: 7) == .zero)
        let large = MassUnits(units: MassUnits.largest)
        #expect(large.share(of: 0..<365, in: 365) == large)
    }

    @Test("weights: one, deaths, ln(1 + deaths), deaths up to a cap")
    func weights() {
        #expect(IncidentWeight.events.value(fatalities: 7) == 1)
        #expect(IncidentWeight.fatalities.value(fatalities: 7) == 7)
        #expect(IncidentWeight.cappedFatalities(cap: 5).value(fatalities: 7) == 5)
        #expect(IncidentWeight.cappedFatalities(cap: 5).value(fatalities: 3) == 3)
        #expect(IncidentWeight.fatalities.value(fatalities: -1) == 0)
        // ln 8, by table.
        #expect(
            abs(IncidentWeight.logFatalities.value(fatalities: 7) - 2.0794415416798357)
                <= goldenTolerance)
        #expect(IncidentWeight.fatalities.mass(fatalities: 7) == MassUnits(units: 7 << 20))
        #expect(IncidentWeight.logFatalities.mass(fatalities: 7).units == 2_180_452)
        #expect(IncidentWeight.fatalities.mass(fatalities: .max).units == MassUnits.largest)
    }

    @Test("a number of events becomes whole units, or nothing")
    func fromEvents() {
        #expect(MassUnits(events: 0.5) == MassUnits(units: 1 << 19))
        #expect(MassUnits(events: 2)?.events == 2)
        #expect(MassUnits(events: -0.5) == nil)
        #expect(MassUnits(events: .nan) == nil)
        #expect(MassUnits(events: .infinity) == nil)
    }
}

@Suite("Which cells take part")
struct HotspotUniverseTests {
    private let mask = Grid<UInt8>(
        Vectors.spec(rows: 1, columns: 4), cells: [1, 1, 0, 0])

    @Test("mask, all, and the cells of the mask that ever had an incident")
    func universes() throws {
        let before = Grid<Int64>(mask.spec, cells: [0, 5, 5, 0])
        let now = Grid<Int64>(mask.spec, cells: [0, 0, 0, 9])
        func cells(_ universe: HotspotUniverse) throws -> [UInt8] {
            try universe.validity(mask: mask, history: [before, now]).cells
        }
        #expect(try cells(.mask) == [1, 1, 0, 0])
        #expect(try cells(.all) == [1, 1, 1, 1])
        #expect(try cells(.ever) == [0, 1, 0, 0])
    }

    @Test("a history on another grid is refused")
    func mismatch() {
        let error = #expect(throws: HotspotError.self) {
            try HotspotUniverse.ever.validity(
                mask: mask,
                history: [Grid(Vectors.spec(rows: 2, columns: 2), filledWith: Int64(0))])
        }
        #expect(error?.kind == .mismatch)
    }
}
