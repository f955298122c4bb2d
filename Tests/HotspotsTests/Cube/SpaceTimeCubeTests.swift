import Diagnostics
import GridCore
import TestSupport
import Testing

@testable import Hotspots

@Suite("Building cubes from incidents")
struct SpaceTimeCubeTests {
    private let spec = Vectors.spec(rows: 4, columns: 5)

    @Test("steps end with the data and the first may be partial")
    func alignedAtTheEnd() throws {
        let steps = try TimeSteps(covering: 100..<125, daysPerStep: 7)
        #expect(steps.days == [97..<104, 104..<111, 111..<118, 118..<125])
        #expect(steps.isFirstPartial && steps.unusedDays.isEmpty)
        let exact = try TimeSteps(covering: 100..<121, daysPerStep: 7)
        #expect(exact.count == 3 && !exact.isFirstPartial)
        let one = try TimeSteps(covering: 5..<6, daysPerStep: 30)
        #expect(one.days == [-24..<6] && one.isFirstPartial)
    }

    @Test("a partial last step never enters")
    func noPartialLastStep() throws {
        let steps = try TimeSteps(covering: 100..<125, daysPerStep: 7, alignment: .start)
        #expect(steps.days == [100..<107, 107..<114, 114..<121])
        #expect(!steps.isFirstPartial && steps.unusedDays == 121..<125)
        let months = try TimeSteps(covering: 10..<100, starts: [-31, 0, 31, 59, 90, 120])
        #expect(months.days == [0..<31, 31..<59, 59..<90])
        #expect(months.isFirstPartial && months.unusedDays == 90..<100)
        #expect(throws: HotspotError.self) {
            try TimeSteps(covering: 0..<5, daysPerStep: 7, alignment: .start)
        }
        #expect(throws: HotspotError.self) { try TimeSteps(covering: 0..<5, starts: [3, 2, 5]) }
        #expect(throws: HotspotError.self) { try TimeSteps(covering: 0..<5, daysPerStep: 0) }
        #expect(throws: HotspotError.self) { try TimeSteps(covering: 5..<5, daysPerStep: 1) }
    }

    @Test("no mass is lost: what is in the cube, off the grid and out of time is all there was")
    func conservation() throws {
        var random = SeededGenerator(seed: 12)
        let time = try TimeSteps(covering: 0..<50, daysPerStep: 7)
        var total: Int64 = 0
        let incidents = (0..<300).map { _ in
            let first = Int.random(in: -20..<60, using: &random)
            let length = Int.random(in: 1...31, using: &random)
            let mass = Int64.random(in: 0...(9 << 20), using: &random)
            total += mass
            return DatedIncident(
                PlacedIncident(
                    position: Coordinate(
                        x: Double.random(in: -1000..<6000, using: &random),
                        y: Double.random(in: -1000..<5000, using: &random)),
                    mass: MassUnits(units: mass)), days: first..<(first + length))
        }
        let cube = try SpaceTimeCube(of: incidents, on: spec, time: time)
        let inside = cube.steps.reduce(Int64(0)) { $0 + $1.cells.reduce(0, +) }
        #expect(inside + cube.outsideGrid.units + cube.outsideTime.units == total)
        #expect(inside > 0 && cube.outsideGrid.units > 0 && cube.outsideTime.units > 0)
        let shuffled = try SpaceTimeCube(
            of: incidents.shuffled(using: &random), on: spec, time: time)
        #expect(shuffled.steps.map(\.cells) == cube.steps.map(\.cells))
    }

    @Test("an incident of several days is split evenly between the steps they fall in")
    func spread() throws {
        let time = try TimeSteps(covering: 0..<20, daysPerStep: 10)
        let place = Coordinate(x: 2500, y: 2500)
        let cube = try SpaceTimeCube(
            of: [DatedIncident(PlacedIncident(position: place), days: 7..<11)], on: spec,
            time: time)
        #expect(cube.steps[0][1, 2] == 3 << 18)
        #expect(cube.steps[1][1, 2] == 1 << 18)
    }

    @Test("no incidents, all on one day and all at one place make a cube")
    func degenerate() throws {
        let time = try TimeSteps(covering: 0..<20, daysPerStep: 5)
        let none = try SpaceTimeCube(of: [], on: spec, time: time)
        #expect(none.steps.count == 4 && none.steps.allSatisfy { $0.cells.allSatisfy { $0 == 0 } })
        let place = PlacedIncident(position: Coordinate(x: 100, y: 100))
        let heap = try SpaceTimeCube(
            of: Array(repeating: DatedIncident(place, days: 19..<20), count: 50), on: spec,
            time: time)
        #expect(heap.steps[3][3, 0] == 50 << 20)
        #expect(heap.steps[2].cells.allSatisfy { $0 == 0 })
    }

    @Test("an incident without a day, too much mass and grids that differ are refused")
    func refusals() throws {
        let time = try TimeSteps(covering: 0..<20, daysPerStep: 5)
        let place = PlacedIncident(position: Coordinate(x: 100, y: 100))
        let noDay = #expect(throws: HotspotError.self) {
            try SpaceTimeCube(of: [DatedIncident(place, days: 3..<3)], on: spec, time: time)
        }
        #expect(noDay?.kind == .unsuitableIncident)
        var heavy = place
        heavy.mass = MassUnits(units: MassUnits.largest)
        let tooMuch = #expect(throws: HotspotError.self) {
            try SpaceTimeCube(
                of: [DatedIncident(heavy, days: 3..<4), DatedIncident(place, days: 9..<10)],
                on: spec, time: time)
        }
        #expect(tooMuch?.kind == .unsuitableValue)
        let grids = #expect(throws: HotspotError.self) {
            try SpaceTimeCube(steps: [Grid(spec, filledWith: 0)], time: time)
        }
        #expect(grids?.kind == .mismatch)
    }
}
