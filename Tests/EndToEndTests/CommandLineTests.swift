import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct CommandLineTests {
    @Test("The help of every command has an example", arguments: ["", "run", "diff", "verify", "prune", "validate", "inspect", "schema"])
    func help(_ command: String) throws {
        let result = try JilaalProcess.run((command.isEmpty ? [] : [command]) + ["--help"])
        #expect(result.exitCode == 0)
        #expect(result.standardOutput.contains("EXAMPLE"))
        #expect(result.standardOutput.contains("\n  jilaal \(command)"))
        #expect(result.standardError == "")
    }

    @Test("--version names the versions of GDAL, PROJ and GEOS")
    func version() throws {
        let lines = try JilaalProcess.run(["--version"]).standardOutput.split(separator: "\n")
        #expect(lines.count == 4)
        for (line, name) in zip(lines, ["Jilaal", "GDAL", "PROJ", "GEOS"]) {
            #expect(line.wholeMatch(of: #/[A-Za-z]+ [0-9]+\.[0-9]+\.[0-9]+/#) != nil)
            #expect(line.hasPrefix(name + " "))
        }
    }

    @Test(
        "A wrong command line ends with 64 and says what is expected",
        arguments: [
            (["run"], "<pipeline>"),
            (["frobnicate"], "frobnicate"),
            (["run", "sample-data/pipeline.yaml", "--threads", "0"], "expected 1 to 1024"),
            (["run", "sample-data/pipeline.yaml", "--as-of", "2022-13-01"], "such as 2010-12-03"),
            (["validate", "sample-data/pipeline.yaml", "--as-of", "3 May"], "such as 2010-12-03"),
            (["validate", "sample-data/pipeline.yaml", "--unknown"], "--unknown"),
        ])
    func usage(_ arguments: [String], _ words: String) throws {
        let result = try JilaalProcess.run(arguments)
        #expect(result.exitCode == 64)
        #expect(result.standardError.contains(words), "\(result.standardError)")
        #expect(result.standardOutput == "")
    }

    @Test("A pipeline file that is not there ends with 66 and its name")
    func missingPipeline() throws {
        for command in ["run", "validate"] {
            let result = try JilaalProcess.run([command, "no-such.yaml"])
            #expect(result.exitCode == 66)
            #expect(result.errors.count == 1)
            #expect(result.errors.first?.hasPrefix("error: no-such.yaml: ") == true)
        }
    }

    @Test("schema prints JSON that says which schema language it is in")
    func schema() throws {
        let result = try JilaalProcess.run(["schema"])
        #expect(result.exitCode == 0)
        let object = try JSONSerialization.jsonObject(with: Data(result.standardOutput.utf8))
        let schema = try #require(object as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let properties = try #require(schema["properties"] as? [String: Any])
        #expect(properties["drought"] != nil)
        #expect(properties["sectors"] != nil)
    }

    @Test(
        "inspect says what a file is and which profile it matches",
        arguments: [
            (
                "sample-data/ndvi/KRS_NDVI_16day_2010001.tif",
                ["GTiff raster", "90 rows x 110 columns", "EPSG:4326", "nodata -3000", "product: custom"]
            ),
            ("Tests/Fixtures/incidents/acled-old.csv", ["table of 3 rows", "events: source acled"]),
            ("Tests/Fixtures/incidents/acled-new.csv", ["table of 9 rows", "events: source acled"]),
            ("Tests/Fixtures/incidents/acled-hxl.csv", ["table of 2 rows", "HXL tags: #event+code"]),
            ("Tests/Fixtures/incidents/ged-full.csv", ["table of 3 rows", "events: source ucdp-ged"]),
            ("Tests/Fixtures/incidents/own.csv", ["no known layout", "source: mapped"]),
            ("sample-data/sectors.geojson", ["6 features", "Polygon", "EPSG:4326", "sector_id"]),
            ("sample-data/districts.gpkg", ["layer \"districts\"", "24 features", "pcode"]),
        ])
    func inspect(_ file: String, _ words: [String]) throws {
        let result = try JilaalProcess.run(["inspect", file])
        #expect(result.exitCode == 0, "\(result.standardError)")
        for word in words {
            #expect(result.standardOutput.contains(word), "\(result.standardOutput)")
        }
    }

    @Test("inspect of a web page saved as a raster, and of no file, says so")
    func inspectBad() throws {
        let page = try JilaalProcess.run(["inspect", "Tests/Fixtures/bad/html.tif"])
        #expect(page.exitCode == 2)
        #expect(page.errors.first?.contains("is a web page (HTML)") == true)
        let missing = try JilaalProcess.run(["inspect", "no-such.tif"])
        #expect(missing.exitCode == 66)
        #expect(missing.errors.first?.hasPrefix("error: no-such.tif: ") == true)
    }

    @Test("validate of a good pipeline says so and ends with 0")
    func validate() throws {
        let result = try JilaalProcess.run(["validate", SharedRuns.goodFolder.path + "/pipeline.yaml"])
        #expect(result.exitCode == 0)
        #expect(result.standardOutput.contains("no problems as of 2022-12-10"))
        #expect(result.errors == [])
    }

    @Test("A run into a folder that another holds ends with 75 and leaves it alone")
    func locked() throws {
        let output = try Scratch.folder()
        let lock = open(output.path + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(lock >= 0)
        defer { close(lock) }
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        let result = try JilaalProcess.run([
            "run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", output.path,
        ])
        #expect(result.exitCode == 75)
        #expect(result.errors.count == 1)
        #expect(result.errors.first?.contains("another run writes there") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: output.path) == [".lock"])
    }

    @Test("An output that is a file ends with 73 and leaves the file alone")
    func outputIsFile() throws {
        let file = Scratch.file()
        try Data("mine".utf8).write(to: file)
        let result = try JilaalProcess.run([
            "run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", file.path,
        ])
        #expect(result.exitCode == 73)
        #expect(result.errors.count == 1)
        #expect(result.errors.first?.contains("is a file (expected a folder)") == true)
        #expect(try Data(contentsOf: file) == Data("mine".utf8))
    }

    @Test(
        "A standard output that is closed, or whose reader is gone, does not crash",
        arguments: [
            #"exec "$0" "$@" >&-"#,
            #"exec "$0" "$@" >&- 2>&-"#,
            // The status goes to standard error, which stays open.
            #"{ "$0" "$@"; echo "status $?" >&2; } | :"#,
        ])
    func closedOutput(_ script: String) throws {
        for arguments in [["schema"], ["--version"], ["inspect", "sample-data/sectors.geojson"]] {
            let result = try JilaalProcess.run(shell: script, arguments)
            #expect(result.exitCode == 0)
            let status = result.standardError.split(separator: " ").last.map(String.init)
            #expect(status == nil || status == "0\n", "\(result.standardError)")
        }
    }

    @Test("A standard output that cannot take what is printed ends with 74")
    func fullOutput() throws {
        let result = try JilaalProcess.run(shell: #"exec "$0" "$@" >/dev/full"#, ["schema"])
        #expect(result.exitCode == 74)
        #expect(result.errors.first?.contains("standard output") == true)
    }
}
