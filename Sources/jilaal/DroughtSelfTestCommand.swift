import ArgumentParser
import Foundation
import Pipeline
import Tables

/// `jilaal drought selftest`.
struct DroughtSelfTestCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Compare the drought indicators with reference numbers, by whose conventions you like.",
        discussion: """
            Replays the reference vectors through the kernels that this processor runs and \
            through the functions for single series, and prints the largest deviation of each \
            check with its tolerance. Rows marked info say how far numbers move when one \
            convention is taken for another; see docs/drought-conventions.md. Ends with 0 when \
            all checks pass, else with 2.

            EXAMPLES
              jilaal drought selftest
              jilaal drought selftest --profile climate-indices --profile r-bfast
              jilaal drought selftest --vectors Tests/Fixtures/drought --json
            """)

    @Option(
        help: ArgumentHelp(
            "Folder of the vectors; default: Tests/Fixtures/drought of the source that the "
                + "working directory or the program is in.",
            valueName: "dir"),
        completion: .directory)
    var vectors: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Conventions to replay, may be given several times; default: all of "
                + SelfTestProfile.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "name"))
    var profile: [SelfTestProfile] = []

    @Flag(help: "Print one JSON object.")
    var json = false

    var printsJSON: Bool { json }
    var afterStop: String { "nothing was changed." }

    func run() throws {
        let report = try DroughtSelfTest(vectors: folder()).run(
            profiles: profile.isEmpty ? SelfTestProfile.allCases : profile)
        let code: Int32 = report.passes ? 0 : 2
        if json {
            var result = ResultDocument(
                command: "selftest", outcome: report.passes ? "good" : "failed",
                exitCode: code)
            result.members = report.json
            result.print()
        } else {
            for line in report.lines { print(TerminalText.sanitized(line)) }
        }
        try StandardOutput.flush()
        if code != 0 { throw ExitCode(code) }
    }

    private func folder() throws -> String {
        if let vectors { return vectors }
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        let places = [FileManager.default.currentDirectoryPath] + (program.map { [$0] } ?? [])
        guard let folder = DroughtSelfTest.folder(above: places) else {
            throw DroughtSelfTest.noVectors
        }
        return folder
    }
}

extension SelfTestProfile: ExpressibleByArgument {}
