import Foundation
import GridCore
import TestSupport
import Testing

@testable import Hotspots

private struct ScanVectors: Decodable {
    struct Hand: Decodable {
        var c: Int
        var mu: Double
        var C: Int
        var llr: Double
    }
    struct Input: Decodable {
        var locations: [[Double]]
        var counts: [[Int]]
        var max_radius: Double
        var max_len: Int
    }
    struct Top: Decodable {
        var llr: Double
        var zone: [Int]
        var t0: Int?
        var t1: Int?
        var c: Int
        var mu: Double
        var radius: Double
        var centre: Int
    }
    struct Lattice: Decodable {
        var pop: [Double]
        var cases: [Int]
        var max_pop_share: Double
        var top5: [Top]
        var n_unique_zones: Int
    }

    var llr_hand: [Hand]
    var stp_input: Input
    var stp_prospective_top5: [Top]
    var stp_retrospective_top5: [Top]
    var poisson_grid: Lattice
}

private struct GumbelVector: Decodable {
    var mc_maxima: [Double]
    var observed: Double
    var mc_p: Double
    var beta: Double
    var mu: Double
    var gumbel_p: Double
}

private struct PublicNumbers: Decodable {
    struct Fever: Decodable {
        var cases: Int
        var llr: Double
        var observed: Int
        var expected: Double
    }
    struct Cluster: Decodable {
        var llr: Double
        var observed: Int
        var expected: Double
    }
    struct Cancer: Decodable {
        var cases: Int
        var clusters: [Cluster]
    }

    var nyc_fever: Fever
    var nm_brain_cancer: Cancer
}

func decodedFixture<Value: Decodable>(_ name: String) throws -> Value {
    try JSONDecoder().decode(
        Value.self, from: Data(contentsOf: TestPaths.fixture("hotspots/\(name)")))
}

@Suite("Scan statistics: vectors")
struct ScanVectorTests {
    /// The public numbers are printed with their expectations, which were
    /// summed in another order.
    private static let publicTolerance = 1e-9

    @Test("Ratios equal those worked out by hand and those of two public data sets")
    func ratios() throws {
        let vectors: ScanVectors = try decodedFixture("scan_small.json")
        for item in vectors.llr_hand {
            let ratio = scanLogLikelihoodRatio(cases: item.c, expected: item.mu, total: item.C)
            #expect(abs(ratio - item.llr) <= goldenTolerance)
        }
        let known: PublicNumbers = try decodedFixture("scan_public.json")
        let fever = known.nyc_fever
        let ratio = scanLogLikelihoodRatio(
            cases: fever.observed, expected: fever.expected, total: fever.cases)
        #expect(abs(ratio - fever.llr) <= Self.publicTolerance)
        for item in known.nm_brain_cancer.clusters {
            let ratio = scanLogLikelihoodRatio(
                cases: item.observed, expected: item.expected, total: known.nm_brain_cancer.cases)
            #expect(abs(ratio - item.llr) <= Self.publicTolerance)
        }
    }

    @Test("The permutation scan finds what an exhaustive search finds", arguments: [true, false])
    func permutation(isProspective: Bool) throws {
        let vectors: ScanVectors = try decodedFixture("scan_small.json")
        let input = vectors.stp_input
        let places = input.locations.map { Coordinate(x: $0[0], y: $0[1]) }
        var pairs: [(location: Int, step: Int)] = []
        for (location, row) in input.counts.enumerated() {
            for (step, count) in row.enumerated() {
                pairs += (0..<count).map { _ in (location, step) }
            }
        }
        let events = try ScanEvents(
            locations: places, stepCount: 5, locationOfEvent: pairs.map(\.location),
            stepOfEvent: pairs.map(\.step))
        let zones = try ScanZones(
            locations: places, sizes: events.countByLocation.map { Double($0) },
            distance: .planar,
            limits: ScanLimits(maximumRadiusInMeters: input.max_radius, maximumShare: nil))
        let result = try spaceTimePermutationScan(
            events, zones: zones,
            design: ScanDesign(
                period: isProspective ? .prospective : .retrospective,
                maximumSteps: input.max_len, replicates: 99))
        let tops = isProspective ? vectors.stp_prospective_top5 : vectors.stp_retrospective_top5
        let first = try #require(result.clusters.first)
        #expect(abs(first.logLikelihoodRatio - tops[0].llr) <= goldenTolerance)
        #expect(first.locations == tops[0].zone)
        #expect(first.firstStep == tops[0].t0 && first.lastStep == tops[0].t1)
        #expect(first.observed == tops[0].c)
        #expect(abs(first.expected - tops[0].mu) <= goldenTolerance)
        #expect(first.center == tops[0].centre)
        #expect(abs(first.radiusInMeters - tops[0].radius) <= goldenTolerance)
        var twin = ScanTwin(
            places: places, steps: 5, longest: input.max_len, isProspective: isProspective,
            radius: input.max_radius)
        let ratios = twin.cylinders(pairs, total: pairs.count).map(\.ratio).sorted(by: >)
        #expect(largestDifference(Array(ratios.prefix(5)), tops.map(\.llr)) <= goldenTolerance)
    }

    @Test("The spatial Poisson scan finds the circles that an exhaustive search finds")
    func poisson() throws {
        let vectors: ScanVectors = try decodedFixture("scan_small.json")
        let lattice = vectors.poisson_grid
        let places = (0..<25).map { Coordinate(x: Double($0 % 5), y: Double($0 / 5)) }
        let of = lattice.cases.enumerated().flatMap { [Int](repeating: $0, count: $1) }
        let events = try ScanEvents(
            locations: places, stepCount: 1, locationOfEvent: of,
            stepOfEvent: of.map { _ in 0 })
        let zones = try ScanZones(
            locations: places, sizes: lattice.pop, distance: .planar,
            limits: ScanLimits(maximumShare: lattice.max_pop_share))
        #expect(zones.count == lattice.n_unique_zones)
        let design = ScanDesign(period: .retrospective, maximumSteps: 1, replicates: 99)
        let result = try poissonScan(events, expected: lattice.pop, zones: zones, design: design)
        let first = try #require(result.clusters.first)
        #expect(abs(first.logLikelihoodRatio - lattice.top5[0].llr) <= goldenTolerance)
        #expect(first.locations == lattice.top5[0].zone)
        #expect(first.observed == lattice.top5[0].c)
        #expect(abs(first.expected - lattice.top5[0].mu) <= 1e-12 * lattice.top5[0].mu)
        #expect(first.center == lattice.top5[0].centre)
        #expect(first.radiusInMeters == lattice.top5[0].radius)
    }

    @Test("Gumbel p-values equal scipy's")
    func gumbel() throws {
        let vector: GumbelVector = try decodedFixture("gumbel.json")
        let significance = ScanSignificance(replicateMaxima: vector.mc_maxima)
        #expect(abs(significance.gumbelScale - vector.beta) <= goldenTolerance)
        #expect(abs(significance.gumbelLocation - vector.mu) <= goldenTolerance)
        #expect(abs(significance.gumbelP(vector.observed) - vector.gumbel_p) <= goldenTolerance)
        #expect(significance.monteCarloP(vector.observed) == vector.mc_p)
        // At its smallest the Monte Carlo p gives way to the fitted one.
        #expect(significance.p(vector.observed) == significance.gumbelP(vector.observed))
        #expect(significance.p(5) == significance.monteCarloP(5))
    }
}
