import Diagnostics
import Foundation
import Testing
import TestSupport

@testable import Hotspots

private struct RelationVectors: Decodable {
    struct Zone: Decodable {
        var name: String
        var dryness: [Double?]
        var incidents: [Double?]
        var isDry: [Bool?]
        var isHot: [Bool?]
    }
    struct Interval: Decodable {
        var pearson: [Double]
        var spearman: [Double]
        var lift: [Double]
        var log_odds_ratio: [Double]
    }
    struct Row: Decodable {
        var zone: String?
        var lag: Int
        var pairs: Int
        var pearson: Double
        var spearman: Double
        var table: [Int]
        var lift: Double
        var log_odds_ratio: Double
        var interval: Interval?
    }
    var first_year: Int
    var years: Int
    var periods: Int
    var zones: [Zone]
    var rows: [Row]

    static func load() throws -> RelationVectors {
        try JSONDecoder().decode(
            RelationVectors.self,
            from: Data(contentsOf: TestPaths.fixture("hotspots/relation.json")))
    }

    var steps: [RelationStep] {
        (0..<(years * periods)).map {
            RelationStep(year: first_year + $0 / periods, period: 1 + $0 % periods)
        }
    }

    var series: [RelationZone] {
        zones.map {
            RelationZone(
                name: $0.name, dryness: $0.dryness.map { $0 ?? .nan }, isDry: $0.isDry,
                incidents: $0.incidents.map { $0 ?? .nan }, isHot: $0.isHot)
        }
    }
}

/// Ends of intervals of a few thousand samples, ours and the peer's, differ
/// by Monte Carlo error: about a tenth of their width; those of odds lie among
/// few values when a table has a field of two or three steps.
private let correlationEnd = 0.06
private let liftEnd = 0.2
private let logOddsEnd = 0.35

@Suite("Drought-violence relation")
struct DroughtViolenceRelationTests {
    private let vectors: RelationVectors

    init() throws { vectors = try RelationVectors.load() }

    private func rows(
        _ zones: [RelationZone]? = nil, lags: Int = 3, resamples: Int = 20, threads: Int = 2
    ) throws -> [RelationRow] {
        try droughtViolenceRelation(
            steps: vectors.steps, zones: zones ?? vectors.series,
            options: RelationOptions(longestLag: lags, resamples: resamples, seed: 5),
            threads: threads)
    }

    @Test("correlations, tables, lift and odds equal scipy's and brute force")
    func estimates() throws {
        let own = try rows(resamples: 2)
        #expect(own.count == vectors.rows.count)
        for expected in vectors.rows {
            let row = try #require(
                own.first { $0.zone == expected.zone && $0.lag == expected.lag })
            #expect(row.pairs == expected.pairs)
            let table = try #require(row.table)
            #expect(
                [table.dryHot, table.dryNotHot, table.notDryHot, table.notDryNotHot]
                    == expected.table)
            for (estimate, value) in [
                (row.pearson, expected.pearson), (row.spearman, expected.spearman),
                (try #require(row.lift), expected.lift),
                (try #require(row.logOddsRatio), expected.log_odds_ratio),
            ] {
                #expect(abs(try #require(estimate.value) - value) <= goldenTolerance)
            }
        }
    }

    @Test("intervals agree with literal resampling within Monte Carlo error")
    func intervals() throws {
        let own = try rows(lags: 2, resamples: 300)
        var compared = 0
        for expected in vectors.rows {
            guard let interval = expected.interval else { continue }
            let row = try #require(
                own.first { $0.zone == expected.zone && $0.lag == expected.lag })
            for (estimate, ends, tolerance) in [
                (row.pearson, interval.pearson, correlationEnd),
                (row.spearman, interval.spearman, correlationEnd),
                (try #require(row.lift), interval.lift, liftEnd),
                (try #require(row.logOddsRatio), interval.log_odds_ratio, logOddsEnd),
            ] {
                let lower = try #require(estimate.lower)
                let upper = try #require(estimate.upper)
                #expect(abs(lower - ends[0]) <= tolerance, "\(expected.zone ?? "all")")
                #expect(abs(upper - ends[1]) <= tolerance, "\(expected.zone ?? "all")")
                compared += 1
            }
        }
        #expect(compared == 16)
    }

    @Test("a planted relation is found at its lag, and its absence says so")
    func planted() throws {
        let own = try rows(lags: 2, resamples: 100)
        let zone3 = try #require(own.first { $0.zone == "Zone 3" && $0.lag == 2 })
        #expect(zone3.spearman.verdict == .moreWhenDry)
        let north = try #require(own.first { $0.zone == "North" && $0.lag == 0 })
        #expect(north.spearman.verdict == .includesNone)
        let turned = vectors.series.map { zone in
            var zone = zone
            zone.dryness = zone.dryness.map { -$0 }
            return zone
        }
        let less = try #require(
            try rows([turned[2]], lags: 2, resamples: 100).first { $0.zone == "Zone 3" && $0.lag == 2 })
        #expect(less.spearman.verdict == .lessWhenDry)
    }

    @Test("threads and the order of zones change no bit, and zones do not touch each other")
    func determinism() throws {
        let one = try rows(threads: 1)
        #expect(try rows(threads: 3) == one)
        let turned = try rows(vectors.series.reversed())
        #expect(Set(turned) == Set(one))
        let alone = try rows([vectors.series[1]]).filter { $0.zone != nil }
        #expect(alone == one.filter { $0.zone == "Bay" })
    }

    @Test("a constant or a seasonal cycle added to either series changes nothing but rounding")
    func shifts() throws {
        let moved = vectors.series.map { zone in
            var zone = zone
            for i in zone.dryness.indices {
                zone.dryness[i] += 7 + 3 * Double(i % 12)
                zone.incidents[i] += 2 * Double(i % 12)
            }
            return zone
        }
        for (a, b) in zip(try rows(resamples: 20), try rows(moved, resamples: 20)) {
            #expect(abs((a.pearson.value ?? .nan) - (b.pearson.value ?? .nan)) <= 1e-10)
            #expect(abs((a.pearson.lower ?? .nan) - (b.pearson.lower ?? .nan)) <= 1e-10)
            #expect(a.table == b.table)
        }
        let later = try droughtViolenceRelation(
            steps: vectors.steps.map { RelationStep(year: $0.year + 9, period: $0.period) },
            zones: vectors.series,
            options: RelationOptions(longestLag: 3, resamples: 20, seed: 5), threads: 2)
        #expect(try rows() == later)
    }

    @Test("years with all their zones are other blocks than the years of each zone")
    func pooledBlocks() throws {
        let zoned = try rows()
        let yearly = try droughtViolenceRelation(
            steps: vectors.steps, zones: vectors.series,
            options: RelationOptions(
                longestLag: 3, resamples: 20, seed: 5, pooledBlocks: .years), threads: 1)
        for (a, b) in zip(zoned, yearly) {
            #expect(a.pearson.value == b.pearson.value)
            if a.zone == nil {
                #expect(a.pearson.lower != b.pearson.lower)
            } else {
                #expect(a == b)
            }
        }
    }

    @Test("no zones, no steps, quiet, constant and short series have defined results")
    func degenerate() throws {
        let nobody = try rows([])
        #expect(nobody.count == 4)
        #expect(nobody.allSatisfy { $0.pairs == 0 && $0.verdict == .tooFew })
        let never = try droughtViolenceRelation(
            steps: [], zones: [RelationZone(name: "a", dryness: [], isDry: [], incidents: [])],
            options: RelationOptions(longestLag: 2, resamples: 10), threads: 2)
        #expect(never.count == 6 && never.allSatisfy { $0.verdict == .tooFew })
        var quiet = vectors.series[0]
        quiet.name = "quiet"
        quiet.incidents = quiet.incidents.map { _ in 0 }
        quiet.isHot = quiet.incidents.map { _ in false }
        let calm = try rows([quiet], lags: 0)
        #expect(calm[1].pearson.value == nil && calm[1].spearman.value == nil)
        #expect(calm[1].lift?.value == nil)
        #expect(calm[1].verdict == .tooFew)
        // A zone without variation adds nothing to the pooled correlation.
        let pooled = try rows(vectors.series + [quiet])
        let without = try rows()
        #expect(pooled[0].pearson.value == without[0].pearson.value)
        #expect(pooled[0].pairs == without[0].pairs)
        var gone = vectors.series[0]
        gone.dryness = gone.dryness.map { _ in .nan }
        #expect(try rows([gone]).allSatisfy { $0.pairs == 0 && $0.verdict == .tooFew })
        let short = try droughtViolenceRelation(
            steps: Array(vectors.steps.prefix(36)),
            zones: [
                RelationZone(
                    name: "short", dryness: Array(vectors.series[0].dryness.prefix(36)),
                    isDry: Array(vectors.series[0].isDry.prefix(36)),
                    incidents: Array(vectors.series[0].incidents.prefix(36)))
            ], options: RelationOptions(longestLag: 0, resamples: 50), threads: 1)
        #expect(short[1].pearson.value != nil && short[1].table == nil)
        #expect(short[1].verdict == .tooFew)
    }

    @Test("series of other lengths, doubled names and impossible numbers are refused")
    func refusals() throws {
        func kind(_ change: (inout RelationZone) -> Void) -> HotspotFailureKind? {
            var zone = vectors.series[0]
            change(&zone)
            do {
                _ = try rows([zone])
                return nil
            } catch { return (error as? HotspotError)?.kind }
        }
        #expect(kind { $0.dryness.removeLast() } == .mismatch)
        #expect(kind { $0.isHot?.removeLast() } == .mismatch)
        #expect(kind { $0.incidents[0] = -1 } == .unsuitableValue)
        #expect(kind { $0.dryness[0] = .infinity } == .unsuitableValue)
        let twins = #expect(throws: HotspotError.self) {
            try rows([vectors.series[0], vectors.series[0]])
        }
        #expect(twins?.kind == .mismatch)
        let lag = #expect(throws: HotspotError.self) { try rows(lags: -1) }
        #expect(lag?.kind == .unsuitableParameter)
    }

    @Test("quantiles are linear between order statistics")
    func quantiles() {
        #expect(quantile([3], 0.975) == 3)
        #expect(quantile([0, 10], 0.25) == 2.5)
        #expect(quantile([0, 1, 2, 3, 4], 1) == 4)
    }
}
