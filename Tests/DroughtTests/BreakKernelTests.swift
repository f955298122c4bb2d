import Foundation
import GridCore
import InstructionSets
import TestSupport
import Testing

@testable import Drought

/// What the kernel writes, by cell.
struct KernelBreaks: Equatable {
    var breakStep: [Int32]
    var magnitude: [UInt32]
    var historyStart: [Int32]
    var historyCount: [Int32]
    var sigma: [UInt32]
    var seasonResidual: [UInt32]
    var reasons: [UInt8]

    init(
        _ series: [[Double]], times: [Double], rule: BreakRule, kernels: Kernels = .best,
        seasons: [Int32]? = nil, scratch: BreakScratch? = nil
    ) {
        let block = SeriesBlock(cells: series.count, steps: times.count)
        block.prepare(cells: series.count, steps: times.count)
        for (cell, values) in series.enumerated() {
            for (step, value) in values.enumerated() { block.plane(step)[cell] = Float(value) }
        }
        let count = series.count
        var steps = Array(repeating: Array(repeating: Int32(-7), count: count), count: 3)
        var floats = Array(repeating: Array(repeating: Float(-7), count: count), count: 3)
        var codes = Array(repeating: UInt8(99), count: count)
        func pointer<Element>(_ array: inout [Element]) -> UnsafeMutablePointer<Element> {
            let copy = UnsafeMutablePointer<Element>.allocate(capacity: array.count)
            copy.initialize(from: array, count: array.count)
            return copy
        }
        let output = BreakOutput(
            breakStep: pointer(&steps[0]), magnitude: pointer(&floats[0]),
            historyStart: pointer(&steps[1]), historyCount: pointer(&steps[2]),
            sigma: pointer(&floats[1]), seasonResidual: pointer(&floats[2]))
        let reasons = pointer(&codes)
        kernels.breaks(
            block, times: times, rule: rule,
            scratch: scratch ?? BreakScratch(steps: times.count, rule: rule), seasons: seasons,
            into: output, reasons: reasons)
        func taken<Element, Result>(
            _ pointer: UnsafeMutablePointer<Element>, _ map: (Element) -> Result
        ) -> [Result] {
            defer { pointer.deallocate() }
            return (0..<count).map { map(pointer[$0]) }
        }
        breakStep = taken(output.breakStep) { $0 }
        magnitude = taken(output.magnitude) { $0.isNaN ? .max : $0.bitPattern }
        historyStart = taken(output.historyStart) { $0 }
        historyCount = taken(output.historyCount) { $0 }
        sigma = taken(output.sigma) { $0.isNaN ? .max : $0.bitPattern }
        seasonResidual = taken(output.seasonResidual) { $0.isNaN ? .max : $0.bitPattern }
        self.reasons = taken(reasons) { $0 }
    }
}

@Suite struct BreakKernelTests {
    /// Results are rounded to Float32, and so are the values they come from.
    static let floatTolerance = 1e-5

    static var forms: [Kernels] {
        Kernels.best.form == .baseline ? [.baseline] : [.baseline, .best]
    }

    /// Seasonal series with noise, gaps, and a step in the history or in the
    /// monitored part of some.
    static func invented(
        _ count: Int, steps: Int, seed: UInt64
    ) -> (series: [[Double]], times: [Double]) {
        var generator = SeededGenerator(seed: seed)
        let times = (0..<steps).map { 2001 + Double($0) / 23 }
        let series = (0..<count).map { cell -> [Double] in
            let gaps = Double(cell % 4) * 0.15
            let early = cell % 3 == 1 ? Double.random(in: -0.2...0.2, using: &generator) : 0
            let late = cell % 2 == 1 ? Double.random(in: -0.3...0.2, using: &generator) : 0
            return times.indices.map { step in
                let noise = Double.random(in: -0.05...0.05, using: &generator)
                if Double.random(in: 0..<1, using: &generator) < gaps { return .nan }
                let season = 0.15 * sin(2 * .pi * times[step] + Double(cell))
                let shift = (step < steps / 3 ? early : 0) + (step > 4 * steps / 5 ? late : 0)
                return Double(Float(0.4 + season + noise + shift))
            }
        }
        return (series, times)
    }

    @Test(arguments: forms.map(\.name))
    func theKernelFindsWhatTheReferencePackageFinds(_ form: String) throws {
        let kernels = try #require(Self.forms.first { $0.name == form })
        let vectors = try BreakVectors()
        for expected in vectors.cases {
            let series = try #require(vectors.series[expected.id])
            let rule = try vectors.rule(expected)
            let found = KernelBreaks(
                [series.values], times: series.times, rule: rule, kernels: kernels)
            #expect(found.reasons == [0], "\(expected)")
            let start = series.times[Int(found.historyStart[0])]
            #expect(
                abs(start - (expected.number("hist_start") ?? .nan))
                    < BreakVectors.timeTolerance, "\(expected)")
            #expect(
                found.historyCount[0] == expected.number("n_hist").map { Int32($0) },
                "\(expected)")
            let step = Int(found.breakStep[0])
            let time = step < 0 ? nil : series.times[step]
            #expect((time == nil) == (expected.number("breakpoint") == nil), "\(expected)")
            if let time, let other = expected.number("breakpoint") {
                #expect(abs(time - other) < BreakVectors.timeTolerance, "\(expected)")
            }
            for (name, bits) in [("sigma", found.sigma[0]), ("magnitude", found.magnitude[0])] {
                let reference = expected.number(name) ?? .nan
                #expect(
                    abs(Double(Float(bitPattern: bits)) - reference)
                        < Self.floatTolerance * max(0.01, abs(reference)), "\(name) \(expected)")
            }
        }
    }

    @Test(arguments: [UInt64(1), 2])
    func theKernelAgreesWithTheSingleSeriesAndFormsAreEqual(_ seed: UInt64) throws {
        let (series, times) = Self.invented(19, steps: 140, seed: seed)
        for rule in [
            try BreakRule(monitoringStart: 110),
            try BreakRule(order: 1, hasTrend: false, h: 0.5, history: .all, monitoringStart: 92),
            try BreakRule(order: 2, h: 1, history: .from(step: 31), monitoringStart: 100),
        ] {
            let found = KernelBreaks(series, times: times, rule: rule, kernels: .baseline)
            for form in Self.forms {
                #expect(KernelBreaks(series, times: times, rule: rule, kernels: form) == found)
            }
            for (cell, values) in series.enumerated() {
                let one = try BreakMonitor(values: values, times: times, rule: rule)
                let at: Comment = "cell \(cell), seed \(seed), \(rule)"
                #expect(found.reasons[cell] == one.reason.rawValue, at)
                #expect(found.breakStep[cell] == Int32(one.breakStep ?? -1), at)
                #expect(found.historyStart[cell] == Int32(one.historyStart ?? -1), at)
                #expect(found.historyCount[cell] == Int32(one.historyCount), at)
                for (bits, value) in [
                    (found.sigma[cell], one.sigma), (found.magnitude[cell], one.magnitude),
                    (found.seasonResidual[cell], one.seasonResidual),
                ] {
                    let float = Double(Float(bitPattern: bits))
                    #expect(bits == .max ? value.isNaN : abs(float - value) < 1e-7, at)
                }
            }
        }
    }

    @Test func cellsDoNotInfluenceOneAnother() throws {
        let (series, times) = Self.invented(21, steps: 120, seed: 5)
        let rule = try BreakRule(monitoringStart: 95)
        let found = KernelBreaks(series, times: times, rule: rule)
        let order = series.indices.map { ($0 * 8 + 3) % 21 }
        let shuffled = KernelBreaks(order.map { series[$0] }, times: times, rule: rule)
        #expect(shuffled.breakStep == order.map { found.breakStep[$0] })
        #expect(shuffled.magnitude == order.map { found.magnitude[$0] })
        #expect(shuffled.sigma == order.map { found.sigma[$0] })
        #expect(shuffled.historyStart == order.map { found.historyStart[$0] })
        #expect(shuffled.seasonResidual == order.map { found.seasonResidual[$0] })
    }

    @Test func aShiftOrScaleOfTheValuesMovesNoBreak() throws {
        let (series, times) = Self.invented(16, steps: 120, seed: 9)
        let rule = try BreakRule(monitoringStart: 95)
        let found = KernelBreaks(series, times: times, rule: rule)
        // Powers of two and stored integers: the values stay exact.
        for scale in [4.0, -0.5] {
            let scaled = KernelBreaks(
                series.map { $0.map { $0 * scale } }, times: times, rule: rule)
            #expect(scaled.breakStep == found.breakStep)
            #expect(scaled.historyStart == found.historyStart)
            #expect(
                scaled.sigma
                    == found.sigma.map {
                        (Float(bitPattern: $0) * Float(abs(scale))).bitPattern
                    })
        }
        let stored = series.map { $0.map { ($0 * 10000).rounded() } }
        let plain = KernelBreaks(stored, times: times, rule: rule)
        let shifted = KernelBreaks(
            stored.map { $0.map { $0 + 20000 } }, times: times, rule: rule)
        #expect(shifted.breakStep == plain.breakStep)
        #expect(shifted.historyStart == plain.historyStart)
    }

    @Test func everyCellWithoutAValueSaysWhy() throws {
        let (series, times) = Self.invented(1, steps: 100, seed: 3)
        let full = series[0]
        let rule = try BreakRule(order: 1, hasTrend: false, monitoringStart: 70)
        var unmonitored = full
        for step in 70..<100 { unmonitored[step] = .nan }
        var short = full
        for step in 0..<67 { short[step] = .nan }
        // Ever the same time of the year: no season can be fitted.
        let once = full.indices.map { $0 < 70 && $0 % 23 != 4 ? .nan : full[$0] }
        let one = full.indices.map { $0 < 70 && !(20...40).contains($0) ? .nan : full[$0] }
        let nothing = [Double](repeating: .nan, count: 100)
        let equal = [Double](repeating: 0.3, count: 100)
        let cells = [full, unmonitored, short, once, one, nothing, equal]
        let expected: [IndicatorReason] = [
            .ok, .inputNodata, .insufficientBaseline, .insufficientBaseline, .ok, .inputNodata,
            .fitFailed,
        ]
        let found = KernelBreaks(cells, times: times, rule: rule)
        #expect(found.reasons == expected.map(\.rawValue))
        for (cell, values) in cells.enumerated() {
            #expect(
                try BreakMonitor(values: values, times: times, rule: rule).reason
                    == expected[cell])
            guard expected[cell] != .ok else { continue }
            #expect(found.breakStep[cell] == -1 && found.magnitude[cell] == .max)
            #expect(found.sigma[cell] == .max && found.seasonResidual[cell] == .max)
        }
        #expect(found.historyStart[5] == -1 && found.historyCount[5] == 0)
    }

    @Test func seasonsOfTheYearThatRepeatCannotBeToldApart() throws {
        // Three times of the year only, for five regressors.
        let (series, times) = Self.invented(1, steps: 160, seed: 4)
        let rule = try BreakRule(order: 2, hasTrend: false, monitoringStart: 138)
        let rare = series[0].indices.map { [1, 9, 15].contains($0 % 23) ? series[0][$0] : .nan }
        let found = KernelBreaks([rare], times: times, rule: rule)
        #expect(found.reasons == [IndicatorReason.fitFailed.rawValue])
        #expect(
            try BreakMonitor(values: rare, times: times, rule: rule).reason == .fitFailed)
    }

    @Test func theSeasonOfTheBreakIsTheCallersWhenGiven() throws {
        let (base, times) = Self.invented(1, steps: 130, seed: 8)
        var series = base[0]
        for step in 105..<130 { series[step] -= 0.4 }
        let rule = try BreakRule(order: 1, hasTrend: false, history: .all, monitoringStart: 100)
        let scratch = BreakScratch(steps: 130, rule: rule)
        let seasons = (0..<130).map { Int32($0 < 110 ? 0 : 1) }
        let own = KernelBreaks(
            [series], times: times, rule: rule, seasons: seasons, scratch: scratch)
        let one = try BreakMonitor(values: series, times: times, rule: rule, seasons: seasons)
        let season = one.observations.filter {
            $0.step >= 100 && seasons[$0.step] == seasons[one.breakStep ?? 0]
        }
        let mean = season.reduce(0) { $0 + $1.residual } / Double(season.count)
        #expect(abs(Double(Float(bitPattern: own.seasonResidual[0])) - mean) < 1e-6)
        // The same scratch, without seasons: the tables are made anew.
        let quarters = KernelBreaks([series], times: times, rule: rule, scratch: scratch)
        #expect(quarters == KernelBreaks([series], times: times, rule: rule))
        let none = KernelBreaks(
            [series], times: times, rule: rule, seasons: Array(repeating: -1, count: 130))
        #expect(none.breakStep == own.breakStep && none.seasonResidual == [.max])
    }
}
