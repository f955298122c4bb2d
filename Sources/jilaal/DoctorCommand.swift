import ArgumentParser
import Diagnostics
import Foundation
import Glibc
import Pipeline
import Tables

struct DoctorCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check libraries, memory, disk, permissions and the output folder.",
        discussion: """
            Says of each thing whether it is ok, a warning or a fault, and how to mend it. Ends \
            with 0, or with the code that a run would end with. The data are checked by validate.

            EXAMPLES
              jilaal doctor
              jilaal doctor --output out/sample
              jilaal doctor pipelines/somalia-2010.yaml --json
            """)

    @Argument(
        help: "A pipeline file, for its output folder.",
        completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder that runs are published into; wins over output of the file.",
            valueName: "dir"),
        completion: .directory)
    var output: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    var printsJSON: Bool { json }

    func run() throws {
        let file = try pipeline.map { try PipelineArgument.file(at: $0) }
        let doctor = Doctor(
            output: output ?? file?.configuration.output?.path,
            environment: ProcessInfo.processInfo.environment)
        let code = doctor.exit.rawValue
        if json {
            var result = ResultDocument(
                command: "doctor", outcome: code == 0 ? "good" : "failed", exitCode: code)
            result.members = [JSONMember("findings", doctor.json)]
            result.print()
        } else {
            for line in doctor.lines { print(line) }
        }
        try StandardOutput.flush()
        if code != 0 { throw ExitCode(code) }
    }
}
