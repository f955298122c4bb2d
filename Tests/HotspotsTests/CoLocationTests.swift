import Diagnostics
import Foundation
import GridCore
import Testing
import TestSupport

@testable import Hotspots

private struct CoLocationVectors {
    let points: [Coordinate]
    let categories: [Int]
    let quotients: [String: [Double]]
    let local: [Double]

    init() throws {
        struct Points: Decodable { var points_km: [[Double]] }
        struct Quotients: Decodable {
            var category: [String]
            var clq: [String: [Double]]
            var local_clq_A_to_B_gaussian_sigma8km: [Double]
        }
        func load<T: Decodable>(_ name: String, _ type: T.Type) throws -> T {
            try JSONDecoder().decode(
                type, from: Data(contentsOf: TestPaths.fixture("hotspots/" + name)))
        }
        points = try load("knox_mantel.json", Points.self).points_km.map {
            Coordinate(x: $0[0] * 1000, y: $0[1] * 1000)
        }
        let file = try load("clq.json", Quotients.self)
        categories = file.category.map { $0 == "A" ? 0 : 1 }
        quotients = file.clq
        local = file.local_clq_A_to_B_gaussian_sigma8km
    }
}

@Suite("Co-location quotient")
struct CoLocationTests {
    @Test("global and local quotients equal brute force")
    func vectors() throws {
        let vectors = try CoLocationVectors()
        let layout = try CoLocation(points: vectors.points, categories: vectors.categories)
        for (a, b, name) in [(0, 0, "A->A"), (0, 1, "A->B"), (1, 0, "B->A"), (1, 1, "B->B")] {
            let own = try #require(
                try layout.quotient(of: a, to: b, permutations: 99, seed: 4, threads: 2))
            let expected = try #require(vectors.quotients[name])
            #expect(abs(own.value - expected[0]) <= goldenTolerance, "\(name)")
            #expect(own.neighbourSum == expected[1], "\(name)")
            #expect(
                own
                    == (try layout.quotient(of: a, to: b, permutations: 99, seed: 4, threads: 1)))
        }
        let local = try layout.localQuotients(
            of: 0, to: 1, sigmaInMeters: 8000, permutations: 19, seed: 4, threads: 2)
        #expect(largestDifference(local.map(\.value), vectors.local) <= goldenTolerance)
        #expect(
            local
                == (try layout.localQuotients(
                    of: 0, to: 1, sigmaInMeters: 8000, permutations: 19, seed: 4, threads: 1)))
    }

    @Test("equally near neighbours share one vote")
    func ties() throws {
        // A at 0 has B at -1 and A at +1: half a B. The A at +1 has only A.
        let layout = try CoLocation(
            points: [0, -1, 1, 30].map { Coordinate(x: $0, y: 0) }, categories: [0, 1, 0, 1])
        let own = try #require(try layout.quotient(of: 0, to: 1, permutations: 0, threads: 1))
        #expect(own.neighbourSum == 0.5)
        #expect(own.value == 0.5 / 2 / (2.0 / 3))
        #expect(own.twoSidedP == nil)
    }

    @Test("pairs planted side by side are found, points dealt at random are not")
    func planted() throws {
        var random = SeededGenerator(seed: 10)
        var points: [Coordinate] = []
        for _ in 0..<30 {
            let place = Coordinate(
                x: Double.random(in: 0...100_000, using: &random),
                y: Double.random(in: 0...100_000, using: &random))
            points += [place, Coordinate(x: place.x + 50, y: place.y)]
        }
        let paired = try CoLocation(points: points, categories: points.indices.map { $0 % 2 })
        let found = try #require(
            try paired.quotient(of: 0, to: 1, permutations: 199, seed: 1, threads: 2))
        #expect(found.value > 1.5)
        #expect(found.twoSidedP == 2.0 / 200)
        let dealt = try CoLocation(
            points: points,
            categories: points.indices.map { _ in Int.random(in: 0...1, using: &random) })
        let chance = try #require(
            try dealt.quotient(of: 0, to: 1, permutations: 199, seed: 1, threads: 2))
        #expect((chance.twoSidedP ?? 0) > 0.01)
    }

    @Test("too few points, a missing category and all points in one place have defined results")
    func degenerate() throws {
        let nobody = try CoLocation(points: [], categories: [])
        #expect(try nobody.quotient(of: 0, to: 1, threads: 1) == nil)
        #expect(try nobody.localQuotients(of: 0, to: 1, sigmaInMeters: 1, threads: 1) == [])
        let one = try CoLocation(points: [Coordinate(x: 0, y: 0)], categories: [0])
        #expect(try one.quotient(of: 0, to: 0, threads: 1) == nil)
        // All at one place: every other point is a nearest neighbour.
        let heap = try CoLocation(
            points: [Coordinate](repeating: Coordinate(x: 5, y: 5), count: 6),
            categories: [0, 0, 0, 1, 1, 1])
        let own = try #require(try heap.quotient(of: 0, to: 1, permutations: 19, threads: 1))
        #expect(abs(own.value - 1) <= goldenTolerance)
        #expect(own.twoSidedP == 1)
        // Too far for any weight.
        let far = try CoLocation(
            points: [Coordinate(x: 0, y: 0), Coordinate(x: 1e6, y: 0)], categories: [0, 1])
        let local = try far.localQuotients(
            of: 0, to: 1, sigmaInMeters: 1, permutations: 9, threads: 1)
        #expect(local.count == 1 && local[0].value.isNaN && local[0].twoSidedP == nil)
    }

    @Test("counts that differ, coordinates that are none and a bad sigma are refused")
    func refusals() throws {
        let mismatch = #expect(throws: HotspotError.self) {
            try CoLocation(points: [], categories: [1])
        }
        #expect(mismatch?.kind == .mismatch)
        let value = #expect(throws: HotspotError.self) {
            try CoLocation(points: [Coordinate(x: .nan, y: 0)], categories: [1])
        }
        #expect(value?.kind == .unsuitableValue)
        let layout = try CoLocation(points: [Coordinate(x: 0, y: 0)], categories: [1])
        let sigma = #expect(throws: HotspotError.self) {
            try layout.localQuotients(of: 0, to: 1, sigmaInMeters: 0, threads: 1)
        }
        #expect(sigma?.kind == .unsuitableParameter)
        let permutations = #expect(throws: HotspotError.self) {
            try layout.quotient(of: 0, to: 1, permutations: -1, threads: 1)
        }
        #expect(permutations?.kind == .unsuitableParameter)
    }
}
