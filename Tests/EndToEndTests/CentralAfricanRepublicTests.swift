import Foundation
import TestSupport
import Testing

/// 1,848 events of the Central African Republic, against counts that an
/// independent script made (`Fixtures/car`). Counts are whole: no tolerance.
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct CentralAfricanRepublicTests {
    private static let delivered = Result { try PublishedRun("pipelines/car.yaml") }

    private struct Expected: Decodable {
        struct Summary: Decodable {
            var events: Int
            var best: Int
        }
        struct Window: Decodable {
            var startingInWindow: Summary
            var startingInWindowBefore: Summary
        }
        var all: Summary
        var byWherePrec: [String: Summary]
        var byDatePrec: [String: Summary]
        var lowAboveBest: Int
        var bestAboveHigh: Int
        var window: Window
    }

    private func expected() throws -> Expected {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            Expected.self, from: Data(contentsOf: TestPaths.fixture("car/expected.json")))
    }

    private struct Tally: Equatable {
        var events: Int
        var deaths: Int
    }

    private func tallies(_ item: String) throws -> [String: Tally] {
        let rows = try Self.delivered.get().table("incidents/sources.csv").rows
        return Dictionary(
            uniqueKeysWithValues: rows.filter { $0["item"] == item }.map { row in
                let events = row["count"].flatMap { Int($0) } ?? -1
                return (row["key"] ?? "", Tally(events: events, deaths: Int(row["deaths"] ?? "") ?? 0))
            })
    }

    private func sum(_ codes: [String], of groups: [String: Expected.Summary]) -> Tally {
        codes.reduce(into: Tally(events: 0, deaths: 0)) { sum, code in
            sum.events += groups[code]?.events ?? 0
            sum.deaths += groups[code]?.best ?? 0
        }
    }

    @Test("Rows read are 1,848 and equal rows used plus rows rejected")
    func rows() throws {
        let expected = try expected()
        let rows = try tallies("rows")
        let read = try #require(rows["read"]?.events)
        let used = try #require(rows["used"])
        let rejected = try #require(rows["rejected"]?.events)
        #expect(read == 1848 && read == expected.all.events)
        #expect(read == used.events + rejected)
        #expect(rejected == 0)
        #expect(used.deaths == expected.all.best)
    }

    @Test("Counts and deaths by grade of place and of time equal the independent ones")
    func grades() throws {
        let expected = try expected()
        let places = expected.byWherePrec
        #expect(
            try tallies("location") == [
                "exact": sum(["1"], of: places), "near": sum(["2"], of: places),
                "district": sum(["3"], of: places), "region": sum(["4", "5"], of: places),
                "country": sum(["6"], of: places),
            ])
        let times = expected.byDatePrec
        #expect(
            try tallies("time") == [
                "day": sum(["1"], of: times), "week": sum(["2", "3"], of: times),
                "month": sum(["4"], of: times), "longer": sum(["5"], of: times),
            ])
    }

    @Test("The window holds the events that begin in it")
    func window() throws {
        let window = try expected().window.startingInWindow
        let expected = Tally(events: window.events, deaths: window.best)
        #expect(try tallies("rows")["in_window"] == expected)
    }

    @Test("Estimates of deaths that contradict each other are counted in a warning")
    func contradictions() throws {
        let expected = try expected()
        let warnings = try Self.delivered.get().process.warnings
        let low = "\(expected.lowAboveBest) events: the low estimate of deaths exceeds the best"
        let high = "\(expected.bestAboveHigh) events: the best estimate of deaths exceeds the high"
        #expect(warnings.contains { $0.contains(low) })
        #expect(warnings.contains { $0.contains(high) })
    }

    @Test("The three largest hotspots are printed, and are those of the table")
    func largest() throws {
        let run = try Self.delivered.get()
        let rows = try run.table("hotspots/hotspots.csv").rows
        let printed = run.process.standardOutput
        #expect(
            printed.contains(
                "Hotspot 1: 13 incidents, 44 deaths, 7600 km2, 99 % confidence, sector W"))
        #expect(
            printed.contains("Hotspot 2: 6 incidents, 61 deaths, 6500 km2, 99 % confidence, sector C"))
        #expect(
            printed.contains("Hotspot 3: 7 incidents, 70 deaths, 5600 km2, 99 % confidence, sector E"))
        for (row, line) in zip(rows.prefix(3), ["W", "C", "E"]) { #expect(row["sectors"] == line) }
    }
}
