import Foundation
import TestSupport
import Testing

/// `jilaal drought`: flags in place of a pipeline file.
@Suite struct DroughtCommandTests {
    private static let flags = [
        SharedRuns.goodFolder.appendingPathComponent("ndvi").path, "--product", "custom",
        "--periods", "16-day", "--dates", "NDVI_{yyyy}{doy}.tif", "--scale", "0.0001", "--fill",
        "-3000", "--baseline", "2014-2021",
    ]

    private func run(_ arguments: [String]) throws -> JilaalProcess {
        try JilaalProcess.run(["drought"] + Self.flags + arguments)
    }

    @Test("A folder of rasters is enough; the same again publishes nothing")
    func publishes() throws {
        let root = try Scratch.folder().appendingPathComponent("out").path
        let indicators = ["--indicators", "percentile,vci1m,combined", "--output", root]
        let process = try run(indicators)
        #expect(process.exitCode == 0, "\(process.standardError)")
        let latest = URL(fileURLWithPath: root).appendingPathComponent("latest")
        for name in [
            "indicators/percentile.tif", "indicators/reasons.tif", "indicators/zones.csv",
            "indicators/classes.csv", "indicators/series.csv", "indicators/series/all.svg",
            "drought/vci.tif",
        ] {
            #expect(FileManager.default.fileExists(atPath: latest.appendingPathComponent(name).path))
        }
        let zones = try String(
            contentsOf: latest.appendingPathComponent("indicators/zones.csv"), encoding: .utf8)
        #expect(zones.contains("sector,all,Area of the rasters,percentile,mean,"))
        #expect(zones.contains("sector,all,Area of the rasters,percentile,median,"))
        let series = try String(
            contentsOf: latest.appendingPathComponent("indicators/series.csv"), encoding: .utf8)
        for name in ["ndvi", "vci", "vci1m", "percentile"] {
            #expect(series.contains("sector,all,Area of the rasters,\(name),"), "\(name)")
        }
        #expect(try JilaalProcess.run(["verify", root]).exitCode == 0)
        let again = try run(indicators)
        #expect(again.exitCode == 0)
        #expect(again.standardOutput.hasPrefix("Nothing to do"))
    }

    @Test("Other file names, in another order of dates, publish the same bytes")
    func fileOrder() throws {
        let folder = try Scratch.folder()
        let renamed = folder.appendingPathComponent("ndvi")
        let files = FileManager.default
        try files.createDirectory(at: renamed, withIntermediateDirectories: true)
        let source = SharedRuns.goodFolder.appendingPathComponent("ndvi")
        // NDVI_2014001.tif becomes 001of2014.tif: by day of the year, then year.
        for name in try files.contentsOfDirectory(atPath: source.path) where name.hasSuffix(".tif") {
            let digits = name.filter(\.isNumber)
            try files.copyItem(
                at: source.appendingPathComponent(name),
                to: renamed.appendingPathComponent("\(digits.suffix(3))of\(digits.prefix(4)).tif"))
        }
        let indicators = ["--indicators", "percentile,vci1m,combined"]
        var published: [[String: Data]] = []
        for (rasters, dates) in [(source, "NDVI_{yyyy}{doy}.tif"), (renamed, "{doy}of{yyyy}.tif")] {
            // The title of the rasters names the path as it is written.
            var flags = Self.flags
            flags[0] = "ndvi"
            flags[6] = dates
            let root = folder.appendingPathComponent("out-\(published.count)")
            let process = try JilaalProcess.run(
                ["drought"] + flags + indicators + ["--output", root.path],
                in: rasters.deletingLastPathComponent())
            #expect(process.exitCode == 0, "\(process.standardError)")
            var bytes: [String: Data] = [:]
            for part in ["indicators", "drought"] {
                let place = root.appendingPathComponent("latest").appendingPathComponent(part)
                for name in try files.contentsOfDirectory(atPath: place.path)
                where ["tif", "csv", "png", "svg"].contains((name as NSString).pathExtension) {
                    bytes["\(part)/\(name)"] = try Data(
                        contentsOf: place.appendingPathComponent(name))
                }
            }
            published.append(bytes)
        }
        #expect(published[0].keys.contains("indicators/percentile.tif"))
        #expect(published[0].keys.contains("indicators/zones.csv"))
        #expect(published[0].keys == published[1].keys)
        for (name, bytes) in published[0] { #expect(published[1][name] == bytes, "\(name)") }
    }

    @Test("The pipeline that is printed gives the same run")
    func printed() throws {
        let folder = try Scratch.folder()
        let printed = try run(["--indicators", "vci,percentile", "--smooth", "--print-pipeline"])
        #expect(printed.exitCode == 0)
        let file = folder.appendingPathComponent("p.yaml")
        try Data(printed.standardOutput.utf8).write(to: file)
        let checked = try JilaalProcess.run(["validate", file.path])
        #expect(checked.exitCode == 0, "\(checked.standardError)")
    }

    @Test("One cell is explained with its formula; JSON has the same number")
    func explains() throws {
        let text = try run(["--explain", "3,4", "--pixel"])
        #expect(text.exitCode == 0, "\(text.standardError)")
        let line = try #require(
            text.standardOutput.split(separator: "\n").first { $0.hasPrefix("  vci = ") })
        #expect(text.standardOutput.contains("100 (value - min) / (max - min) = 100 ("))
        let json = try run(["--explain", "3,4", "--pixel", "--json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.standardOutput.utf8))
                as? [String: Any])
        let indicators = try #require(object["indicators"] as? [[String: Any]])
        let vci = try #require(
            indicators.first { $0["name"] as? String == "vci" }?["value"] as? Double)
        let shown = try #require(Double(line.split(separator: " ")[2]))
        #expect(abs(vci - shown) < 1e-4)
    }

    @Test(
        "Wrong flags end with the code of their kind and one message",
        arguments: [
            (["--explain", "500,4", "--pixel"], Int32(2), "lies outside the rasters"),
            (["--indicators", "vhi", "--output", "out"], 65, "the key \"lst\" is"),
            (["--indicators", "vcj", "--output", "out"], 65, "Did you mean"),
            (["--indicators", "vci"], 64, "give --output DIR"),
            (["--pixel"], 64, "give --explain X,Y"),
        ])
    func refuses(_ arguments: [String], _ code: Int32, _ words: String) throws {
        let process = try run(arguments)
        #expect(process.exitCode == code)
        #expect(process.standardError.contains(words), "\(process.standardError)")
    }
}
