import ArgumentParser
import Foundation
import Glibc
import Logging
import Pipeline
import Tables

/// How a command says what it does.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    /// Lines for people.
    case text
    /// One JSON object a line.
    case json
}

/// The option of commands that write to standard error while they work.
struct LogOptions: ParsableArguments {
    @Option(
        name: .customLong("log-format"),
        help: ArgumentHelp(
            "What standard error gets: text for people, or one JSON object a line.",
            valueName: "text|json"))
    var format: LogFormat = .text

    @Flag(name: .shortAndLong, help: "Say nothing but errors and the result.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Log each step to standard error.")
    var verbose = false

    var progress: ProgressReporter {
        ProgressReporter.standardError(
            environment: ProcessInfo.processInfo.environment, isQuiet: quiet,
            isStructured: format == .json)
    }

    var logger: Logger {
        var logger = Logger(label: "jilaal") { [format] label in
            switch format {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler()
            }
        }
        logger.logLevel = verbose ? .info : .warning
        return logger
    }
}

/// Writes each event as one JSON object to standard error.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let members = metadata.merging(event.metadata ?? [:]) { $1 }
            .sorted { $0.key < $1.key }
            .map { JSONMember($0.key, .string("\($0.value)")) }
        StandardError.write(LogLine.text("\(event.level)", "\(event.message)", members))
    }
}

/// Where progress, logs and errors are printed.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // When standard error is closed there is nobody left to tell.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}

/// A command that tells how it wants its failures told.
protocol ReportingCommand: ParsableCommand {
    var logFormat: LogFormat { get }
    /// Whether standard output gets one JSON object, whatever happens.
    var printsJSON: Bool { get }
    /// What a signal that stopped it leaves.
    var afterStop: String { get }
}

extension ReportingCommand {
    var logFormat: LogFormat { .text }
    var afterStop: String { "nothing was published. The same command goes on from here." }
}
