import ArgumentParser
import Diagnostics
import Foundation
import Glibc
import Pipeline
import Tables

/// The end of a command that failed: one readable message on standard error,
/// with `--json` also the result object, and the documented exit code.
struct Failing {
    /// Name of the command, such as `run`.
    let command: String
    let logFormat: LogFormat
    let printsJSON: Bool
    /// What a signal that stopped it leaves.
    let afterStop: String

    init(_ command: (any ParsableCommand)?, arguments: [String] = CommandLine.arguments) {
        if let command {
            self.command = type(of: command).configuration.commandName ?? ""
            let reporting = command as? any ReportingCommand
            logFormat = reporting?.logFormat ?? .text
            printsJSON = reporting?.printsJSON ?? false
            afterStop = reporting?.afterStop ?? "nothing was changed."
        } else {
            // The command line was not understood: what it asks for plainly
            // is done nevertheless.
            self.command = arguments.dropFirst().first { !$0.hasPrefix("-") } ?? ""
            let isJSON = zip(arguments, arguments.dropFirst()).contains {
                $0 == "--log-format" && $1 == "json"
            }
            logFormat = isJSON || arguments.contains("--log-format=json") ? .json : .text
            printsJSON = arguments.contains("--json")
            afterStop = "nothing was done."
        }
    }

    func end(with error: any Error, of root: any ParsableCommand.Type) -> Never {
        let number = Interruption.requested
        if number != 0 {
            // Whatever the work that was broken off threw.
            interrupted(by: number)
        }
        switch error {
        case let refusal as Refusal:
            end(
                refusal.failures, exit: FailureList(refusal.failures).exit.rawValue,
                warnings: refusal.warnings)
        case let list as FailureList: end(list.failures, exit: list.exit.rawValue)
        case let failure as any Diagnostic: end([failure], exit: failure.exit.rawValue)
        case let code as ExitCode:
            // Everything is said already.
            exit(code.rawValue)
        default: usage(error, of: root)
        }
    }

    private func interrupted(by number: Int32) -> Never {
        let name = number == SIGINT ? "SIGINT" : "SIGTERM"
        let text = "stopped by \(name); \(afterStop)"
        switch logFormat {
        case .text: Self.say(text)
        case .json:
            StandardError.write(
                LogLine.text(
                    "error", text, [JSONMember("exit_code", .integer(Int(128 + number)))]))
        }
        finish(
            ResultDocument(command: command, outcome: "interrupted", exitCode: 128 + number))
    }

    private func end(
        _ failures: [any Diagnostic], exit code: Int32, warnings: [Warning] = []
    ) -> Never {
        switch logFormat {
        case .text: Self.say(FailureList(failures).description)
        case .json:
            for failure in failures { StandardError.write(LogLine.text(failure, exit: code)) }
        }
        var result = ResultDocument(failed: command, failures, exit: code)
        result.warnings = warnings
        finish(result)
    }

    /// Usage, help and version are argument-parser's.
    private func usage(_ error: any Error, of root: any ParsableCommand.Type) -> Never {
        let code = root.exitCode(for: error).rawValue
        guard code != 0 else { root.exit(withError: error) }
        let text = root.message(for: error)
        if logFormat == .json {
            StandardError.write(
                LogLine.text("error", text, [JSONMember("exit_code", .integer(Int(code)))]))
        } else {
            StandardError.write(TerminalText.sanitized(root.fullMessage(for: error), keepsLineEnds: true) + "\n")
        }
        var result = ResultDocument(command: command, outcome: "failed", exitCode: code)
        result.errors = [
            [
                "code": "usage", "place": "", "cause": .string(text),
                "mend": .string("See jilaal help \(command)"),
            ]
        ]
        finish(result)
    }

    private func finish(_ result: ResultDocument) -> Never {
        if printsJSON { result.print() }
        exit(result.exitCode)
    }

    /// Prints to standard error, control characters of data taken out.
    private static func say(_ text: String) { say(text, after: "error: ") }

    /// Prints what did not stop the command.
    static func say(warning: Warning) { say(warning.description, after: "warning: ") }

    private static func say(_ text: String, after head: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            StandardError.write(head + TerminalText.sanitized(String(line)) + "\n")
        }
    }
}

/// Problems that were found together with warnings.
struct Refusal: Error {
    var failures: [any Diagnostic]
    var warnings: [Warning]
}
