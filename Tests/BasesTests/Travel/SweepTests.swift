@testable import Bases
import GridCore
import TestSupport
import Testing

private let rules = MovementRule.Moves.allCases.flatMap { moves in
    MovementRule.Corners.allCases.map { MovementRule(moves: moves, corners: $0) }
}

/// Minutes from one cell by relaxing every step until nothing changes
/// (Bellman 1958), with the rules written out once more.
private func bruteForce(
    _ friction: Grid<Double>, from start: CellIndex, _ rule: MovementRule,
    ferries: [Int: Double] = [:]
) -> [Double] {
    let shape = friction.shape
    func cost(_ row: Int, _ column: Int) -> Double {
        row >= 0 && row < shape.rows && column >= 0 && column < shape.columns
            ? friction[row, column] : .infinity
    }
    let span = rule.moves == .eight ? 1 : 2
    var minutes = Array(repeating: Double.infinity, count: shape.count)
    minutes[start.row * shape.columns + start.column] = 0
    var changed = true
    while changed {
        changed = false
        for row in 0..<shape.rows {
            for column in 0..<shape.columns where cost(row, column) < .infinity {
                let here = row * shape.columns + column
                for dr in -span...span {
                    for dc in -span...span {
                        let squared = dr * dr + dc * dc
                        guard squared == 1 || squared == 2 || squared == 5 else { continue }
                        guard cost(row + dr, column + dc) < .infinity else { continue }
                        if squared == 2 && rule.corners != .open {
                            let walls = [cost(row + dr, column), cost(row, column + dc)]
                                .filter { $0 == .infinity }.count
                            if walls == 2 || (walls == 1 && rule.corners == .strict) { continue }
                        }
                        if squared == 5 && rule.corners != .open {
                            let near = (row + dr / 2, column + dc / 2)
                            let far =
                                abs(dr) == 2 ? (near.0, column + dc) : (row + dr, near.1)
                            if cost(near.0, near.1) == .infinity { continue }
                            if cost(far.0, far.1) == .infinity { continue }
                        }
                        let there = (row + dr) * shape.columns + column + dc
                        let sum = cost(row, column) + cost(row + dr, column + dc)
                        var step = sum / 2 * Double(squared).squareRoot()
                        step += ((ferries[here] ?? 0) + (ferries[there] ?? 0)) / 2
                        if minutes[here] + step < minutes[there] {
                            minutes[there] = minutes[here] + step
                            changed = true
                        }
                    }
                }
            }
        }
    }
    return minutes
}

@Suite struct SweepTests {
    @Test("both queues and brute force agree to the bit, for every rule", arguments: rules)
    func queuesAgree(_ rule: MovementRule) throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let ground = RandomGround(rows: 13, columns: 17, bases: 4, holes: 0.25, seed: seed)
            let ferries = [40: 25.0, 90: 3.0]
            let surface = try planeSurface(ground.friction, rule: rule, ferries: ferries)
            let single = ground.bases.compactMap { $0 }.map {
                bruteForce(ground.friction, from: $0, rule, ferries: ferries)
            }
            for queue in [TravelSurface.QueueKind.buckets, .heap] {
                let times = try surface.twoNearest(to: ground.bases, queue: queue)
                let nearest = try surface.nearest(to: ground.bases, queue: queue)
                for cell in 0..<ground.friction.count {
                    let ranked = single.indices.sorted {
                        (single[$0][cell], $0) < (single[$1][cell], $1)
                    }
                    let first = single[ranked[0]][cell]
                    let second = single[ranked[1]][cell]
                    let row = cell / 17
                    let column = cell % 17
                    #expect(times.firstMinutes[row, column] == first)
                    #expect(times.secondMinutes[row, column] == second)
                    #expect(nearest.minutes[row, column] == first)
                    let firstBase = first < .infinity ? UInt16(ranked[0]) : TravelTimes.noBase
                    let secondBase = second < .infinity ? UInt16(ranked[1]) : TravelTimes.noBase
                    #expect(times.firstBase[row, column] == firstBase)
                    #expect(times.secondBase[row, column] == secondBase)
                    #expect(nearest.base[row, column] == firstBase)
                }
            }
        }
    }

    @Test("the second time is that of a sweep without the nearest base, for every base",
        arguments: MovementRule.Moves.allCases)
    func closureIdentity(_ moves: MovementRule.Moves) throws {
        for seed in 11...13 as ClosedRange<UInt64> {
            let ground = RandomGround(rows: 40, columns: 50, bases: 12, holes: 0.2, seed: seed)
            let surface = try planeSurface(ground.friction, rule: MovementRule(moves: moves))
            let times = try surface.twoNearest(to: ground.bases)
            for closed in ground.bases.indices {
                var open = ground.bases
                open[closed] = nil
                let without = try surface.nearest(to: open)
                let mine = times.firstBase.cells.map { $0 == UInt16(closed) }
                let pairs = zip(times.firstMinutes.cells, times.secondMinutes.cells)
                let expected = zip(mine, pairs).map { $0 ? $1.1 : $1.0 }
                #expect(without.minutes.cells == expected)
                let basePairs = zip(times.firstBase.cells, times.secondBase.cells)
                #expect(without.base.cells == zip(mine, basePairs).map { $0 ? $1.1 : $1.0 })
            }
        }
    }

    @Test("friction twice as high gives times twice as long, to the bit") func scaling() throws {
        let ground = RandomGround(rows: 20, columns: 30, bases: 5, holes: 0.2, seed: 21)
        let times = try planeSurface(ground.friction).twoNearest(to: ground.bases)
        let doubled = Grid(ground.friction.spec, cells: ground.friction.cells.map { $0 * 2 })
        let slower = try planeSurface(doubled).twoNearest(to: ground.bases)
        #expect(slower.firstMinutes.cells == times.firstMinutes.cells.map { $0 * 2 })
        #expect(slower.secondMinutes.cells == times.secondMinutes.cells.map { $0 * 2 })
        #expect(slower.firstBase.cells == times.firstBase.cells)
    }

    @Test("a grid mirrored from west to east has mirrored times") func mirror() throws {
        let ground = RandomGround(rows: 15, columns: 22, bases: 3, holes: 0.2, seed: 31)
        func mirrored<T: BitwiseCopyable & Sendable>(_ grid: Grid<T>) -> [T] {
            (0..<15).flatMap { row in (0..<22).map { grid[row, 21 - $0] } }
        }
        let times = try planeSurface(ground.friction).nearest(to: ground.bases)
        let other = try planeSurface(
            Grid(ground.friction.spec, cells: mirrored(ground.friction))
        ).nearest(to: ground.bases.map { $0.map { CellIndex(row: $0.row, column: 21 - $0.column) } })
        #expect(other.minutes.cells == mirrored(times.minutes))
    }

    @Test("reach holds exactly the cells within the limit, the boundary included, on any threads")
    func reach() throws {
        let ground = RandomGround(rows: 30, columns: 25, bases: 6, holes: 0.2, seed: 41)
        let surface = try planeSurface(ground.friction)
        var bases = ground.bases
        bases[2] = nil
        let minutes = try surface.nearest(to: [bases[0]]).minutes.cells
        let limit = minutes.filter { $0 < .infinity }.sorted()[120]
        let one = try surface.reach(from: bases, withinMinutes: limit)
        #expect(one[0].cells == minutes.indices.filter { minutes[$0] <= limit }.map(Int32.init))
        #expect(one[0].minutes == minutes.filter { $0 <= limit })
        #expect(one[0].minutes.max() == limit && one[2].cells.isEmpty)
        let three = try surface.reach(from: bases, withinMinutes: limit, threads: 3)
        #expect(three.map(\.cells) == one.map(\.cells))
        #expect(three.map(\.minutes) == one.map(\.minutes))
        let finder = ReachFinder(surface)
        let start = try #require(bases[0])
        _ = try finder.reach(from: start, withinMinutes: .infinity)
        #expect(try finder.reach(from: start, withinMinutes: limit).cells == one[0].cells)
        #expect(try finder.reach(from: start, withinMinutes: 0).minutes == [0])
        #expect(throws: TravelError.self) { try finder.reach(from: start, withinMinutes: -1) }
    }

    @Test("a path runs in allowed steps from its base and takes the time of its goal",
        arguments: MovementRule.Moves.allCases)
    func paths(_ moves: MovementRule.Moves) throws {
        let ground = RandomGround(rows: 25, columns: 25, bases: 3, holes: 0.2, seed: 51)
        let surface = try planeSurface(ground.friction, rule: MovementRule(moves: moves))
        let tree = try surface.tree(from: ground.bases)
        for cell in 0..<625 {
            let goal = CellIndex(row: cell / 25, column: cell % 25)
            guard let path = tree.path(to: goal) else {
                #expect(tree.times.minutes[goal] == .infinity)
                continue
            }
            #expect(path.cells.last == goal && path.totalMinutes == tree.times.minutes[goal])
            #expect(path.cells.first == ground.bases[path.base] && path.minutes[0] == 0)
            #expect(zip(path.minutes, path.minutes.dropFirst()).allSatisfy { $0 < $1 })
            let metres = zip(path.cells, path.cells.dropFirst()).reduce(0.0) {
                $0 + plane.distanceInMeters(
                    from: surface.spec.center(of: $1.0), to: surface.spec.center(of: $1.1))
            }
            #expect(abs(path.lengthInMeters - metres) <= 1e-9)
        }
        #expect(tree.path(to: CellIndex(row: 25, column: 0)) == nil)
    }

    @Test("a blocked stretch forces a detour, and a blocked ring cuts off") func blocking() throws {
        let surface = try planeSurface(Grid(planeSpec(rows: 5, columns: 9), filledWith: 1))
        let start = CellIndex(row: 2, column: 0)
        let goal = CellIndex(row: 2, column: 8)
        #expect(try surface.nearest(to: [start]).minutes[goal] == 8)
        let wall = (0..<4).map { CellIndex(row: $0, column: 4) }
        let detour = try surface.blocking(wall + [CellIndex(row: 99, column: 0)])
            .nearest(to: [start]).minutes[goal]
        #expect(detour > 8 && detour < .infinity)
        let cut = surface.blocking(wall + [CellIndex(row: 4, column: 4)])
        #expect(try cut.nearest(to: [start]).minutes[goal] == .infinity)
        #expect(cut.passableCells == 40)
    }

    @Test("a line of cells touching at corners holds against both kinds of moves") func river() throws {
        for moves in MovementRule.Moves.allCases {
            var friction = Grid(planeSpec(rows: 8, columns: 8), filledWith: 1.0)
            for i in 0..<8 { friction[i, 7 - i] = .infinity }
            let start = CellIndex(row: 0, column: 0)
            let far = CellIndex(row: 7, column: 7)
            let surface = try planeSurface(friction, rule: MovementRule(moves: moves))
            #expect(try surface.nearest(to: [start]).minutes[far] == .infinity)
            friction[3, 4] = 1
            let bridged = try planeSurface(friction, rule: MovementRule(moves: moves))
            #expect(try bridged.nearest(to: [start]).minutes[far] < .infinity)
        }
    }

    @Test("degenerate grids and sources have defined results") func degenerate() throws {
        let dot = try planeSurface(Grid(planeSpec(rows: 1, columns: 1), filledWith: 3))
        #expect(try dot.nearest(to: [CellIndex(row: 0, column: 0)]).minutes.cells == [0])
        let none = try dot.twoNearest(to: [])
        #expect(none.firstMinutes.cells == [.infinity])
        #expect(none.firstBase.cells == [TravelTimes.noBase])
        let row = try planeSurface(Grid(planeSpec(rows: 1, columns: 4), filledWith: 2))
        let middle = CellIndex(row: 0, column: 1)
        let times = try row.twoNearest(to: [nil, middle, middle])
        #expect(times.firstMinutes.cells == [2, 0, 2, 4])
        #expect(times.secondMinutes.cells == [2, 0, 2, 4])
        #expect(times.firstBase.cells == [1, 1, 1, 1] && times.secondBase.cells == [2, 2, 2, 2])
        let column = try planeSurface(
            Grid(planeSpec(rows: 3, columns: 1), filledWith: 2), rule: MovementRule(moves: .sixteen))
        #expect(
            try column.nearest(to: [CellIndex(row: 2, column: 0)]).minutes.cells == [4, 2, 0])
        let walled = Grid(planeSpec(rows: 1, columns: 2), cells: [1, Double.infinity])
        let surface = try planeSurface(walled)
        #expect(throws: TravelError.self) {
            try surface.nearest(to: [CellIndex(row: 0, column: 1)])
        }
        #expect(throws: TravelError.self) {
            try surface.nearest(to: [CellIndex(row: 1, column: 0)])
        }
        #expect(throws: TravelError.self) {
            try planeSurface(Grid(planeSpec(rows: 2, columns: 2), filledWith: .infinity))
        }
    }

    @Test("steps of very different cost are queued in a heap, with the same result") func ratio() throws {
        var friction = Grid(planeSpec(rows: 6, columns: 6), filledWith: 1.0)
        friction[2, 2] = 0.000_001
        friction[3, 3] = 900_000
        let surface = try planeSurface(friction)
        let start = CellIndex(row: 0, column: 0)
        #expect(surface.queueKind == .heap)
        #expect(
            try surface.nearest(to: [start]).minutes.cells
                == bruteForce(friction, from: start, MovementRule()))
    }
}
