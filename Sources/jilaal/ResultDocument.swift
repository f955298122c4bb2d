import Diagnostics
import Pipeline
import Tables

/// The one JSON object that `--json` prints, also when the command failed.
///
/// `version` grows when a member changes its meaning or goes; new members
/// may come without it.
struct ResultDocument {
    /// Such as `run`.
    var command: String
    /// `published`, `nothing-to-do`, `valid`, `good`, `done`, `planned`,
    /// `failed` or `interrupted`.
    var outcome: String
    var exitCode: Int32 = 0
    var warnings: [Warning] = []
    var errors: [JSONValue] = []
    /// What only this command tells.
    var members: [JSONMember] = []

    var json: JSONValue {
        .object(
            [
                JSONMember("format", "jilaal-result"), JSONMember("version", 1),
                JSONMember("command", .string(command)), JSONMember("outcome", .string(outcome)),
                JSONMember("exit_code", .integer(Int(exitCode))),
            ] + members + [
                JSONMember(
                    "warnings",
                    .array(
                        warnings.map {
                            .object($0.members + [JSONMember("message", .string($0.message))])
                        })),
                JSONMember("errors", .array(errors)),
            ])
    }

    func print() { Swift.print(json.text(.pretty)) }
}

extension ResultDocument {
    /// A command that was stopped by `error`.
    init(failed command: String, _ diagnostics: [any Diagnostic], exit code: Int32) {
        self.init(command: command, outcome: "failed", exitCode: code)
        errors = diagnostics.map { .object($0.members) }
    }

    /// A night that was run.
    init(_ outcome: Night.Outcome) {
        self.init(command: "run", outcome: outcome.isNew ? "published" : "nothing-to-do")
        warnings = outcome.warnings
        members = [
            JSONMember(
                "run", ["id": .string(outcome.run.id), "path": .string(outcome.run.path)]),
            JSONMember(
                "stages",
                .array(
                    outcome.stages.map { stage in
                        [
                            "name": .string(stage.stage),
                            "outcome": .string(stage.isReused ? "reused" : "computed"),
                            "reason": .string(stage.reason),
                        ]
                    })),
            JSONMember("summary", .array(outcome.summary.map(JSONValue.string))),
        ]
    }
}
