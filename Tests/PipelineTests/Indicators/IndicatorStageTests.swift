import Calendar
import Diagnostics
import Drought
import Foundation
import GridCore
import Sectors
import Testing

@testable import Pipeline

@Suite struct IndicatorStageTests {
    private static let shared = Result { try IndicatorFolder() }
    private static let outcome = Result { try shared.get().run() }
    private static let last = 143
    /// Values are rounded once to Float32, of numbers up to a few hundred.
    private static let rounding = 1e-4

    private static func same(_ a: [Float], _ b: [Float]) -> Bool {
        zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
    }

    /// Twelve values of the slot of a step, those of the baseline.
    private static func baseline(_ series: [Double]) -> [Double] {
        (0..<11).map { series[$0 * 12 + last % 12] }.filter { !$0.isNaN }
    }

    @Test(arguments: [(1, 5), (2, 5), (2, 10), (2, 1 << 20)])
    func `Rasters and zones depend neither on threads nor on tiles`(
        _ threads: Int, _ tileCells: Int
    ) throws {
        let expected = try Self.outcome.get()
        let found = try Self.shared.get().run(threads: threads, tileCells: tileCells)
        #expect(found.rasters.keys == expected.rasters.keys)
        for (name, cells) in expected.rasters {
            #expect(Self.same(found.rasters[name] ?? [], cells), "\(name)")
        }
        #expect(found.result.reasons == expected.result.reasons)
        // Sums are exact, whatever the tiles.
        let zone = try #require(found.result.zones[0])
        let whole = try #require(expected.result.zones[0])
        let areSame = zone.values == whole.values
        #expect(areSame)
        #expect(zone.classes == whole.classes)
        #expect(zone.condition == whole.condition)
        #expect(zone.lines == whole.lines)
        #expect(whole.lines.count == 4 + 7)
    }

    @Test func `Nothing depends on the names of the files nor on their order`() throws {
        let expected = try Self.outcome.get()
        let found = try Self.shared.get().renamed().run()
        #expect(found.rasters.keys == expected.rasters.keys)
        for (name, cells) in expected.rasters {
            #expect(Self.same(found.rasters[name] ?? [], cells), "\(name)")
        }
        #expect(found.files == expected.files)
        #expect(found.result.reasons == expected.result.reasons)
        let zone = try #require(found.result.zones[0])
        let whole = try #require(expected.result.zones[0])
        let areSame = zone.values == whole.values
        #expect(areSame)
        #expect(zone.classes == whole.classes)
        #expect(zone.lines == whole.lines)
    }

    @Test func `Indices of vegetation are those of the formulas`() throws {
        let folder = try Self.shared.get()
        let rasters = try Self.outcome.get().rasters
        var compared = 0
        for cell in 0..<IndicatorFolder.shape.count {
            let series = try folder.series("N", cell)
            let value = series[Self.last]
            let sample = Self.baseline(series)
            guard !value.isNaN, let low = sample.min(), let high = sample.max() else { continue }
            let mean = sample.reduce(0, +) / Double(sample.count)
            let squares = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let deviation = (squares / Double(sample.count - 1)).squareRoot()
            let below = Double(sample.count { $0 < value })
            let equal = Double(sample.count { $0 == value })
            func close(_ name: String, _ expected: Double) {
                let found = Double(rasters[name]?[cell] ?? .nan)
                #expect(abs(found - expected) <= Self.rounding * max(1, abs(expected)), "\(name)")
            }
            close("vci", 100 * (value - low) / (high - low))
            close("anomaly", (value - mean) * 0.0001)
            close("percent", 100 * value / mean)
            close("zscore", (value - mean) / deviation)
            close("percentile", 100 * (below + equal / 2) / Double(sample.count))
            compared += 1
        }
        #expect(compared > 20)
    }

    @Test func `TCI and VHI are those of the formulas, with components cut at 0 and 100`() throws {
        let folder = try Self.shared.get()
        let rasters = try Self.outcome.get().rasters
        var compared = 0
        for cell in 0..<IndicatorFolder.shape.count {
            let series = try folder.series("T", cell)
            let sample = Self.baseline(series)
            let vci = Double(rasters["vci"]?[cell] ?? .nan)
            guard !series[Self.last].isNaN, !vci.isNaN, let low = sample.min(),
                let high = sample.max()
            else { continue }
            let tci = 100 * (high - series[Self.last]) / (high - low)
            let vhi = (min(max(vci, 0), 100) + min(max(tci, 0), 100)) / 2
            #expect(abs(Double(rasters["tci"]?[cell] ?? .nan) - tci) <= Self.rounding * 100)
            #expect(abs(Double(rasters["vhi"]?[cell] ?? .nan) - vhi) <= Self.rounding * 100)
            compared += 1
        }
        #expect(compared > 15)
    }

    @Test func `Droughts of a zone are those of its mean VCI`() throws {
        let outcome = try Self.outcome.get()
        let entry = try #require(outcome.result.zones[0])
        let names = try outcome.plan.makeMethods().flatMap(\.outputs).map(\.name)
        let vci = try #require(names.firstIndex(of: "vci"))
        #expect(entry.condition.count == 36)
        #expect(entry.condition.last?.mean == entry.values[vci].mean)
        let series = entry.condition.map { $0.mean ?? .nan }
        let limit = 35.0
        let rule = try #require(
            DroughtRunRule(threshold: limit, minimumLength: 1, poolingGap: 0))
        let runs = DroughtRunSeries(of: series, rule: rule).runs
        let lacking = series.reduce(0) { $0 + max(0, limit - $1) }
        #expect(abs(runs.reduce(0) { $0 + $1.severity } - lacking) < 1e-9)
        #expect(runs.reduce(0) { $0 + $1.duration } == series.count { $0 < limit })
    }

    @Test func `SPI of rasters is that of the single series`() throws {
        try compareSPI(try Self.shared.get(), try Self.outcome.get())
    }

    @Test func `A month without a raster of rain is one without a value`() throws {
        let folder = try IndicatorFolder(missing: 7)
        let outcome = try folder.run(
            "    compute: [spi]\n    spi: { accumulation: [1, 3], minimum_years: 8 }")
        #expect(outcome.plan.rain?.count == 143)
        try compareSPI(folder, outcome)
    }

    private func compareSPI(_ folder: IndicatorFolder, _ outcome: IndicatorFolder.Outcome) throws {
        for accumulation in [1, 3] {
            let rule = StandardizedPrecipitationRule(
                accumulation: accumulation, periodsPerYear: 12, firstSlot: 0,
                calibration: 0..<132, fit: .thom, zeros: .classic, minimumCount: 8)
            var compared = 0
            for cell in 0..<IndicatorFolder.shape.count {
                let twin = StandardizedPrecipitation(
                    rainfall: try folder.series("R", cell), rule: rule)
                let found = Double(outcome.rasters["spi\(accumulation)"]?[cell] ?? .nan)
                let expected = twin.values[Self.last]
                #expect(found.isNaN == expected.isNaN)
                let reason = outcome.rasters["reason spi\(accumulation)"]?[cell]
                #expect(reason == Float(twin.reasons[Self.last].rawValue))
                guard !expected.isNaN else { continue }
                #expect(abs(found - expected) <= 1e-6)
                compared += 1
            }
            #expect(compared > 20)
        }
    }

    @Test func `Every cell without a value has a reason, every cell with one has none`() throws {
        let outcome = try Self.outcome.get()
        for method in try outcome.plan.makeMethods() {
            guard let output = method.outputs.first, let name = method.reasonNames.first else {
                continue
            }
            // A break has no date, and a drought no onset, where there is none.
            guard !["break_date", "run_onset"].contains(output.name) else { continue }
            let values = try #require(outcome.rasters[output.name])
            let reasons = try #require(outcome.rasters["reason " + name])
            for (value, code) in zip(values, reasons) {
                let reason = try #require(IndicatorReason(rawValue: UInt8(code)))
                let hasValue = output.isClass ? value != 0 : !value.isNaN
                #expect(hasValue == reason.hasValue, "\(name): \(value), \(reason)")
            }
        }
    }

    @Test func `An explanation has the numbers of the rasters`() throws {
        let (_, plan) = try Self.shared.get().prepare()
        let rasters = try Self.outcome.get().rasters
        for cell in [0, 7, 29] {
            let explanation = try IndicatorExplainer(plan: plan).explain(
                row: cell / 5, column: cell % 5)
            for value in explanation.values {
                let expected = Double(rasters[value.name]?[cell] ?? .nan)
                let isNone = value.className == nil && value.value.isNaN
                #expect(
                    value.value == expected || isNone && (expected.isNaN || expected == 0),
                    "\(value.name) of cell \(cell)")
            }
            #expect(explanation.steps.count == 144)
            #expect(explanation.lines.contains { $0.hasPrefix("  vci = ") })
        }
    }

    @Test func `A position names its cell, one outside is refused`() throws {
        let (_, plan) = try Self.shared.get().prepare()
        let explainer = IndicatorExplainer(plan: plan)
        let cell = try explainer.cell(longitude: 40.3, latitude: 2.6)
        #expect(cell == (row: 1, column: 1))
        let error = #expect(throws: PipelineError.self) {
            try explainer.cell(longitude: 2.6, latitude: 40.3)
        }
        #expect(error?.kind == .outsideRaster)
        #expect(throws: PipelineError.self) { try explainer.explain(row: 6, column: 0) }
    }

    @Test func `Smoothed series give other indices, and say so`() throws {
        let folder = try Self.shared.get()
        let smoothed = try folder.run("    compute: [vci]\n    series: smoothed")
        let raw = try Self.outcome.get()
        #expect(smoothed.plan.seriesText.hasPrefix("smoothed: Whittaker, lambda by V-curve"))
        #expect(raw.plan.seriesText == "raw: as observed")
        let smooth = try #require(smoothed.rasters["ndvi_smoothed"])
        // Gaps of the composite are filled and marked so.
        let reasons = try #require(smoothed.rasters["reason ndvi_smoothed"])
        let filled = Float(IndicatorReason.filled.rawValue)
        #expect(smooth.allSatisfy { !$0.isNaN })
        for cell in 0..<IndicatorFolder.shape.count {
            let value = try folder.series("N", cell)[Self.last]
            #expect((reasons[cell] == filled) == value.isNaN)
        }
        #expect(!Self.same(smoothed.rasters["vci"] ?? [], raw.rasters["vci"] ?? []))
    }
}
