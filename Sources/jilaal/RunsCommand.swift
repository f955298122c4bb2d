import ArgumentParser
import Pipeline
import Tables

struct RunsCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs of an output folder, newest first, with outcome and duration.",
        discussion: """
            Runs that failed, were interrupted or did not finish are listed too, as long as \
            DIR/state.sqlite is there; published runs always.

            EXAMPLES
              jilaal runs out/sample
              jilaal runs out/sample --limit 5 --json
            """)

    @Argument(help: "The folder that runs are published into.", completion: .directory)
    var dir: String

    @Option(help: "List at most so many.")
    var limit: Int = 50

    @Flag(help: "Print one JSON document.")
    var json = false

    var printsJSON: Bool { json }

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is \(limit); expected 1 or more.") }
    }

    func run() throws {
        let listing = try RunListing(root: dir, limit: limit)
        for warning in listing.warnings { Failing.say(warning: warning) }
        if json {
            print(listing.json.text(.pretty))
        } else {
            for line in listing.lines { print(line) }
        }
    }
}
