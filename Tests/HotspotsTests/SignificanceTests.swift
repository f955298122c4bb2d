import Diagnostics
import GridCore
import Testing

@testable import Hotspots

private let spec = Vectors.spec(rows: 50, columns: 60, cell: 5000)
private let radius = 15_000.0

private func grid(_ cells: [CellIndex: Int]) -> Grid<Int64> {
    var grid = Grid<Int64>(spec, filledWith: 0)
    for (cell, events) in cells { grid[cell] = Int64(events) * MassUnits.unitsPerEvent }
    return grid
}

private let everywhere = Grid<UInt8>(spec, filledWith: 1)

private func map(_ units: Grid<Int64>, valid: Grid<UInt8> = everywhere) throws -> GetisOrdMap {
    try getisOrdGiStar(values: units, valid: valid, radiusInMeters: radius, threads: 1)
}

@Suite("Significance of sparse counts")
struct SignificanceTests {
    @Test("five scattered incidents are hot spots to the normal distribution only")
    func scattered() throws {
        let units = grid([
            CellIndex(row: 3, column: 4): 1, CellIndex(row: 22, column: 30): 1,
            CellIndex(row: 14, column: 15): 1, CellIndex(row: 27, column: 6): 1,
            CellIndex(row: 6, column: 25): 1,
        ])
        let map = try map(units)
        let normal = try ConfidenceBins(of: map, twoSidedP: map.twoSidedP(threads: 1))
        let guarded = try ConfidenceBins(
            of: map,
            twoSidedP: map.guardedP(
                counts: units, valid: everywhere, radiusInMeters: radius, threads: 1))
        // A band of 29 cells of 3000 has one of five incidents: z = 4.
        #expect(normal.bins.cells.contains { $0 > 0 })
        #expect(guarded.bins.cells.allSatisfy { $0 == 0 })
    }

    @Test("incidents on one spot are hot to both")
    func heap() throws {
        let units = grid([CellIndex(row: 10, column: 10): 6, CellIndex(row: 25, column: 25): 1])
        let map = try map(units)
        let guarded = try ConfidenceBins(
            of: map,
            twoSidedP: map.guardedP(
                counts: units, valid: everywhere, radiusInMeters: radius, threads: 1))
        #expect(guarded.bins[10, 10] == ConfidenceBin.hot99.rawValue)
        #expect(guarded.bins[25, 25] == ConfidenceBin.notSignificant.rawValue)
    }

    @Test("the chance is twice the binomial tail of the cells within the radius")
    func byHand() throws {
        let units = grid([CellIndex(row: 10, column: 10): 3, CellIndex(row: 25, column: 25): 4])
        let p = try map(units).randomnessP(
            counts: units, valid: everywhere, radiusInMeters: radius, threads: 1)
        let tail = BinomialTail(trials: 7, part: 29, of: 3000)
        #expect(p[10, 10] == 2 * tail.orMore(3))
        #expect(p[25, 27] == 2 * tail.orMore(4))
        #expect(p[0, 59] == 1)
        // At the corner the band is cut: rows of 4, 3, 3 and 1 cells.
        let corner = grid([CellIndex(row: 0, column: 0): 2, CellIndex(row: 25, column: 25): 5])
        let atCorner = try map(corner).randomnessP(
            counts: corner, valid: everywhere, radiusInMeters: radius, threads: 1)
        #expect(atCorner[0, 0] == 2 * BinomialTail(trials: 7, part: 11, of: 3000).orMore(2))
    }

    @Test("a few deaths in many incidents make no hot spot of a quiet place")
    func sideOfTheScore() throws {
        // One incident with many deaths: z of deaths is high there, and one
        // incident of 60 is what chance gives.
        var cells = [CellIndex(row: 20, column: 20): 1]
        for i in 0..<59 { cells[CellIndex(row: i % 10, column: i / 10 * 3)] = 1 }
        let counts = grid(cells)
        var deaths = counts
        deaths[20, 20] = 80 * MassUnits.unitsPerEvent
        let map = try map(deaths)
        #expect(map.z[20, 20] > 5)
        let p = try map.guardedP(
            counts: counts, valid: everywhere, radiusInMeters: radius, threads: 1)
        #expect(p[20, 20] > 0.5)
    }

    @Test("guarded is never below either of the two, and normal is the map's own")
    func larger() throws {
        var random = SeededCounts(seed: 4)
        let units = random.grid(events: 80)
        let map = try map(units)
        let normal = try map.twoSidedP(
            .normal, counts: units, valid: everywhere, radiusInMeters: radius, threads: 1)
        let chance = try map.randomnessP(
            counts: units, valid: everywhere, radiusInMeters: radius, threads: 1)
        let guarded = try map.twoSidedP(
            .guarded, counts: units, valid: everywhere, radiusInMeters: radius, threads: 1)
        #expect(normal.cells == map.twoSidedP(threads: 1).cells)
        #expect(guarded.cells == zip(normal.cells, chance.cells).map { max($0, $1) })
        #expect(chance.cells.contains { $0 < 0.05 })
    }

    @Test("cells that take no part count neither as place nor as incident")
    func mask() throws {
        var valid = everywhere
        for column in 0..<60 { for row in 20..<50 { valid[row, column] = 0 } }
        let inside = [CellIndex(row: 10, column: 10): 3, CellIndex(row: 2, column: 30): 4]
        var more = inside
        more[CellIndex(row: 25, column: 10)] = 50
        let p = try map(grid(inside), valid: valid).randomnessP(
            counts: grid(more), valid: valid, radiusInMeters: radius, threads: 1)
        #expect(p[10, 10] == 2 * BinomialTail(trials: 7, part: 29, of: 1200).orMore(3))
        #expect(p[25, 10].isNaN)
    }

    @Test("1, 2 and 5 threads give the same bits")
    func threads() throws {
        var random = SeededCounts(seed: 9)
        let units = random.grid(events: 300)
        let map = try map(units)
        let bits = try [1, 2, 5].map {
            try map.guardedP(
                counts: units, valid: everywhere, radiusInMeters: radius, threads: $0
            ).cells.map(\.bitPattern)
        }
        #expect(bits[0] == bits[1])
        #expect(bits[0] == bits[2])
    }

    @Test("no incidents, equal counts, a band of everything: nothing is significant")
    func degenerate() throws {
        for units in [grid([:]), Grid<Int64>(spec, filledWith: MassUnits.unitsPerEvent)] {
            let p = try map(units).guardedP(
                counts: units, valid: everywhere, radiusInMeters: radius, threads: 1)
            #expect(p.cells.allSatisfy { $0 == 1 })
        }
        let one = grid([CellIndex(row: 3, column: 3): 1])
        let all = try getisOrdGiStar(
            values: one, valid: everywhere, radiusInMeters: 1e6, threads: 1)
        let p = try all.guardedP(
            counts: one, valid: everywhere, radiusInMeters: 1e6, threads: 1)
        #expect(p.cells.allSatisfy { $0.isNaN })
        // One incident, and a radius below a cell: the cell alone, 1 of 3000.
        let alone = try getisOrdGiStar(
            values: one, valid: everywhere, radiusInMeters: 10, threads: 1)
        let q = try alone.randomnessP(
            counts: one, valid: everywhere, radiusInMeters: 10, threads: 1)
        #expect(abs(q[3, 3] * 3000 / 2 - 1) < 1e-12)
        let none = Grid<UInt8>(spec, filledWith: 0)
        let nowhere = try map(one, valid: none).guardedP(
            counts: one, valid: none, radiusInMeters: radius, threads: 1)
        #expect(nowhere.cells.allSatisfy { $0.isNaN })
    }

    @Test("negative counts, other shapes and other radii are refused")
    func refusals() throws {
        let units = grid([CellIndex(row: 3, column: 3): 2])
        let map = try map(units)
        var negative = units
        negative[2, 7] = -1
        let sign = #expect(throws: HotspotError.self) {
            try map.guardedP(
                counts: negative, valid: everywhere, radiusInMeters: radius, threads: 1)
        }
        #expect(sign?.kind == .unsuitableValue)
        #expect(sign?.cause.hasPrefix("row 2, column 7") == true)
        let other = Grid<Int64>(Vectors.spec(rows: 3, columns: 3), filledWith: 0)
        let shape = #expect(throws: HotspotError.self) {
            try map.guardedP(counts: other, valid: everywhere, radiusInMeters: radius, threads: 1)
        }
        #expect(shape?.kind == .mismatch)
        let none = #expect(throws: HotspotError.self) {
            try map.guardedP(counts: units, valid: everywhere, radiusInMeters: 0, threads: 1)
        }
        #expect(none?.kind == .unsuitableParameter)
    }
}

/// Incidents at random in the cells of the grid.
private struct SeededCounts {
    private var random: CounterRandom

    init(seed: UInt64) { random = CounterRandom(seed: seed) }

    mutating func grid(events: Int) -> Grid<Int64> {
        var grid = Grid<Int64>(spec, filledWith: 0)
        for _ in 0..<events {
            grid[
                Int.random(in: 0..<50, using: &random), Int.random(in: 0..<60, using: &random)
            ] += MassUnits.unitsPerEvent
        }
        return grid
    }
}

@Suite("Nights of chance")
struct ChanceNightTests {
    /// How many of `nights` maps of incidents at random have a cell of the
    /// 5 % class, by either rule.
    private func alarms(events: Int, nights: Int) throws -> (normal: Int, guarded: Int) {
        var counts = (normal: 0, guarded: 0)
        for night in 0..<nights {
            var random = SeededCounts(seed: UInt64(night) &* 1000 &+ UInt64(events))
            let units = random.grid(events: events)
            let map = try map(units)
            for significance in Significance.allCases {
                let bins = try ConfidenceBins(
                    of: map,
                    twoSidedP: map.twoSidedP(
                        significance, counts: units, valid: everywhere, radiusInMeters: radius,
                        threads: 1))
                guard bins.bins.cells.contains(where: { $0 >= 2 }) else { continue }
                if significance == .normal { counts.normal += 1 } else { counts.guarded += 1 }
            }
        }
        return counts
    }

    @Test("guarded, the 5 % class fires on 5 % of nights at most; normal, on most")
    func rate() throws {
        let nights = 12
        var guarded = 0
        var normal = 0
        for events in [5, 20, 80, 300] {
            let alarms = try alarms(events: events, nights: nights)
            guarded += alarms.guarded
            if events == 20 { normal = alarms.normal }
        }
        // More than this of 48 nights would be a chance below 1 in 1000 if
        // the rate were 5 %.
        #expect(BinomialTail(trials: 48, part: 1, of: 20).orMore(Double(guarded)) > 0.001)
        #expect(normal > nights / 2)
    }
}
