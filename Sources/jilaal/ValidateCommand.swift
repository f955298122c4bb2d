import ArgumentParser
import Calendar
import Diagnostics
import Foundation
import Logging
import Pipeline
import Tables

struct ValidateCommand: AsyncParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a pipeline file and every input, and list all problems at once.",
        discussion: """
            Writes nothing. What it refuses, run refuses with the same words and exit code.

            EXAMPLES
              jilaal validate pipeline.yaml
              jilaal validate pipeline.yaml --as-of 2024-12-31
            """)

    @OptionGroup var input: PipelineArgument

    @Flag(help: "Print one JSON object, also when something is refused.")
    var json = false

    var printsJSON: Bool { json }

    func run() async throws {
        let night = Night(
            file: try input.file(), asOf: input.asOf, threads: 1,
            logger: Logger(label: "jilaal") { StreamLogHandler.standardError(label: $0) },
            progress: ProgressReporter.standardError(
                environment: ProcessInfo.processInfo.environment, isQuiet: true))
        let check = night.check()
        guard !json else {
            // The warnings stand beside what is refused.
            guard check.failures.isEmpty else {
                throw Refusal(failures: check.failures, warnings: check.warnings)
            }
            return result(check).print()
        }
        for warning in check.warnings {
            print("warning: " + TerminalText.sanitized(warning.description))
        }
        guard check.failures.isEmpty else { throw FailureList(check.failures) }
        let date = check.asOf.map { " as of \($0)" } ?? ""
        print("\(input.pipeline): no problems\(date), \(check.warnings.count) warnings")
    }

    private func result(_ check: Night.Check) -> ResultDocument {
        var result = ResultDocument(command: "validate", outcome: "valid")
        result.warnings = check.warnings
        result.members = [JSONMember("as_of", .optional(check.asOf?.description))]
        return result
    }
}
