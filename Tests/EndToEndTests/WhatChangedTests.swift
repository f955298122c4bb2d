import Foundation
import TestSupport
import Testing

/// The program says what changed from night to night, and why.
@Suite struct WhatChangedTests {
    @Test("A first night has no run before; the same night again changes nothing")
    func firstAndAgain() throws {
        let nights = try ChangedNights.small()
        let first = try nights.run()
        #expect(first.changes.isEmpty)
        #expect(first.said.contains("Changes: there is no run before this one"))
        let again = try nights.run(["--force"])
        #expect(again.changes.isEmpty)
        #expect(again.said.contains("Changes: none since 2022-12-10-001"))
        let manifest = try JSONDecoder().decode(
            Manifest.self,
            from: Data(contentsOf: again.folder.appendingPathComponent("manifest.json")))
        #expect(manifest.changes.before?.run == "2022-12-10-001")
        #expect(manifest.changes.total == 0)
        let before = try Data(contentsOf: first.folder.appendingPathComponent("manifest.json"))
        #expect(String(decoding: before, as: UTF8.self).contains(#""before": null"#))
    }

    private struct Manifest: Decodable {
        struct Changes: Decodable {
            var before: Before?
            var total: Int
        }
        struct Before: Decodable { var run: String }
        var changes: Changes
    }

    @Test("A new composite, a revised one, withdrawn incidents and a parameter are told apart")
    func korsavel() throws {
        let nights = try ChangedNights.korsavel()
        let newest = ["ndvi/KRS_NDVI_16day_2022321.tif", "qa/KRS_QA_16day_2022321.tif"]
        let manager = FileManager.default
        let aside = Scratch.file()
        try manager.createDirectory(at: aside, withIntermediateDirectories: true)
        for name in newest {
            try manager.moveItem(
                at: nights.file(name),
                to: aside.appendingPathComponent((name as NSString).lastPathComponent))
        }
        _ = try nights.run(["--as-of", "2022-11-16"])

        // The next composite arrives, and the night moves on with it.
        for name in newest {
            try manager.moveItem(
                at: aside.appendingPathComponent((name as NSString).lastPathComponent),
                to: nights.file(name))
        }
        let next = try nights.run(["--as-of", "2022-12-02"])
        #expect(next.changes("input", "added").map { $0["id_after"] ?? "" } == newest)
        #expect(next.changes("input").count == 2)
        #expect(next.causes == ["new data", "aged out"])
        for change in next.changes("sector", "moved", "vci_class") {
            #expect(change["evidence"]?.contains("composite 2022-11-01 -> 2022-11-17") == true)
        }
        #expect(!next.changes("sector", "changed", "incidents").isEmpty)
        #expect(!next.changes("base", "changed", "within_incidents").isEmpty)

        // The provider replaces that composite by last year's plants.
        try manager.removeItem(at: nights.file(newest[0]))
        try manager.copyItem(
            at: nights.file("ndvi/KRS_NDVI_16day_2021321.tif"), to: nights.file(newest[0]))
        let revised = try nights.run(["--as-of", "2022-12-02"])
        #expect(revised.changes("input", "revised").map { $0["id_after"] ?? "" } == [newest[0]])
        #expect(revised.causes == ["revised data"])
        #expect(!revised.changes("sector", "moved", "vci_class").isEmpty)
        #expect(revised.changes("hotspot").isEmpty)
        #expect(revised.changes("base").isEmpty)

        // The source takes back what it said of one sector.
        try nights.mapLines(of: "acled_like.csv") { $0.contains("Sector S3") ? nil : $0 }
        let withdrawn = try nights.run(["--as-of", "2022-12-02"])
        #expect(withdrawn.causes == ["withdrawn data"])
        let gone = withdrawn.changes("hotspot", "gone")
        #expect(gone.count == 1)
        #expect(gone.first?["name"]?.contains("S3") == true)
        #expect(gone.first?["evidence"]?.hasSuffix("incidents inside") == true)
        let level = withdrawn.changes("sector", "moved", "violence_level")
        #expect(level.contains { $0["id_after"] == "S3" })
        #expect(withdrawn.changes("sector", "moved", "vci_class").isEmpty)

        // Somebody shortens the window.
        try nights.replace("window: 90 days", with: "window: 45 days", in: "pipeline.yaml")
        let shorter = try nights.run(["--as-of", "2022-12-02"])
        #expect(shorter.causes == ["changed parameter"])
        #expect(shorter.changes("parameter").map { $0["id_after"] ?? "" } == ["hotspots.window"])
        #expect(shorter.changes("parameter").first?["after"] == "45 days")
        #expect(shorter.said.contains("hotspots.window"))

        let folders = [withdrawn.folder.path, shorter.folder.path]
        let diff = try JilaalProcess.run(["diff"] + folders)
        #expect(diff.exitCode == 0)
        #expect((1...10).contains(diff.standardOutput.split(separator: "\n").count))
        let json = try JilaalProcess.run(["diff", "--json"] + folders)
        let object = try JSONSerialization.jsonObject(with: Data(json.standardOutput.utf8))
        let total = (object as? [String: Any])?["total"] as? Int
        #expect(total == shorter.changes.count)
        for path in [next.folder, revised.folder, withdrawn.folder, shorter.folder] {
            let text = try String(
                contentsOf: path.appendingPathComponent("changes.csv"), encoding: .utf8)
            #expect(!text.contains("unexplained"))
            #expect(try JilaalProcess.run(["verify", path.path]).exitCode == 0)
        }
    }

    @Test("A hotspot whose incidents age out is gone for that reason")
    func agedOut() throws {
        let nights = try ChangedNights.small()
        // All of them on the first day of the window.
        try nights.mapLines(of: "acled.csv") { line in
            line.replacing(#/,2022-[0-9]{2}-[0-9]{2},/#, with: ",2022-09-12,")
        }
        let first = try nights.run(["--as-of", "2022-12-10"])
        let hotspots = try CSVText(
            Data(contentsOf: first.folder.appendingPathComponent("hotspots/hotspots.csv")))
        try #require(hotspots.rows.count == 1)
        let next = try nights.run(["--as-of", "2022-12-11"])
        #expect(next.changes("hotspot").map { $0["change"] ?? "" } == ["gone"])
        #expect(next.causes == ["aged out"])
        #expect(next.changes("sector", "moved", "violence_level").first?["after"] == "none")
    }

    @Test("The index has one row for each incident used, and neither names nor coordinates")
    func index() throws {
        let run = try SharedRuns.korsavel.get()
        let table = try run.table("incidents/index.csv")
        #expect(table.header == ["event", "content", "last_day", "zone", "hotspot"])
        let sources = try run.table("incidents/sources.csv").rows
        let used = try sources.filter { $0["item"] == "rows" && $0["key"] == "used" }
            .map { try $0.number("count") }.reduce(0, +)
        #expect(table.rows.count == Int(used))
        let events = table.rows.compactMap { $0["event"] }
        #expect(events == events.sorted())
        #expect(Set(events).count == events.count)
        #expect(events.allSatisfy { $0.wholeMatch(of: #/[0-9a-f]{16}/#) != nil })
        for row in try run.table("hotspots/hotspots.csv").rows {
            let inside = table.rows.count { $0["hotspot"] == row["rank"] }
            #expect(row["incidents"] == "\(inside)")
        }
        for row in try run.table("sectors.csv").rows {
            let inside = table.rows.count {
                $0["zone"] == row["sector_id"] && ($0["last_day"] ?? "") >= (row["window_first"] ?? "")
                    && ($0["last_day"] ?? "") <= (row["window_last"] ?? "")
            }
            #expect(row["incidents"] == "\(inside)", "\(row["sector_id"] ?? "")")
        }
    }
}
