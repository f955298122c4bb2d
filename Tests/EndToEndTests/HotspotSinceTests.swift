import Foundation
import TestSupport
import Testing

/// `jilaal hotspots --explain ID --since DATE`: what changed around a cell.
@Suite struct HotspotSinceTests {
    private static let sectors = """
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "S"},
        "geometry": {"type": "Polygon",
        "coordinates": [[[40, 0], [41, 0], [41, 1], [40, 1], [40, 0]]]}}]}
        """
    private static let pipeline = """
        version: 1
        name: Two nights
        sectors: { file: sectors.geojson, id: id }
        incidents:
          sources:
            - source: mapped
              file: reports.csv
              columns: { key: id, date: day, longitude: x, latitude: y, deaths: killed }
        hotspots: { cell: 5 km, window: 30 days }
        """

    /// Ten events at one place in a fortnight up to 2024-03-20.
    private static let first = (1...10).map { "E\($0),2024-03-\(10 + $0),40.5,0.5,1" }

    private func write(_ rows: [String], to folder: URL) throws {
        try Data((["id,day,x,y,killed"] + rows).joined(separator: "\n").utf8)
            .write(to: folder.appendingPathComponent("reports.csv"))
    }

    @Test("Events are told as new, revised, withdrawn, aged out or come in, by what was known then")
    func causes() throws {
        let folder = try Scratch.folder()
        try Data(Self.sectors.utf8).write(to: folder.appendingPathComponent("sectors.geojson"))
        try Data(Self.pipeline.utf8).write(to: folder.appendingPathComponent("pipeline.yaml"))
        let file = folder.appendingPathComponent("pipeline.yaml").path
        let out = folder.appendingPathComponent("out").path
        func run(_ asOf: String) throws -> JilaalProcess {
            try JilaalProcess.run(
                ["run", file, "--as-of", asOf, "--output", out],
                environment: ["JILAAL_NOW": "\(asOf)T20:00:00Z"])
        }
        // E0 lies just inside the first window and outside the second.
        try write(["E0,2024-02-21,40.5,0.5,1"] + Self.first, to: folder)
        let before = try run("2024-03-20")
        #expect(before.exitCode == 0, "\(before.standardError)")
        // E1 goes, E2 gets another number of deaths, E11 is new; lines move.
        var rows = ["E11,2024-03-24,40.5,0.5,1", "E0,2024-02-21,40.5,0.5,1"] + Self.first
        rows.removeAll { $0.hasPrefix("E1,") }
        rows = rows.map { $0.hasPrefix("E2,") ? "E2,2024-03-12,40.5,0.5,7" : $0 }
        try write(rows, to: folder)
        let after = try run("2024-03-25")
        #expect(after.exitCode == 0, "\(after.standardError)")
        let explained = try JilaalProcess.run([
            "hotspots", file, "--explain", "1", "--as-of", "2024-03-25", "--since", "2024-03-20",
            "--output", out, "--json",
        ])
        #expect(explained.exitCode == 0, "\(explained.standardError)")
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(explained.standardOutput.utf8))
                as? [String: Any])
        let since = try #require(json["since"] as? [String: Any])
        #expect(since["mass"] as? Double == 11)
        let changes = try #require(since["changes"] as? [[String: Any]])
        let told = Dictionary(
            uniqueKeysWithValues: changes.compactMap { change -> (String, String)? in
                guard let event = change["event"] as? [String: Any],
                    let key = event["key"] as? String, let what = change["what"] as? String
                else { return nil }
                return (key, what)
            })
        #expect(
            told == ["E0": "aged out", "E1": "withdrawn", "E2": "revised", "E11": "new"], "\(told)")
    }

    @Test("Without runs that knew the day, or without their folder, it is refused")
    func refusals() throws {
        let folder = try Scratch.folder()
        try Data(Self.sectors.utf8).write(to: folder.appendingPathComponent("sectors.geojson"))
        try Data(Self.pipeline.utf8).write(to: folder.appendingPathComponent("pipeline.yaml"))
        try write(Self.first, to: folder)
        let file = folder.appendingPathComponent("pipeline.yaml").path
        let question = ["hotspots", file, "--explain", "1", "--since", "2024-03-01"]
        let nowhere = try JilaalProcess.run(question)
        #expect(nowhere.exitCode == 64)
        #expect(nowhere.standardError.contains("--output of earlier runs"))
        let unknown = try JilaalProcess.run(
            question + ["--output", folder.appendingPathComponent("none").path])
        #expect(unknown.exitCode != 0)
        #expect(unknown.standardError.contains("was not kept"))
    }
}
