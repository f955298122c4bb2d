import ArgumentParser
import Foundation
import Pipeline
import Tables

struct PruneCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove the oldest published runs of an output folder.",
        discussion: """
            Never removes the newest run, the one that latest names, or the last one that is as \
            it was published. Other runs are removed whole: each is renamed away first.

            EXAMPLES
              jilaal prune out/sample --keep 30 --dry-run
              jilaal prune out/sample --keep 30
            """)

    @Argument(help: "The output folder.", completion: .directory)
    var root: String

    @Option(help: ArgumentHelp("How many runs stay, at least 1.", valueName: "n"))
    var keep: Int

    @Flag(name: .customLong("dry-run"), help: "Say what would go, and remove nothing.")
    var dryRun = false

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Print one JSON object.")
    var json = false

    var printsJSON: Bool { json }

    func validate() throws {
        guard keep >= 1 else {
            throw ValidationError("--keep is \(keep); expected at least 1.")
        }
    }

    func run() throws {
        let retention = RunRetention(keep: keep)
        // Also tells a mistyped folder before anything is made in it.
        var plan = try retention.plan(of: root, threads: threads.count)
        if !dryRun { plan = try RunDirectory(root: root).prune(retention, threads: threads.count) }
        guard !json else { return report(plan) }
        for line in plan.lines(isDone: !dryRun) { print(TerminalText.sanitized(line)) }
    }

    private func report(_ plan: RunRetention.Plan) {
        func names(_ runs: [RunRetention.Run]) -> JSONValue { .array(runs.map { .string($0.id) }) }
        var result = ResultDocument(command: "prune", outcome: dryRun ? "planned" : "done")
        result.members = [
            JSONMember("kept", names(plan.kept)), JSONMember("removed", names(plan.removed)),
            JSONMember("bytes", .integer(plan.bytes)),
        ]
        result.print()
    }
}
