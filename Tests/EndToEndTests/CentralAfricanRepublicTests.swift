import Foundation
import GridCore
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
        #expect(rows.count >= 3)
        for (index, row) in rows.prefix(3).enumerated() {
            let area = try #require(row["area_km2"].flatMap { Double($0) })
            #expect(
                printed.contains(
                    "Hotspot \(index + 1): \(row["incidents"] ?? "") incidents, "
                        + "\(row["deaths"] ?? "") deaths, \(Int(area)) km2, "
                        + "\(row["confidence_pct"] ?? "") % confidence, sector "
                        + (row["sectors"] ?? "")))
        }
        #expect(rows.prefix(2).map { $0["sectors"] } == ["W", "C"])
    }

    // MARK: Over time

    @Test("Steps of the cube are the years 1991 to 2022 and hold every event that has a place")
    func years() throws {
        let rows = try Self.delivered.get().table("cube/steps.csv").rows
        #expect(rows.map { $0["first_date"] } == (1991...2022).map { "\($0)-01-01" })
        #expect(rows.map { $0["last_date"] } == (1991...2022).map { "\($0)-12-31" })
        let mass = rows.compactMap { $0["incident_mass"].flatMap { Double($0) } }.reduce(0, +)
        let expected = try expected()
        let placed = expected.all.events - (expected.byWherePrec["6"]?.events ?? 0)
        // Each step is written with three decimals.
        #expect(abs(mass - Double(placed)) < 0.0005 * Double(rows.count))
    }

    @Test("Classes add up to the cells that take part, and are those of the raster and its cells")
    func classes() throws {
        let run = try Self.delivered.get()
        let rows = try run.table("cube/classes.csv").rows
        let raster = try run.raster("cube/emerging.tif").cells.filter { !$0.isNaN }
        let cells = try run.table("cube/emerging.csv").rows
        for row in rows where row["sector"] == "all" {
            let code = try #require(row["code"].flatMap { Int($0) })
            let count = try #require(row["cells"].flatMap { Int($0) })
            #expect(raster.count { Int($0) == code } == count)
            if code != 0 { #expect(cells.count { $0["code"] == "\(code)" } == count) }
            let sectors = rows.filter { $0["sector"] != "all" && $0["code"] == "\(code)" }
            #expect(sectors.compactMap { $0["cells"].flatMap { Int($0) } }.reduce(0, +) <= count)
        }
        let all = rows.filter { $0["sector"] == "all" }
        #expect(all.count == 17)
        #expect(all.compactMap { $0["cells"].flatMap { Int($0) } }.reduce(0, +) == raster.count)
    }

    @Test("Steps in which a cell was hot are the same in raster, cells and steps")
    func hotSteps() throws {
        let run = try Self.delivered.get()
        let raster = try run.raster("cube/hot_steps.tif").cells.filter { $0 > 0 }
        let cells = try run.table("cube/emerging.csv").rows
            .compactMap { $0["hot_steps"].flatMap { Float($0) } }.filter { $0 > 0 }
        #expect(raster.sorted() == cells.sorted())
        let steps = try run.table("cube/steps.csv").rows
            .compactMap { $0["hot_cells"].flatMap { Float($0) } }
        #expect(raster.reduce(0, +) == steps.reduce(0, +))
        #expect(!raster.isEmpty)
    }

    @Test("Clusters are of the ten years scanned, and hold more events than expected")
    func clusters() throws {
        let rows = try Self.delivered.get().table("clusters/clusters.csv").rows
        #expect(rows.map { $0["rank"] } == (1...rows.count).map { "\($0)" })
        for row in rows {
            let first = try #require(row["first_date"])
            let last = try #require(row["last_date"])
            #expect("2013-01-01" <= first && first < last && last <= "2022-12-31")
            if row["scan"] == "prospective" { #expect(last == "2022-12-31") }
            let events = try #require(row["events"].flatMap { Double($0) })
            let expected = try #require(row["expected_events"].flatMap { Double($0) })
            #expect(events > expected)
        }
        let strongest = try #require(rows.first { $0["scan"] == "retrospective" })
        #expect(strongest["main_place"]?.hasPrefix("Bangui") == true)
        #expect(strongest["first_date"].map { $0 < "2013-12-05" } == true)
        #expect(strongest["last_date"].map { $0 > "2014-03-01" } == true)
    }

    @Test("Every GeoJSON holds a polygon with closed rings for each row of its table")
    func geoJSON() throws {
        let run = try Self.delivered.get()
        for path in ["hotspots/hotspots", "cube/emerging", "clusters/clusters"] {
            let rows = try run.table(path + ".csv").rows
            let root = try JSONSerialization.jsonObject(with: run.data(path + ".geojson"))
            let collection = try #require(root as? [String: Any])
            #expect(collection["type"] as? String == "FeatureCollection")
            let features = try #require(collection["features"] as? [[String: Any]])
            #expect(features.count == rows.count)
            for feature in features {
                let geometry = try #require(feature["geometry"] as? [String: Any])
                #expect(geometry["type"] as? String == "MultiPolygon")
                let polygons = try #require(geometry["coordinates"] as? [[[[Double]]]])
                let rings = polygons.flatMap { $0 }
                #expect(!rings.isEmpty && rings.allSatisfy { $0.count >= 4 && $0.first == $0.last })
            }
        }
    }

    @Test("The tables of the page about it are what the data give")
    func page() throws {
        let process = try JilaalProcess.run(
            URL(fileURLWithPath: "/bin/bash"),
            [
                TestPaths.package.appendingPathComponent("scripts/reproduce_car.sh").path,
                "--check", "--published", try Self.delivered.get().folder.path,
                JilaalProcess.executable.path,
            ], seconds: 120)
        #expect(process.exitCode == 0, "\(process.standardOutput)\(process.standardError)")
    }
}
