import Calendar
import Drought
import Foundation
import Geo
import GridCore
import Sectors
import Tables
import TestSupport
import Testing

@testable import Pipeline

/// Tables and series of the zones of `IndicatorFolder`: one triangle.
@Suite struct IndicatorZoneTests {
    private static let shared = Result { try IndicatorFolder() }
    private static let settings = """
            compute: [vci, percentile, vci3m, vhi, spi, runs, combined]
            spi: { accumulation: [3], minimum_years: 8 }
            zone_series: 6 months
        """
    private static let outcome = Result { try shared.get().run(settings) }
    /// Values are rounded to 2^-20, and once to Float32.
    private static let rounding = 1e-4

    private static var zone: SeriesZone {
        SeriesZone(kind: .sector, id: "A", name: "Zone A", areaInSquareMeters: 3e10)
    }

    /// Cells of the zone with their weights.
    private static func weights() throws -> [Double] {
        let index = try shared.get().zones
        return (0..<IndicatorFolder.shape.count).map { cell in
            let row = cell / IndicatorFolder.shape.columns
            return index.coverages[0].fraction(
                row: row, column: cell % IndicatorFolder.shape.columns) * index.cellAreas[row]
        }
    }

    private static func mean(_ values: [Double], _ weights: [Double]) -> Double {
        let valid = zip(values, weights).filter { !$0.0.isNaN && $0.1 > 0 }
        return valid.reduce(0) { $0 + $1.0 * $1.1 } / valid.reduce(0) { $0 + $1.1 }
    }

    private static func publisher(_ plan: IndicatorPlan) throws -> IndicatorPublisher {
        IndicatorPublisher(
            plan: plan,
            caption: RunCaption(title: "Test", asOf: plan.asOf, isSynthetic: true, notes: []),
            credits: [],
            sink: OutputSink(try RunDirectory(root: TestPaths.temporaryDirectory().path).folder))
    }

    private static func records(_ table: CSVTable) throws -> [[String: String]] {
        let text = String(decoding: CSVWriter().utf8(table), as: UTF8.self)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let header = try #require(lines.first)
        return lines.dropFirst().map { line in
            Dictionary(zip(header, line)) { first, _ in first }
        }
    }

    @Test func `The table of zones has mean, median, shares and valid share of every raster`() throws {
        let outcome = try Self.outcome.get()
        let context = IndicatorZoneContext(zones: [Self.zone])
        let methods = try outcome.plan.makeMethods()
        let rows = try Self.records(
            Self.publisher(outcome.plan).zoneTable(outcome.result, methods, context))
        func value(_ indicator: String, _ statistic: String) -> Double? {
            rows.first { $0["indicator"] == indicator && $0["statistic"] == statistic }
                .flatMap { $0["value"] }.flatMap { Double($0) }
        }
        let weights = try Self.weights()
        let vci = try #require(outcome.rasters["vci"]).map(Double.init)
        let expected = Self.mean(vci, weights)
        #expect(abs((value("vci", "mean") ?? .nan) - expected) < Self.rounding)
        // Half of the weight lies at or below the median, but for the bins.
        let median = try #require(value("vci", "median"))
        let valid = zip(vci, weights).filter { !$0.0.isNaN }
        let whole = valid.reduce(0) { $0 + $1.1 }
        let below = valid.filter { $0.0 <= median + 0.05 }.reduce(0) { $0 + $1.1 }
        let above = valid.filter { $0.0 >= median - 0.05 }.reduce(0) { $0 + $1.1 }
        #expect(below >= whole / 2 - 1 && above >= whole / 2 - 1)
        #expect(abs((value("vci", "valid_share") ?? .nan) - 100 * whole / 3e10) < 1e-3)
        for output in methods.flatMap(\.outputs) where output.isClass {
            let names = output.classes.map(\.name)
            let shares = names.compactMap { value(output.name, "share_\($0)") }
            let areas = names.compactMap { value(output.name, "area_\($0)") }
            #expect(areas.count == names.count)
            if areas.reduce(0, +) > 0 { #expect(abs(shares.reduce(0, +) - 100) < 1e-2) }
            let share = value(output.name, "valid_share") ?? .nan
            #expect(abs(areas.reduce(0, +) * 1e6 - share / 100 * 3e10) < 2e5)
        }
    }

    @Test func `The series of zones are the means of the same formulas, step by step`() throws {
        let folder = try Self.shared.get()
        let outcome = try Self.outcome.get()
        let plan = outcome.plan
        let series = try #require(seriesOf(outcome, Self.zone))
        let rows = try Self.records(series.table)
        let names = ["ndvi", "vci", "percentile", "vci3m", "vhi", "spi3"]
        #expect(Set(rows.compactMap { $0["indicator"] }) == Set(names))
        #expect(rows.count == 6 * names.count)
        let weights = try Self.weights()
        let observed = try (0..<IndicatorFolder.shape.count).map { try folder.series("N", $0) }
        for (place, step) in (138..<144).enumerated() {
            let point = series.vegetation(0)[place]
            #expect(point.step.first == plan.vegetation.dates[step])
            let values = observed.map { $0[step] * 0.0001 }
            #expect(abs((point.mean ?? .nan) - Self.mean(values, weights)) < 1e-5)
            func band(_ pick: ([Double]) -> Double) -> Double {
                Self.mean(
                    observed.map { cell in
                        pick((0..<11).map { cell[$0 * 12 + step % 12] }.filter { !$0.isNaN })
                            * 0.0001
                    }, weights)
            }
            #expect(abs((point.baselineMinimum ?? .nan) - band { $0.min() ?? .nan }) < 1e-5)
            #expect(abs((point.baselineMaximum ?? .nan) - band { $0.max() ?? .nan }) < 1e-5)
            let mean = band { $0.reduce(0, +) / Double($0.count) }
            #expect(abs((point.baselineMean ?? .nan) - mean) < 1e-5)
        }
        // The last step is the as-of composite, whose rasters there are.
        let last = rows.filter { $0["last_day"] == "2011-12-31" }
        for name in names where name != "ndvi" {
            let values = try #require(outcome.rasters[name]).map(Double.init)
            let found = last.first { $0["indicator"] == name }.flatMap { Double($0["mean"] ?? "") }
            #expect(abs((found ?? .nan) - Self.mean(values, weights)) < Self.rounding, "\(name)")
        }
    }

    @Test func `Earlier steps of a series are what an earlier night gives`() throws {
        let folder = try Self.shared.get()
        let late = try #require(seriesOf(try Self.outcome.get(), Self.zone))
        let date = try #require(CalendarDate(year: 2011, month: 9, day: 30))
        let early = try #require(
            seriesOf(try folder.run(Self.settings, asOf: date), Self.zone))
        for (line, expected) in zip(early.others, late.others) {
            let found = early.points(line, 0)
            let same = late.points(expected, 0)
            #expect(found.suffix(3).map(\.mean) == same.prefix(3).map(\.mean))
        }
        #expect(early.condition(0).suffix(3).map(\.mean) == late.condition(0).prefix(3).map(\.mean))
    }

    @Test func `Without a series there is none, and droughts are the same`() throws {
        let folder = try Self.shared.get()
        let none = try folder.run("    compute: [vci, runs]\n    zone_series: 0 months")
        #expect(none.plan.seriesSteps == nil)
        #expect(none.result.zones[0]?.lines.isEmpty == true)
        let long = try folder.run("    compute: [vci, runs]\n    zone_series: 60 months")
        #expect(long.plan.conditionSteps.count == 60)
        for name in ["run_onset", "run_duration", "run_severity", "run_worst_severity"] {
            let pairs = zip(none.rasters[name] ?? [], long.rasters[name] ?? [])
            #expect(pairs.allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "\(name)")
        }
        let a = none.result.zones[0]?.condition
        let b = long.result.zones[0]?.condition.suffix(36)
        #expect(a.map(Array.init) == b.map(Array.init))
    }

    @Test func `The class of a zone is that of half of its area or worse`() {
        let output = IndicatorOutput(
            name: "x", title: "", quantity: "", unit: "",
            content: .classes(
                DroughtCondition.allCases.map {
                    .init(code: $0.rawValue, name: $0.name, label: "", color: 0)
                }))
        func half(_ areas: [DroughtCondition: Double]) -> String? {
            var weights = ExactClassWeights(.squareMeters)
            for (condition, area) in areas { weights.add(condition.rawValue, weight: area) }
            weights.add(0, weight: 100)
            return IndicatorPublisher.drierHalf(weights, output)
        }
        #expect(half([.none: 3, .severe: 1, .extreme: 2]) == "severe")
        #expect(half([.none: 4, .severe: 1, .extreme: 2]) == "none")
        #expect(half([.watch: 1, .none: 1]) == "watch")
        #expect(half([.extreme: 0.5]) == "extreme")
        #expect(half([:]) == nil)
    }

    @Test func `The table of classes goes by means, halves and FAO's steps`() throws {
        let outcome = try Self.shared.get().run()
        let methods = try outcome.plan.makeMethods()
        let rows = try Self.records(
            Self.publisher(outcome.plan).classTable(
                outcome.result, methods, IndicatorZoneContext(zones: [Self.zone])))
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        let mean = try #require(Double(row["vci3m_mean"] ?? ""))
        let deficit = IndicatorClassTable.vegetationDeficit.indicatorClass(of: mean)
        #expect(row["vci3m_class"] == deficit?.name)
        let index = try #require(Double(row["asi_pct"] ?? ""))
        let step = IndicatorClassTable.agriculturalStress.indicatorClass(of: index)
        #expect(row["asi_class"] == step?.name)
        #expect(DroughtCondition.allCases.map(\.name).contains(row["combined_class"] ?? ""))
    }

    @Test func `A run of cells is cut into windows that hold each of them once`() {
        let tile = CellWindow(row: 3, column: 2, rows: 5, columns: 7)
        for (first, end) in [(0, 35), (0, 3), (5, 9), (5, 30), (14, 21), (13, 35), (34, 35)] {
            var cells: [Int] = []
            for part in IndicatorTracer.parts(of: first..<end, in: tile) {
                #expect(part.start == cells.count + first)
                for row in 0..<part.window.rows {
                    for column in 0..<part.window.columns {
                        cells.append(
                            (part.window.row - tile.row + row) * tile.columns
                                + part.window.column - tile.column + column)
                    }
                }
            }
            #expect(cells == Array(first..<end))
        }
    }

    @Test func `FAO's index counts cells and weighs the parts of the season`() throws {
        let folder = try Self.shared.get()
        func run(_ stress: String, parity: String = "") throws -> IndicatorFolder.Outcome {
            try folder.run(
                "    compute: [vhi, asi]\n    zone_series: 0 months\n"
                    + "    stress: { calendar: somalia\(stress) }\(parity)")
        }
        let plain = try run("")
        let fao = try run("", parity: "\n    parity: fao-asis")
        #expect(!plain.plan.countsStressCells)
        #expect(fao.plan.countsStressCells)
        let codes = try #require(fao.rasters[StressMethod.className])
        #expect(codes == plain.rasters[StressMethod.className])
        let index = folder.zones
        var stressed = 0
        var unstressed = 0
        var area = (stressed: 0.0, whole: 0.0)
        for (cell, code) in codes.enumerated() where code != 0 {
            let row = cell / IndicatorFolder.shape.columns
            let fraction = index.coverages[0].fraction(
                row: row, column: cell % IndicatorFolder.shape.columns)
            area.whole += fraction * index.cellAreas[row]
            if code == 2 { area.stressed += fraction * index.cellAreas[row] }
            guard fraction >= 0.5 else { continue }
            stressed += code == 2 ? 1 : 0
            unstressed += code == 1 ? 1 : 0
        }
        #expect(stressed > 0 && unstressed > 0)
        let publisher = try Self.publisher(fao.plan)
        let place = try #require(
            try fao.plan.makeMethods().flatMap(\.outputs).firstIndex {
                $0.name == StressMethod.className
            })
        let counted = publisher.stressIndex(fao.result.zones[0], place)
        #expect(counted == 100 * Double(stressed) / Double(stressed + unstressed))
        let measured = try Self.publisher(plain.plan).stressIndex(plain.result.zones[0], place)
        #expect(abs((measured ?? .nan) - 100 * area.stressed / area.whole) < 1e-6)

        // Deyr, October to December: three months, three coefficients.
        let weighted = try run(", crop_coefficients: [0.5, 1, 2]")
        #expect(weighted.plan.season?.weights([0.5, 1, 2]) == [0.5, 1, 2])
        #expect(weighted.plan.season?.weights([0.4, 1.2]) == [0.4, 0.4, 1.2])
        let months = try [10, 11, 12].map { month -> [Float] in
            let date = try #require(CalendarDate(year: 2011, month: month, day: 28))
            return try #require(
                try folder.run("    compute: [vhi]\n    zone_series: 0 months", asOf: date)
                    .rasters["vhi"])
        }
        let means = try #require(weighted.rasters["vhi_season"])
        for (cell, found) in means.enumerated() {
            let parts = zip([0.5, 1, 2], months.map { Double($0[cell]) }).filter { !$0.1.isNaN }
            guard parts.count >= 2 else {
                #expect(found.isNaN)
                continue
            }
            let expected =
                parts.reduce(0) { $0 + $1.0 * $1.1 } / parts.reduce(0) { $0 + $1.0 }
            #expect(abs(Double(found) - expected) < Self.rounding)
        }
    }
}

/// The series of the one zone of an outcome.
private func seriesOf(_ outcome: IndicatorFolder.Outcome, _ zone: SeriesZone)
    -> IndicatorZoneSeries?
{
    guard let steps = outcome.plan.seriesSteps, let methods = try? outcome.plan.makeMethods()
    else { return nil }
    return IndicatorZoneSeries(
        plan: outcome.plan, lines: outcome.plan.lines(methods), steps: steps,
        result: outcome.result, context: IndicatorZoneContext(zones: [zone]))
}
