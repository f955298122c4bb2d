import ArgumentParser
import Calendar
import Diagnostics
import Foundation
import Pipeline

struct RunCommand: AsyncParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the stages of a pipeline and publish the results.",
        discussion: """
            The run is written aside and appears at once, as OUTPUT/runs/DATE-NNN, with \
            OUTPUT/latest pointing to it. A run that fails publishes nothing and leaves the last \
            good one.

            Stages whose inputs and parameters are those of an earlier night are not computed \
            again; a run that was broken off goes on where it was. When nothing has changed \
            nothing is published.

            EXAMPLES
              jilaal run sample-data/pipeline.yaml --output out/sample
              jilaal run pipelines/somalia-2010.yaml --as-of 2010-12-03 --threads 2
              jilaal run pipeline.yaml --output out --as-known-on 2024-05-01
              jilaal run pipeline.yaml --output out --json --log-format json
            """)

    @OptionGroup var input: PipelineArgument

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder to publish into; wins over output of the file.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @OptionGroup var known: KnownOnOption

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Compute every stage and publish, whatever is kept of earlier nights.")
    var force = false
    @Option(
        help: ArgumentHelp(
            "After publishing, remove the oldest runs but this many; see prune.", valueName: "n"))
    var keep: Int?

    @OptionGroup var log: LogOptions

    @Flag(help: "Print one JSON object, also when the run fails.")
    var json = false

    var logFormat: LogFormat { log.format }
    var printsJSON: Bool { json }

    func validate() throws {
        if let keep, keep < 1 {
            throw ValidationError("--keep is \(keep); expected at least 1.")
        }
    }

    func run() async throws {
        let file = try input.file()
        guard let output = output ?? file.configuration.output?.path else {
            throw ValidationError(
                "Nothing says where to publish: give --output DIR, or write output: in the file.")
        }
        var night = Night(
            file: file, asOf: input.asOf, threads: threads.count, logger: log.logger, progress: log.progress,
            retention: keep.map { RunRetention(keep: $0) })
        night.isForced = force
        night.asKnownOn = known.date
        if let now = try RunClock.setTime(in: ProcessInfo.processInfo.environment) {
            night.now = { now }
        }
        let outcome = try night.run(output: output)
        guard !json else { return ResultDocument(outcome).print() }
        if !outcome.isNew {
            print("Nothing to do: run \(outcome.run.id) is of this night, with these inputs.")
        }
        for line in outcome.summary { print(line) }
    }
}
