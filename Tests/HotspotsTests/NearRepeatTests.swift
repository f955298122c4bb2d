import GridCore
import Testing

@testable import Hotspots

private struct KnoxVector: Decodable {
    struct Result: Decodable {
        var stat: Double
        var pvalue: Double
    }

    var points_km: [[Double]]
    var t_days: [Double]
    var delta: Double
    var tau: Double
    var pairs: Int
    var n_close_space: Int
    var n_close_time: Int
    var knox_X: Int
    var knox_expected: Double
    var pointpats: Result
    var mantel: Result

    var places: [Coordinate] { points_km.map { Coordinate(x: $0[0] * 1000, y: $0[1] * 1000) } }
}

@Suite("Near repeats")
struct NearRepeatTests {
    /// Both p-values are drawn: 999 replicates each.
    private func isNear(_ a: Double, _ b: Double) -> Bool {
        abs(a - b) <= 4 * (2 * b * (1 - b) / 1000).squareRoot()
    }

    @Test("Knox counts, expectation and p equal pointpats and brute force")
    func knox() throws {
        let vector: KnoxVector = try decodedFixture("knox_mantel.json")
        let test = try knoxTest(
            places: vector.places, timesInDays: vector.t_days, distance: .planar,
            withinMeters: vector.delta * 1000, withinDays: vector.tau)
        #expect(test.pairCount == vector.pairs)
        #expect(test.closeInSpace == vector.n_close_space)
        #expect(test.closeInTime == vector.n_close_time)
        #expect(test.closeInBoth == vector.knox_X)
        #expect(abs(test.expected - vector.knox_expected) <= 1e-12 * vector.knox_expected)
        #expect(isNear(test.p, vector.pointpats.pvalue))
    }

    @Test("Mantel's correlation and p equal pointpats")
    func mantel() throws {
        let vector: KnoxVector = try decodedFixture("knox_mantel.json")
        let test = try mantelTest(
            places: vector.places, timesInDays: vector.t_days, distance: .planar,
            distanceConstantInMeters: 1000)
        #expect(abs(test.correlation - vector.mantel.stat) <= goldenTolerance)
        #expect(isNear(test.p, vector.mantel.pvalue))
    }

    @Test("Threads change no bit of Mantel's sum and p")
    func mantelThreads() throws {
        let (places, times) = scattered(40, seed: 3)
        let one = try mantelTest(
            places: places, timesInDays: times, distance: .planar, replicates: 99)
        let three = try mantelTest(
            places: places, timesInDays: times, distance: .planar, replicates: 99, threads: 3)
        #expect(one == three)
    }

    private func scattered(_ count: Int, seed: UInt64) -> (places: [Coordinate], times: [Double]) {
        var random = CounterRandom(seed: seed)
        // Every fourth event repeats the one before, at the place or nearby.
        var (places, times): ([Coordinate], [Double]) = ([], [])
        for i in 0..<count {
            if i % 4 == 3, let place = places.last, let time = times.last {
                let step = i % 8 == 3 ? 0 : 400.0
                places.append(Coordinate(x: place.x + step, y: place.y))
                times.append(time + Double(i % 5))
            } else {
                places.append(
                    Coordinate(x: random.nextUnit() * 20_000, y: random.nextUnit() * 20_000))
                times.append((random.nextUnit() * 300).rounded())
            }
        }
        return (places, times)
    }

    private func bruteForce(
        _ places: [Coordinate], _ times: [Double], distances: [Double], days: [Double]
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: (distances.count + 1) * days.count)
        for i in places.indices {
            for j in (i + 1)..<max(i + 1, places.count) {
                let (dx, dy) = (places[i].x - places[j].x, places[i].y - places[j].y)
                let d = (dx * dx + dy * dy).squareRoot()
                let band = d == 0 ? 0 : distances.firstIndex { d <= $0 }.map { $0 + 1 }
                let time = days.firstIndex { abs(times[i] - times[j]) <= $0 }
                if let band, let time { counts[band * days.count + time] += 1 }
            }
        }
        return counts
    }

    @Test("Bands hold the pairs that brute force finds, and planted repeats stand out")
    func bands() throws {
        for seed in 0..<2 as Range<UInt64> {
            let (places, times) = scattered(200, seed: seed)
            let bands = try NearRepeatBands(
                distancesInMeters: [500, 1000, 4000], timesInDays: [7, 14, 60])
            let table = try nearRepeats(
                places: places, timesInDays: times, distance: .planar, bands: bands,
                replicates: 99)
            #expect(
                table.cells.map(\.observed)
                    == bruteForce(
                        places, times, distances: bands.distancesInMeters, days: bands.timesInDays))
            #expect(table[0, 0].isNotable && table[1, 0].isNotable)
            #expect(table[0, 0].p == 0.01)
            #expect(!table[3, 2].isNotable)
            let shuffled = try nearRepeats(
                places: places, timesInDays: times, distance: .planar, bands: bands,
                replicates: 99, threads: 3)
            #expect(shuffled == table)
        }
    }

    @Test("Great circles find the pairs that brute force finds, across the antimeridian too")
    func sphere() throws {
        var random = CounterRandom(seed: 4)
        let places = (0..<150).map { _ in
            Coordinate(
                longitude: (179 + random.nextUnit() * 2).truncatingRemainder(dividingBy: 360),
                latitude: 69 + random.nextUnit())
        }
        let points = try DistancePoints(places, distance: .greatCircle())
        let search = ClosePairs(points, maximumInMeters: 9000)
        var found = Set<[Int32]>()
        for position in 0..<search.count {
            search.forEachPair(of: position) { pair, _ in
                #expect(found.insert([pair.first, pair.second].sorted()).inserted)
            }
        }
        let all = places.indices.flatMap { i in
            ((i + 1)..<max(i + 1, places.count)).filter { points.meters(i, $0) <= 9000 }
                .map { [Int32(i), Int32($0)] }
        }
        #expect(found == Set(all))
        #expect(!all.isEmpty)
    }

    @Test("Permuted times give the mean that Knox expects")
    func expectation() throws {
        let (places, times) = scattered(150, seed: 9)
        let bands = try NearRepeatBands(distancesInMeters: [3000], timesInDays: [20])
        let table = try nearRepeats(
            places: places, timesInDays: times, distance: .planar, bands: bands, replicates: 400)
        let knox = try knoxTest(
            places: places, timesInDays: times, distance: .planar, withinMeters: 3000,
            withinDays: 20, replicates: 400)
        let mean = table[0, 0].simulatedMean + table[1, 0].simulatedMean
        // Four standard errors of a mean of 400, with twice Poisson's spread.
        #expect(abs(mean - knox.expected) <= 4 * (2 * knox.expected / 400).squareRoot())
        #expect(table[0, 0].observed + table[1, 0].observed == knox.closeInBoth)
    }

    @Test("Poisson tails keep their digits", arguments: [
        (0, 3.0, 1.0), (1, 0.5, 0.393_469_340_287_366_6), (3, 3.0, 0.576_809_918_873_156),
        (2, 1e-9, 4.999_999_996_666_667e-19), (1, 0.0, 0.0),
    ])
    func poisson(count: Int, mean: Double, tail: Double) {
        #expect(abs(poissonUpperTail(count, mean: mean) - tail) <= 1e-13 * max(tail, 1e-30))
    }

    @Test("Too few events, one place and one day have defined results")
    func degenerate() throws {
        let bands = try NearRepeatBands(distancesInMeters: [100], timesInDays: [7])
        for count in 0...1 {
            let places = [Coordinate](repeating: Coordinate(x: 1, y: 2), count: count)
            let times = [Double](repeating: 5, count: count)
            let table = try nearRepeats(
                places: places, timesInDays: times, distance: .planar, bands: bands,
                replicates: 9)
            #expect(table.cells.allSatisfy { $0.observed == 0 && $0.p == 1 && !$0.isNotable })
            let knox = try knoxTest(
                places: places, timesInDays: times, distance: .planar, withinMeters: 0,
                withinDays: 0, replicates: 9)
            #expect(knox.p == 1 && knox.poissonP == 1 && knox.expected == 0)
            let mantel = try mantelTest(
                places: places, timesInDays: times, distance: .planar, replicates: 9)
            #expect(mantel.p == 1 && mantel.correlation.isNaN && mantel.productSum == 0)
        }
        let same = [Coordinate](repeating: Coordinate(x: 1, y: 2), count: 10)
        let times = (0..<10).map { Double($0) }
        let onePlace = try nearRepeats(
            places: same, timesInDays: times, distance: .planar, bands: bands, replicates: 9)
        #expect(onePlace[0, 0].observed == 42 && onePlace[0, 0].ratio == 1)
        #expect(onePlace[0, 0].p == 1 && onePlace[1, 0].observed == 0)
        let line = (0..<10).map { Coordinate(x: Double($0) * 50, y: 0) }
        let oneDay = try nearRepeats(
            places: line, timesInDays: [Double](repeating: 3, count: 10), distance: .planar,
            bands: bands, replicates: 9)
        #expect(oneDay[1, 0].observed == 17 && oneDay[1, 0].p == 1)
        let mantel = try mantelTest(
            places: line, timesInDays: [Double](repeating: 3, count: 10), distance: .planar,
            replicates: 9)
        #expect(mantel.correlation.isNaN && mantel.p == 1)
    }

    @Test("Bounds that do not ascend, unlike lists and endless times are refused")
    func refusals() throws {
        #expect(throws: HotspotError.self) {
            try NearRepeatBands(distancesInMeters: [10, 10], timesInDays: [1])
        }
        #expect(throws: HotspotError.self) {
            try NearRepeatBands(distancesInMeters: [10], timesInDays: [])
        }
        #expect(throws: HotspotError.self) {
            try knoxTest(
                places: [], timesInDays: [1], distance: .planar, withinMeters: 1, withinDays: 1)
        }
        #expect(throws: HotspotError.self) {
            try knoxTest(
                places: [], timesInDays: [], distance: .planar, withinMeters: -1, withinDays: 1)
        }
        #expect(throws: HotspotError.self) {
            try mantelTest(
                places: [Coordinate(x: 0, y: 0)], timesInDays: [.infinity], distance: .planar)
        }
    }
}
