import ArgumentParser
import Diagnostics
import Foundation
import Pipeline
import Tables

struct VerifyCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every file of a published run against its manifest.",
        discussion: """
            Reads every file that the manifest lists and compares size and SHA-256; files that \
            are missing, changed, truncated, links, or not listed are named. Ends with 0 when \
            the run is as it was published, with 2 when it is not.

            EXAMPLES
              jilaal verify out/sample
              jilaal verify out/sample/runs/2022-12-02-001
            """)

    @Argument(
        help: ArgumentHelp(
            "The folder of a run, or an output folder for its latest run.",
            valueName: "run"),
        completion: .directory)
    var path: String

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Print one JSON object.")
    var json = false

    var printsJSON: Bool { json }

    func run() throws {
        let folder = try RunFolder(named: path)
        let verification = try RunVerification(of: folder, threads: threads.count)
        guard !json else { return try report(verification, folder) }
        for fault in verification.faults { print(TerminalText.sanitized(fault.description)) }
        print(
            TerminalText.sanitized(
                "\(folder.id): \(verification.filesChecked) files with "
                    + "\(verification.bytesChecked) bytes checked, "
                    + "\(verification.faults.count) faults"))
        guard verification.isGood else {
            throw PublishError(
                .runDamaged, at: Place(file: folder.id),
                "is not as it was published (\(verification.faults.count) faults, listed above)",
                mend: "Use another run, or publish this night again")
        }
    }

    private func report(_ verification: RunVerification, _ folder: RunFolder) throws {
        let exit: ExitStatus = verification.isGood ? .ok : .dataRefused
        var result = ResultDocument(
            command: "verify", outcome: verification.isGood ? "good" : "failed",
            exitCode: exit.rawValue)
        result.members = [
            JSONMember("run", ["id": .string(folder.id), "path": .string(folder.path)]),
            JSONMember("files", .integer(verification.filesChecked)),
            JSONMember("bytes", .integer(verification.bytesChecked)),
        ]
        result.errors = verification.faults.map { fault in
            [
                "code": .string(fault.kind.rawValue), "place": .string(fault.path),
                "cause": .string(fault.detail),
                "mend": "Use another run, or publish this night again",
            ]
        }
        result.print()
        try StandardOutput.flush()
        if !verification.isGood { throw ExitCode(exit.rawValue) }
    }
}
