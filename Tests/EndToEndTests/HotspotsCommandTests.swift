import Foundation
import TestSupport
import Testing

/// `jilaal hotspots`: flags in place of a pipeline file.
@Suite struct HotspotsCommandTests {
    private static let events = TestPaths.package
        .appendingPathComponent("sample-data/acled_like.csv").path

    private func run(_ arguments: [String]) throws -> JilaalProcess {
        try JilaalProcess.run(["hotspots", Self.events] + arguments)
    }

    @Test("A table of events is enough; the same again publishes nothing")
    func publishes() throws {
        let root = try Scratch.folder().appendingPathComponent("out").path
        let arguments = ["--as-of", "2022-12-02", "--output", root]
        let process = try run(arguments)
        #expect(process.exitCode == 0, "\(process.standardError)")
        // One screen.
        #expect(process.standardOutput.split(separator: "\n").count <= 24)
        #expect(process.standardOutput.contains("Hotspot 1: "))
        let latest = URL(fileURLWithPath: root).appendingPathComponent("latest")
        for name in [
            "hotspots/hotspots.geojson", "hotspots/hotspots.csv", "hotspots/density.tif",
            "hotspots/gistar_bin.tif", "hotspots/gistar_bin.png", "map.png", "sectors.csv",
        ] {
            #expect(FileManager.default.fileExists(atPath: latest.appendingPathComponent(name).path))
        }
        let sectors = try String(
            contentsOf: latest.appendingPathComponent("sectors.csv"), encoding: .utf8)
        #expect(sectors.contains("Rectangle around the events"))
        #expect(try JilaalProcess.run(["verify", root]).exitCode == 0)
        let again = try run(arguments)
        #expect(again.exitCode == 0)
        #expect(again.standardOutput.hasPrefix("Nothing to do"))
    }

    @Test("The flags are a pipeline file that gives the same run")
    func printsPipeline() throws {
        let folder = try Scratch.folder()
        let flags = ["--as-of", "2022-12-02", "--window", "60 days", "--radius", "20 km"]
        let printed = try run(flags + ["--with", "robustness", "--print-pipeline"])
        #expect(printed.exitCode == 0)
        let file = folder.appendingPathComponent("pipeline.yaml")
        try Data(printed.standardOutput.utf8).write(to: file)
        let direct = try run(
            flags + ["--with", "robustness", "--output", folder.appendingPathComponent("a").path])
        let indirect = try JilaalProcess.run([
            "run", file.path, "--as-of", "2022-12-02", "--output",
            folder.appendingPathComponent("b").path,
        ])
        #expect(direct.exitCode == 0, "\(direct.standardError)")
        #expect(indirect.exitCode == 0, "\(indirect.standardError)")
        func bytes(_ run: String, _ name: String) throws -> Data {
            try Data(contentsOf: folder.appendingPathComponent("\(run)/latest/hotspots/\(name)"))
        }
        for name in ["hotspots.csv", "gistar_bin.tif", "hot_probability.tif"] {
            #expect(try bytes("a", name) == bytes("b", name), "\(name)")
        }
    }

    @Test("A hotspot explains itself: its events, its score, and what would change its class")
    func explains() throws {
        let process = try run(["--as-of", "2022-12-02", "--explain", "1"])
        #expect(process.exitCode == 0, "\(process.standardError)")
        let text = process.standardOutput
        for part in [
            "Hotspot 1 of ", "Window: 2022-09-04 to 2022-12-02, 90 days", "SCORE", "  z = (",
            "NEIGHBOURS: ", "EVENTS that count there: ", "WHAT WOULD CHANGE THE CLASS",
            "  window of 180 days ",
        ] { #expect(text.contains(part), "\(part)") }
        let ranked = try run(["--as-of", "2022-12-02", "--explain", "hotspot-1", "--json"])
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(ranked.standardOutput.utf8)) as? [String: Any])
        let events = try #require(json["events"] as? [[String: Any]])
        let neighbours = try #require(json["neighbours"] as? [[String: Any]])
        func sum(_ rows: [[String: Any]]) -> Double {
            rows.compactMap { $0["mass"] as? Double }.reduce(0, +)
        }
        // The events are what the neighbours hold: masses are kept to 2^-20.
        #expect(events.count > 3)
        #expect(abs(sum(events) - sum(neighbours)) < 1e-3)
        // Without the named number of events the class falls, so some alternative says so.
        let alternatives = try #require(json["alternatives"] as? [[String: String]])
        #expect(alternatives.contains { $0["choice"]?.hasPrefix("without ") == true })
    }

    @Test("A place outside hotspots is explained by what would make it one")
    func explainsPlace() throws {
        // In the planted country, away from its hotspots.
        let process = try run(["--as-of", "2022-12-02", "--explain", "-33.0,12.0"])
        #expect(process.exitCode == 0, "\(process.standardError)")
        #expect(process.standardOutput.contains("This cell is in no hotspot"))
        #expect(process.standardOutput.contains("  with "))
        let sea = try run(["--as-of", "2022-12-02", "--explain", "60.0,-12.0"])
        #expect(sea.exitCode != 0)
        #expect(sea.standardError.contains("lies outside the cells that are compared"))
    }

    @Test("Events far from all others do not stretch the area around them")
    func misplaced() throws {
        // The table has rows with longitude and latitude exchanged.
        let root = try Scratch.folder().appendingPathComponent("out")
        let process = try run(["--as-of", "2022-12-02", "--output", root.path])
        #expect(process.exitCode == 0, "\(process.standardError)")
        let rejects = try String(
            contentsOf: root.appendingPathComponent("latest/incidents/rejects.csv"), encoding: .utf8)
        #expect(rejects.contains("swapped"))
    }

    @Test("What cannot be meant is refused, by its flag")
    func refusals() throws {
        let unknown = try run(["--explain", "first"])
        #expect(unknown.exitCode == 64)
        #expect(unknown.standardError.contains("--explain is \"first\""))
        let missing = try run(["--as-of", "2022-12-02", "--explain", "99"])
        #expect(missing.exitCode != 0)
        #expect(missing.standardError.contains("there is no hotspot 99"))
        let radius = try run(["--radius", "15", "--output", "out"])
        #expect(radius.exitCode == 65)
        #expect(radius.standardError.contains("The flag is --radius"))
        let section = try run(["--with", "cubes", "--output", "out"])
        #expect(section.exitCode == 64)
        let nowhere = try run([])
        #expect(nowhere.exitCode == 64)
        #expect(nowhere.standardError.contains("give --output DIR"))
    }

    @Test("A table of one's own needs its columns; one of no known layout is refused with them")
    func ownTable() throws {
        let folder = try Scratch.folder()
        let file = folder.appendingPathComponent("reports.csv")
        var rows = ["day,x,y"]
        for index in 0..<60 {
            let at = index < 30 ? 0.01 * Double(index % 3) : Double(index % 10) / 5
            rows.append("2024-03-\(10 + index % 20),\(40 + at),\(3 + at / 2)")
        }
        try Data(rows.joined(separator: "\n").utf8).write(to: file)
        let refused = try JilaalProcess.run(["hotspots", file.path, "--output", folder.path + "/o"])
        #expect(refused.exitCode != 0)
        #expect(refused.standardError.contains("no known layout (found the columns day, x, y"))
        let taken = try JilaalProcess.run([
            "hotspots", file.path, "--columns", "date=day,longitude=x,latitude=y", "--output",
            folder.path + "/o",
        ])
        #expect(taken.exitCode == 0, "\(taken.standardError)")
        #expect(taken.standardOutput.contains("Hotspot 1: "))
    }

    @Test(
        "Few, no, or oddly placed events have a defined result or a clear refusal",
        arguments: [
            ("none", [], 2...2, "the table has a header but no rows"),
            ("one", [(40.0, 3.0)], 0...0, ""),
            ("all at one place", Array(repeating: (40.0, 3.0), count: 30), 0...0, ""),
            ("both sides of 180 degrees", [(179.9, 3.0), (-179.9, 3.0)], 2...2, "180 degrees east"),
            ("far north", [(20.0, 84.0), (21.0, 84.1), (20.1, 84.0)], 0...0, ""),
        ])
    func degenerate(
        name: String, places: [(Double, Double)], exits: ClosedRange<Int32>, message: String
    ) throws {
        let folder = try Scratch.folder()
        let file = folder.appendingPathComponent("events.csv")
        let rows = places.map { "2024-03-10,\($0.0),\($0.1)" }
        try Data((["day,x,y"] + rows).joined(separator: "\n").utf8).write(to: file)
        let process = try JilaalProcess.run([
            "hotspots", file.path, "--columns", "date=day,longitude=x,latitude=y", "--as-of",
            "2024-03-12", "--output", folder.path + "/o",
        ])
        let code = process.exitCode ?? -1
        #expect(exits.contains(code), "\(name): \(code) \(process.standardError)")
        #expect(
            message.isEmpty || process.standardError.contains(message), "\(process.standardError)")
        if process.exitCode != 0 {
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/o/latest"))
        }
    }
}
