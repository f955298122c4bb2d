import ArgumentParser
import Pipeline
import Tables

struct CheckPlanCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-plan",
        abstract: "Check a phased schedule against its rules, without any solver.",
        discussion: """
            Reads transfer/schedule_plan.json of a run, or one with decisions of your own: for \
            every base an action (keep, hand-over, close) and a phase from 0. It recomputes what \
            the plan protects and names every rule that it breaks; it ends with code 2 when there \
            is one.

            EXAMPLES
              jilaal check-plan out/transfer/latest/transfer/schedule_plan.json
            """)

    @Argument(help: "The plan file (JSON).", completion: .file(extensions: ["json"]))
    var plan: String

    @Flag(help: "Print one JSON object.")
    var json = false

    var printsJSON: Bool { json }

    func run() throws {
        let file = try PlanFile(path: plan)
        let (value, violations) = try file.check()
        if json {
            print(
                JSONValue.object([
                    JSONMember("edition", .string(file.edition)),
                    JSONMember("value", .number(value)),
                    JSONMember("violations", .array(violations.map { .string($0) })),
                ]).text(.pretty))
        } else {
            print("The plan protects \(value) person phases.")
            for line in violations { print(line) }
            if violations.isEmpty { print("It obeys all rules.") }
        }
        if !violations.isEmpty { throw ExitCode(2) }
    }
}
