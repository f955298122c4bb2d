import Foundation
import GridCore
import TestSupport
import Testing

@testable import Drought

/// The results of the kernel for one cell.
private struct CellRuns: Equatable {
    var current: [Float]
    var worst: [Float]
    var count: Int32
    var longest: Int32
    var reason: UInt8

    static func == (a: CellRuns, b: CellRuns) -> Bool {
        sameBits(a.current, b.current) && sameBits(a.worst, b.worst) && a.count == b.count
            && a.longest == b.longest && a.reason == b.reason
    }
}

private func runs(
    _ series: [[Double]], rule: DroughtRunRule, kernels: Kernels = .best
) -> [CellRuns] {
    let output = DroughtRunOutput(cells: series.count)
    var reasons = [UInt8](repeating: 77, count: series.count + 1)
    kernels.runs(seriesBlock(series), rule: rule, into: output, reasons: &reasons)
    #expect(reasons.last == 77)
    func numbers(_ planes: DroughtRunPlanes, _ i: Int) -> [Float] {
        [
            Float(planes.onset[i]), Float(planes.end[i]), Float(planes.duration[i]),
            planes.severity[i], planes.peak[i],
        ]
    }
    return series.indices.map {
        CellRuns(
            current: numbers(output.current, $0), worst: numbers(output.worst, $0),
            count: output.count[$0], longest: output.longest[$0], reason: reasons[$0])
    }
}

/// What the kernel should give, from the events of the single series.
private func expected(_ series: [Double], rule: DroughtRunRule) -> CellRuns {
    func numbers(_ run: DroughtRun?, isKnown: Bool) -> [Float] {
        guard isKnown else { return [-1, -1, -1, .nan, .nan] }
        guard let run else { return [-1, -1, 0, 0, .nan] }
        return [
            Float(run.onset), Float(run.end), Float(run.duration), Float(run.severity),
            Float(run.peak),
        ]
    }
    let found = DroughtRunSeries(of: series, rule: rule)
    let hasAny = series.contains { !$0.isNaN }
    let trailing = series.reversed().prefix { $0.isNaN }.count
    let isKnown = hasAny && trailing <= rule.bridgedGap
    return CellRuns(
        current: numbers(found.current, isKnown: isKnown),
        worst: numbers(found.worst, isKnown: hasAny),
        count: hasAny ? Int32(found.runs.count) : -1,
        longest: hasAny ? Int32(found.longest) : -1, reason: isKnown ? 0 : 1)
}

@Suite struct DroughtRunTests {
    /// One rule for a single run below 35: no pooling, no shortest length.
    static let plain = DroughtRunRule(minimumLength: 1, poolingGap: 0)

    private func events(_ series: [Double], _ rule: DroughtRunRule?) throws -> [DroughtRun] {
        let rule = try #require(rule)
        // Every event of a single series is also what the kernel sees.
        #expect(runs([series], rule: rule) == [expected(series, rule: rule)])
        return DroughtRunSeries(of: series, rule: rule).runs
    }

    @Test func theEventsEqualTheReference() throws {
        let json = try jsonFixture("drought/season_asi_vci3m_runs.json")
        let reference = try #require(json["runs"] as? [String: Any])
        let series = try numbers(reference["x"])
        let found = try events(series, Self.plain)
        let wanted = try #require(reference["events"] as? [[String: Any]])
        #expect(found.map(\.onset) == wanted.map { $0["start"] as? Int })
        #expect(found.map(\.end) == wanted.map { $0["end"] as? Int })
        #expect(found.map(\.duration) == wanted.map { $0["duration"] as? Int })
        #expect(found.map(\.severity) == wanted.map { $0["deficit_sum"] as? Double })
        #expect(found.map(\.peak) == wanted.map { $0["min"] as? Double })
        let all = DroughtRunSeries(of: series, rule: try #require(Self.plain))
        #expect(all.longest == reference["longest"] as? Int)
        #expect(all.current?.duration == reference["current_run_at_end"] as? Int)
    }

    /// A peer gives 0 for a run of one step.
    @Test func runLengthsOfMasksEqualTheReferenceAlsoForASingleStep() throws {
        let json = try jsonFixture("drought/runs_rolling_percentile.json")
        let cases = try #require(json["runs"] as? [[String: Any]])
        #expect(cases.count == 6)
        for entry in cases {
            let mask = try #require(entry["mask"] as? String)
            let series = mask.map { $0 == "1" ? 10.0 : 50.0 }
            _ = try events(series, Self.plain)
            let found = DroughtRunSeries(of: series, rule: try #require(Self.plain))
            #expect(found.longest == entry["longest_run"] as? Int)
            #expect((found.current?.duration ?? 0) == entry["current_run"] as? Int)
        }
    }

    /// A peer counts in bytes.
    @Test func aRunOfMoreThan255StepsIsCountedWhole() throws {
        let found = try events([Double](repeating: 20, count: 300), Self.plain)
        #expect(found.map(\.duration) == [300])
        #expect(found.map(\.severity) == [4500])
    }

    @Test func droughtsOneStepApartAreOneAndShortOnesAreNone() throws {
        // 10 10 | 40 | 10 together 4 steps; 10 alone is short.
        let series: [Double] = [10, 10, 40, 10, 50, 50, 10, 50]
        let found = try events(series, DroughtRunRule())
        #expect(found.map(\.onset) == [0] && found.map(\.end) == [3])
        // The step between adds nothing.
        #expect(found.map(\.severity) == [75])
        let separate = try events(series, DroughtRunRule(minimumLength: 1, poolingGap: 0))
        #expect(separate.map(\.onset) == [0, 3, 6])
        let wide = try events(series, DroughtRunRule(minimumLength: 1, poolingGap: 2))
        #expect(wide.map(\.onset) == [0] && wide.map(\.end) == [6])
    }

    @Test func aValueOfExactlyTheThresholdIsNoDrought() throws {
        #expect(try events([35, 35, 35, 35], DroughtRunRule()).isEmpty)
        #expect(try events([34.5, 34.5, 34.5], DroughtRunRule()).count == 1)
    }

    @Test func aMissingStepBreaksARunUnlessItIsBridged() throws {
        let series: [Double] = [10, 10, 10, .nan, 10, 10, 10]
        let broken = try events(series, DroughtRunRule())
        #expect(broken.map(\.onset) == [0, 4])
        #expect(broken.map(\.isOngoing) == [false, true])
        let bridged = try events(series, DroughtRunRule(bridgedGap: 1))
        #expect(bridged.map(\.duration) == [7] && bridged.map(\.severity) == [150])
        let longer = try events([10, 10, 10, .nan, .nan, 10], DroughtRunRule(bridgedGap: 1))
        #expect(longer.map(\.end) == [2])
        // Nothing is pooled across a gap that is not bridged.
        #expect(try events([10, 10, .nan, 10, 10], DroughtRunRule()).isEmpty)
    }

    @Test func hysteresisKeepsADroughtUntilItIsLeftForGood() throws {
        let rule = DroughtRunRule(
            leaveThreshold: 40, leavingSteps: 2, minimumLength: 1, poolingGap: 0)
        let series: [Double] = [50, 30, 38, 45, 36, 30, 45, 39, 41, 42, 38, 50]
        let found = try events(series, rule)
        #expect(found.map(\.onset) == [1] && found.map(\.end) == [7])
        #expect(found.map(\.severity) == [10])
        #expect(found.map(\.isOngoing) == [false])
        #expect(try events([30, 41], rule).map(\.isOngoing) == [true])
        #expect(try events([30, 41, 41], rule).map(\.isOngoing) == [false])
    }

    @Test func whatIsNotKnownIsNotCalledNoDrought() throws {
        let rule = try #require(DroughtRunRule())
        let series: [[Double]] = [
            [.nan, .nan, .nan, .nan], [10, 10, 10, .nan], [50, 50, 50, 50], [50, 10, 10, 10],
        ]
        let found = runs(series, rule: rule)
        #expect(found.map(\.reason) == [1, 1, 0, 0])
        #expect(found.map(\.count) == [-1, 1, 0, 1])
        #expect(found.map { $0.current[2] } == [-1, -1, 0, 3])
        #expect(found.map { $0.worst[2] } == [-1, 3, 0, 3])
    }

    @Test func rulesThatAreNoneAreRefused() {
        #expect(DroughtRunRule(threshold: .nan) == nil)
        #expect(DroughtRunRule(threshold: 35, leaveThreshold: 34) == nil)
        #expect(DroughtRunRule(leavingSteps: 0) == nil)
        #expect(DroughtRunRule(minimumLength: 0) == nil)
        #expect(DroughtRunRule(poolingGap: -1) == nil)
        #expect(DroughtRunRule(bridgedGap: -1) == nil)
    }

    static let rules: [DroughtRunRule?] = [
        plain, DroughtRunRule(), DroughtRunRule(minimumLength: 2, poolingGap: 2, bridgedGap: 1),
        DroughtRunRule(leaveThreshold: 40, leavingSteps: 2, bridgedGap: 2),
        DroughtRunRule(
            threshold: 30.5, leaveThreshold: 44, leavingSteps: 3, minimumLength: 1, poolingGap: 4,
            bridgedGap: 1),
    ]

    @Test(arguments: rules)
    func theKernelEqualsItsScalarTwinAndEveryFormHasTheSameBits(rule: DroughtRunRule?) throws {
        let rule = try #require(rule)
        let series = randomSeries(seed: 77, cells: 61, steps: 40, range: 15...55, missingInTen: 1)
        let wanted = series.map { expected($0, rule: rule) }
        for form in kernelForms {
            let found = runs(series, rule: rule, kernels: form)
            for cell in series.indices {
                #expect(found[cell] == wanted[cell], "\(series[cell])")
            }
        }
        #expect(wanted.contains { $0.count > 1 })
    }

    @Test func droughtsMoveWithTheirSeriesAndCellsKeepToThemselves() throws {
        let rule = try #require(DroughtRunRule(threshold: 35))
        let doubled = try #require(DroughtRunRule(threshold: 134))
        let series = randomSeries(seed: 78, cells: 21, steps: 30, range: 15...55, missingInTen: 1)
        for values in series {
            let one = DroughtRunSeries(of: values, rule: rule).runs
            // Twice the value, 64 higher; and five steps later.
            let other = DroughtRunSeries(of: values.map { $0 * 2 + 64 }, rule: doubled).runs
            let later = DroughtRunSeries(
                of: [Double](repeating: 50, count: 5) + values, rule: rule
            ).runs
            #expect(one.map(\.onset) == other.map(\.onset))
            #expect(one.map(\.end) == other.map(\.end))
            #expect(one.map { $0.severity * 2 } == other.map(\.severity))
            #expect(one.map { $0.onset + 5 } == later.map(\.onset))
            #expect(one.map(\.severity) == later.map(\.severity))
        }
        let found = runs(series, rule: rule)
        #expect(runs(series.reversed(), rule: rule) == found.reversed())
    }
}
