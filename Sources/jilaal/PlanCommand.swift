import ArgumentParser
import Foundation
import Logging
import Pipeline
import Tables

struct PlanCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say which stages a run would compute, and why, without running.",
        discussion: """
            Reads names, headers and bytes of the inputs; writes nothing.

            EXAMPLES
              jilaal plan sample-data/pipeline.yaml --output out/sample
              jilaal plan pipeline.yaml --as-of 2024-12-31 --json
            """)

    @OptionGroup var input: PipelineArgument

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder that the run would publish into; wins over output of the file.",
            valueName: "dir"),
        completion: .directory)
    var output: String?

    @OptionGroup var known: KnownOnOption

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Print one JSON object.")
    var json = false

    var printsJSON: Bool { json }

    func run() throws {
        let file = try input.file()
        var night = Night(
            file: file, asOf: input.asOf, threads: threads.count,
            logger: Logger(label: "jilaal") { StreamLogHandler.standardError(label: $0) },
            progress: ProgressReporter.standardError(
                environment: ProcessInfo.processInfo.environment, isQuiet: true))
        night.asKnownOn = known.date
        let forecast = try night.forecast(output: output ?? file.configuration.output?.path)
        if json {
            print(forecast.json.text(.pretty))
        } else {
            for line in forecast.lines { print(line) }
        }
    }
}
