import Diagnostics
import GridCore
import TestSupport
import Testing

@testable import Hotspots

@Suite("Moving on by a night equals computing everything anew, bit for bit")
struct NightlyUpdateTests {
    private func night(
        _ spec: GridSpec, _ random: inout SeededGenerator, count: Int
    ) -> Grid<Int64> {
        var units = Grid<Int64>(spec, filledWith: 0)
        for _ in 0..<count {
            let row = Int.random(in: 0..<spec.shape.rows, using: &random)
            let column = Int.random(in: 0..<spec.shape.columns, using: &random)
            units[row, column] += Int64.random(in: 1...(3 << 20), using: &random)
        }
        return units
    }

    /// Few changes update sums one by one, many make them anew.
    @Test("a window of nights", arguments: [1, 2, 5], [2, 400])
    func window(threads: Int, incidents: Int) throws {
        var random = SeededGenerator(seed: UInt64(incidents + threads))
        let spec = Vectors.spec(rows: 17, columns: 23)
        let valid = Grid<UInt8>(
            spec, cells: (0..<391).map { _ in Int.random(in: 0..<9, using: &random) == 0 ? 0 : 1 })
        let band = Neighbourhood.distanceBand(radiusInMeters: 3100)
        var nights = (0..<5).map { _ in night(spec, &random, count: incidents) }
        func sum() -> Grid<Int64> {
            Grid(
                spec,
                cells: (0..<391).map { i in nights.reduce(0) { $0 + $1.cells[i] } })
        }
        var sliding = try SlidingGetisOrd(
            values: sum(), valid: valid, neighbourhood: band, threads: threads)
        for _ in 0..<6 {
            let newest = night(spec, &random, count: incidents)
            try sliding.update(adding: newest, removing: nights[0], threads: threads)
            nights.removeFirst()
            nights.append(newest)
            let anew = try getisOrd(
                values: sum(), valid: valid, neighbourhood: band, threads: 1)
            let moved = sliding.map(threads: threads)
            #expect(bitPatterns([moved.z]) == bitPatterns([anew.z]))
            #expect(moved.status.cells == anew.status.cells)
            #expect(moved.mean == anew.mean && moved.cellCount == anew.cellCount)
            #expect(moved.standardDeviation == anew.standardDeviation)
        }
    }

    @Test("a window that empties becomes constant and can fill again")
    func emptied() throws {
        let spec = Vectors.spec(rows: 6, columns: 6)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        let none = Grid<Int64>(spec, filledWith: 0)
        var one = none
        one[2, 2] = 1 << 20
        var sliding = try SlidingGetisOrd(
            values: one, valid: valid, neighbourhood: .queen, threads: 1)
        let before = sliding.map(threads: 1)
        try sliding.update(adding: none, removing: one, threads: 1)
        #expect(sliding.map(threads: 1).status(of: CellIndex(row: 2, column: 2)) == .constant)
        try sliding.update(adding: one, removing: none, threads: 1)
        #expect(bitPatterns([sliding.map(threads: 1).z]) == bitPatterns([before.z]))
    }

    @Test("taking out more than there is, too much mass and other grids change nothing")
    func refusals() throws {
        let spec = Vectors.spec(rows: 6, columns: 6)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        let none = Grid<Int64>(spec, filledWith: 0)
        var one = none
        one[2, 2] = 1 << 20
        var sliding = try SlidingGetisOrd(
            values: one, valid: valid, neighbourhood: .queen, threads: 1)
        let before = sliding.map(threads: 1)
        var elsewhere = none
        elsewhere[3, 3] = 1
        let missing = #expect(throws: HotspotError.self) {
            try sliding.update(adding: one, removing: elsewhere, threads: 1)
        }
        #expect(missing?.kind == .unsuitableValue)
        #expect(missing?.cause.contains("row 3, column 3") == true)
        var heavy = none
        heavy[0, 0] = MassUnits.largest
        let tooMuch = #expect(throws: HotspotError.self) {
            try sliding.update(adding: heavy, removing: none, threads: 1)
        }
        #expect(tooMuch?.kind == .unsuitableValue)
        let other = Grid<Int64>(Vectors.spec(rows: 6, columns: 7), filledWith: 0)
        let mismatch = #expect(throws: HotspotError.self) {
            try sliding.update(adding: other, removing: none, threads: 1)
        }
        #expect(mismatch?.kind == .mismatch)
        #expect(bitPatterns([sliding.map(threads: 1).z]) == bitPatterns([before.z]))
        let kernel = #expect(throws: HotspotError.self) {
            try SlidingGetisOrd(
                values: one, valid: valid,
                neighbourhood: .kernel(.quartic, radiusInMeters: 3000), threads: 1)
        }
        #expect(kernel?.kind == .unsuitableParameter)
    }

    @Test(
        "a cube of steps, with revisions",
        arguments: [1, 2, 5],
        [
            SpaceTimeNeighbourhood(space: .distanceBand(radiusInMeters: 2300), previousSteps: 2),
            SpaceTimeNeighbourhood(space: .queen, window: .neighbourhoodSteps),
            SpaceTimeNeighbourhood(space: .rook, window: .individualStep),
        ])
    func cube(threads: Int, neighbourhood: SpaceTimeNeighbourhood) throws {
        var random = SeededGenerator(seed: 5)
        let (cube, valid) = try randomCube(
            rows: 8, columns: 11, steps: 7, seed: 3, shares: threads != 2)
        var sliding = try SlidingCube(
            of: cube, valid: valid, neighbourhood: neighbourhood, threads: threads)
        for round in 0..<6 {
            let masses = night(cube.spec, &random, count: 30)
            if round % 3 == 2 {
                let step = Int.random(in: 0..<7, using: &random)
                try sliding.revise(step: step, to: masses, threads: threads)
            } else {
                try sliding.advance(adding: masses, threads: threads)
            }
            let anew = try SpaceTimeGetisOrd(
                of: SpaceTimeCube(steps: sliding.steps, time: cube.time), valid: valid,
                neighbourhood: neighbourhood, threads: 1)
            let moved = sliding.map(threads: threads)
            #expect(bitPatterns(moved.z) == bitPatterns(anew.z))
            #expect(moved.mean == anew.mean && moved.binCount == anew.binCount)
        }
        #expect(throws: HotspotError.self) {
            try sliding.revise(step: 7, to: cube.steps[0], threads: threads)
        }
        #expect(throws: HotspotError.self) {
            try sliding.advance(
                adding: Grid(Vectors.spec(rows: 2, columns: 2), filledWith: 0), threads: threads)
        }
    }
}
