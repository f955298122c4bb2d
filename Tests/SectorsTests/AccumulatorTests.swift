import GridCore
import Sectors
import TestSupport
import Testing

@Suite struct AccumulatorTests {
    /// Different orders of summing a few thousand numbers.
    static let relativeTolerance = 1e-12

    @Test func aRunEqualsItsCellsOneByOne() {
        var random = SeededGenerator(seed: 5)
        for count in [1, 7, 8, 9, 63, 4096, 4097, 10_000] {
            let values = (0..<count).map { _ in
                Int.random(in: 0..<5, using: &random) == 0
                    ? Float.nan : Float.random(in: -40...90, using: &random)
            }
            var run = ZonalAccumulator()
            run.add(run: values, count: count, weight: 0.7)
            var each = ZonalAccumulator()
            for value in values { each.add(value, weight: 0.7) }
            expectClose(run, each)
        }
    }

    @Test func mergedPartsEqualTheWhole() {
        var random = SeededGenerator(seed: 6)
        var whole = ZonalAccumulator()
        var merged = ZonalAccumulator()
        for _ in 0..<20 {
            var part = ZonalAccumulator()
            for _ in 0..<50 {
                let value = Float.random(in: 0...100, using: &random)
                let weight = Double.random(in: 0.01...1, using: &random)
                part.add(value, weight: weight)
                whole.add(value, weight: weight)
            }
            merged.merge(part)
            merged.merge(ZonalAccumulator())
        }
        expectClose(merged, whole)
    }

    @Test func theVarianceKeepsItsDigitsFarFromZero() {
        // 1e6 - 1, 1e6, 1e6 + 1 with weights 1, 2, 1: variance 1/2.
        var accumulator = ZonalAccumulator()
        accumulator.add(run: [999_999, 1_000_001], count: 2, weight: 1)
        accumulator.add(1_000_000, weight: 2)
        #expect(accumulator.variance == 0.5)
        #expect(accumulator.mean == 1_000_000)
    }

    @Test func anEmptyZoneHasNoStatistics() {
        let empty = ZonalAccumulator()
        #expect(empty.mean == nil)
        #expect(empty.minimum == nil)
        #expect(empty.maximum == nil)
        #expect(empty.variance == nil)
        #expect(empty.standardDeviation == nil)
        #expect(empty.validShare == nil)
    }

    @Test func theValidShareCountsTheWeightOfCellsWithoutValue() {
        var accumulator = ZonalAccumulator()
        accumulator.add(run: [1, .nan, .nan], count: 3, weight: 2)
        accumulator.add(.nan, weight: 1)
        accumulator.add(5, weight: 1)
        #expect(accumulator.coveredWeight == 8)
        #expect(accumulator.validWeight == 3)
        #expect(accumulator.validShare == 0.375)
        #expect(accumulator.minimum == 1)
        #expect(accumulator.maximum == 5)
    }

    @Test func classWeightsAreKeptPerCode() {
        var accumulator = ClassAreaAccumulator()
        accumulator.add(run: [3, 3, 3, 0, 255, 3], count: 6, weight: 2)
        accumulator.add(0, weight: 0.5)
        var other = ClassAreaAccumulator()
        other.add(7, weight: 1)
        accumulator.merge(other)
        #expect(accumulator[code: 3] == 8)
        #expect(accumulator[code: 0] == 2.5)
        #expect(accumulator[code: 255] == 2)
        #expect(accumulator[code: 7] == 1)
        #expect(accumulator[code: 8] == 0)
        #expect(accumulator.totalWeight == 13.5)
    }

    private func expectClose(_ a: ZonalAccumulator, _ b: ZonalAccumulator) {
        #expect(a.minimum == b.minimum)
        #expect(a.maximum == b.maximum)
        let pairs: [(Double?, Double?)] = [
            (a.coveredWeight, b.coveredWeight), (a.validWeight, b.validWeight),
            (a.weightedSum, b.weightedSum), (a.variance, b.variance),
        ]
        for (x, y) in pairs {
            guard let x, let y else {
                #expect(x == y)
                continue
            }
            #expect(abs(x - y) <= Self.relativeTolerance * max(1, abs(y)))
        }
    }
}

@Suite struct WeightedDistributionTests {
    private func distribution(_ pairs: [(Double, Double)]) -> WeightedDistribution {
        WeightedDistribution(pairs.map { WeightedValue(value: $0.0, weight: $0.1) })
    }

    @Test func equalWeightsGiveTheCommonLinearQuantile() {
        let d = distribution([(40, 2), (10, 2), (30, 2), (20, 2)])
        #expect(d.interpolatedQuantile(0) == 10)
        #expect(d.interpolatedQuantile(0.5) == 25)
        #expect(d.interpolatedQuantile(0.25) == 17.5)
        #expect(d.interpolatedQuantile(1) == 40)
    }

    @Test func theInterpolatedQuantileFollowsItsPositions() {
        // Positions of 10, 20, 40 with weights 1, 2, 1: 0, 4, 8.
        let d = distribution([(10, 1), (20, 2), (40, 1)])
        #expect(d.interpolatedQuantile(0.25) == 15)
        #expect(d.interpolatedQuantile(0.5) == 20)
        #expect(d.interpolatedQuantile(0.75) == 30)
    }

    @Test func theLowerQuantileIsTheLeastValueThatReachesTheShare() {
        let d = distribution([(30, 1), (10, 1), (20, 2)])
        #expect(d.lowerQuantile(0) == 10)
        #expect(d.lowerQuantile(0.25) == 10)
        #expect(d.lowerQuantile(0.26) == 20)
        #expect(d.lowerQuantile(0.75) == 20)
        #expect(d.lowerQuantile(0.76) == 30)
        #expect(d.lowerQuantile(1) == 30)
    }

    @Test func aShareMetButForRoundingIsMet() {
        // Three tenths add up to more than 0.3, ten of them to less than 1.
        let d = distribution((1...10).map { (Double($0), 0.1) })
        for k in 1...10 { #expect(d.lowerQuantile(Double(k) / 10) == Double(k)) }
    }

    @Test func whatIsNeverReachedStaysInTheQuantiles() {
        let d = distribution([(10, 3), (.infinity, 1)])
        #expect(d.lowerQuantile(0.75) == 10)
        #expect(d.lowerQuantile(0.9) == .infinity)
        #expect(d.interpolatedQuantile(0) == 10)
        #expect(d.interpolatedQuantile(0.5) == .infinity)
    }

    @Test func noValueAndNoWeightAreLeftOut() {
        let d = distribution([(.nan, 1), (5, 0), (7, 2)])
        #expect(d.totalWeight == 2)
        #expect(d.lowerQuantile(0.5) == 7)
        #expect(d.interpolatedQuantile(0.5) == 7)
        #expect(distribution([]).isEmpty)
        #expect(distribution([]).lowerQuantile(0.5) == nil)
        #expect(distribution([]).interpolatedQuantile(0.5) == nil)
    }

    @Test func theOrderOfTheValuesDoesNotMatter() {
        var random = SeededGenerator(seed: 9)
        let pairs = (0..<200).map { _ in
            (
                Double(Int.random(in: 0..<20, using: &random)),
                Double.random(in: 0.1...1, using: &random)
            )
        }
        let shuffled = pairs.shuffled(using: &random)
        #expect(distribution(pairs) == distribution(shuffled))
    }
}
