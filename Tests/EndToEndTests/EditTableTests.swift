import Foundation
import Glibc
import TestSupport
import Testing

/// An edit makes exactly the stages run again that depend on it.
@Suite struct EditTableTests {
    /// The small working set with one published run.
    private static let start = Result { () -> ChangedNights in
        let nights = try ChangedNights.small()
        _ = try nights.run()
        return nights
    }

    /// The same with what becomes of violence in time.
    private static let patternedStart = Result { () -> ChangedNights in
        let nights = try ChangedNights.patterned()
        _ = try nights.run()
        return nights
    }

    struct Edit: Sendable, CustomTestStringConvertible {
        var name: String
        /// Stages that run again.
        var stages: [String]
        /// Whether a run is published.
        var publishes = true
        /// Whether the inputs are found in another folder than before.
        var moves = false
        /// Whether the night has the stages of patterns in time.
        var hasPatterns = false
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var make: @Sendable (ChangedNights) throws -> Void = { _ in }

        var testDescription: String { name }
    }

    static let nothing: [String] = []

    static let edits: [Edit] = [
        Edit(name: "every file touched", stages: nothing, publishes: false) { nights in
            for path in try FileManager.default.subpathsOfDirectory(atPath: nights.inputs.path) {
                utimes(nights.file(path).path, nil)
            }
        },
        Edit(name: "a used raster, one byte more", stages: ["inputs", "drought", "sectors", "map"]) {
            try append([0], to: $0.file("ndvi/NDVI_2018337.tif"))
        },
        Edit(name: "a raster before the baseline", stages: ["inputs"]) { nights in
            try FileManager.default.copyItem(
                at: nights.file("ndvi/NDVI_2014337.tif"), to: nights.file("ndvi/NDVI_2013337.tif"))
        },
        Edit(name: "a side file that is not read", stages: nothing, publishes: false) {
            try Data("<PAMDataset/>".utf8)
                .write(to: $0.file("ndvi/NDVI_2018337.tif.aux.xml"))
        },
        Edit(name: "every file dated into the future", stages: nothing, publishes: false) { nights in
            let later = Date(timeIntervalSinceNow: 400 * 86_400)
            for path in try FileManager.default.subpathsOfDirectory(atPath: nights.inputs.path) {
                try FileManager.default.setAttributes(
                    [.modificationDate: later], ofItemAtPath: nights.file(path).path)
            }
        },
        Edit(name: "the folder of the inputs renamed", stages: nothing, publishes: false, moves: true),
        Edit(name: "a used raster renamed", stages: ["inputs"]) { nights in
            try FileManager.default.moveItem(
                at: nights.file("ndvi/NDVI_2018337.tif"),
                to: nights.file("ndvi/again_NDVI_2018337.tif"))
            try nights.replace(
                "dates: \"NDVI_", with: "dates: \"*NDVI_", in: "pipeline.yaml")
        },
        // Its name is written in the pipeline file: a parameter.
        Edit(
            name: "a table of incidents renamed",
            stages: ["inputs", "incidents", "hotspots", "sectors", "map"]
        ) { nights in
            try FileManager.default.moveItem(
                at: nights.file("acled.csv"), to: nights.file("events.csv"))
            try nights.replace("file: acled.csv", with: "file: events.csv", in: "pipeline.yaml")
        },
        Edit(
            name: "the name of a sector",
            stages: ["inputs", "drought", "incidents", "hotspots", "sectors", "map"]
        ) { nights in
            let text = try String(contentsOf: nights.file("sectors.geojson"), encoding: .utf8)
            try (text + "\n").write(
                to: nights.file("sectors.geojson"), atomically: false, encoding: .utf8)
        },
        Edit(
            name: "an incident less", stages: ["inputs", "incidents", "hotspots", "sectors", "map"]
        ) { nights in
            let text = try String(contentsOf: nights.file("acled.csv"), encoding: .utf8)
            let lines = text.split(separator: "\n").map(String.init).dropLast()
            try (lines.joined(separator: "\n") + "\n").write(
                to: nights.file("acled.csv"), atomically: false, encoding: .utf8)
        },
        Edit(name: "drought.minimum_years", stages: ["inputs", "drought", "sectors", "map"]) {
            try $0.replace(
                "baseline: 2014-2021", with: "baseline: 2014-2021\n  minimum_years: 4",
                in: "pipeline.yaml")
        },
        Edit(name: "hotspots.cell", stages: ["inputs", "hotspots", "sectors", "map"]) {
            try $0.replace("cell: 5 km", with: "cell: 6 km", in: "pipeline.yaml")
        },
        Edit(name: "the name", stages: ["inputs", "drought", "hotspots", "sectors", "map"]) {
            try $0.replace("Small working set", with: "Another name", in: "pipeline.yaml")
        },
        // The manifest holds the bytes of the pipeline file.
        Edit(name: "keys reordered, a comment, a default written out", stages: nothing) {
            try $0.replace("synthetic: true\nas_of: \"2022-12-10\"\n", with: "", in: "pipeline.yaml")
            try $0.replace(
                "hotspots:\n", with: "# A remark.\nas_of: \"2022-12-10\"\nsynthetic: true\nhotspots:\n"
                    + "  weight: events\n", in: "pipeline.yaml")
        },
        Edit(
            name: "another night",
            stages: ["inputs", "drought", "incidents", "hotspots", "sectors", "map"],
            arguments: ["--as-of", "2022-12-11"]),
        Edit(
            name: "threads, time zone and locale", stages: nothing, publishes: false,
            arguments: ["--threads", "1"],
            environment: ["TZ": "Pacific/Apia", "LC_ALL": "ar_SA.UTF-8", "HOME": "/nonexistent"]),
        Edit(
            name: "asked for", stages: ["inputs", "drought", "incidents", "hotspots", "sectors", "map"],
            arguments: ["--force"]),
    ]

    /// Of the night with patterns.
    static let patternEdits: [Edit] = [
        ("hotspots.robustness", "draws: 20", "draws: 21", ["inputs", "hotspots", "sectors", "map"]),
        ("hotspots.cube", "steps: 6", "steps: 5", ["inputs", "cube"]),
        ("hotspots.scan", "91 days, replicates: 19", "91 days, replicates: 20", ["inputs", "clusters"]),
        ("hotspots.near_repeat", "[7, 14]", "[7, 21]", ["inputs", "clusters"]),
        ("hotspots.relation", "lags: 1", "lags: 2", ["inputs", "relation"]),
        // What a hot cell is.
        (
            "hotspots.cell with patterns", "cell: 5 km", "cell: 6 km",
            ["inputs", "hotspots", "cube", "relation", "sectors", "map"]
        ),
        (
            "drought.minimum_years with patterns", "baseline: 2014-2021",
            "baseline: 2014-2021\n  minimum_years: 4",
            ["inputs", "drought", "relation", "sectors", "map"]
        ),
        (
            "incidents.precision with patterns", "preset: political-violence",
            "preset: political-violence\n  precision: keep",
            [
                "inputs", "incidents", "hotspots", "cube", "clusters", "relation", "sectors", "map",
            ]
        ),
    ].map { name, old, new, stages in
        Edit(name: name, stages: stages, hasPatterns: true) {
            try $0.replace(old, with: new, in: "pipeline.yaml")
        }
    }

    private static func append(_ bytes: [UInt8], to url: URL) throws {
        try (try Data(contentsOf: url) + Data(bytes)).write(to: url)
    }

    @Test("Exactly the dependent stages run again", arguments: edits + patternEdits)
    func edit(_ edit: Edit) throws {
        let start = try (edit.hasPatterns ? Self.patternedStart : Self.start).get()
        var nights = try start.copy()
        try edit.make(nights)
        if edit.moves { nights = try nights.moved() }
        let before = try runs(nights)
        let process = try JilaalProcess.run(
            ["run", nights.file("pipeline.yaml").path, "--output", nights.output.path]
                + edit.arguments, environment: edit.environment)
        #expect(process.exitCode == 0, "\(process.standardError)")
        let computed = process.standardError.split(separator: "\n").compactMap { line in
            line.contains(": computed (") ? line.split(separator: ":").first.map(String.init) : nil
        }
        #expect(computed == edit.stages)
        #expect(try runs(nights) == before + (edit.publishes ? 1 : 0))
        #expect(process.standardOutput.hasPrefix("Nothing to do: run ") == !edit.publishes)
    }

    @Test("plan says the same as run does, and writes nothing")
    func plan() throws {
        let nights = try Self.start.get().copy()
        try nights.replace("cell: 5 km", with: "cell: 7 km", in: "pipeline.yaml")
        let names = try FileManager.default.subpathsOfDirectory(atPath: nights.output.path).sorted()
        let plan = try JilaalProcess.run([
            "plan", nights.file("pipeline.yaml").path, "--output", nights.output.path,
        ])
        #expect(plan.exitCode == 0)
        let lines = plan.standardOutput.split(separator: "\n").map(String.init)
        #expect(lines.contains("drought: reuse"))
        #expect(lines.contains { $0.hasPrefix("hotspots: compute (hotspots.cell: \"5 km\" -> \"7 km\")") })
        #expect(lines.contains { $0.hasPrefix("map: compute (") && $0.contains("hotspots changed") })
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: nights.output.path).sorted() == names)
    }

    @Test("A side file that is read counts like its file")
    func sidecar() throws {
        let nights = try Self.start.get().copy()
        let shapes = Process()
        shapes.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        shapes.arguments = [
            "ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8",
            nights.file("sectors.shp").path, nights.file("sectors.geojson").path,
        ]
        try shapes.run()
        shapes.waitUntilExit()
        try #require(shapes.terminationStatus == 0)
        try nights.replace("file: sectors.geojson", with: "file: sectors.shp", in: "pipeline.yaml")
        _ = try nights.run()
        let command = [
            "plan", nights.file("pipeline.yaml").path, "--output", nights.output.path,
        ]
        let before = try JilaalProcess.run(command).standardOutput
        #expect(before.contains("Nothing to do") && !before.contains("compute"))
        // The end mark of a table, which may follow its last row.
        try Self.append([0x1A], to: nights.file("sectors.dbf"))
        let after = try JilaalProcess.run(command).standardOutput.split(separator: "\n")
        for stage in ["inputs", "drought", "incidents", "hotspots", "sectors", "map"] {
            #expect(after.contains { $0.hasPrefix("\(stage): compute (") && $0.contains("sectors.dbf") }, "\(after)")
        }
    }

    private func runs(_ nights: ChangedNights) throws -> Int {
        try FileManager.default.contentsOfDirectory(
            atPath: nights.output.appendingPathComponent("runs").path
        ).count
    }
}
