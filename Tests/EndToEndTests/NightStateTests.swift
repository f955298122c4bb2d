import Foundation
import Glibc
import TestSupport
import Testing

/// Three nights whose incidents grow, are revised and are withdrawn.
struct ThreeNights {
    let inputs: URL
    let output: URL

    static let days = ["2023-01-01", "2023-01-02", "2023-01-03"]

    /// The table of incidents on each night.
    let tables: [String]

    static let made = Result { try ThreeNights() }

    init() throws {
        let folder = try Scratch.folder()
        inputs = folder.appendingPathComponent("set")
        output = folder.appendingPathComponent("out")
        try FileManager.default.copyItem(at: SharedRuns.goodFolder, to: inputs)
        let first = try String(
            contentsOf: SharedRuns.goodFolder.appendingPathComponent("acled.csv"), encoding: .utf8)
        // Revised: the deaths of one event, and the key's row moved nowhere.
        let revised = first.replacingOccurrences(
            of: "11.2580,-33.8400,1,1,1670000001", with: "11.2580,-33.8400,1,7,1670500000")
        // Withdrawn: the first event. New: one more, at the end.
        var lines = revised.split(separator: "\n").map(String.init)
        lines.remove(at: 1)
        lines.append("KRS900,2022-12-09,1,Battles,Armed clash,,11.2500,-33.8500,1,3,1670600000")
        tables = [first, revised, lines.joined(separator: "\n") + "\n"]
        for (day, table) in zip(Self.days, tables) {
            try write(table)
            let night = try run(at: day)
            guard night.exitCode == 0 else {
                throw PublishedRun.Refused(description: night.standardError)
            }
        }
    }

    func write(_ table: String) throws {
        try Data(table.utf8).write(to: inputs.appendingPathComponent("acled.csv"))
    }

    func run(at day: String, into root: URL? = nil, _ arguments: [String] = []) throws -> JilaalProcess {
        try JilaalProcess.run(
            [
                "run", inputs.appendingPathComponent("pipeline.yaml").path, "--output",
                (root ?? output).path, "--threads", "1",
            ] + arguments, environment: ["JILAAL_NOW": "\(day)T03:00:00Z"])
    }

    /// The published folder of a number, below `root`.
    func folder(_ number: Int, of root: URL? = nil) -> URL {
        (root ?? output).appendingPathComponent("runs/2022-12-10-00\(number)")
    }

    func latest(of root: URL) throws -> String {
        try FileManager.default.destinationOfSymbolicLink(
            atPath: root.appendingPathComponent("latest").path)
    }

    /// A copy of the output folder, to be spoilt.
    func copiedOutput() throws -> URL {
        let copy = try Scratch.folder().appendingPathComponent("out")
        try FileManager.default.copyItem(at: output, to: copy)
        return copy
    }

    /// Published files that differ between two runs, their records aside.
    func differences(_ a: URL, _ b: URL) throws -> [String] {
        func files(_ folder: URL) throws -> [String: Data] {
            var files: [String: Data] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
                let url = folder.appendingPathComponent(name)
                guard name != "run.json", !url.hasDirectoryPath,
                    let data = try? Data(contentsOf: url)
                else { continue }
                files[name] = data
            }
            return files
        }
        let (first, second) = (try files(a), try files(b))
        return Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }.sorted()
    }

    /// What tells that two runs are of the same night.
    static func night(_ run: URL) throws -> String {
        try #require(
            try object(run.appendingPathComponent("manifest.json"))["night"] as? String)
    }

    static func object(_ url: URL) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    }
}

@Suite struct AsKnownOnTests {
    @Test("A night as known on an earlier day has the bytes that were published then", arguments: [1, 2, 3])
    func sameAsThen(_ number: Int) throws {
        let nights = try ThreeNights.made.get()
        let root = try nights.copiedOutput()
        let day = ThreeNights.days[number - 1]
        // Nothing is kept of that night: its stages are computed from what was known.
        try FileManager.default.removeItem(at: root.appendingPathComponent("cache"))
        let again = try nights.run(at: "2024-06-01", into: root, ["--as-known-on", day])
        #expect(again.exitCode == 0, "\(again.standardError)")
        let then = nights.folder(number, of: root)
        let now = nights.folder(4, of: root)
        #expect(try nights.differences(then, now) == ["manifest.json"])
        let old = try ThreeNights.object(then.appendingPathComponent("manifest.json"))
        var new = try ThreeNights.object(now.appendingPathComponent("manifest.json"))
        #expect(new.removeValue(forKey: "as_known_on") as? String == day)
        // Another night: it is not the one that was run then.
        #expect(new.removeValue(forKey: "night") as? String != old["night"] as? String)
        new["night"] = old["night"]
        #expect(NSDictionary(dictionary: new) == NSDictionary(dictionary: old))
        #expect(try nights.latest(of: root) == "runs/2022-12-10-003")
        let repeated = try nights.run(at: "2024-06-02", into: root, ["--as-known-on", day])
        #expect(repeated.standardOutput.hasPrefix("Nothing to do: run 2022-12-10-004"))
    }

    @Test("The three nights differ, so that the comparison can fail")
    func different() throws {
        let nights = try ThreeNights.made.get()
        for (a, b) in [(1, 2), (2, 3), (1, 3)] {
            #expect(
                try nights.differences(nights.folder(a), nights.folder(b))
                    .contains("incidents/sources.csv"))
        }
    }

    @Test("A day before the first run is refused with 2 and the first day that can be")
    func tooEarly() throws {
        let nights = try ThreeNights.made.get()
        let root = try nights.copiedOutput()
        let early = try nights.run(at: "2024-06-01", into: root, ["--as-known-on", "2022-12-31"])
        #expect(early.exitCode == 2)
        #expect(early.errors.contains { $0.hasPrefix("error: acled.csv: ") })
        #expect(early.standardError.contains("Give --as-known-on 2023-01-01 or later"))
        #expect(!FileManager.default.fileExists(atPath: nights.folder(4, of: root).path))
        let other = try Scratch.folder()
        let empty = try nights.run(at: "2024-06-01", into: other, ["--as-known-on", "2023-01-02"])
        #expect(empty.exitCode == 2)
        #expect(empty.standardError.contains("or run without --as-known-on"))
    }

    @Test("A raster that came later is left out, one that was revised is named")
    func rasters() throws {
        // Inputs of its own: other tests run on the shared ones meanwhile.
        let made = try ThreeNights()
        let root = made.output
        let ndvi = made.inputs.appendingPathComponent("ndvi")
        let names = try FileManager.default.contentsOfDirectory(atPath: ndvi.path).sorted()
        let newest = try #require(names.last)
        let oldest = try #require(names.first)
        let late = ndvi.appendingPathComponent("NDVI_2022344.tif")
        try FileManager.default.copyItem(at: ndvi.appendingPathComponent(newest), to: late)
        let withLate = try made.run(at: "2023-01-04", into: root)
        #expect(withLate.exitCode == 0, "\(withLate.standardError)")
        let again = try made.run(at: "2023-01-05", into: root, ["--as-known-on", "2023-01-03"])
        #expect(again.exitCode == 0, "\(again.standardError)")
        #expect(!again.standardError.contains("not as known on"))
        #expect(
            try made.differences(made.folder(3, of: root), made.folder(5, of: root))
                == ["manifest.json"])
        // Now one that was known then changes: a blank at its end.
        let revised = ndvi.appendingPathComponent(oldest)
        let bytes = try Data(contentsOf: revised)
        try (bytes + Data([0])).write(to: revised)
        let third = try made.run(at: "2023-01-06", into: root, ["--as-known-on", "2023-01-03"])
        #expect(third.exitCode == 0, "\(third.standardError)")
        let told = third.warnings.filter { $0.contains("not as known on 2023-01-03") }
        #expect(told.count == 1)
        #expect(told.first?.contains("ndvi/\(oldest)") == true)
    }
}

@Suite struct UnusableStateTests {
    enum Spoiling: String, CaseIterable, CustomTestStringConvertible {
        case deleted, garbage, cutShort, readOnly, link, folder
        var testDescription: String { rawValue }
    }

    @Test("Without a usable state a run succeeds, says so, and publishes the same bytes", arguments: Spoiling.allCases)
    func spoilt(_ spoiling: Spoiling) throws {
        let nights = try ThreeNights.made.get()
        let root = try nights.copiedOutput()
        let state = root.appendingPathComponent("state.sqlite")
        let good = try Data(contentsOf: state)
        try FileManager.default.removeItem(at: state)
        switch spoiling {
        case .deleted: break
        case .garbage: try Data("no database".utf8).write(to: state)
        case .cutShort: try good.prefix(good.count / 2).write(to: state)
        case .readOnly:
            // A later write version: SQLite then reads only, for root too.
            var bytes = good
            bytes[18] = 3
            try bytes.write(to: state)
        case .link:
            try FileManager.default.createSymbolicLink(
                at: state, withDestinationURL: root.appendingPathComponent("elsewhere"))
        case .folder:
            try FileManager.default.createDirectory(at: state, withIntermediateDirectories: false)
        }
        let night = try nights.run(at: "2023-01-04", into: root, ["--force"])
        #expect(night.exitCode == 0, "\(night.standardError)")
        // The run before is another one.
        #expect(
            try nights.differences(nights.folder(3, of: root), nights.folder(4, of: root))
                == ["changes.csv", "manifest.json"])
        #expect(
            try ThreeNights.night(nights.folder(3, of: root))
                == ThreeNights.night(nights.folder(4, of: root)))
        let told = night.warnings.filter { $0.contains("results are not affected") }
        #expect(told.count == (spoiling == .deleted ? 0 : 1), "\(night.standardError)")
        #expect(
            !FileManager.default.fileExists(atPath: root.appendingPathComponent("elsewhere").path))
        let aside = root.appendingPathComponent("state.sqlite.damaged-1")
        let isMoved = [.garbage, .cutShort].contains(spoiling)
        #expect(FileManager.default.fileExists(atPath: aside.path) == isMoved)
    }
}

@Suite struct RunHistoryTests {
    private struct Listing: Decodable {
        struct Run: Decodable {
            var outcome: String
            var run: String?
            var exit_code: Int?
            var message: String?
        }
        var runs: [Run]
    }

    private func list(_ root: URL) throws -> [Listing.Run] {
        let result = try JilaalProcess.run(["runs", root.path, "--json"])
        #expect(result.exitCode == 0)
        return try JSONDecoder().decode(Listing.self, from: Data(result.standardOutput.utf8)).runs
    }

    @Test("runs lists published, failed and killed runs, newest first")
    func outcomes() throws {
        let nights = try ThreeNights.made.get()
        let root = try nights.copiedOutput()
        let failed = try nights.run(at: "2023-01-04", into: root, ["--as-of", "1999-01-01"])
        #expect(failed.exitCode == 2)
        let killed = try BackgroundProcess(
            ["run", "sample-data/pipeline.yaml", "--output", root.path, "--threads", "1"],
            environment: ["JILAAL_NOW": "2023-01-05T03:00:00Z"])
        // Its own line says that it is running before it is killed.
        let end = Date(timeIntervalSinceNow: 300)
        while try list(root).first?.outcome != "running", Date() < end { usleep(50_000) }
        #expect(killed.end(with: SIGKILL) == nil)
        let runs = try list(root)
        #expect(
            runs.map(\.outcome) == [
                "did-not-finish", "failed", "published", "published", "published",
            ])
        #expect(runs[1].exit_code == 2)
        #expect(runs[1].message.map { "error: " + $0 } == failed.errors.first)
        #expect(runs[2].run == "2022-12-10-003")
    }

    @Test("Without the state, runs still lists what is published")
    func withoutState() throws {
        let nights = try ThreeNights.made.get()
        let root = try nights.copiedOutput()
        try FileManager.default.removeItem(at: root.appendingPathComponent("state.sqlite"))
        #expect(
            try list(root).map(\.run) == ["2022-12-10-003", "2022-12-10-002", "2022-12-10-001"])
        #expect(
            !FileManager.default.fileExists(
                atPath: root.appendingPathComponent("state.sqlite").path))
    }

    @Test("events shows the revision and the withdrawal of an event")
    func events() throws {
        let root = try ThreeNights.made.get().output
        let revised = try JilaalProcess.run(["events", root.path, "KRS2"])
        #expect(revised.exitCode == 0)
        #expect(revised.standardOutput.contains("2023-01-01T03:00:00Z first known"))
        #expect(revised.standardOutput.contains("2023-01-02T03:00:00Z revised\n    fatalities: 1 -> 7"))
        let withdrawn = try JilaalProcess.run(["events", root.path, "KRS1"])
        #expect(withdrawn.standardOutput.contains("2023-01-03T03:00:00Z withdrawn"))
        let unknown = try JilaalProcess.run(["events", root.path, "KRS12345"])
        #expect(unknown.exitCode == 2)
        #expect(unknown.errors.count == 1)
    }

    @Test("The state is readable by its owner alone")
    func mode() throws {
        let state = try ThreeNights.made.get().output.appendingPathComponent("state.sqlite")
        let mode = try FileManager.default.attributesOfItem(atPath: state.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }
}
