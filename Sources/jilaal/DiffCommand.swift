import ArgumentParser
import Pipeline
import Tables

struct DiffCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what changed between two published runs, and why.",
        discussion: """
            Compares sectors, districts, hotspots, bases, inputs, parameters and program from \
            the files of the runs alone. Each change stands with its causes: new, revised or \
            withdrawn data, incidents that aged out of the window, a changed parameter or a \
            changed program.

            EXAMPLES
              jilaal diff out/sample/runs/2022-12-01-001 out/sample/runs/2022-12-02-001
              jilaal diff out/last-week out/sample --json
            """)

    @Argument(
        help: "The earlier run: its folder, or an output folder for its latest run.",
        completion: .directory)
    var runA: String

    @Argument(help: "The later run, named in the same way.", completion: .directory)
    var runB: String

    @Flag(help: "Print every change as JSON.")
    var json = false

    var printsJSON: Bool { json }

    func run() throws {
        let before = try PublishedResults(of: RunFolder(named: runA))
        let after = try PublishedResults(of: RunFolder(named: runB))
        let changes = try RunComparison(before: before, after: after).changes()
        if json {
            print(changes.json(limit: nil).text(.pretty))
        } else {
            for line in changes.lines { print(TerminalText.sanitized(line)) }
        }
    }
}
