import ArgumentParser
import Calendar
import Foundation
import Pipeline
import Products

/// The pipeline file that `run` and `validate` take.
struct PipelineArgument: ParsableArguments {
    @Argument(
        help: "The pipeline file (YAML). Paths in it are relative to its folder.",
        completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The night to look back from, such as 2010-12-03; wins over as_of of the file.",
            valueName: "date"),
        transform: CalendarDate.init(option:))
    var asOf: CalendarDate?

    func file() throws -> PipelineFile { try Self.file(at: pipeline) }

    static func file(at path: String) throws -> PipelineFile {
        try PipelineFile(
            path: path, environment: ProcessInfo.processInfo.environment,
            products: RasterProfile.all.map(\.id))
    }
}

extension CalendarDate {
    /// - Throws: `ValidationError` when the text is no day of the calendar.
    init(option text: String) throws {
        guard let date = CalendarDate(iso: text) else {
            throw ValidationError(
                "\"\(text)\" is no day of the calendar; expected one such as 2010-12-03.")
        }
        self = date
    }
}
