import ArgumentParser
import Foundation
import GridCore
import Pipeline
import Tables

struct WhatIfCommand: AsyncParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "Say what people lose if bases close, and gain if one opens.",
        discussion: """
            Computes coverage with the bases of today and with the change, per sector and season, \
            and lists the settlements that lose their last cover or gain cover. It publishes \
            nothing; --output writes tables, GeoJSON and a map into a folder of its own. With \
            --runs, the folder of the nightly runs, stages that are kept there are not computed \
            again.

            In the public edition only sector figures are said, rounded; names of settlements and \
            the map need the restricted one.

            EXAMPLES
              jilaal what-if pipelines/sample.yaml --close B03
              jilaal what-if pipelines/sample.yaml --close B07,B11 --open -33.10,11.95
              jilaal what-if pipelines/sample.yaml --close B03 --runs out/sample --output out/no-b03
            """)

    @OptionGroup var input: PipelineArgument

    @Option(
        help: ArgumentHelp(
            "Bases to close: identifiers, names or aliases, with commas between.",
            valueName: "list"))
    var close: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A place to open a base at; may be given again.", valueName: "lon,lat"))
    var open: [String] = []

    @Option(
        help: ArgumentHelp(
            "Who the result may be given to, public or restricted; wins over the file.",
            valueName: "edition"))
    var edition: EditionChoice?

    @Option(
        help: ArgumentHelp("Folder of the nightly runs, for kept stages.", valueName: "dir"),
        completion: .directory)
    var runs: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder to write into; must not be there yet.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var log: LogOptions
    @Flag(help: "Print one JSON object, also when the command fails.")
    var json = false

    var logFormat: LogFormat { log.format }
    var printsJSON: Bool { json }
    var afterStop: String { "nothing was written." }

    private var closing: [String] {
        (close ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    func validate() throws {
        if closing.isEmpty, open.isEmpty {
            throw ValidationError("Nothing changes: give --close, --open or both.")
        }
        for place in open where Self.coordinate(place) == nil {
            throw ValidationError(
                "--open is \"\(place)\"; expected longitude and latitude such as 45.3,2.1.")
        }
    }

    private static func coordinate(_ text: String) -> Coordinate? {
        let numbers = text.split(separator: ",").map {
            Double($0.trimmingCharacters(in: .whitespaces))
        }
        guard numbers.count == 2, let longitude = numbers[0], let latitude = numbers[1],
            longitude.isFinite, latitude.isFinite
        else { return nil }
        return Coordinate(longitude: longitude, latitude: latitude)
    }

    func run() async throws {
        var file = try input.file()
        if let edition { file = file.with(edition: edition) }
        let night = Night(
            file: file, asOf: input.asOf, threads: threads.count, logger: log.logger,
            progress: log.progress)
        let request = WhatIfRequest(
            close: closing, open: open.compactMap(Self.coordinate))
        let result = try night.whatIf(request, runs: runs)
        if let output { try night.write(result, to: output) }
        if json {
            print(result.json.text(.pretty))
        } else {
            for line in result.lines { print(line) }
            if let output { print("Written: \(output)") }
        }
    }
}
