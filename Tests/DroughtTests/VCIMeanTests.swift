import Calendar
import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

private func windowMean(
    _ series: [[Double]], steps: Range<Int>, weights: [Double] = [], rule: WindowMeanRule,
    kernels: Kernels = .best
) -> (values: [Float], reasons: [UInt8]) {
    let block = seriesBlock(series)
    var values = [Float](repeating: -7, count: series.count + 1)
    var reasons = [UInt8](repeating: 77, count: series.count + 1)
    kernels.meanOfWindow(
        block, steps: steps, weights: weights, rule: rule, into: &values, reasons: &reasons)
    #expect(values.last == -7 && reasons.last == 77)
    return (values.dropLast(), reasons.dropLast())
}

@Suite struct VCIMeanTests {
    /// Sums of at most nine numbers of one order.
    static let referenceTolerance = 1e-10

    @Test func theThreeMonthMeanAndItsClassEqualTheReference() throws {
        let json = try jsonFixture("drought/season_asi_vci3m_runs.json")
        let reference = try #require(json["vci3m"] as? [String: Any])
        let series = try numbers(reference["vci_dekadal"])
        let expected = try numbers(reference["vci3m"])
        let classes = try numbers(reference["class_1_5"])
        let mean = try #require(VCIMean(months: 3, of: .dekad))
        #expect(mean.steps == 9 && mean.minimumValid == 6)
        let found = mean.trailingMeans(of: series)
        for step in series.indices {
            #expect(found[step].isNaN == expected[step].isNaN)
            let code = IndicatorClassTable.vegetationDeficit.indicatorClass(of: found[step])?.code
            guard !expected[step].isNaN else {
                #expect(code == nil)
                continue
            }
            #expect(abs(found[step] - expected[step]) <= Self.referenceTolerance)
            #expect(code.map(Double.init) == classes[step])
            let window = try #require(mean.window(endingAt: step))
            let kernel = windowMean([series], steps: window, rule: mean.rule)
            // The Float32 planes round the input, and the mean once more.
            #expect(abs(Double(kernel.values[0]) - expected[step]) <= 1e-5)
        }
    }

    @Test func windowsOfMonthsInEveryScheme() throws {
        let expected: [(PeriodScheme, Int, Int)] = [
            (.dekad, 3, 9), (.pentad, 6, 18), (.eightDay, 4, 12), (.sixteenDay, 2, 6),
            (.halfMonth, 2, 6), (.month, 1, 3),
        ]
        for (scheme, one, three) in expected {
            #expect(try #require(VCIMean(months: 1, of: scheme)).steps == one)
            #expect(try #require(VCIMean(months: 3, of: scheme)).steps == three)
        }
        #expect(VCIMean(steps: 0) == nil)
        #expect(VCIMean(steps: 3, minimumValid: 4) == nil)
        #expect(VCIMean(steps: 3, minimumValid: 0) == nil)
        #expect((1...9).map { VCIMean(steps: $0)?.minimumValid } == [1, 2, 2, 3, 4, 4, 5, 6, 6])
    }

    /// A peer's rolling sum goes on adding after a nodata number of -9999.
    @Test func aMissingStepLeavesNothingBehindInLaterWindows() throws {
        let json = try jsonFixture("drought/runs_rolling_percentile.json")
        let expected = try numbers(json["rolling_sum3_correct"])
        let mean = try #require(VCIMean(steps: 3, minimumValid: 3))
        let found = mean.trailingMeans(of: [1, 2, .nan, 4, 5, 6])
        for (mean, sum) in zip(found, expected) {
            #expect(sum == -9999 ? mean.isNaN : mean * 3 == sum)
        }
    }

    @Test func tooFewStepsOrTooLittleWeightIsNoValue() {
        let series: [[Double]] = [[10, 20, 30], [10, .nan, 30], [10, .nan, .nan], [.nan, .nan, .nan]]
        let found = windowMean(series, steps: 0..<3, rule: WindowMeanRule(minimumCount: 2))
        #expect(found.values[0] == 20 && found.values[1] == 20)
        #expect(found.reasons == [0, 0, 1, 1])
        // 6 days of one composite and 4 of the next; at least half a dekad.
        let weighted = windowMean(
            [[10, 20], [.nan, 20], [10, .nan]], steps: 0..<2, weights: [6, 4],
            rule: WindowMeanRule(minimumCount: 1, minimumWeight: 5))
        #expect(weighted.values[0] == 14)
        #expect(weighted.reasons == [0, 1, 0])
        #expect(windowMean([[1]], steps: 0..<0, rule: WindowMeanRule(minimumCount: 0)).reasons == [1])
    }

    @Test func theKernelEqualsItsScalarTwinAndEveryFormHasTheSameBits() throws {
        let series = randomSeries(seed: 4, cells: 45, steps: 14, range: -20...130, missingInTen: 3)
        let mean = try #require(VCIMean(steps: 9))
        for last in [8, 13] {
            let window = try #require(mean.window(endingAt: last))
            let results = kernelForms.map {
                windowMean(series, steps: window, rule: mean.rule, kernels: $0)
            }
            for (cell, values) in series.enumerated() {
                let twin = mean.trailingMeans(of: values)[last]
                #expect(results[0].values[cell] == Float(twin) || twin.isNaN)
                #expect(results[0].reasons[cell] == (twin.isNaN ? 1 : 0))
            }
            for other in results { #expect(sameBits(other.values, results[0].values)) }
        }
    }

    @Test func meansMoveWithTheirSeriesAndCellsKeepToThemselves() throws {
        let series = randomSeries(seed: 6, cells: 20, steps: 9, range: 0...90, missingInTen: 2)
        let rule = WindowMeanRule(minimumCount: 6)
        let plain = windowMean(series, steps: 0..<9, rule: rule).values
        let shifted = windowMean(
            series.map { $0.map { $0 * 2 + 64 } }, steps: 0..<9, rule: rule).values
        for (one, other) in zip(plain, shifted) where !one.isNaN {
            #expect(abs(other - (one * 2 + 64)) <= 3e-5)
        }
        let reversed = windowMean(series.reversed(), steps: 0..<9, rule: rule).values
        #expect(sameBits(plain, reversed.reversed()))
    }
}
