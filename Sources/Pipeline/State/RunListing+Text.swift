import Calendar
import Diagnostics
import State
import Tables

extension RunListing {
    /// One line a run, for people.
    public var lines: [String] {
        entries.map { entry in
            var parts = [
                entry.started?.description ?? "unknown time",
                entry.word + (entry.detail.isEmpty ? "" : " " + entry.detail),
            ]
            if let seconds = entry.seconds { parts.append("\(seconds) s") }
            if let asOf = entry.asOf { parts.append("as of \(asOf)") }
            if let date = entry.asKnownOn { parts.append("as known on \(date)") }
            parts.append(entry.pipeline)
            return TerminalText.sanitized(parts.joined(separator: "; "))
        }
    }

    /// The runs as one document.
    public var json: JSONValue {
        [
            "format": "jilaal-runs", "version": 1,
            "runs": .array(entries.map(\.json)),
            "warnings": .array(warnings.map { .string($0.description) }),
        ]
    }
}

extension RunListing.Entry {
    fileprivate var word: String {
        if isRunning { return "running" }
        switch outcome {
        case .published: return isKept ? "published" : "published, removed since:"
        case .nothingToDo: return "nothing to do"
        case .failed: return "failed"
        case .interrupted: return "interrupted"
        case .didNotFinish: return "did not finish"
        }
    }

    fileprivate var detail: String {
        switch outcome {
        case .published(let id): id
        case .failed(let code, let message): "with exit code \(code): \(message)"
        case .nothingToDo, .interrupted, .didNotFinish: ""
        }
    }

    fileprivate var json: JSONValue {
        var id: String?
        var exitCode: Int?
        var message: String?
        switch outcome {
        case .published(let name): id = name
        case .failed(let code, let text): (exitCode, message) = (code, text)
        case .nothingToDo, .interrupted, .didNotFinish: break
        }
        return [
            "outcome": .string(isRunning ? "running" : outcome.word),
            "run": .optional(id), "kept": .bool(isKept),
            "exit_code": .optional(exitCode), "message": .optional(message),
            "started": .optional(started?.description),
            "finished": .optional(finished?.description), "seconds": .optional(seconds),
            "as_of": .optional(asOf?.description),
            "as_known_on": .optional(asKnownOn?.description),
            "pipeline": .string(pipeline), "version": .string(version),
            "stages": .array(
                stages.map {
                    [
                        "name": .string($0.name), "computed": .bool($0.isComputed),
                        "reason": .string($0.reason), "seconds": .rounded($0.seconds, decimals: 3),
                    ]
                }),
            "counts": .array(
                counts.map {
                    [
                        "stage": .string($0.stage), "name": .string($0.name),
                        "value": .integer($0.value),
                    ]
                }),
        ]
    }
}
