import Diagnostics
import Foundation
import Testing
import TestSupport

@testable import Hotspots

private struct ScoreVectors: Decodable {
    struct Hit: Decodable {
        var area_share: Double
        var cells: Int
        var hit_rate: Double
        var area_used: Double
        var PAI: Double?
        var best_hit_rate: Double
        var PEI: Double?
    }
    var p: [Double]
    var y: [Int]
    var count: [Double]
    var area: [Double]
    var auc: Double
    var ap: Double
    var brier: Double
    var log_loss_clip_1e_15: Double
    var base_rate: Double
    var brier_skill: Double
    var hit: [Hit]
    var ensemble: [[Double]]
    var ens_obs: [Double]
    var crps_ecdf: [Double]
    var crps_fair: [Double]

    static func load() throws -> ScoreVectors {
        try JSONDecoder().decode(
            ScoreVectors.self, from: Data(contentsOf: TestPaths.fixture("hotspots/scores.json")))
    }

    func forecast() throws -> BinaryForecast {
        try BinaryForecast(scores: p, outcomes: y.map { $0 == 1 })
    }
}

@Suite("Scores of forecasts")
struct ForecastScoreTests {
    @Test("scores of yes or no equal scikit-learn's")
    func binary() throws {
        let vectors = try ScoreVectors.load()
        let forecast = try vectors.forecast()
        let pairs: [(Double?, Double)] = [
            (forecast.areaUnderCurve, vectors.auc), (forecast.averagePrecision, vectors.ap),
            (try forecast.brierScore(), vectors.brier),
            (try forecast.brierSkill(), vectors.brier_skill),
            (try forecast.logScore()?.value, vectors.log_loss_clip_1e_15),
            (forecast.baseRate, vectors.base_rate),
        ]
        for (i, pair) in pairs.enumerated() {
            #expect(abs(try #require(pair.0) - pair.1) <= goldenTolerance, "score \(i)")
        }
        let clipped = vectors.p.count { $0 == 0 || $0 == 1 }
        #expect(clipped > 0)
        #expect(try forecast.logScore()?.clipped == clipped)
    }

    @Test("hit rates and their indices equal brute force at all shares")
    func hitRates() throws {
        let vectors = try ScoreVectors.load()
        let own = try #require(
            try areaHitRates(scores: vectors.p, events: vectors.count, areas: vectors.area))
        #expect(own.count == vectors.hit.count)
        for (a, b) in zip(own, vectors.hit) {
            #expect(a.areaShare == b.area_share && a.cells == b.cells)
            #expect(abs(a.hitRate - b.hit_rate) <= goldenTolerance)
            #expect(abs(a.areaUsed - b.area_used) <= goldenTolerance)
            #expect(abs(a.bestHitRate - b.best_hit_rate) <= goldenTolerance)
            #expect(abs(try #require(a.accuracyIndex) - #require(b.PAI)) <= goldenTolerance)
            #expect(abs(try #require(a.efficiencyIndex) - #require(b.PEI)) <= goldenTolerance)
        }
    }

    @Test("both ranked probability scores of ensembles equal brute force")
    func ensembles() throws {
        let vectors = try ScoreVectors.load()
        let forecasts = try vectors.ensemble.map { try EnsembleForecast($0) }
        let plain = zip(forecasts, vectors.ens_obs).map { $0.rankedProbabilityScore($1) }
        let fair = try zip(forecasts, vectors.ens_obs).map {
            try #require($0.fairRankedProbabilityScore($1))
        }
        #expect(largestDifference(plain, vectors.crps_ecdf) <= goldenTolerance)
        #expect(largestDifference(fair, vectors.crps_fair) <= goldenTolerance)
    }

    @Test("ties count one half in the area under the curve, order does not count")
    func ties() throws {
        let all = try BinaryForecast(
            scores: [0.5, 0.5, 0.5, 0.5], outcomes: [true, false, true, false])
        #expect(all.areaUnderCurve == 0.5)
        #expect(all.averagePrecision == 0.5)
        let best = try BinaryForecast(
            scores: [0.1, 0.9, 0.8], outcomes: [false, true, true])
        #expect(best.areaUnderCurve == 1 && best.averagePrecision == 1)
        // One tie among the 2 x 2 pairs: (3 + 1/2) / 4.
        let half = try BinaryForecast(
            scores: [0.9, 0.4, 0.4, 0.1], outcomes: [true, true, false, false])
        let turned = try BinaryForecast(
            scores: [0.1, 0.4, 0.4, 0.9], outcomes: [false, false, true, true])
        #expect(half.areaUnderCurve == 0.875)
        #expect(turned.areaUnderCurve == 0.875)
        #expect(half.averagePrecision == turned.averagePrecision)
    }

    @Test("no cases, no events and only events give no number where there is none")
    func degenerate() throws {
        let none = try BinaryForecast(scores: [], outcomes: [])
        #expect(none.areaUnderCurve == nil && none.averagePrecision == nil)
        #expect(try none.brierScore() == nil && none.logScore() == nil)
        #expect(none.baseRate == nil)
        let quiet = try BinaryForecast(scores: [0.2, 0], outcomes: [false, false])
        #expect(quiet.areaUnderCurve == nil && quiet.averagePrecision == nil)
        // The base rate 0 foretold all: there is no skill over perfection.
        #expect(try quiet.brierSkill() == nil)
        #expect(try quiet.brierSkill(climatology: 0.5) ?? 0 > 0)
        #expect(
            try areaHitRates(scores: [1, 2], events: [0, 0], areas: [1, 1]) == nil)
        #expect(try areaHitRates(scores: [], events: [], areas: []) == nil)
        let coarse = try #require(
            try areaHitRates(scores: [2, 1], events: [1, 1], areas: [1, 1], areaShares: [0.1, 1]))
        #expect(coarse[0].cells == 0 && coarse[0].accuracyIndex == nil)
        #expect(coarse[1].hitRate == 1 && coarse[1].efficiencyIndex == 1)
    }

    @Test("scores that are no numbers or no probabilities are refused where they matter")
    func refusals() throws {
        let nan = #expect(throws: HotspotError.self) {
            try BinaryForecast(scores: [.nan], outcomes: [true])
        }
        #expect(nan?.kind == .unsuitableValue)
        let count = #expect(throws: HotspotError.self) {
            try BinaryForecast(scores: [0.1], outcomes: [])
        }
        #expect(count?.kind == .mismatch)
        let ranks = try BinaryForecast(scores: [7, 3], outcomes: [true, false])
        #expect(ranks.areaUnderCurve == 1)
        #expect(throws: HotspotError.self) { try ranks.brierScore() }
        #expect(throws: HotspotError.self) { try ranks.logScore() }
        let area = #expect(throws: HotspotError.self) {
            try areaHitRates(scores: [1], events: [1], areas: [0])
        }
        #expect(area?.kind == .unsuitableValue)
        #expect(throws: HotspotError.self) {
            try areaHitRates(scores: [1], events: [], areas: [1])
        }
        #expect(throws: HotspotError.self) { try EnsembleForecast([]) }
        #expect(throws: HotspotError.self) { try EnsembleForecast([.infinity]) }
    }

    @Test("binned ignorance gives each of the 11 bins one member more")
    func ignorance() throws {
        let forecast = try EnsembleForecast([0, 0, 1, 2, 7])
        // Bins: 0 has 2 members, 1-2 has 2, 6-10 has 1; 5 + 11 in all.
        #expect(forecast.binnedIgnorance(0) == -log2(3.0 / 16))
        #expect(forecast.binnedIgnorance(2) == -log2(3.0 / 16))
        #expect(forecast.binnedIgnorance(6) == -log2(2.0 / 16))
        #expect(forecast.binnedIgnorance(5000) == 4)
    }

    @Test("the interval score is the width inside, and 20 times the miss more outside")
    func intervals() throws {
        // 0 ... 100: the 5 and 95 percent points are 5 and 95.
        let forecast = try EnsembleForecast((0...100).map(Double.init))
        #expect(abs(forecast.intervalScore(50) - 90) <= goldenTolerance)
        #expect(abs(forecast.intervalScore(2) - (90 + 20 * 3)) <= 1e-10)
        #expect(abs(forecast.intervalScore(97) - (90 + 20 * 2)) <= 1e-10)
        let point = try EnsembleForecast([3])
        #expect(point.intervalScore(3) == 0)
        #expect(point.fairRankedProbabilityScore(3) == nil)
        #expect(point.rankedProbabilityScore(5) == 2)
    }

    @Test("an onset has twelve recorded quiet steps before it")
    func onsets() throws {
        var counts = [Double](repeating: 0, count: 20)
        counts[12] = 3
        #expect(isOnset(counts: counts, at: 12))
        #expect(!isOnset(counts: counts, at: 13))
        #expect(!isOnset(counts: counts, at: 11))
        counts[5] = .nan
        #expect(!isOnset(counts: counts, at: 12))
        #expect(isOnset(counts: counts, at: 12, quietSteps: 6))
        let forecast = try BinaryForecast(
            scores: counts.map { _ in 0.5 }, outcomes: counts.map { $0 > 0 })
        let onsets = try forecast.filtered { isOnset(counts: counts, at: $0, quietSteps: 6) }
        #expect(onsets.events == 1)
        #expect(onsets.scores.count == 2)
    }
}

@Suite("Baselines that a forecast must beat")
struct BaselineTests {
    private struct Vectors: Decodable {
        var series: [Double]
        var ewma: [Double]
        var persistence: [Double]
        var hist_mean: [Double]
    }

    private func load() throws -> (Vectors, [KnownCount]) {
        let vectors = try JSONDecoder().decode(
            Vectors.self, from: Data(contentsOf: TestPaths.fixture("hotspots/baselines.json")))
        let rows = vectors.series.enumerated().map {
            KnownCount(step: $0.offset, count: $0.element, knownAt: $0.offset)
        }
        return (vectors, rows)
    }

    @Test("persistence, expanding mean and EWMA equal numpy at every issue step")
    func vectors() throws {
        let (vectors, rows) = try load()
        for step in 0..<11 {
            let own = try Baselines(rows, issuedAt: step)
            #expect(own.persistence == vectors.persistence[step])
            #expect(abs(try #require(own.mean) - vectors.hist_mean[step]) <= goldenTolerance)
            let weighted = try #require(try own.weightedMean(halfLifeInSteps: 3))
            #expect(abs(weighted - vectors.ewma[step]) <= goldenTolerance)
            #expect(own.zero == 0)
            let recent = try #require(try own.recentDistribution(window: 4))
            #expect(recent.members == vectors.series[max(0, step - 3)...step].sorted())
        }
    }

    @Test("what became known after the issue step changes nothing")
    func leakage() throws {
        let (_, rows) = try load()
        let before = try Baselines(rows, issuedAt: 6)
        let late = [
            KnownCount(step: 3, count: 900, knownAt: 7), KnownCount(step: 7, count: 800, knownAt: 7),
            KnownCount(step: 6, count: 700, knownAt: 9),
        ]
        let after = try Baselines((rows + late).reversed(), issuedAt: 6)
        #expect(after.steps == before.steps && after.counts == before.counts)
        // By step 7 the first two are known, and the revision counts.
        let next = try Baselines(rows + late, issuedAt: 7)
        #expect(next.counts[3] == 900 && next.counts[7] == 800 && next.counts[6] != 700)
    }

    @Test("the seasonal mean takes the same part of other years, before and after gaps")
    func seasonal() throws {
        let rows = (0..<30).map {
            KnownCount(step: $0, count: $0 == 5 ? .nan : Double($0), knownAt: $0)
        }
        let own = try Baselines(rows, issuedAt: 29)
        #expect(own.seasonalMean(target: 30, stepsPerYear: 12) == 12)
        #expect(own.seasonalMean(target: 29 + 12, stepsPerYear: 12) == 23)
        #expect(own.seasonalMean(target: -7, stepsPerYear: 12) == 23)
        #expect(!own.steps.contains(5))
    }

    @Test("nothing known gives no forecast but zero, and impossible rows are refused")
    func degenerate() throws {
        let nothing = try Baselines([], issuedAt: 3)
        #expect(nothing.persistence == nil && nothing.mean == nil && nothing.zero == 0)
        #expect(nothing.seasonalMean(target: 4, stepsPerYear: 12) == nil)
        #expect(try nothing.weightedMean(halfLifeInSteps: 3) == nil)
        #expect(try nothing.recentDistribution() == nil)
        for row in [
            KnownCount(step: 1, count: -1, knownAt: 1),
            KnownCount(step: 1, count: .infinity, knownAt: 1),
            KnownCount(step: 1, count: 1, knownAt: 0),
        ] {
            let error = #expect(throws: HotspotError.self) { try Baselines([row], issuedAt: 3) }
            #expect(error?.kind == .unsuitableValue)
        }
        #expect(throws: HotspotError.self) { try nothing.weightedMean(halfLifeInSteps: 0) }
        #expect(throws: HotspotError.self) { try nothing.recentDistribution(window: 0) }
    }
}
