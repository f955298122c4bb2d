import Diagnostics
import State
import Tables

/// What the state of an output folder knows of one event.
public struct EventListing: Sendable {
    public let histories: [EventHistory]

    /// - Parameters:
    ///   - path: the output folder.
    ///   - key: as the source has it.
    /// - Throws: `PublishError` of kind `unreadable` when there is no such
    ///   folder; `StateError`, of kind `noSuchEvent` when no source ever had
    ///   the event.
    public init(root path: String, key: String) throws {
        let root = try OutputState.resolved(path)
        guard let database = try StateDatabase(existingIn: root) else {
            throw StateError(
                .noSuchEvent, at: Place(file: path), "has no state, so no events are remembered",
                mend: "Run a night into it first")
        }
        histories = try database.histories(ofEvent: key)
    }

    /// For people: each revision with what it changed.
    public var lines: [String] {
        histories.flatMap { history in
            var lines = ["\(history.key) in \(history.source)"]
            for (index, revision) in history.revisions.enumerated() {
                let time = UTCTime(seconds: revision.sinceSecond)
                if index == 0 {
                    lines.append("  \(time) first known")
                    lines += revision.fields.compactMap { field in
                        field.value.map { "    \(field.column): \($0)" }
                    }
                    continue
                }
                lines.append("  \(time) \(revision.isReturn ? "known again" : "revised")")
                lines += revision.changes.map {
                    "    \($0.column): \($0.before ?? "(none)") -> \($0.after ?? "(none)")"
                }
            }
            if let second = history.withdrawnAtSecond {
                lines.append("  \(UTCTime(seconds: second)) withdrawn from the source")
            }
            return lines
        }.map { TerminalText.sanitized($0) }
    }

    /// The histories as one document.
    public var json: JSONValue {
        [
            "format": "jilaal-event", "version": 1,
            "sources": .array(histories.map(Self.json)),
        ]
    }

    private static func json(_ history: EventHistory) -> JSONValue {
        [
            "source": .string(history.source), "key": .string(history.key),
            "withdrawn": .optional(time(history.withdrawnAtSecond)),
            "revisions": .array(
                history.revisions.map { revision in
                    [
                        "known_since": .optional(time(revision.sinceSecond)),
                        "known_until": .optional(time(revision.untilSecond)),
                        "fields": .array(
                            revision.fields.map {
                                ["column": .string($0.column), "value": .optional($0.value)]
                            }),
                        "changes": .array(
                            revision.changes.map {
                                [
                                    "column": .string($0.column), "before": .optional($0.before),
                                    "after": .optional($0.after),
                                ]
                            }),
                    ]
                }),
        ]
    }

    private static func time(_ second: Int?) -> String? {
        second.map { UTCTime(seconds: $0).description }
    }
}
