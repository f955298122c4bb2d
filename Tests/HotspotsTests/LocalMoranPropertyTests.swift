import Diagnostics
import GridCore
import InstructionSets
import Testing
import TestSupport

@testable import Hotspots

/// Values with gaps and many ties, made from a seed.
private func field(_ rows: Int, _ columns: Int, seed: UInt64) -> Grid<Double> {
    var random = SeededGenerator(seed: seed)
    return Grid(
        Vectors.spec(rows: rows, columns: columns),
        cells: (0..<(rows * columns)).map { _ in
            let value = Double(Int.random(in: 0...6, using: &random))
            return Int.random(in: 0..<9, using: &random) == 0 ? .nan : value
        })
}

private func bits(_ moran: LocalMoran) -> [UInt64] {
    [moran.statistic, moran.lag, moran.expected, moran.variance, moran.z].flatMap {
        $0.map(\.bitPattern)
    }
}

/// The tails of one observation by drawing its neighbours one after the
/// other, written without lanes.
private func plainTails(
    values: [Double], draws: Int, weights: [Double], seed: UInt64, stream: UInt64,
    replicates: Int, lowest: Double, highest: Double
) -> TailCounts {
    var tails = TailCounts(upper: 0, lower: 0)
    for replicate in 0..<replicates {
        var attempt: UInt32 = 0
        var sum = Double.nan
        while sum.isNaN {
            var places: [Int] = []
            let blocks = UInt32((draws + 3) / 4)
            for block in 0..<blocks {
                let words = CounterRandom.block(
                    counter: SIMD4(
                        attempt * blocks + block, UInt32(replicate),
                        UInt32(truncatingIfNeeded: stream), UInt32(stream >> 32)),
                    key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)))
                places += (0..<4).map { Int((UInt64(words[$0]) * UInt64(values.count)) >> 32) }
            }
            places = Array(places.prefix(draws))
            attempt += 1
            guard Set(places).count == draws else { continue }
            sum = zip(places, weights).reduce(0) { $0 + values[$1.0] * $1.1 }
        }
        tails.upper += sum >= lowest ? 1 : 0
        tails.lower += sum <= highest ? 1 : 0
    }
    return tails
}

@Suite("Local Moran's I: rules that hold for every input")
struct LocalMoranPropertyTests {
    private let options = LocalMoranOptions(permutations: 49, seed: 0x1234_5678_9ABC_DEF0)

    @Test("draws in lanes are those of a plain loop, with and without weights")
    func lanes() {
        var random = SeededGenerator(seed: 4)
        let values = (0..<400).map { _ in Double(Int.random(in: 0...9, using: &random)) }
        for draws in [1, 3, 8, 9] {
            let uneven = (0..<draws).map { Double($0 + 1) / 4 }
            for weights in [[Double](repeating: 1, count: draws), uneven] {
                let middle = 4.5 * weights.reduce(0, +)
                let space = MoranWorkspace(values: values, mostDraws: draws)
                let tails = weights.withUnsafeBufferPointer { buffer in
                    let rule = PermutationRule(
                        values: UnsafePointer(space.values), count: values.count, draws: draws,
                        weights: weights == uneven ? buffer.baseAddress : nil,
                        seed: 1 << 40 | 7, stream: 1 << 33 | 5, replicates: 61,
                        lowestOfUpperTail: middle, highestOfLowerTail: middle)
                    #expect(rule.isSparse)
                    return permutationKernel(rule, scratch: space.scratch)
                }
                #expect(
                    tails
                        == plainTails(
                            values: values, draws: draws, weights: weights, seed: 1 << 40 | 7,
                            stream: 1 << 33 | 5, replicates: 61, lowest: middle,
                            highest: middle), "\(draws) draws")
            }
        }
    }

    @Test("every place is drawn equally often, by lanes and by shuffles")
    func uniform() {
        // One value is 1, the others 0: the upper tail counts its draws.
        let replicates = 400
        for (count, draws) in [(40, 3), (12, 5)] {
            var total = 0
            for special in 0..<count {
                let values = (0..<count).map { $0 == special ? 1.0 : 0 }
                let space = MoranWorkspace(values: values, mostDraws: draws)
                let rule = PermutationRule(
                    values: UnsafePointer(space.values), count: count, draws: draws,
                    weights: nil, seed: 11, stream: 3, replicates: replicates,
                    lowestOfUpperTail: 0.5, highestOfLowerTail: 0.5)
                let tails = permutationKernel(rule, scratch: space.scratch)
                let chance = Double(draws) / Double(count)
                let error = (chance * (1 - chance) * Double(replicates)).squareRoot()
                // Five standard errors: one in two million.
                #expect(abs(Double(tails.upper) - chance * Double(replicates)) <= 5 * error)
                total += tails.upper
            }
            // No place twice in a replicate.
            #expect(total == draws * replicates)
        }
    }

    @Test("forms of the kernel and numbers of threads change no bit")
    func sameBits() throws {
        let values = field(17, 16, seed: 5)
        for neighbourhood in [
            MoranNeighbourhood.queen, .rook, .distanceBand(radiusInMeters: 3500),
        ] {
            let steps = try neighbourhood.steps(on: values.spec)
            let baseline = try localMoran(
                of: values, neighbourhood: neighbourhood, options: options, threads: 1)
            for form in InstructionSet.available {
                var computation = try LocalMoranComputation(
                    sample: MoranSample(values.cells), neighbours: .cells(values.shape, steps),
                    count: values.count, options: options, moments: .conditional)
                computation.form = form
                let other = computation.run(threads: 3)
                #expect(bits(other) == bits(baseline), "\(form)")
                #expect(other.tails == baseline.tails, "\(form)")
            }
        }
    }

    @Test("shifting and scaling all values changes no tail, label or z beyond rounding")
    func invariance() throws {
        let values = field(12, 13, seed: 8)
        let moved = Grid(values.spec, cells: values.cells.map { $0 * 4 + 1024 })
        let a = try localMoran(
            of: values, neighbourhood: .queen, options: options, threads: 2)
        let b = try localMoran(of: moved, neighbourhood: .queen, options: options, threads: 2)
        #expect(largestDifference(a.z, b.z) <= 1e-10)
        #expect(a.tails == b.tails)
        #expect(a.labels(level: 0.2) == b.labels(level: 0.2))
        let against = try localMoran(
            of: values, around: moved, neighbourhood: .queen, options: options, threads: 2)
        // A variable around itself, in sample instead of population units.
        let n = Double(a.count)
        #expect(
            largestDifference(against.statistic, a.statistic.map { $0 * (n - 1) / n }) <= 1e-10)
        #expect(against.tails == a.tails)
    }

    @Test("a masked cell is nobody's neighbour and nobody's draw")
    func masked() throws {
        // The same cells as a list from which the gaps have been taken out.
        let values = field(9, 11, seed: 2)
        let kept = values.cells.indices.filter { !values.cells[$0].isNaN }
        var place: [Int: Int] = [:]
        for (new, old) in kept.enumerated() { place[old] = new }
        let queen = SpatialWeights.queen(values.shape)
        let weights = try SpatialWeights(
            rows: kept.map { i in
                queen.rows[i].compactMap { neighbour in
                    place[neighbour.index].map { .init(index: $0, weight: neighbour.weight) }
                }
            })
        let whole = try localMoran(
            of: values, neighbourhood: .queen, options: options, threads: 2)
        let part = try localMoran(
            of: kept.map { values.cells[$0] }, weights: weights, options: options, threads: 2)
        #expect(kept.map { whole.statistic[$0] } == part.statistic)
        #expect(kept.map { whole.variance[$0] } == part.variance)
        #expect(whole.count == kept.count)
        let gaps = values.cells.indices.filter { values.cells[$0].isNaN }
        #expect(gaps.allSatisfy { whole.status[$0] == .masked && whole.z[$0].isNaN })
        #expect(gaps.allSatisfy { whole.p()[$0].isNaN && whole.labels()[$0] == .masked })
    }

    @Test("weights that are multiples of each other give the same standardised result")
    func rowStandardized() throws {
        let values = field(8, 8, seed: 3)
        let queen = SpatialWeights.queen(values.shape)
        let scaled = try SpatialWeights(
            rows: queen.rows.map { $0.map { .init(index: $0.index, weight: $0.weight * 3) } })
        let a = try localMoran(of: values.cells, weights: queen, options: options, threads: 1)
        let b = try localMoran(of: values.cells, weights: scaled, options: options, threads: 1)
        #expect(largestDifference(a.z, b.z) <= 1e-10)
        #expect(a.tails == b.tails)
        var raw = options
        raw.isRowStandardized = false
        let c = try localMoran(of: values.cells, weights: queen, options: raw, threads: 1)
        #expect(largestDifference(a.z, c.z) <= 1e-10)
        #expect(c.statistic != a.statistic)
    }

    @Test("constant values are constant, p is 1 and nothing is significant")
    func constant() throws {
        for shape in [(1, 1), (1, 2), (4, 4)] {
            let spec = Vectors.spec(rows: shape.0, columns: shape.1)
            let moran = try localMoran(
                of: Grid(spec, filledWith: 0.1), neighbourhood: .queen, options: options,
                threads: 2)
            let status: LocalStatisticStatus = shape == (1, 1) ? .isolated : .constant
            #expect(moran.status.allSatisfy { $0 == status })
            #expect(moran.statistic.allSatisfy { $0 == 0 })
            for test in LocalMoranTest.allCases {
                #expect(moran.p(test).allSatisfy { $0 == 1 })
                #expect(
                    moran.labels(test: test).allSatisfy {
                        $0 == (status == .isolated ? .island : .notSignificant)
                    })
            }
        }
    }

    @Test("no value at all, an island, a single event and a saturated neighbourhood are named")
    func degenerate() throws {
        let none = try localMoran(
            of: Grid(Vectors.spec(rows: 2, columns: 2), filledWith: .nan),
            neighbourhood: .queen, options: options, threads: 2)
        #expect(none.count == 0)
        #expect(none.status.allSatisfy { $0 == .masked })
        // The last observation has no neighbour; the first two are each
        // other's.
        let weights = try SpatialWeights(rows: [[.init(index: 1)], [.init(index: 0)], []])
        let island = try localMoran(
            of: [1, 2, 9], weights: weights, options: options, threads: 1)
        #expect(island.status[2] == .isolated)
        #expect(island.statistic[2] == 0 && island.p()[2] == 1)
        #expect(island.labels()[2] == .island)
        // All others are neighbours: no arrangement differs.
        let full = try localMoran(
            of: [1, 2, 9], weights: SpatialWeights.queen(Shape(rows: 1, columns: 3)),
            options: options, threads: 1)
        #expect(full.status[1] == .saturated)
        #expect(full.z[1].isNaN && full.p(.normal)[1].isNaN && full.p()[1] == 1)
        // One event in an empty map: its surroundings never change.
        var single = Grid<Double>(Vectors.spec(rows: 20, columns: 20), filledWith: 0)
        single[10, 10] = 1
        let event = try localMoran(
            of: single, neighbourhood: .queen, options: options, threads: 2)
        #expect(event.status[10 * 20 + 10] == .constant)
        #expect(event.p()[10 * 20 + 10] == 1)
        #expect(event.quadrant[10 * 20 + 10] == .highLow)
    }

    @Test("a radius below a cell leaves islands, one beyond the map holds everything")
    func extremeRadii() throws {
        let values = field(5, 5, seed: 6)
        let below = try localMoran(
            of: values, neighbourhood: .distanceBand(radiusInMeters: 10), options: options,
            threads: 1)
        #expect(below.status.allSatisfy { $0 == .isolated || $0 == .masked })
        let beyond = try localMoran(
            of: values, neighbourhood: .distanceBand(radiusInMeters: 1e6), options: options,
            threads: 1)
        #expect(beyond.status.allSatisfy { $0 == .saturated || $0 == .masked })
        #expect(beyond.labels(level: 1).allSatisfy { $0 != .island })
    }

    @Test("what cannot be computed is refused with a reason")
    func refusals() throws {
        let spec = Vectors.spec(rows: 2, columns: 2)
        let values = Grid(spec, cells: [1.0, 2, 3, 4])
        func kind(_ body: () throws -> LocalMoran) -> HotspotFailureKind? {
            do {
                _ = try body()
                return nil
            } catch { return (error as? HotspotError)?.kind }
        }
        #expect(
            kind {
                try localMoran(
                    of: Grid(spec, cells: [1.0, 2, .infinity, 4]), neighbourhood: .queen,
                    threads: 1)
            } == .unsuitableValue)
        #expect(
            kind {
                try localMoran(
                    of: values, neighbourhood: .queen,
                    options: LocalMoranOptions(permutations: -1), threads: 1)
            } == .unsuitableParameter)
        #expect(
            kind {
                try localMoran(
                    of: values, neighbourhood: .distanceBand(radiusInMeters: 0), threads: 1)
            } == .unsuitableParameter)
        #expect(
            kind {
                try localMoran(
                    of: [1, 2], weights: SpatialWeights(rows: [[]]), threads: 1)
            } == .mismatch)
        #expect(
            kind {
                try localMoran(
                    of: values,
                    around: Grid(Vectors.spec(rows: 1, columns: 4), cells: [1.0, 2, 3, 4]),
                    neighbourhood: .queen, threads: 1)
            } == .mismatch)
        #expect(
            kind {
                try localMoran(
                    of: [1, 2], around: [1], weights: SpatialWeights(rows: [[], []]), threads: 1)
            } == .mismatch)
    }

    @Test("islands and constant cells do not weaken the correction for many tests")
    func untested() throws {
        // Two pairs that agree with each other, in a crowd of islands.
        let crowd = 60
        var rows = [[SpatialWeights.Neighbour]](repeating: [], count: crowd)
        for i in 0..<20 {
            rows[i] = (0..<20).filter { $0 != i && $0 / 5 == i / 5 }.map { .init(index: $0) }
        }
        var values = (0..<crowd).map { Double($0 % 7) }
        for i in 0..<5 { values[i] = 40 }
        let moran = try localMoran(
            of: values, weights: SpatialWeights(rows: rows),
            options: LocalMoranOptions(permutations: 499, seed: 1), threads: 1)
        let labels = moran.labels(level: 0.05)
        #expect(labels[0..<5].allSatisfy { $0 == .highHigh })
        #expect(labels[20...].allSatisfy { $0 == .island })
        // With the islands counted, 60 tests instead of 20 would ask for
        // p <= 5 x 0.05 / 60 and find the same cells only above it.
        let tested = moran.p().prefix(20).map { $0 }
        #expect(
            MultipleTesting.benjaminiHochberg.threshold(of: tested, level: 0.05) != nil)
    }
}
