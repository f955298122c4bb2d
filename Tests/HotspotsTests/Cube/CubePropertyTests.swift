import Diagnostics
import GridCore
import InstructionSets
import TestSupport
import Testing

@testable import Hotspots

/// A cube of whole events and shares, and a mask with gaps.
func randomCube(
    rows: Int, columns: Int, steps: Int, seed: UInt64, shares: Bool = true
) throws -> (cube: SpaceTimeCube, valid: Grid<UInt8>) {
    var random = SeededGenerator(seed: seed)
    let spec = Vectors.spec(rows: rows, columns: columns)
    let grids = (0..<steps).map { _ in
        Grid<Int64>(
            spec,
            cells: (0..<spec.shape.count).map { _ in
                let events = Int64.random(in: 0...5, using: &random)
                return shares
                    ? events * (MassUnits.unitsPerEvent + Int64.random(in: 0...9, using: &random))
                    : max(0, events - 3) * MassUnits.unitsPerEvent
            })
    }
    let valid = Grid<UInt8>(
        spec,
        cells: (0..<spec.shape.count).map { _ in
            Int.random(in: 0..<7, using: &random) == 0 ? 0 : 1
        })
    let time = try TimeSteps(covering: 0..<steps, daysPerStep: 1)
    return (try SpaceTimeCube(steps: grids, time: time), valid)
}

func bitPatterns(_ grids: [Grid<Double>]) -> [[UInt64]] {
    grids.map { $0.cells.map(\.bitPattern) }
}

private let windows: [SpaceTimeNeighbourhood] = [
    SpaceTimeNeighbourhood(space: .distanceBand(radiusInMeters: 2300)),
    SpaceTimeNeighbourhood(space: .queen, previousSteps: 3),
    SpaceTimeNeighbourhood(space: .rook, previousSteps: 2, window: .neighbourhoodSteps),
    SpaceTimeNeighbourhood(space: .queen, window: .individualStep),
]

@Suite("Cubes: rules that hold for every input")
struct CubePropertyTests {
    @Test("1, 2 and 5 threads give the same bits", arguments: windows)
    func threads(neighbourhood: SpaceTimeNeighbourhood) throws {
        let (cube, valid) = try randomCube(rows: 13, columns: 21, steps: 9, seed: 4)
        let maps = try [1, 2, 5].map {
            try SpaceTimeGetisOrd(of: cube, valid: valid, neighbourhood: neighbourhood, threads: $0)
        }
        let trends = [1, 2, 5].map { CubeTrends(of: maps[0], threads: $0) }
        for i in 1...2 {
            #expect(bitPatterns(maps[i].z) == bitPatterns(maps[0].z))
            #expect(bitPatterns([trends[i].z]) == bitPatterns([trends[0].z]))
            #expect(
                CubeBins(of: maps[0], threads: [1, 2, 5][i]).steps.map(\.cells)
                    == CubeBins(of: maps[0], threads: 1).steps.map(\.cells))
        }
    }

    @Test("a step alone has the scores of a map", arguments: [0, 3, 7])
    func individualStep(step: Int) throws {
        let (cube, valid) = try randomCube(rows: 9, columns: 14, steps: 8, seed: 9)
        let band = Neighbourhood.distanceBand(radiusInMeters: 2300)
        let cubeMap = try SpaceTimeGetisOrd(
            of: cube, valid: valid,
            neighbourhood: SpaceTimeNeighbourhood(space: band, window: .individualStep),
            threads: 2)
        let map = try getisOrd(
            values: cube.steps[step], valid: valid, neighbourhood: band, threads: 2)
        #expect(bitPatterns([cubeMap.z[step]]) == bitPatterns([map.z]))
    }

    @Test("later steps do not change the score of a step within its own window")
    func pastOnly() throws {
        let (cube, valid) = try randomCube(rows: 8, columns: 9, steps: 8, seed: 2)
        let neighbourhood = SpaceTimeNeighbourhood(
            space: .queen, previousSteps: 2, window: .neighbourhoodSteps)
        let whole = try SpaceTimeGetisOrd(
            of: cube, valid: valid, neighbourhood: neighbourhood, threads: 1)
        let earlier = try SpaceTimeGetisOrd(
            of: SpaceTimeCube(
                steps: Array(cube.steps.prefix(5)),
                time: TimeSteps(covering: 0..<5, daysPerStep: 1)),
            valid: valid, neighbourhood: neighbourhood, threads: 1)
        #expect(bitPatterns(Array(whole.z.prefix(5))) == bitPatterns(earlier.z))
    }

    @Test("the trend of a cell is that of its series alone, gaps included", arguments: 0..<4)
    func trends(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let spec = Vectors.spec(rows: 3, columns: 29)
        let steps = (0..<(9 + seed)).map { _ in
            Grid<Double>(
                spec,
                cells: (0..<87).map { cell in
                    let draw = Int.random(in: 0..<(2 + cell % 9), using: &random)
                    return draw == 5 ? .nan : Double(draw) * 0.1
                })
        }
        let found = CubeTrends(
            of: steps, valid: Grid(spec, filledWith: 1), test: .original, threads: 2)
        for row in 0..<3 {
            for column in 0..<29 {
                let series = steps.map { $0[row, column] }
                let expected = MannKendall.original(series)
                #expect(found.statistic[row, column] == expected.statistic)
                #expect(found.variance[row, column] == expected.variance)
                #expect(found.z[row, column] == expected.z)
                #expect(Int(found.count[row, column]) == expected.count)
            }
        }
    }

    @Test("all forms of the trend kernel give the same bits")
    func kernelForms() {
        var random = SeededGenerator(seed: 77)
        var series = (0..<31).map { _ in
            SIMD8<Double>((0..<8).map { _ in Double(Int.random(in: 0..<6, using: &random)) })
        }
        series[4][2] = .nan
        let forms = InstructionSet.available.map {
            BandKernels.form($0).mannKendall(&series, series.count)
        }
        for form in forms {
            #expect(form.statistic == forms[0].statistic)
            #expect(form.variance18 == forms[0].variance18)
        }
    }

    @Test("tests with corrections are those of the single series")
    func corrections() throws {
        let (cube, valid) = try randomCube(rows: 3, columns: 4, steps: 12, seed: 3)
        let map = try SpaceTimeGetisOrd(
            of: cube, valid: valid, neighbourhood: windows[0], threads: 1)
        let series = map.series(of: CellIndex(row: 1, column: 2))
        for (test, expected) in [
            (CubeTrendTest.hamedRao, MannKendall.hamedRao(series)), (.yueWang, .yueWang(series)),
            (.prewhitening, .prewhitening(series)),
            (.trendFreePrewhitening, .trendFreePrewhitening(series)),
        ] where valid[1, 2] != 0 {
            #expect(CubeTrends(of: map, test: test, threads: 2).z[1, 2] == expected.z)
        }
        let correlation = CubeTrends.lagOneAutocorrelation(of: map, threads: 2)
        #expect(correlation[1, 2] == MannKendall.lagOneAutocorrelation(series))
    }

    @Test("a cube without incidents, with one, or equal everywhere has defined results")
    func degenerate() throws {
        let spec = Vectors.spec(rows: 5, columns: 6)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        func emerging(elsewhere: Int64, at step: Int?, is units: Int64) throws -> EmergingHotspots {
            let cube = try SpaceTimeCube(
                steps: (0..<6).map {
                    var grid = Grid<Int64>(spec, filledWith: elsewhere)
                    if $0 == step { grid[2, 3] = units }
                    return grid
                }, time: TimeSteps(covering: 0..<6, daysPerStep: 1))
            let map = try SpaceTimeGetisOrd(
                of: cube, valid: valid, neighbourhood: SpaceTimeNeighbourhood(space: .rook),
                threads: 2)
            #expect(map.z.allSatisfy { $0.cells.allSatisfy { $0.isFinite } })
            return try EmergingHotspots(
                bins: CubeBins(of: map, threads: 2), trends: CubeTrends(of: map, threads: 2),
                threads: 2)
        }
        let none = try emerging(elsewhere: 0, at: nil, is: 0)
        #expect(none.classes.cells.allSatisfy { $0 == 0 })
        let equal = try emerging(elsewhere: 1 << 20, at: nil, is: 0)
        #expect(equal.classes.cells.allSatisfy { $0 == 0 })
        let one = try emerging(elsewhere: 0, at: 5, is: 1 << 20)
        #expect(one.classes[2, 3] == EmergingClass.newHotSpot.code)
        #expect(one.finding(at: CellIndex(row: 2, column: 3))?.firstHotStep == 5)
        #expect(one.classes[0, 0] == 0)
    }

    @Test("cells that take no part have no score, no trend and no class")
    func masked() throws {
        let (cube, valid) = try randomCube(rows: 9, columns: 9, steps: 6, seed: 5)
        let map = try SpaceTimeGetisOrd(
            of: cube, valid: valid, neighbourhood: windows[0], threads: 1)
        let emerging = try EmergingHotspots(
            bins: CubeBins(of: map, threads: 1), trends: CubeTrends(of: map, threads: 1),
            threads: 1)
        for (i, isValid) in valid.cells.enumerated() {
            #expect(map.z[2].cells[i].isNaN == (isValid == 0))
            #expect((emerging.classes.cells[i] == EmergingClass.nodata) == (isValid == 0))
            #expect((emerging.trends.count.cells[i] == 0) == (isValid == 0))
        }
        #expect(map.binCount == 6 * valid.cells.count { $0 == 1 })
    }

    @Test("too few steps, kernels in space and grids that differ are refused")
    func refusals() throws {
        let (cube, valid) = try randomCube(rows: 4, columns: 4, steps: 3, seed: 5)
        let map = try SpaceTimeGetisOrd(
            of: cube, valid: valid, neighbourhood: windows[0], threads: 1)
        let few = #expect(throws: HotspotError.self) {
            try EmergingHotspots(
                bins: CubeBins(of: map, threads: 1), trends: CubeTrends(of: map, threads: 1),
                threads: 1)
        }
        #expect(few?.kind == .unsuitableParameter)
        for neighbourhood in [
            SpaceTimeNeighbourhood(space: .kernel(.quartic, radiusInMeters: 3000)),
            SpaceTimeNeighbourhood(space: .queen, previousSteps: -1),
            SpaceTimeNeighbourhood(space: .distanceBand(radiusInMeters: .nan)),
        ] {
            let error = #expect(throws: HotspotError.self) {
                try SpaceTimeGetisOrd(
                    of: cube, valid: valid, neighbourhood: neighbourhood, threads: 1)
            }
            #expect(error?.kind == .unsuitableParameter)
        }
        let mask = #expect(throws: HotspotError.self) {
            try SpaceTimeGetisOrd(
                of: cube, valid: Grid(Vectors.spec(rows: 4, columns: 5), filledWith: 1),
                neighbourhood: windows[0], threads: 1)
        }
        #expect(mask?.kind == .mismatch)
    }
}
