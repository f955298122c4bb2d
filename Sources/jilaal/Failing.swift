import ArgumentParser
import Diagnostics
import Glibc
import Tables

/// The end of a command that failed: one readable message on standard error
/// and the documented exit code.
enum Failing {
    static func end(with error: any Error, of command: any ParsableCommand.Type) -> Never {
        let number = Interruption.requested
        if number != 0 {
            // Whatever the work that was broken off threw.
            let name = number == SIGINT ? "SIGINT" : "SIGTERM"
            say("stopped by \(name); nothing was published. The same command goes on from here.")
            exit(128 + number)
        }
        switch error {
        case let list as FailureList:
            say(list.description)
            exit(list.exit.rawValue)
        case let failure as any Diagnostic:
            say(failure.description)
            exit(failure.exit.rawValue)
        default:
            // Usage, help and version are argument-parser's.
            command.exit(withError: error)
        }
    }

    /// Prints to standard error, control characters of data taken out.
    static func say(_ text: String) { say(text, after: "error: ") }

    /// Prints what did not stop the command.
    static func say(warning: Warning) { say(warning.description, after: "warning: ") }

    private static func say(_ text: String, after head: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            let bytes = Array((head + TerminalText.sanitized(String(line)) + "\n").utf8)
            // When standard error is closed there is nobody left to tell.
            _ = write(STDERR_FILENO, bytes, bytes.count)
        }
    }
}
