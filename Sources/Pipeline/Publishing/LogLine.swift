import Diagnostics
import Tables

/// One event as one line of JSON, for programs that collect logs.
public enum LogLine {
    /// An event with its line end.
    ///
    /// - Parameters:
    ///   - level: `debug`, `info`, `notice`, `warning`, `error`.
    ///   - members: what belongs to it, in the order given; control
    ///     characters are escaped by JSON.
    public static func text(
        _ level: String, _ message: String, _ members: [JSONMember] = [], at time: UTCTime = .now
    ) -> String {
        let line: JSONValue = .object(
            [
                JSONMember("time", .string(time.description)),
                JSONMember("level", .string(level)), JSONMember("message", .string(message)),
            ] + members)
        return line.text() + "\n"
    }

    /// A problem that ended the program.
    public static func text(_ failure: any Diagnostic, exit: Int32) -> String {
        text(
            "error", failure.description,
            failure.members + [JSONMember("exit_code", .integer(Int(exit)))])
    }

    /// A warning.
    public static func text(_ warning: Warning) -> String {
        text("warning", warning.message, warning.members)
    }
}

extension Diagnostic {
    /// Code, place, cause and mend, for JSON.
    public var members: [JSONMember] {
        [
            JSONMember("code", .string(code)), JSONMember("place", .string(place.description)),
            JSONMember("cause", .string(cause)), JSONMember("mend", .string(mend)),
        ]
    }
}

extension Warning {
    /// Code and place, for JSON.
    public var members: [JSONMember] {
        [JSONMember("code", .string(code)), JSONMember("place", .string(place.description))]
    }
}
