import Foundation
import TestSupport
import Testing

/// A working set with one thing wrong, as `Fixtures/bad/cases.json` lists it.
struct BadCase: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var exitCode: Int32
    var mentions: [String]
    var replace: [String: String]
    var remove: [String]
    var arguments: [String]

    var testDescription: String { name }

    static func read() throws -> [BadCase] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            [BadCase].self, from: Data(contentsOf: TestPaths.fixture("bad/cases.json")))
    }

    /// A copy of the working set with this case's fault in it.
    func setUp() throws -> URL {
        let manager = FileManager.default
        let folder = try Scratch.folder().appendingPathComponent("set")
        try manager.copyItem(at: SharedRuns.goodFolder, to: folder)
        for (path, bad) in replace {
            let target = folder.appendingPathComponent(path)
            try manager.removeItem(at: target)
            try manager.copyItem(at: TestPaths.fixture("bad/\(bad)"), to: target)
        }
        for path in remove { try manager.removeItem(at: folder.appendingPathComponent(path)) }
        return folder
    }

    /// What the one message must say: the place first, then what was found,
    /// what was expected and how to mend it.
    static let sayings: [String: [String]] = [
        "missing raster": [
            "error: ndvi/*.tif: ", "found none", "expected at least one", "Check the folder",
        ],
        "truncated TIFF": [
            "error: ndvi/NDVI_2019337.tif: band 1: ", "got 180 bytes, expected 240", "fetch it again",
        ],
        "TIFF cut in its directory": [
            "error: ndvi/NDVI_2019337.tif: ", "Can not read TIFF directory", "fetch it again",
        ],
        "raster of no bytes": ["error: ndvi/NDVI_2019337.tif: ", "0 bytes", "Fetch it again"],
        "HTML saved as .tif": [
            "error: ndvi/NDVI_2019337.tif: ", "web page (HTML)", "not a raster", "fetch the file again",
        ],
        "no CRS": ["error: ndvi/NDVI_2019337.tif: ", "no CRS", "crs: \"EPSG:4326\"", "gdal_edit -a_srs"],
        "mixed grids, shifted": [
            "error: ndvi/NDVI_2019337.tif: ", "found 10 x 12 cells of 0.05 from (-33.975, 11.5)",
            "expected 10 x 12 cells of 0.05 from (-34.0, 11.5)", "gdalwarp",
        ],
        "mixed grids, other size": [
            "error: ndvi/NDVI_2019337.tif: ", "found 9 x 12 cells", "expected 10 x 12 cells", "gdalwarp",
        ],
        "raster that claims 10^12 cells": [
            "error: ndvi/NDVI_2019337.tif: ", "1000000 x 1000000 cells", "bytes long",
            "Check where the file comes from",
        ],
        "CSV with swapped coordinates": [
            "error: acled.csv:2: ", "in 24 of 24 rows", "first (11.05, -33.95)",
            "expected longitude, latitude inside", "Exchange the columns",
        ],
        "CSV with a missing column": [
            "error: acled.csv: ", "\"event_date\"", "found: event_id_cnty", "Rename the columns",
        ],
        "incident file with a header only": [
            "error: acled.csv: ", "a header but no rows", "expected at least one event", "Export",
        ],
        "incident file of no bytes": ["error: acled.csv: ", "0 bytes", "Fetch it again"],
        "unknown YAML key": [
            "error: pipeline.yaml:18:3: ", "unknown key \"minimum_yaers\"",
            "Did you mean \"minimum_years\"?",
        ],
        "repeated YAML key": [
            "error: pipeline.yaml:18:3: ", "\"baseline\" is written twice", "line 17", "Keep one",
        ],
        "no sectors in the pipeline file": [
            "error: pipeline.yaml:1:1: ", "\"sectors\" is missing", "expected", "Add sectors",
        ],
        "unknown unit": [
            "error: pipeline.yaml:23:9: hotspots.cell: ", "unknown unit \"leagues\"", "known: m, km",
            "\"5 km\"",
        ],
        "sectors that overlap": [
            "error: sectors.geojson: ", "\"W\" and \"E\" overlap by", "km2", "Cut one of them",
        ],
        "sectors with a repeated id": [
            "error: sectors.geojson: feature 1: ", "\"W\" is there twice", "Make it unique",
        ],
        "sectors without the id": [
            "error: sectors.geojson: feature 0: ", "no value for \"sector_id\"",
            "found the attributes name", "Write the name of the attribute",
        ],
        "as-of date without data": [
            "error: ndvi/*.tif: ", "the 32 days up to 1999-01-01",
            "found composites from 2014-12-03 to 2022-12-03", "Choose an as-of date with data",
        ],
    ]
}

/// Bad input gives one clear message and the documented exit code, and the
/// last published run stays as it was.
@Suite struct RefusalTests {
    private static let cases: [BadCase] = (try? BadCase.read()) ?? []

    @Test("Every case of bad input is listed and has its words")
    func listed() throws {
        let names = try BadCase.read().map(\.name)
        #expect(names.count == 21)
        #expect(Set(names) == Set(BadCase.sayings.keys))
    }

    @Test("run refuses with one message, and the last published run stays", arguments: cases)
    func run(_ bad: BadCase) throws {
        let good = try SharedRuns.small.get()
        let folder = try bad.setUp()
        let output = folder.appendingPathComponent("published")
        try FileManager.default.copyItem(at: good.root, to: output)
        let before = try Self.snapshot(output)
        let result = try JilaalProcess.run(
            ["run", "pipeline.yaml", "--output", output.path] + bad.arguments, in: folder)
        #expect(result.exitCode == bad.exitCode, "\(result.standardError)")
        try Self.checkMessage(result, bad)
        #expect(try Self.snapshot(output) == before)
        #expect(before["latest"] == "-> runs/2022-12-10-001")
    }

    @Test("validate says what run says, with the same exit code, and writes nothing", arguments: cases)
    func validate(_ bad: BadCase) throws {
        let folder = try bad.setUp()
        let before = try Self.snapshot(folder)
        let result = try JilaalProcess.run(["validate", "pipeline.yaml"] + bad.arguments, in: folder)
        #expect(result.exitCode == bad.exitCode, "\(result.standardError)")
        try Self.checkMessage(result, bad)
        #expect(try Self.snapshot(folder) == before)
    }

    @Test("A run that is refused makes no output folder")
    func noFolder() throws {
        let bad = try #require(try BadCase.read().first { $0.name == "no CRS" })
        let folder = try bad.setUp()
        let result = try JilaalProcess.run(["run", "pipeline.yaml"], in: folder)
        #expect(result.exitCode == bad.exitCode)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }

    @Test("Faults of several inputs are told together")
    func several() throws {
        let cases = try BadCase.read()
        let raster = try #require(cases.first { $0.name == "no CRS" })
        let table = try #require(cases.first { $0.name == "CSV with a missing column" })
        let both = BadCase(
            name: "both", exitCode: 2, mentions: [],
            replace: raster.replace.merging(table.replace) { $1 }, remove: [], arguments: [])
        let folder = try both.setUp()
        for command in ["validate", "run"] {
            let result = try JilaalProcess.run([command, "pipeline.yaml"], in: folder)
            #expect(result.exitCode == 2)
            #expect(result.errors.count == 2)
            #expect(result.errors.contains { $0.contains("NDVI_2019337.tif: the raster has no CRS") })
            #expect(result.errors.contains { $0.contains("\"event_date\"") })
        }
    }

    private static func checkMessage(_ result: JilaalProcess, _ bad: BadCase) throws {
        #expect(result.errors.count == 1, "\(result.standardError)")
        let message = try #require(result.errors.first)
        let sayings = try #require(BadCase.sayings[bad.name])
        #expect(message.hasPrefix(sayings[0]), "\(message)")
        for words in bad.mentions + sayings {
            #expect(message.contains(words), "\(message)")
        }
    }

    /// Every entry of a folder with its bytes, or where it points.
    private static func snapshot(_ folder: URL) throws -> [String: String] {
        let manager = FileManager.default
        var entries: [String: String] = [:]
        for name in try manager.subpathsOfDirectory(atPath: folder.path) {
            let path = folder.appendingPathComponent(name).path
            if let target = try? manager.destinationOfSymbolicLink(atPath: path) {
                entries[name] = "-> " + target
            } else if name.hasSuffix(".lock") {
                entries[name] = "the lock, with the number of its last process"
            } else if name.hasPrefix("state.sqlite") {
                entries[name] = "the state, which remembers refused runs too"
            } else {
                entries[name] = manager.contents(atPath: path)?.base64EncodedString() ?? "folder"
            }
        }
        return entries
    }
}
