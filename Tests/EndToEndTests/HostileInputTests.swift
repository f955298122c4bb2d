import Foundation
import Glibc
import TestSupport
import Testing

/// Names in data, odd files and links can neither lead outputs astray nor
/// reach the screen or a spreadsheet as anything but text.
@Suite struct HostileInputTests {
    /// Sectors side by side with the given identifiers, which are names too.
    private static func sectors(_ names: [String]) throws -> Data {
        let width = 0.6 / Double(names.count)
        let features: [[String: Any]] = names.enumerated().map { index, name in
            let west = -34 + Double(index) * width
            let ring = [
                [west, 11], [west + width, 11], [west + width, 11.5], [west, 11.5], [west, 11],
            ]
            return [
                "type": "Feature", "properties": ["sector_id": name, "name": name],
                "geometry": ["type": "Polygon", "coordinates": [ring]],
            ]
        }
        return try JSONSerialization.data(
            withJSONObject: ["type": "FeatureCollection", "features": features])
    }

    static let names = [
        "../../../../tmp/up", "/etc/passwd", "a\nb", String(repeating: "x", count: 300), "CASE", "case",
        "=1+1", " @SUM(A1)", "<script>alert(1)</script>", "\u{1B}[31mred\u{1B}]0;title\u{07}",
        "\u{202E}txt.exe", "a\";DROP TABLE--",
    ]

    @Test("Names from data become neither paths nor commands")
    func hostileNames() throws {
        let nights = try ChangedNights.small()
        try Self.sectors(Self.names).write(to: nights.file("sectors.geojson"))
        let process = try JilaalProcess.run(
            ["run", "pipeline.yaml", "--output", nights.output.path], in: nights.inputs)
        try #require(process.exitCode == 0, "\(process.standardError)")
        for text in [process.standardOutput, process.standardError] {
            let controls = text.unicodeScalars.filter {
                ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7F || $0 == "\u{202E}"
            }
            #expect(controls.isEmpty, "\(text.debugDescription)")
        }
        let entries = try FileManager.default.contentsOfDirectory(atPath: nights.output.path)
        #expect(entries.sorted() == [".lock", "cache", "latest", "runs", "state.sqlite"])
        let run = try PublishedRun(published: nights.output)
        for file in try run.files() {
            #expect(file.wholeMatch(of: #/[A-Za-z0-9_.\/-]+/#) != nil, "\(file)")
            #expect(!file.contains("..") && file.utf8.count < 200, "\(file)")
        }
        let table = try CSVText(
            try Data(contentsOf: run.folder.appendingPathComponent("sectors.csv")))
        let written = Set(table.rows.compactMap { $0["sector_id"] })
        #expect(written.contains("'=1+1") && written.contains("' @SUM(A1)"))
        #expect(!written.contains("=1+1") && !written.contains(" @SUM(A1)"))
        #expect(written.count == Self.names.count)
    }

    @Test("A name with a NUL byte, which no file can hold, does not stop a night")
    func nul() throws {
        let nights = try ChangedNights.small()
        try Self.sectors(["A\u{0}B", "C"]).write(to: nights.file("sectors.geojson"))
        let process = try JilaalProcess.run(
            ["validate", "pipeline.yaml"], in: nights.inputs)
        #expect(process.exitCode == 0 || process.errors.count == 1)
        #expect(!process.standardError.contains("\u{0}"))
    }

    @Test(
        "Pipes, devices and folders are not read as inputs, and not waited for",
        arguments: [
            ("sectors.geojson", "pipe"), ("acled.csv", "pipe"), ("ndvi/NDVI_2018337.tif", "pipe"),
            ("pipeline.yaml", "pipe"), ("sectors.geojson", "/dev/zero"), ("acled.csv", "/dev/zero"),
            ("ndvi/NDVI_2018337.tif", "/dev/stdin"), ("pipeline.yaml", "/dev/zero"),
            ("acled.csv", "folder"),
        ])
    func odd(name: String, kind: String) throws {
        let nights = try ChangedNights.small()
        let path = nights.file(name).path
        try FileManager.default.removeItem(atPath: path)
        switch kind {
        case "pipe": try #require(mkfifo(path, 0o600) == 0)
        case "folder": try #require(mkdir(path, 0o700) == 0)
        default: try #require(symlink(kind, path) == 0)
        }
        let process = try JilaalProcess.run(
            ["validate", "pipeline.yaml"], in: nights.inputs, seconds: 30)
        #expect(process.exitCode == 66, "\(process.standardError)")
        #expect(process.errors.count == 1, "\(process.standardError)")
    }

    @Test(
        "What was put in the place of a folder of outputs is not written through",
        arguments: ["runs", "cache", "cache/stages", "cache/series", "cache/tiles", "latest", ".lock"])
    func links(name: String) throws {
        let nights = try ChangedNights.small()
        let elsewhere = try Scratch.folder()
        let target = elsewhere.appendingPathComponent("target")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
        if name.contains("/") {
            try FileManager.default.createDirectory(
                at: nights.output.appendingPathComponent("cache"),
                withIntermediateDirectories: false)
        }
        let link = nights.output.appendingPathComponent(name).path
        // The lock is a file.
        let goal = name == ".lock" ? elsewhere.appendingPathComponent("new").path : target.path
        try #require(symlink(goal, link) == 0)
        let process = try JilaalProcess.run(
            ["run", "pipeline.yaml", "--output", nights.output.path], in: nights.inputs)
        let left = try FileManager.default.subpathsOfDirectory(atPath: elsewhere.path)
        #expect(left == ["target"], "\(process.exitCode ?? -1) \(process.standardError)")
        // `latest` is a link, and is swapped, not followed.
        #expect((process.exitCode == 0) == (name == "latest"), "\(process.standardError)")
        #expect(process.errors.count == (name == "latest" ? 0 : 1), "\(process.standardError)")
    }
}
