import Calendar
import Geo
import GridCore
import Hotspots
import Incidents
import TestSupport
import Testing

@testable import Pipeline

@Suite struct CubeStageTests {
    private let sectors = ViolenceExample.zones([ViolenceExample.square(40, 41)])

    private func cube(_ step: TimeStep, steps: Int) -> CubeConfiguration {
        CubeConfiguration(
            step: step, steps: steps, previous: 1, window: .entire, trend: .mannKendall,
            sporadicAnyTime: false, strictOscillating: false)
    }

    private func run(
        _ rows: [String], _ step: TimeStep, steps: Int, asOf: String
    ) throws -> CubeResult {
        let section = cube(step, steps: steps)
        return try CubeStage(
            section: section,
            hotspots: ViolenceExample.stage(
                ViolenceExample.hotspots(cube: section), sectors: sectors,
                asOf: try ViolenceExample.date(asOf)), threads: 1
        ).run(try ViolenceExample.incidents(rows, asOf: asOf)) { _ in }
    }

    @Test(
        "Steps follow each other without a gap, and the last ends with the as-of date",
        arguments: [
            (TimeStep.months(1), "2022-12-02", "2022-11-03", "2022-09-03"),
            (.months(1), "2024-03-31", "2024-03-01", "2024-01-01"),
            // The day after the as-of date has no namesake in February.
            (.months(1), "2023-03-30", "2023-02-28", "2022-12-31"),
            (.months(12), "2022-12-31", "2022-01-01", "2020-01-01"),
            (.days(7), "2024-03-31", "2024-03-25", "2024-03-11"),
            (.days(1), "2024-03-01", "2024-03-01", "2024-02-28"),
        ])
    func windows(step: TimeStep, asOf: String, lastStart: String, thirdLastStart: String) throws {
        let windows = try run(["a,\(asOf),40.5,0.5,1,exact,day"], step, steps: 5, asOf: asOf).windows
        #expect(windows.count == 5)
        #expect(windows.last?.last == CalendarDate(iso: asOf))
        #expect(windows[4].first == CalendarDate(iso: lastStart))
        #expect(windows[2].first == CalendarDate(iso: thirdLastStart))
        for (one, next) in zip(windows, windows.dropFirst()) {
            #expect(one.last.adding(days: 1) == next.first)
        }
    }

    @Test("Each event counts in the step of its day; empty steps before the first are told")
    func masses() throws {
        let result = try run(
            [
                "a,2024-03-31,40.5,0.5,1,exact,day", "b,2024-03-25,40.5,0.5,1,exact,day",
                "c,2024-03-24,40.5,0.5,1,exact,day", "early,2024-01-01,40.5,0.5,1,exact,day",
            ], .days(7), steps: 4, asOf: "2024-03-31")
        #expect(result.masses == [0, 0, 1, 2])
        #expect(result.emptySteps == 2)
    }

    @Test("A place that is hot in the last month alone is new, one that ended is not hot")
    func emerging() throws {
        var random = SeededGenerator(seed: 7)
        let asOf = try ViolenceExample.date("2024-03-31")
        var rows = (0..<120).map { index in
            ViolenceExample.row(
                "noise\(index)", asOf.adding(days: -Int.random(in: 0..<360, using: &random)),
                40 + Double.random(in: 0..<1, using: &random),
                Double.random(in: 0..<1, using: &random))
        }
        for index in 0..<20 {
            rows.append(ViolenceExample.row("new\(index)", asOf.adding(days: -index), 40.2, 0.2))
            rows.append(
                ViolenceExample.row("old\(index)", asOf.adding(days: -250 - index), 40.8, 0.8))
        }
        let result = try run(rows, .months(1), steps: 12, asOf: "2024-03-31")
        func finding(_ longitude: Double, _ latitude: Double) throws -> EmergingFinding {
            let spec = result.field.area.spec
            let place = try CoordinateTransform(from: .wgs84, to: spec.crs)(
                Coordinate(x: longitude, y: latitude))
            let cell = try #require(spec.cell(containing: place))
            return try #require(result.emerging.finding(at: cell))
        }
        let new = try finding(40.2, 0.2)
        #expect(new.emergingClass == .newHotSpot)
        #expect(new.hotSteps == 1 && new.firstHotStep == 11)
        let old = try finding(40.8, 0.8)
        #expect(old.hotSteps >= 1 && old.lastHotStep ?? 11 < 11)
        #expect(old.emergingClass == .noPattern)
    }
}

