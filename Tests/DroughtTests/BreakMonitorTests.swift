import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Drought

@Suite struct BreakMonitorTests {
    /// Times are printed with ten decimals, results with twelve digits.
    static let tolerance = 1e-6

    @Test func everyFindingEqualsThatOfTheReferencePackage() throws {
        let vectors = try BreakVectors()
        var compared = 0
        for expected in vectors.cases {
            let series = try #require(vectors.series[expected.id])
            let found = try BreakMonitor(
                values: series.values, times: series.times, rule: vectors.rule(expected))
            #expect(found.reason == .ok, "\(expected)")
            let start = try #require(found.historyStart)
            #expect(
                abs(series.times[start] - (expected.number("hist_start") ?? .nan))
                    < BreakVectors.timeTolerance, "\(expected)")
            #expect(found.historyCount == expected.number("n_hist").map { Int($0) }, "\(expected)")
            let breakTime = found.breakStep.map { series.times[$0] }
            if let time = expected.number("breakpoint") {
                #expect(
                    abs((breakTime ?? .nan) - time) < BreakVectors.timeTolerance, "\(expected)")
            } else {
                #expect(breakTime == nil, "\(expected)")
            }
            for (name, value) in [
                ("sigma", found.sigma), ("magnitude", found.magnitude),
                ("stat", found.statistic), ("critval", found.rule.criticalValue),
            ] {
                #expect(
                    abs(value - (expected.number(name) ?? .nan)) < Self.tolerance,
                    "\(name) \(expected)")
            }
            #expect(found.coefficients.count == expected.coefficients.count)
            for (one, other) in zip(found.coefficients, expected.coefficients) {
                #expect(abs(one - other) < Self.tolerance, "\(expected)")
                compared += 1
            }
        }
        #expect(vectors.cases.count == 40 && compared == 8 * (8 + 8 + 3 + 7 + 5))
    }

    @Test func theMonitoringProcessEqualsThatOfTheReferencePackage() throws {
        let vectors = try BreakVectors()
        var processes: [String: [Double: (Double, Double)]] = [:]
        for row in try BreakVectors.rows("bfastmonitor_mosum_expected") {
            let key = "\(row["id"] ?? "") \(row["history"] ?? "") \(row["formula"] ?? "")"
            let k = Double(row["k"] ?? "") ?? .nan
            processes[key, default: [:]][k] = (
                Double(row["mosum"] ?? "") ?? .nan, Double(row["boundary"] ?? "") ?? .nan
            )
        }
        #expect(processes.count == 16)
        for expected in vectors.cases where expected.number("order") == 3 {
            let key = "\(expected.id) \(expected.fields["history"] ?? "") "
                + (expected.fields["formula"] ?? "")
            guard expected.number("h") == 0.25, let process = processes[key] else { continue }
            let series = try #require(vectors.series[expected.id])
            let found = try BreakMonitor(
                values: series.values, times: series.times, rule: vectors.rule(expected))
            #expect(found.sums.count == process.count, "\(key)")
            for (index, sum) in found.sums.enumerated() {
                let k = Double(found.historyCount + index + 1)
                let row = try #require(process[k] ?? process[Double(index + 1)], "\(key) \(k)")
                #expect(abs(sum.process - row.0) < Self.tolerance, "\(key) \(k)")
                #expect(abs(sum.boundary - row.1) < Self.tolerance, "\(key) \(k)")
            }
        }
    }

    @Test func theReverseOrderedCUSUMEqualsThatOfTheReferencePackage() throws {
        /// Twelve digits are printed, of residuals whose first few are those
        /// of near-singular fits.
        let tolerance = 1e-9
        /// The package searches the boundary's height to seven digits.
        let boundaryTolerance = 1e-6
        let vectors = try BreakVectors()
        let series = try #require(vectors.series["c04_unstable_hist"])
        let start = try #require(series.times.firstIndex { $0 >= 2016 - 1e-6 })
        let found = try BreakMonitor(
            values: series.values, times: series.times,
            rule: BreakRule(hasTrend: false, frequency: series.frequency, monitoringStart: start))
        let stability = try #require(found.stability)
        let rows = try BreakVectors.rows("roc_c04_process")
        #expect(rows.count == stability.process.count)
        for (j, row) in rows.enumerated() {
            let process = Double(row["process"] ?? "") ?? .nan
            let boundary = Double(row["boundary"] ?? "") ?? .nan
            #expect(abs(stability.process[j] - process) < tolerance, "\(j)")
            #expect(abs(stability.boundary(j) - boundary) < boundaryTolerance, "\(j)")
        }
        #expect(stability.pValue < 0.05)
    }

    @Test func theCriticalValuesAreThePublishedOnesAndNoOthers() throws {
        for row in try BreakVectors.rows("mosum_critval_spot") {
            let rule = try BreakRule(
                h: Double(row["h"] ?? "") ?? .nan, level: Double(row["alpha"] ?? "") ?? .nan,
                history: .all, monitoringStart: 10, period: Int(row["period"] ?? "") ?? 0)
            #expect(abs(rule.criticalValue - (Double(row["critval"] ?? "") ?? .nan)) < 1e-9)
        }
        for row in try BreakVectors.rows("reccusum_lambda") {
            let level = Double(row["alpha"] ?? "") ?? .nan
            let limit = try #require(BreakCriticalValues.recursiveSum(level: level))
            #expect(abs(limit - (Double(row["lambda"] ?? "") ?? .nan)) < 1e-9)
            // The height is where the crossing probability equals the level.
            #expect(abs(HistoryStability.pValue(limit) - level) < 1e-9)
        }
        for (h, period, level) in [(0.3, 10, 0.05), (0.25, 3, 0.05), (0.25, 10, 0.1)] {
            let error = #expect(throws: DroughtError.self) {
                try BreakRule(
                    h: h, level: level, history: .all, monitoringStart: 10, period: period)
            }
            #expect(error?.kind == .unlistedCriticalValue)
        }
    }

    @Test func aRuleOutsideTheModelsRangeIsRefused() {
        for (order, frequency, start) in [(0, 23.0, 5), (12, 23, 5), (3, .nan, 5), (3, 23, -1)] {
            let error = #expect(throws: DroughtError.self) {
                try BreakRule(order: order, frequency: frequency, monitoringStart: start)
            }
            #expect(error?.kind == .unsuitableParameter)
        }
        #expect(throws: DroughtError.self) {
            try BreakRule(history: .from(step: 20), monitoringStart: 10)
        }
    }

    @Test func aHarmonicOfTwoStepsHasNoSine() throws {
        let rule = try BreakRule(order: 6, hasTrend: false, frequency: 12, monitoringStart: 60)
        #expect(rule.columns == 12)
        let times = (0..<84).map { 2000 + Double($0) / 12 }
        let values = times.indices.map { $0 % 2 == 0 ? 0.3 + Double($0 % 5) / 100 : 0.5 }
        let found = try BreakMonitor(values: values, times: times, rule: rule)
        #expect(found.reason == .ok && found.coefficients.count == 12)
    }

    @Test func listsThatDoNotBelongTogetherAreRefused() throws {
        let rule = try BreakRule(monitoringStart: 3)
        for (values, times) in [([1.0, 2], [2000.0]), ([1, 2], [2000, 2000.1])] {
            let error = #expect(throws: DroughtError.self) {
                try BreakMonitor(values: values, times: times, rule: rule)
            }
            #expect(error?.kind == .unsuitableSeries)
        }
    }
}
