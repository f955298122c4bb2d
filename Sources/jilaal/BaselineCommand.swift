import ArgumentParser
import Diagnostics
import Foundation
import Pipeline
import Tables

struct BaselineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Keep the climatology of a pipeline, so that a night need not read its archive.",
        discussion: """
            The climatology is in OUTPUT/baseline, or where drought.climatology of the pipeline \
            file says. What is published is the same with and without it.

            EXAMPLES
              jilaal baseline build pipelines/somalia-2010.yaml
              jilaal baseline update pipelines/somalia-2010.yaml --threads 2
              jilaal baseline show pipelines/somalia-2010.yaml --json
            """,
        subcommands: [Build.self, Update.self, Show.self])
}

/// The pipeline file and place that all `baseline` commands take.
struct BaselineArguments: ParsableArguments {
    @Argument(
        help: "The pipeline file (YAML). Paths in it are relative to its folder.",
        completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder that runs are published in; wins over output of the file.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @OptionGroup var threads: ThreadsOption

    func job() throws -> BaselineJob {
        let file = try PipelineArgument.file(at: pipeline)
        return try BaselineJob(file: file, output: output, threads: threads.count)
    }
}

extension BaselineCommand {
    struct Build: AsyncParsableCommand, ReportingCommand {
        static let configuration = CommandConfiguration(
            commandName: "build", abstract: "Make every period from the archive.",
            discussion: "Replaces a climatology that is there, also one of another grid or rule.")

        @OptionGroup var input: BaselineArguments
        @OptionGroup var log: LogOptions

        var logFormat: LogFormat { log.format }
        var printsJSON: Bool { false }
        var afterStop: String { BaselineCommand.afterStop }

        func run() async throws {
            let progress = log.progress
            let changes = try input.job().build { progress.note(BaselineCommand.line($0)) }
            BaselineCommand.say(changes)
        }
    }

    struct Update: AsyncParsableCommand, ReportingCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Add new composites; make periods anew whose files were revised.",
            discussion: """
                Files are known by their content, not by name or time. A period that is \
                damaged or not there is made from the archive.
                """)

        @OptionGroup var input: BaselineArguments
        @OptionGroup var log: LogOptions

        var logFormat: LogFormat { log.format }
        var printsJSON: Bool { false }
        var afterStop: String { BaselineCommand.afterStop }

        func run() async throws {
            let progress = log.progress
            let changes = try input.job().update { progress.note(BaselineCommand.line($0)) }
            BaselineCommand.say(changes)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Say what the climatology holds and whether it is current; writes nothing.")

        @OptionGroup var input: BaselineArguments

        @Flag(help: "Print JSON, with the files of every period.")
        var json = false

        func run() async throws {
            let report = try input.job().show()
            guard !json else {
                print(report.json.text(.pretty))
                return
            }
            for line in report.lines { print(TerminalText.sanitized(line)) }
        }
    }

    fileprivate static let afterStop = "periods that are done stay; baseline update goes on from here."

    fileprivate static func line(_ change: BaselineJob.Change) -> String {
        let read = change.composites == 1 ? "1 composite" : "\(change.composites) composites"
        let reason = change.reason.isEmpty ? "" : " (\(change.reason))"
        return TerminalText.sanitized("\(change.label): \(change.kind.rawValue), \(read) read\(reason)")
    }

    fileprivate static func say(_ changes: [BaselineJob.Change]) {
        for change in changes where change.kind != .kept { print(line(change)) }
        let kept = changes.count { $0.kind == .kept }
        print("\(changes.count - kept) periods changed, \(kept) kept")
    }
}
