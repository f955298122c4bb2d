import Diagnostics
import GridCore
import TestSupport
import Testing

@testable import Hotspots

private let steps = 12
private let spec = Vectors.spec(rows: 20, columns: 24, cell: 5000)
private let everywhere = Grid<UInt8>(spec, filledWith: 1)
private let radius = 12_000.0

private let neighbourhoods = GlobalWindow.allCases.map {
    SpaceTimeNeighbourhood(
        space: .distanceBand(radiusInMeters: radius), previousSteps: 2, window: $0)
}

/// Incidents at random in cells and steps.
private func chance(events: Int, seed: UInt64) throws -> SpaceTimeCube {
    var random = SeededGenerator(seed: seed)
    var grids = (0..<steps).map { _ in Grid<Int64>(spec, filledWith: 0) }
    for _ in 0..<events {
        grids[Int.random(in: 0..<steps, using: &random)][
            Int.random(in: 0..<20, using: &random), Int.random(in: 0..<24, using: &random)
        ] += MassUnits.unitsPerEvent
    }
    return try cube(grids)
}

private func cube(_ grids: [Grid<Int64>]) throws -> SpaceTimeCube {
    try SpaceTimeCube(steps: grids, time: TimeSteps(covering: 0..<grids.count, daysPerStep: 1))
}

private func map(
    _ cube: SpaceTimeCube, valid: Grid<UInt8> = everywhere,
    _ neighbourhood: SpaceTimeNeighbourhood = neighbourhoods[0]
) throws -> SpaceTimeGetisOrd {
    try SpaceTimeGetisOrd(of: cube, valid: valid, neighbourhood: neighbourhood, threads: 1)
}

/// The p-values of guarded judgement, one cell after the other from their
/// definition.
private func direct(
    _ cube: SpaceTimeCube, _ map: SpaceTimeGetisOrd, _ valid: Grid<UInt8>
) -> [[Double]] {
    let neighbourhood = map.neighbourhood
    let cells = (0..<spec.shape.count).filter { valid.cells[$0] != 0 }
    func isNear(_ a: Int, _ b: Int) -> Bool {
        let rows = Double(a / 24 - b / 24) * 5000
        let columns = Double(a % 24 - b % 24) * 5000
        return rows * rows + columns * columns <= radius * radius
    }
    return (0..<steps).map { step in
        let layers =
            neighbourhood.window == .individualStep
            ? step...step : max(0, step - neighbourhood.previousSteps)...step
        let window = neighbourhood.window == .entireCube ? 0...(steps - 1) : layers
        func events(_ places: [Int], _ range: ClosedRange<Int>) -> Double {
            Double(
                range.reduce(Int64(0)) { sum, step in
                    places.reduce(sum) { $0 + cube.steps[step].cells[$1] }
                }) / Double(MassUnits.unitsPerEvent)
        }
        let trials = events(cells, window)
        return (0..<spec.shape.count).map { cell in
            let z = map.z[step].cells[cell]
            guard valid.cells[cell] != 0, !z.isNaN else { return .nan }
            let near = cells.filter { isNear($0, cell) }
            let tail = BinomialTail(
                trials: trials, part: near.count * layers.count, of: cells.count * window.count)
            let count = events(near, layers)
            let chance = z == 0 ? 1 : min(1, 2 * (z > 0 ? tail.orMore(count) : tail.orFewer(count)))
            return max(chance, normalTwoSidedP(z))
        }
    }
}

@Suite("Cubes: significance of sparse counts")
struct CubeSignificanceTests {
    @Test(
        "guarded bins are those of the larger p-value, computed cell by cell",
        arguments: neighbourhoods)
    func directComputation(neighbourhood: SpaceTimeNeighbourhood) throws {
        var random = SeededGenerator(seed: 3)
        var valid = Grid<UInt8>(
            spec,
            cells: (0..<spec.shape.count).map { _ in
                Int.random(in: 0..<6, using: &random) == 0 ? 0 : 1
            })
        valid[10, 11] = 1
        var counts = try chance(events: 300, seed: 8).steps
        for step in 6..<9 { counts[step][10, 11] += 12 * MassUnits.unitsPerEvent }
        let cube = try cube(counts)
        let map = try map(cube, valid: valid, neighbourhood)
        let p = direct(cube, map, valid)
        let bins = try CubeBins(
            of: map, significance: .guarded, counts: cube, threads: 2)
        let tests = p.joined().filter { !$0.isNaN }
        let thresholds = [0.10, 0.05, 0.01].map {
            MultipleTesting.benjaminiHochberg.threshold(of: tests, level: $0)
        }
        #expect(bins.thresholds == thresholds)
        for step in 0..<steps {
            let expected = (0..<spec.shape.count).map { cell -> Int8 in
                if valid.cells[cell] == 0 { return ConfidenceBin.nodata }
                return ConfidenceBins.bin(
                    z: map.z[step].cells[cell], p: p[step][cell], thresholds)
            }
            #expect(bins.steps[step].cells == expected, "step \(step)")
        }
        #expect(bins.steps[8][10, 11] == ConfidenceBin.hot99.rawValue)
    }

    @Test("a cube of chance is rarely hot when guarded, and mostly to the normal distribution")
    func rate() throws {
        let cubes = 16
        var alarms: [Significance: Int] = [:]
        for events in [10, 60, 400] {
            for number in 0..<cubes {
                let cube = try chance(events: events, seed: UInt64(1000 * events + number))
                let map = try map(cube)
                for significance in Significance.allCases {
                    let bins = try CubeBins(
                        of: map, significance: significance, counts: cube, threads: 1)
                    if bins.steps.contains(where: { $0.cells.contains { $0 >= 2 } }) {
                        alarms[significance, default: 0] += 1
                    }
                }
            }
        }
        // More than this of 48 cubes would be a chance below 1 in 1000 if the
        // rate were 5 %.
        let guarded = alarms[.guarded] ?? 0
        #expect(BinomialTail(trials: 48, part: 1, of: 20).orMore(Double(guarded)) > 0.001)
        #expect(alarms[.normal] ?? 0 > 24)
    }

    @Test("normal is the rule of the library when no counts are given")
    func normal() throws {
        let cube = try chance(events: 60, seed: 5)
        let map = try map(cube)
        let plain = CubeBins(of: map, correction: .none, threads: 1)
        let normal = try CubeBins(
            of: map, significance: .normal, counts: cube, correction: .none, threads: 1)
        #expect(plain.significance == .normal)
        #expect(plain.steps.map(\.cells) == normal.steps.map(\.cells))
        #expect(plain.thresholds == normal.thresholds)
        #expect(plain.steps.contains { $0.cells.contains { $0 > 0 } })
    }

    @Test("one incident of many deaths is no hot spot when incidents are counted")
    func deaths() throws {
        let counts = try chance(events: 60, seed: 6)
        var deaths = counts.steps
        deaths[5][4, 4] += 80 * MassUnits.unitsPerEvent
        let map = try map(cube(deaths))
        let guarded = try CubeBins(of: map, significance: .guarded, counts: counts, threads: 1)
        #expect(CubeBins(of: map, threads: 1).steps[5][4, 4] == ConfidenceBin.hot99.rawValue)
        #expect(guarded.steps[5][4, 4] == ConfidenceBin.notSignificant.rawValue)
    }

    @Test("1, 2 and 5 threads give the same bins", arguments: neighbourhoods)
    func threads(neighbourhood: SpaceTimeNeighbourhood) throws {
        let cube = try chance(events: 500, seed: 7)
        let map = try map(cube, neighbourhood)
        let bins = try [1, 2, 5].map {
            try CubeBins(
                of: map, significance: .guarded, counts: cube, correction: .none, threads: $0
            ).steps.map(\.cells)
        }
        #expect(bins[1] == bins[0])
        #expect(bins[2] == bins[0])
        #expect(bins[0].contains { $0.contains { $0 > 0 } })
    }

    @Test("no incidents, no cells, one incident: nothing is significant")
    func degenerate() throws {
        let one = try chance(events: 1, seed: 1)
        let none = Grid<UInt8>(spec, filledWith: 0)
        for (cube, valid) in [(try chance(events: 0, seed: 1), everywhere), (one, none)] {
            let bins = try CubeBins(
                of: map(cube, valid: valid), significance: .guarded, counts: cube, threads: 1)
            #expect(bins.steps.allSatisfy { $0.cells.allSatisfy { $0 <= 0 } })
            #expect(bins.thresholds == [nil, nil, nil])
        }
        let single = try CubeBins(
            of: map(one), significance: .guarded, counts: one, threads: 1)
        #expect(single.steps.allSatisfy { $0.cells.allSatisfy { $0 == 0 } })
    }

    @Test("other steps, other grids and negative counts are refused")
    func refusals() throws {
        let cube = try chance(events: 20, seed: 2)
        let map = try map(cube)
        func kind(_ grids: [Grid<Int64>]) throws -> HotspotFailureKind? {
            let counts = try SpaceTimeCube(
                steps: grids, time: TimeSteps(covering: 0..<grids.count, daysPerStep: 1))
            let error = #expect(throws: HotspotError.self) {
                try CubeBins(of: map, significance: .guarded, counts: counts, threads: 1)
            }
            return error?.kind
        }
        #expect(try kind(Array(cube.steps.dropLast())) == .mismatch)
        let small = Grid<Int64>(Vectors.spec(rows: 3, columns: 3), filledWith: 0)
        #expect(try kind(Array(repeating: small, count: steps)) == .mismatch)
        var negative = cube.steps
        negative[3][2, 7] = -1
        #expect(try kind(negative) == .unsuitableValue)
        var huge = cube.steps
        huge[3][2, 7] = 1 << 49
        huge[4][2, 7] = 1 << 49
        #expect(try kind(huge) == .unsuitableValue)
    }
}
