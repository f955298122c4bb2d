import Drought
import GridCore
import TestSupport
import Testing

@Suite struct WhittakerPropertyTests {
    /// Differences of Float64 solutions of values near 5000 at condition
    /// numbers up to 1e5.
    static let tolerance = 1e-6
    static let grid: [Double] = [-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3]

    func series(_ seed: UInt64, steps: Int = 60) -> [Double] {
        smoothableSeries(count: 1, steps: steps, seed: seed)[0].map(Double.init)
    }

    func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func addingANumberToTheSeriesAddsItToTheCurve(seed: UInt64) throws {
        let values = series(seed)
        for rule in [
            WhittakerRule(lambda: .vCurve(log10: Self.grid)),
            WhittakerRule(
                lambda: .vCurve(log10: Self.grid), asymmetry: 0.9,
                asymmetricStart: .symmetricFit),
            WhittakerRule(
                lambda: .generalizedCrossValidation(log10: Self.grid), isRobust: true),
        ] {
            let plain = try #require(Whittaker.smooth(values, rule: rule))
            let shifted = try #require(Whittaker.smooth(values.map { $0 - 4000 }, rule: rule))
            #expect(plain.log10Lambda == shifted.log10Lambda)
            #expect(
                largestDifference(plain.values.map { $0 - 4000 }, shifted.values)
                    < Self.tolerance)
        }
    }

    @Test(arguments: [UInt64(4), 5])
    func aMultipleOfTheSeriesHasTheMultipleOfTheCurve(seed: UInt64) throws {
        let values = series(seed)
        for asymmetry in [nil, 0.9] {
            let rule = WhittakerRule(lambda: .vCurve(log10: Self.grid), asymmetry: asymmetry)
            let plain = try #require(Whittaker.smooth(values, rule: rule))
            let scaled = try #require(Whittaker.smooth(values.map { $0 * 3 }, rule: rule))
            #expect(plain.log10Lambda == scaled.log10Lambda)
            #expect(
                largestDifference(plain.values.map { $0 * 3 }, scaled.values)
                    < 3 * Self.tolerance)
        }
    }

    @Test func aLargeLambdaGivesTheWeightedStraightLine() throws {
        let values = series(6, steps: 30)
        var generator = SeededGenerator(seed: 7)
        let weights = values.map { _ in Double.random(in: 0.2...1, using: &generator) }
        let known = values.indices.filter { !values[$0].isNaN }
        let total = known.reduce(0) { $0 + weights[$1] }
        let meanStep = known.reduce(0) { $0 + weights[$1] * Double($1) } / total
        let mean = known.reduce(0) { $0 + weights[$1] * values[$1] } / total
        let slope =
            known.reduce(0) { $0 + weights[$1] * (Double($1) - meanStep) * (values[$1] - mean) }
            / known.reduce(0) { sum, step in
                sum + weights[step] * (Double(step) - meanStep) * (Double(step) - meanStep)
            }
        let line = values.indices.map { mean + slope * (Double($0) - meanStep) }
        let fit = try #require(
            Whittaker.smooth(values, weights: weights, rule: WhittakerRule(lambda: .fixed(1e9))))
        // What is left of the curvature is of the order 30^4 / 1e9 times the
        // residuals, and rounding of the order 1e9 times that of Float64.
        #expect(largestDifference(fit.values, line) < 0.05)
        #expect(abs(fit.effectiveParameters - 2) < 1e-3)
    }

    @Test func equalWeightsAboveAndBelowGiveTheSymmetricCurveOfTwiceTheLambda() throws {
        let values = series(8)
        let half = try #require(
            Whittaker.smooth(values, rule: WhittakerRule(lambda: .fixed(64), asymmetry: 0.5)))
        let symmetric = try #require(
            Whittaker.smooth(values, rule: WhittakerRule(lambda: .fixed(128))))
        #expect(half.values == symmetric.values)
    }

    @Test func theAsymmetricCurveIsAFixedPointWhateverItStartsFrom() throws {
        let values = series(9)
        var rule = WhittakerRule(lambda: .fixed(20), asymmetry: 0.9)
        let fromZero = try #require(Whittaker.smooth(values, rule: rule))
        rule.asymmetricStart = .symmetricFit
        let fromSymmetric = try #require(Whittaker.smooth(values, rule: rule))
        #expect(fromZero.values == fromSymmetric.values)
        for step in values.indices where !values[step].isNaN {
            #expect(fromZero.weights[step] == (values[step] > fromZero.values[step] ? 0.9 : 1 - 0.9))
        }
        let above = values.indices.count(where: { values[$0] > fromZero.values[$0] })
        #expect(above < values.count / 2)
    }

    @Test func aStraightLineIsItsOwnCurveForEveryWayToChooseLambda() throws {
        var line = (0..<24).map { 100 + 3 * Double($0) }
        let complete = line
        line[5] = .nan
        line[6] = .nan
        let constant = [Double](repeating: 7, count: 24)
        for lambda: WhittakerRule.Lambda in [
            .fixed(100), .vCurve(log10: Self.grid),
            .generalizedCrossValidation(log10: Self.grid),
        ] {
            for isRobust in [false, true] {
                let rule = WhittakerRule(lambda: lambda, isRobust: isRobust)
                let fit = try #require(Whittaker.smooth(line, rule: rule))
                #expect(largestDifference(fit.values, complete) < Self.tolerance)
                let level = try #require(Whittaker.smooth(constant, rule: rule))
                #expect(largestDifference(level.values, constant) < Self.tolerance)
            }
        }
        let zeros = try #require(
            Whittaker.smooth(
                [Double](repeating: 0, count: 24),
                rule: WhittakerRule(lambda: .vCurve(log10: Self.grid))))
        #expect(zeros.values.allSatisfy { $0 == 0 } && zeros.log10Lambda == -0.75)
    }

    /// The inverse of a matrix by elimination with pivots.
    func inverse(_ matrix: [[Double]]) -> [[Double]] {
        let n = matrix.count
        var rows = matrix.indices.map { row in
            matrix[row] + (0..<n).map { $0 == row ? 1 : 0 }
        }
        for column in 0..<n {
            let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) }
            rows.swapAt(column, pivot ?? column)
            rows[column] = rows[column].map { [p = rows[column][column]] in $0 / p }
            for row in 0..<n where row != column {
                let factor = rows[row][column]
                rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
            }
        }
        return rows.map { Array($0[n...]) }
    }

    @Test func crossValidationHasTheTraceOfTheHatMatrixGapsOrNot() throws {
        let values = series(11, steps: 24)
        let weights = values.indices.map { values[$0].isNaN ? 0 : $0 % 3 == 0 ? 0.4 : 1 }
        let fit = try #require(
            Whittaker.smooth(
                values, weights: weights,
                rule: WhittakerRule(lambda: .generalizedCrossValidation(log10: Self.grid))))
        let count = Double(weights.count(where: { $0 > 0 }))
        var scores: [Double] = []
        for log10Lambda in Self.grid {
            let lambda = Whittaker.smooth(
                values, weights: weights, rule: WhittakerRule(lambda: .fixed(powerOfTen(log10Lambda))))
            var system = values.indices.map { row in
                values.indices.map { $0 == row ? weights[row] : 0 }
            }
            for first in 0..<values.count - 2 {
                for (i, a) in [1.0, -2, 1].enumerated() {
                    for (j, b) in [1.0, -2, 1].enumerated() {
                        system[first + i][first + j] += powerOfTen(log10Lambda) * a * b
                    }
                }
            }
            let inverse = inverse(system)
            let trace = values.indices.reduce(0) { $0 + inverse[$1][$1] * weights[$1] }
            let curve = values.indices.map { row in
                values.indices.reduce(0) { sum, column in
                    weights[column] > 0
                        ? sum + inverse[row][column] * weights[column] * values[column] : sum
                }
            }
            let squares = values.indices.reduce(0) { sum, step in
                let residual = weights[step] > 0 ? values[step] - curve[step] : 0
                return sum + weights[step] * residual * residual
            }
            let found = try #require(lambda)
            #expect(abs(found.effectiveParameters - trace) < 1e-9)
            #expect(largestDifference(found.values, curve) < Self.tolerance)
            scores.append(count * squares / ((count - trace) * (count - trace)))
        }
        for (trial, score) in zip(fit.trials, scores) {
            #expect(abs((trial.score ?? .nan) / score - 1) < 1e-9)
        }
        let least = scores.indices.min { scores[$0] < scores[$1] }
        #expect(fit.log10Lambda == Self.grid[least ?? -1])
    }

    func powerOfTen(_ exponent: Double) -> Double {
        let whole = (0..<Int(abs(exponent))).reduce(1.0) { product, _ in product * 10 }
        let part = exponent.truncatingRemainder(dividingBy: 1) == 0 ? 1 : 10.0.squareRoot()
        return exponent < 0 ? 1 / (whole * part) : whole * part
    }

    @Test func aRobustCurveDoesNotFollowASpike() throws {
        var values = (0..<40).map { 3000 + 25 * Double(($0 * 7) % 5) }
        values[20] = 9000
        let plain = try #require(Whittaker.smooth(values, rule: WhittakerRule(lambda: .fixed(10))))
        let robust = try #require(
            Whittaker.smooth(values, rule: WhittakerRule(lambda: .fixed(10), isRobust: true)))
        #expect(robust.weights[20] == 0)
        #expect(abs(robust.values[20] - 3050) < 40)
        #expect(plain.values[20] - 3050 > 1000)
    }

    @Test func rulesThatCannotBeAreNamed() {
        func problem(_ rule: WhittakerRule) -> String { rule.problem ?? "none" }
        #expect(problem(WhittakerRule(lambda: .fixed(10), asymmetry: 0.9)) == "none")
        #expect(problem(WhittakerRule(lambda: .fixed(0))).contains("lambda 0.0"))
        #expect(problem(WhittakerRule(lambda: .fixed(.infinity))).contains("inf"))
        #expect(problem(WhittakerRule(lambda: .vCurve(log10: [1]))).contains("at least 2"))
        #expect(problem(WhittakerRule(lambda: .vCurve(log10: [1, 1]))).contains("ascend"))
        #expect(problem(WhittakerRule(lambda: .vCurve(log10: [1, 40]))).contains("40.0"))
        #expect(
            problem(WhittakerRule(lambda: .generalizedCrossValidation(log10: [])))
                .contains("no lambdas"))
        #expect(problem(WhittakerRule(lambda: .fixed(1), asymmetry: 1)).contains("between 0 and 1"))
        #expect(problem(WhittakerRule(lambda: .fixed(1), maximumGap: -1)).contains("gap"))
    }
}
