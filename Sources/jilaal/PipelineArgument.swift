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
            valueName: "date"))
    var asOf: CalendarDate?

    func file() throws -> PipelineFile {
        try PipelineFile(
            path: pipeline, environment: ProcessInfo.processInfo.environment,
            products: RasterProfile.all.map(\.id) + ["custom"])
    }
}

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}
