import ArgumentParser
import Pipeline
import Tables

struct EventsCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what was known of an event, and when its source revised it.",
        discussion: """
            Times are those at which a run first found a revision. Rows come from \
            DIR/state.sqlite and are under the terms of their source.

            EXAMPLES
              jilaal events out/sample KRS105
              jilaal events out/sample KRS105 --json
            """)

    @Argument(help: "The folder that runs are published into.", completion: .directory)
    var dir: String

    @Argument(help: "The event's identifier in its source.")
    var key: String

    @Flag(help: "Print one JSON document.")
    var json = false

    var printsJSON: Bool { json }

    func run() throws {
        let listing = try EventListing(root: dir, key: key)
        if json {
            print(listing.json.text(.pretty))
        } else {
            for line in listing.lines { print(line) }
        }
    }
}
