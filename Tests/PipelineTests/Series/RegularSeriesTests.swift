import Calendar
import Diagnostics
import Drought
import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RegularSeriesTests {
    private func read(
        _ text: String, columns: [String] = ["ndvi"], frequency: Int = 12
    ) throws -> RegularSeries {
        let url = try TestPaths.temporaryDirectory().appendingPathComponent("s.csv")
        try Data(text.utf8).write(to: url)
        return try RegularSeries(
            csv: url.path, dateColumn: "date", valueColumns: columns, frequency: frequency)
    }

    private func refusal(_ text: String, columns: [String] = ["ndvi"]) throws -> String {
        do {
            _ = try read(text, columns: columns)
        } catch {
            return "\(error)"
        }
        Issue.record("\(text) was read")
        return ""
    }

    @Test func `Lines may come in any order, and missing months are gaps`() throws {
        let sorted = try read("date,ndvi\n2010-11-01,0.1\n2010-12-01,0.2\n2011-02-01,0.4\n")
        let shuffled = try read("date,ndvi\n2011-02-01,0.4\n2010-11-01,0.1\n2010-12-01,0.2\n")
        #expect(sorted.times == shuffled.times)
        #expect(sorted.values[0].description == shuffled.values[0].description)
        #expect(sorted.values[0].map { $0.isNaN ? -1 : $0 } == [0.1, 0.2, -1, 0.4])
        #expect(sorted.dates == shuffled.dates)
        #expect(sorted.dates[2] == nil)
        #expect(sorted.shape == nil)
    }

    @Test(
        "Every period of the calendar has a step of its own",
        arguments: [
            PeriodScheme.month, .halfMonth, .dekad, .week, .pentad, .eightDay, .sixteenDay,
        ])
    func periods(_ scheme: PeriodScheme) throws {
        // A leap year and the year after it.
        let lines = [2012, 2013].flatMap { year in
            (0..<scheme.periodsPerYear).map { slot in
                "\(scheme.firstDay(ofSlot: slot, year: year)),\(slot)"
            }
        }
        let series = try read(
            "date,ndvi\n" + lines.joined(separator: "\n") + "\n", frequency: scheme.periodsPerYear)
        #expect(series.values[0].count == 2 * scheme.periodsPerYear)
        for step in series.times.indices {
            #expect(series.values[0][step] == Double(series.slot(step)))
            #expect(series.year(step) == (step < scheme.periodsPerYear ? 2012 : 2013))
        }
    }

    @Test func `Conditions choose the lines of one place`() throws {
        let url = try TestPaths.temporaryDirectory().appendingPathComponent("s.csv")
        let text = "date,code,level,rain\n2010-01-01,A,1,1\n2010-01-01,B,1,2\n2010-02-01,B,2,3\n"
        try Data(text.utf8).write(to: url)
        func read(_ conditions: [(column: String, text: String)]) throws -> [Double] {
            try RegularSeries(
                csv: url.path, dateColumn: "date", valueColumns: ["rain"], where: conditions,
                frequency: 12
            ).values[0]
        }
        #expect(try read([("code", "B")]) == [2, 3])
        #expect(try read([("code", "B"), ("level", "2")]) == [3])
        #expect(throws: DroughtError.self) { try read([("code", "C")]) }
        #expect(throws: DroughtError.self) { try read([("zone", "A")]) }
    }

    @Test func `NA, NaN and empty fields are gaps`() throws {
        let series = try read("date,ndvi\n2010.0,NA\n2010.25,NaN\n2010.5,\n2010.75,0.3\n")
        #expect(series.values[0].count { $0.isFinite } == 1)
        #expect(series.dates.allSatisfy { $0 == nil })
    }

    @Test func `Steps of a part are those within it, both ends included`() throws {
        let series = try read("date,ndvi\n2010-01-01,1\n2010-12-01,2\n")
        #expect(series.steps(from: 2010.25, to: 2010.5) == 3..<7)
        #expect(series.steps(from: 2011, to: 2012).isEmpty)
        #expect(series.steps(from: 2000, to: .infinity) == 0..<12)
    }

    @Test(
        "What cannot be read is refused with its place",
        arguments: [
            ("date,ndvi\n", "s.csv: has no values"),
            ("day,ndvi\n2010-01-01,1\n", "there is no column \"date\" (found day, ndvi)"),
            ("date,evi\n2010-01-01,1\n", "there is no column \"ndvi\" (found date, evi)"),
            (
                "date,ndvi\n2010-01-01,1\n2010-02-01,2\n2010-01-16,3\n",
                "s.csv:4: date: is on the same step as"
            ),
            ("date,ndvi\n2010-01-01,1\nsoon,2\n", "s.csv:3: date: \"soon\" is neither"),
            ("date,ndvi\n2010-01-01,low\n", "s.csv:2: ndvi: \"low\" is no number"),
            ("date,ndvi\n2010-01-01,inf\n", "s.csv:2: ndvi: \"inf\" is no number"),
            ("date,ndvi\n0001-01-01,1\n9999-01-01,1\n", "steps with 12 a year (expected at most"),
        ])
    func refusals(_ text: String, _ words: String) throws {
        let found = try refusal(text)
        #expect(found.contains(words), "\(found)")
    }

    @Test func `An empty file is refused`() throws {
        let found = try refusal("")
        #expect(found.contains("s.csv"), "\(found)")
    }
}
