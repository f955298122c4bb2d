@testable import Bases
import Diagnostics
import GridCore
import Testing
import TestSupport

@Suite("Importance and rank stability")
struct RankStabilityTests {
    private static let ones = Array(repeating: 1.0, count: 6)

    private static func shares(_ count: Int, seed: UInt64) -> [ImportanceShares] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            ImportanceShares(
                amounts: (0..<6).map { _ in Double.random(in: 0...0.2, using: &random) },
                totals: ones)
        }
    }

    private static func stability(
        _ shares: [ImportanceShares], rules: RankStabilityRules = .standard, threads: Int = 1,
        weights: ImportanceWeights = .standard
    ) -> RankStability {
        RankStability(
            shares: shares,
            assessments: shares.map { _ in
                ReadyEvidence.assessment([.serviceabilityRatio: .number(0.5)])
            }, weights: weights, rules: rules, threads: threads)
    }

    // MARK: Weights and importance

    @Test("Weights that do not add up to one are normalised with a warning")
    func normalised() throws {
        #expect(abs(ImportanceWeights.standard.values.reduce(0, +) - 1) < 1e-15)
        #expect(ImportanceWeights.standard.warning == nil)
        let weights = try ImportanceWeights([7, 4, 3, 2, 2, 2])
        #expect(weights.warning?.code == "weights-normalized")
        for (a, b) in zip(weights.values, ImportanceWeights.standard.values) {
            #expect(abs(a - b) < 1e-15)
        }
        #expect(throws: AssessmentError.self) { try ImportanceWeights([1, -0.1, 0, 0, 0, 0]) }
        #expect(throws: AssessmentError.self) { try ImportanceWeights([0, 0, 0, 0, 0, 0]) }
        #expect(throws: AssessmentError.self) { try ImportanceWeights([1, 1]) }
        #expect(throws: AssessmentError.self) { try ImportanceWeights([.nan, 1, 0, 0, 0, 0]) }
    }

    @Test("Importance is the weighted sum of shares of fixed totals")
    func importance() {
        let shares = ImportanceShares(
            amounts: [100, 10, 0, 5, .nan, 2], totals: [1000, 50, 0, 10, 1, 4])
        #expect(shares.values == [0.1, 0.2, 0, 0.5, 0, 0.5])
        let expected = 0.35 * 0.1 + 0.2 * 0.2 + 0.1 * 0.5 + 0.1 * 0.5
        #expect(abs(shares.importance(.standard) - expected) < 1e-15)
    }

    @Test("A further base leaves the order and importance of the others as they are")
    func noReversal() {
        for seed in UInt64(1)...20 {
            let some = Self.shares(12, seed: seed)
            let more = some + Self.shares(1, seed: seed + 100)
            let a = Self.stability(some, rules: Self.few)
            let b = Self.stability(more, rules: Self.few)
            for i in some.indices {
                #expect(a.bases[i].importance == b.bases[i].importance)
                for j in some.indices {
                    #expect(
                        (a.bases[i].rank < a.bases[j].rank) == (b.bases[i].rank < b.bases[j].rank))
                }
            }
        }
    }

    // MARK: Intervals

    @Test("Inside its interval a weight leaves the first ranks alone, outside it does not")
    func intervals() {
        for seed in UInt64(1)...10 {
            let shares = Self.shares(9, seed: seed)
            func top(_ weights: [Double]) -> Set<Int> {
                Set(Ranking.order(shares.map { $0.importance(weights) }).prefix(3))
            }
            let weights = ImportanceWeights.standard
            let given = top(weights.values)
            for interval in RankInterval.all(of: shares, weights: weights, topCount: 3) {
                #expect(interval.lower <= interval.weight && interval.weight <= interval.upper)
                for step in 0...1000 {
                    let t = Double(step) / 1000
                    // Closer than this to a bound rounding decides.
                    guard abs(t - interval.lower) > 1e-9, abs(t - interval.upper) > 1e-9 else {
                        continue
                    }
                    let isInside = t > interval.lower && t < interval.upper
                    let others = RankInterval.rescaled(weights, interval.term, to: t)
                    // Beyond a bound the set may come back; next to it not.
                    if isInside {
                        #expect(top(others) == given, "seed \(seed), \(interval.term) \(t)")
                    } else if min(abs(t - interval.lower), abs(t - interval.upper)) < 0.001 {
                        #expect(top(others) != given, "seed \(seed), \(interval.term) \(t)")
                    }
                }
            }
        }
    }

    @Test("When every base or none is among the first, no weight matters")
    func wholeSet() {
        let shares = Self.shares(4, seed: 3)
        for count in [0, 4, 9] {
            for interval in RankInterval.all(of: shares, weights: .standard, topCount: count) {
                #expect(interval.lower == 0 && interval.upper == 1)
            }
        }
        #expect(RankInterval.all(of: [], weights: .standard, topCount: 3).count == 6)
    }

    @Test("With all weight on one term the others share the rest alike")
    func oneTerm() throws {
        let weights = try ImportanceWeights([1, 0, 0, 0, 0, 0])
        #expect(RankInterval.rescaled(weights, .population, to: 0.5) == [0.5, 0.1, 0.1, 0.1, 0.1, 0.1])
        #expect(RankInterval.rescaled(weights, .hotspot, to: 0.25) == [0.75, 0.25, 0, 0, 0, 0])
    }

    // MARK: Draws

    private static let few = RankStabilityRules.standard

    @Test("Drawn weights add up to one, and each follows its beta distribution")
    func beta() {
        let weights = ImportanceWeights.standard.values
        let draws = 20_000
        var low = [0, 0]
        var middle = [0, 0]
        var high = [0, 0]
        // Quantiles 0.1, 0.5 and 0.9 of Beta(50 w, 50 (1 - w)) for w = 0.35
        // and 0.1, from scipy.stats.beta.
        let quantiles = [
            [0.26526213552158623, 0.34798510394930754, 0.4373813216784896],
            [0.050471966914545016, 0.09467489267252586, 0.15655133730147894],
        ]
        for number in 0..<draws {
            let drawn = WeightDraw.weights(
                around: weights, concentration: 50, seed: 7, number: number)
            #expect(abs(drawn.reduce(0, +) - 1) < 1e-12)
            for (index, term) in [0, 3].enumerated() {
                if drawn[term] <= quantiles[index][0] { low[index] += 1 }
                if drawn[term] <= quantiles[index][1] { middle[index] += 1 }
                if drawn[term] <= quantiles[index][2] { high[index] += 1 }
            }
        }
        for index in 0..<2 {
            // Four standard deviations of a share of 20,000 draws.
            #expect(abs(Double(low[index]) / Double(draws) - 0.1) < 0.0085)
            #expect(abs(Double(middle[index]) / Double(draws) - 0.5) < 0.0142)
            #expect(abs(Double(high[index]) / Double(draws) - 0.9) < 0.0085)
        }
    }

    @Test("Gamma variables have the mean and variance of their shape, below one as well")
    func gamma() {
        for shape in [0.2, 0.5, 1, 2.5, 17.5] {
            var random = CounterRandom(seed: 11, stream: UInt64(shape * 10))
            let count = 20_000
            var sum = 0.0
            var squares = 0.0
            for _ in 0..<count {
                let value = WeightDraw.gamma(shape: shape, &random)
                sum += value
                squares += value * value
            }
            let mean = sum / Double(count)
            let variance = squares / Double(count) - mean * mean
            // Four standard errors: of a mean sqrt(a / n), of a variance
            // sqrt((2 a^2 + 6 a) / n).
            #expect(abs(mean - shape) < 4 * (shape / Double(count)).squareRoot())
            #expect(
                abs(variance - shape)
                    < 4 * ((2 * shape * shape + 6 * shape) / Double(count)).squareRoot())
        }
    }

    @Test("A weight of zero stays zero, and one term alone keeps all weight")
    func zeroWeights() {
        let drawn = WeightDraw.weights(
            around: [0.5, 0, 0.5, 0, 0, 0], concentration: 50, seed: 1, number: 0)
        #expect(drawn[1] == 0 && drawn[0] > 0)
        #expect(
            WeightDraw.weights(
                around: [1, 0, 0, 0, 0, 0], concentration: 50, seed: 1, number: 5)
                == [1, 0, 0, 0, 0, 0])
    }

    @Test("The number of threads changes nothing, another seed does")
    func threads() throws {
        let shares = Self.shares(15, seed: 5)
        let one = Self.stability(shares)
        #expect(one == Self.stability(shares, threads: 4))
        let other = Self.stability(shares, rules: try RankStabilityRules(seed: 1))
        #expect(one.bases.map(\.rank) == other.bases.map(\.rank))
        #expect(one != other)
    }

    @Test("Ranks of all draws lie around the one given, and shares of ranks add up")
    func ranks() throws {
        let shares = Self.shares(12, seed: 8)
        let rules = try RankStabilityRules(topCount: 4)
        let result = Self.stability(shares, rules: rules)
        for base in result.bases {
            #expect(base.rankMinimum <= base.rankMedian && base.rankMedian <= base.rankMaximum)
            #expect((base.rankMinimum...base.rankMaximum).contains(base.rank))
        }
        // Every draw has four bases among the first four.
        #expect(abs(result.bases.reduce(0) { $0 + $1.topShare } - 4) < 1e-9)
        let tau = try #require(result.meanKendallTau)
        #expect(tau > 0.3 && tau < 1)
    }

    @Test("The order of the bases does not matter to any of them")
    func permutation() throws {
        let shares = Self.shares(10, seed: 21)
        let order = [3, 1, 4, 0, 5, 9, 2, 6, 8, 7]
        let a = Self.stability(shares)
        let b = Self.stability(order.map { shares[$0] })
        for (position, base) in order.enumerated() { #expect(b.bases[position] == a.bases[base]) }
        #expect(a.meanKendallTau == b.meanKendallTau)
    }

    @Test("Weights times a constant give the same importance, ranks and draws")
    func scaledWeights() throws {
        let shares = Self.shares(10, seed: 22)
        let twice = try ImportanceWeights(ImportanceWeights.standard.values.map { $0 * 2 })
        let a = Self.stability(shares)
        let b = Self.stability(shares, weights: twice)
        #expect(a.bases.map(\.rank) == b.bases.map(\.rank))
        #expect(a.bases.map(\.robustShare) == b.bases.map(\.robustShare))
        for (x, y) in zip(a.bases, b.bases) {
            // Rounding of the division by the sum.
            #expect(abs(x.importance - y.importance) < 1e-15)
        }
    }

    @Test("The same shares everywhere rank by index; a base that leads in all leads in all draws")
    func degenerate() throws {
        let same = Array(repeating: Self.shares(1, seed: 1)[0], count: 5)
        let equal = Self.stability(same)
        #expect(equal.bases.map(\.rank) == [1, 2, 3, 4, 5])
        #expect(equal.bases.map(\.rankMaximum) == [1, 2, 3, 4, 5])
        #expect(equal.meanKendallTau == 1)
        let one = Self.stability(Self.shares(1, seed: 2))
        #expect(one.bases[0].rank == 1 && one.bases[0].topShare == 1 && one.meanKendallTau == nil)
        #expect(Self.stability([]).bases.isEmpty)
        let zero = ImportanceShares(amounts: [0, 0, 0, 0, 0, 0], totals: [0, 0, 0, 0, 0, 0])
        #expect(Self.stability([zero, zero]).bases.allSatisfy { $0.importance == 0 })
    }

    @Test("A verdict is robust when it stays in enough draws")
    func robust() throws {
        // Importance around the threshold of 0.02, by population alone and by
        // all terms alike: the latter does not depend on the weights.
        let shares = [
            ImportanceShares(amounts: [0.058, 0, 0, 0, 0, 0], totals: Self.ones),
            ImportanceShares(amounts: Array(repeating: 0.021, count: 6), totals: Self.ones),
        ]
        let result = Self.stability(shares)
        #expect(result.bases[0].robustShare > 0.3 && result.bases[0].robustShare < 0.8)
        #expect(!result.isRobust(0))
        #expect(result.bases[1].robustShare == 1 && result.isRobust(1))
    }

    @Test("Numbers of draws and ranks are positive")
    func rules() {
        #expect(throws: AssessmentError.self) { try RankStabilityRules(draws: 0) }
        #expect(throws: AssessmentError.self) { try RankStabilityRules(concentration: 0) }
        #expect(throws: AssessmentError.self) { try RankStabilityRules(topCount: 0) }
        #expect(throws: AssessmentError.self) { try RankStabilityRules(robustShare: 90) }
    }

    @Test("The share of scenarios with the same verdict, and the names of the others")
    func scenarios() {
        let verdicts: [Verdict] = [.keep, .transferReady]
        let result = ScenarioStability.all(
            of: verdicts,
            scenarios: [
                ScenarioVerdicts(name: "time limit +25 %", verdicts: [.keep, .transferReady]),
                ScenarioVerdicts(name: "speeds -25 %", verdicts: [.keep, .keep]),
            ])
        #expect(result.map(\.unchangedShare) == [1, 0.5])
        #expect(result[1].changes.map(\.name) == ["speeds -25 %"])
        #expect(result[1].changes.map(\.verdict) == [.keep])
        #expect(ScenarioStability.all(of: verdicts, scenarios: [])[0].unchangedShare == nil)
    }
}
