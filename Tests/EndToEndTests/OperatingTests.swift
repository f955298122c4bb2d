import Diagnostics
import Foundation
import Glibc
import TestSupport
import Testing

/// What cron jobs and scripts rely on: result objects, log lines, doctor.
@Suite struct ResultObjectTests {
    private struct Result: Decodable {
        struct Problem: Decodable {
            var code: String
            var place: String
            var cause: String
            var mend: String
        }
        struct Stage: Decodable {
            var name: String
            var outcome: String
            var reason: String
        }
        struct Run: Decodable {
            var id: String
            var path: String
        }
        var format: String
        var version: Int
        var command: String
        var outcome: String
        var exit_code: Int32
        var errors: [Problem]
        var stages: [Stage]?
        var run: Run?
    }

    /// The one object on standard output, with what every one of them says.
    private func result(_ process: JilaalProcess, _ command: String) throws -> Result {
        let result = try JSONDecoder().decode(
            Result.self, from: Data(process.standardOutput.utf8))
        #expect(result.format == "jilaal-result")
        #expect(result.version == 1)
        #expect(result.command == command)
        #expect(result.exit_code == process.exitCode)
        #expect(result.errors.isEmpty == (process.exitCode == 0))
        return result
    }

    private var pipeline: String { SharedRuns.goodFolder.path + "/pipeline.yaml" }

    @Test("run --json tells what was published, then that there is nothing to do")
    func published() throws {
        let root = try Scratch.folder()
        let command = ["run", pipeline, "--output", root.path, "--json", "--log-format", "json"]
        let first = try JilaalProcess.run(command)
        let made = try result(first, "run")
        #expect(made.outcome == "published")
        let run = try #require(made.run)
        #expect(FileManager.default.fileExists(atPath: run.path + "/manifest.json"))
        #expect(made.stages?.allSatisfy { $0.outcome == "computed" && !$0.reason.isEmpty } == true)
        let second = try result(try JilaalProcess.run(command), "run")
        #expect(second.outcome == "nothing-to-do")
        #expect(second.run?.id == run.id)
        #expect(second.stages?.allSatisfy { $0.outcome == "reused" } == true)
        // Every line of standard error is an object of its own.
        let lines = first.standardError.split(separator: "\n")
        #expect(lines.count > 5)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["level"] is String)
            #expect(object?["message"] is String)
            #expect((object?["time"] as? String)?.hasSuffix("Z") == true)
        }
    }

    @Test(
        "A command that fails ends with an object too",
        arguments: [
            (["run", "no-such.yaml"], Int32(66), "file-missing"),
            (["validate", "no-such.yaml"], 66, "file-missing"),
            (["run", "PIPELINE", "--as-of", "1999-01-01"], 2, "as-of-without-data"),
            (["validate", "PIPELINE", "--as-of", "1999-01-01"], 2, "as-of-without-data"),
            (["run", "PIPELINE", "--as-of", "tomorrow"], 64, "usage"),
            (["run"], 64, "usage"),
            (["run", "BAD"], 65, "unknown-key"),
        ])
    func failed(_ arguments: [String], _ code: Int32, _ word: String) throws {
        let folder = try Scratch.folder()
        let bad = folder.appendingPathComponent("bad.yaml")
        try Data("version: 1\nname: x\nsectors: { file: s.geojson, id: a, name: b }\nfoo: 1\n".utf8)
            .write(to: bad)
        let process = try JilaalProcess.run(
            arguments.map { $0 == "PIPELINE" ? pipeline : $0 == "BAD" ? bad.path : $0 }
                + ["--json"] + (arguments[0] == "run" ? ["--output", folder.path + "/out"] : []))
        #expect(process.exitCode == code)
        let told = try result(process, arguments[0])
        #expect(told.outcome == "failed")
        #expect(told.errors.contains { $0.code == word }, "\(told.errors)")
        #expect(told.errors.allSatisfy { !$0.cause.isEmpty && !$0.mend.isEmpty })
    }

    @Test("No character that a terminal obeys reaches it, however it came in")
    func controls() throws {
        let name = "no\u{9B}31m\u{202E}x\u{2067}\u{1B}[2J.yaml"
        for options in [["--json", "--log-format", "json"], []] {
            let process = try JilaalProcess.run(["run", name] + options)
            #expect(process.exitCode == 66)
            for text in [process.standardOutput, process.standardError] {
                let controls = text.unicodeScalars.filter {
                    ($0.properties.generalCategory == .control && $0 != "\n")
                        || $0.properties.generalCategory == .format
                }
                #expect(controls.isEmpty, "\(text.debugDescription)")
            }
        }
    }

    @Test("verify --json names what is not as it was published, prune --json what goes")
    func publishedRuns() throws {
        let root = try Scratch.folder()
        for day in ["2022-12-09", "2022-12-10"] {
            let run = try JilaalProcess.run(
                ["run", pipeline, "--output", root.path, "--as-of", day, "--quiet"])
            try #require(run.exitCode == 0)
        }
        #expect(try result(JilaalProcess.run(["verify", root.path, "--json"]), "verify").outcome == "good")
        let file = root.appendingPathComponent("latest/sectors.csv")
        try (Data(contentsOf: file) + Data([0x0A])).write(to: file)
        let bad = try result(JilaalProcess.run(["verify", root.path, "--json"]), "verify")
        #expect(bad.exit_code == 2)
        #expect(bad.errors.map(\.place) == ["sectors.csv"])
        #expect(bad.errors.map(\.code) == ["changed"])
        let plan = try JilaalProcess.run(["prune", root.path, "--keep", "1", "--dry-run", "--json"])
        #expect(try result(plan, "prune").outcome == "planned")
        // The damaged one is the latest, and the other the last good one.
        #expect(plan.standardOutput.contains("\"removed\": []"))
    }

    @Test("An error of --log-format json says code, place, cause, mend and exit code")
    func errorLine() throws {
        let process = try JilaalProcess.run(["run", "no-such.yaml", "--log-format", "json"])
        #expect(process.exitCode == 66)
        let line = try #require(process.standardError.split(separator: "\n").last)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["level"] as? String == "error")
        #expect(object["code"] as? String == "file-missing")
        #expect(object["place"] as? String == "no-such.yaml")
        #expect(object["exit_code"] as? Int == 66)
    }
}

@Suite struct DoctorTests {
    private func findings(_ arguments: [String]) throws -> (Int32?, [String: (String, String)]) {
        let process = try JilaalProcess.run(["doctor", "--json"] + arguments)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(process.standardOutput.utf8))
                as? [String: Any])
        let list = try #require(object["findings"] as? [[String: Any]])
        var found: [String: (String, String)] = [:]
        for finding in list {
            let subject = try #require(finding["subject"] as? String)
            found[subject] = (
                try #require(finding["status"] as? String), try #require(finding["mend"] as? String)
            )
        }
        return (process.exitCode, found)
    }

    @Test("A folder that is not there yet can be made, and is not")
    func good() throws {
        let folder = try Scratch.folder().appendingPathComponent("new/out")
        let (code, found) = try findings(["--output", folder.path])
        #expect(code == 0)
        #expect(found.values.allSatisfy { $0.0 != "fault" })
        #expect(found["drivers"]?.0 == "ok")
        #expect(found["projections"]?.0 == "ok")
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        let above = folder.deletingLastPathComponent().deletingLastPathComponent()
        #expect(try FileManager.default.contentsOfDirectory(atPath: above.path) == [])
    }

    @Test("A place that cannot be written ends with 73", arguments: ["/proc/out", "/dev/null"])
    func unwritable(_ path: String) throws {
        let (code, found) = try findings(["--output", path])
        #expect(code == 73)
        #expect(found["output folder"]?.0 == "fault")
        #expect(found["output folder"]?.1.isEmpty == false)
    }

    @Test("A folder that a run holds ends with 75, as a run would")
    func locked() throws {
        let root = try Scratch.folder()
        let lock = open(root.path + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(lock) }
        try #require(lock >= 0)
        #expect(try findings(["--output", root.path]).0 == 0)
        #expect(flock(lock, LOCK_EX) == 0)
        defer { flock(lock, LOCK_UN) }
        let (code, found) = try findings(["--output", root.path])
        #expect(code == 75)
        #expect(found["lock"]?.0 == "fault")
        let run = try JilaalProcess.run(
            ["run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", root.path, "--json"])
        #expect(run.exitCode == 75)
        #expect(run.standardOutput.contains("\"output-locked\""))
    }

    @Test(
        "What a run would refuse to publish over ends with 73, as a run would",
        arguments: ["latest", "runs", ".lock"])
    func layout(_ name: String) throws {
        let root = try Scratch.folder()
        let place = root.appendingPathComponent(name)
        switch name {
        case "latest":
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        case "runs": try Data().write(to: place)
        default:
            try FileManager.default.createSymbolicLink(
                at: place, withDestinationURL: root.appendingPathComponent("elsewhere"))
        }
        let (code, found) = try findings(["--output", root.path])
        #expect(code == 73)
        #expect(found.values.contains { $0.0 == "fault" })
        let run = try JilaalProcess.run(
            ["run", SharedRuns.goodFolder.path + "/pipeline.yaml", "--output", root.path])
        #expect(run.exitCode == 73)
    }

    @Test("A state that is damaged is a warning: a run goes on")
    func damagedState() throws {
        let root = try Scratch.folder()
        try Data("no database".utf8).write(to: root.appendingPathComponent("state.sqlite"))
        let (code, found) = try findings(["--output", root.path])
        #expect(code == 0)
        #expect(found["state"]?.0 == "warning")
    }
}

/// The pages that the program writes of itself are those in the docs.
@Suite struct GeneratedPagesTests {
    private func committed(_ path: String) throws -> String {
        try String(
            contentsOf: TestPaths.package.appendingPathComponent("docs/" + path), encoding: .utf8)
    }

    @Test(
        "The completions are current (scripts/make_docs.sh)",
        arguments: [("bash", "jilaal.bash"), ("zsh", "_jilaal"), ("fish", "jilaal.fish")])
    func completions(_ shell: String, _ file: String) throws {
        let made = try JilaalProcess.run(["--generate-completion-script", shell])
        #expect(made.exitCode == 0)
        #expect(made.standardOutput == (try committed("completions/" + file)))
    }

    @Test("The manual has every command and option, with its words")
    func manual() throws {
        struct Argument: Decodable {
            struct Name: Decodable { var name: String }
            var names: [Name]?
            var abstract: String?
            var shouldDisplay: Bool
        }
        struct Command: Decodable {
            var commandName: String
            var abstract: String?
            var arguments: [Argument]?
            var subcommands: [Command]?
            var all: [Command] { [self] + (subcommands ?? []).flatMap(\.all) }
        }
        struct Tool: Decodable { var command: Command }
        let dump = try JilaalProcess.run(["--experimental-dump-help"])
        let tool = try JSONDecoder().decode(Tool.self, from: Data(dump.standardOutput.utf8))
        let manual = try committed("man/jilaal.1")
        let words = manual.filter { !$0.isWhitespace && $0 != "\\" && $0 != "\"" }
        func isThere(_ text: String) -> Bool {
            words.contains(text.filter { !$0.isWhitespace && $0 != "\\" && $0 != "\"" })
        }
        #expect(tool.command.all.count > 10)
        for command in tool.command.all where command.commandName != "help" {
            #expect(isThere(command.abstract ?? ""), "\(command.commandName)")
            for argument in command.arguments ?? [] where argument.shouldDisplay {
                #expect(isThere(argument.abstract ?? ""), "\(command.commandName): \(argument.abstract ?? "")")
            }
        }
    }

    @Test("The documented exit codes are those of the program, and a signal's")
    func exitCodes() throws {
        let documented = try committed("exit-codes.md").split(separator: "\n").flatMap { line in
            line.hasPrefix("| ")
                ? line.dropFirst(2).prefix { $0 != "|" }.split { !$0.isNumber }.compactMap { Int32($0) }
                : []
        }
        #expect(Set(documented) == Set(ExitStatus.allCases.map(\.rawValue) + [130, 143]))
    }
}
