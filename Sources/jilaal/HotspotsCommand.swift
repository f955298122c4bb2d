import ArgumentParser
import Calendar
import Diagnostics
import Foundation
import Pipeline
import Products
import Tables

struct HotspotsCommand: AsyncParsableCommand, RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspots",
        abstract: "Compute hotspots of violence from a table of events, without a pipeline file.",
        discussion: """
            Reads events of ACLED or UCDP GED as they are (or any table, with --columns), and \
            publishes density, Getis-Ord Gi* and hotspots with their evidence as GeoJSON, CSV, \
            rasters (COG), pictures and a map below OUTPUT/latest. The flags are a short way to \
            write a pipeline file: --print-pipeline shows it, and everything that it does not say \
            has the default that `jilaal schema` states.

            --explain ID publishes nothing: it prints which events and neighbours make a hotspot, \
            the numbers of its score, and what would change its class. ID is a rank of \
            hotspots.csv, or longitude,latitude of any place. EVENTS may be a pipeline file here. \
            With --since DATE it also says which events are new, revised, withdrawn or aged out \
            since that night, as the runs in OUTPUT knew them.

            EXAMPLES
              jilaal hotspots events.csv --output out
              jilaal hotspots events.csv --zones sectors.geojson --zone-id sector_id --output out
              jilaal hotspots events.csv --with cube,scan,near_repeat --step "1 month" --output out
              jilaal hotspots reports.csv --columns date=day,longitude=x,latitude=y --output out
              jilaal hotspots events.csv --explain 1
              jilaal hotspots pipelines/car.yaml --explain 18.55,4.36
              jilaal hotspots pipeline.yaml --explain 1 --since 2024-05-01 --output out
            """)

    @Argument(
        help: "Table of events (CSV); with --explain also a pipeline file (.yaml).",
        completion: .file())
    var events: String

    @Option(help: "Layout of the table: acled, ucdp-ged or mapped; default: by its columns.")
    var source: String?
    @Option(
        help: ArgumentHelp(
            "What is in which column of a table of one's own: date=day,longitude=x,latitude=y.",
            valueName: "list"))
    var columns: String?

    @Option(
        help: ArgumentHelp(
            "Polygons to sum over and compare within; default: a rectangle around the events.",
            valueName: "file"), completion: .file())
    var zones: String?
    @Option(help: ArgumentHelp("Attribute that identifies them.", valueName: "name"))
    var zoneID = "id"

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder to publish into.", valueName: "dir"), completion: .directory)
    var output: String?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("The day to look back from; default: the newest event.", valueName: "date"),
        transform: CalendarDate.init(option:))
    var asOf: CalendarDate?

    @Option(help: "Which events: political-violence, civilian, lethal, all and others.")
    var preset: String?
    @Option(help: "Events of coarse place or time: keep, drop or spread.") var precision: String?
    @Option(help: ArgumentHelp("Days up to the as-of date, such as \"90 days\".", valueName: "days"))
    var window: String?
    @Option(help: ArgumentHelp("Edge of a cell, such as \"5 km\".", valueName: "length"))
    var cell: String?
    @Option(help: ArgumentHelp("Cells up to this distance are neighbours.", valueName: "length"))
    var radius: String?
    @Option(help: ArgumentHelp("Radius of the density's kernel.", valueName: "length"))
    var densityRadius: String?
    @Option(help: ArgumentHelp("Age at which an event counts half in the density.", valueName: "days"))
    var halfLife: String?
    @Option(help: "Correction of the density at the area's edge: none, uniform or diggle.")
    var edge: String?
    @Flag(help: "Density with shorter radii where events are dense.") var adaptive = false
    @Option(
        help: "Radius of the density by a rule: fixed, scott, silverman or arcgis.")
    var bandwidth: String?
    @Option(help: "What an event counts: events, fatalities, log-fatalities, capped-fatalities.")
    var weight: String?
    @Option(help: "Correction for many cells: bh, by, bonferroni or none.") var correction: String?
    @Option(help: "Which p-values are judged: guarded or normal.") var significance: String?
    @Option(help: ArgumentHelp("Least confidence of a hotspot: 90, 95 or 99.", valueName: "percent"))
    var confidence: Int?

    @Option(
        name: .customLong("with"),
        help: ArgumentHelp(
            "More to compute, with commas between: "
                + HotspotRequest.sectionNames.joined(separator: ", ") + ".",
            valueName: "list"))
    var sections: String?
    @Option(help: ArgumentHelp("Step of the cube, such as \"1 month\".", valueName: "time"))
    var step: String?
    @Option(help: "Steps of the cube.") var steps: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Print all about one hotspot or place instead.", valueName: "id"))
    var explain: String?

    @Option(
        help: ArgumentHelp(
            "With --explain: what changed since the night of that day, as the runs in --output "
                + "knew it.",
            valueName: "date"),
        transform: CalendarDate.init(option:))
    var since: CalendarDate?

    @Flag(help: "Print the pipeline file that the flags amount to, and stop.")
    var printPipeline = false

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var log: LogOptions
    @Flag(help: "Print one JSON object, also when the run fails.")
    var json = false

    var logFormat: LogFormat { log.format }
    var printsJSON: Bool { json }

    private var isPipeline: Bool { [".yaml", ".yml"].contains { events.lowercased().hasSuffix($0) } }

    func validate() throws {
        if isPipeline, explain == nil {
            throw ValidationError(
                "\(events) is a pipeline file; run it with `jilaal run \(events)`, or give --explain.")
        }
        if let explain, HotspotSubject(explain) == nil {
            throw ValidationError(
                "--explain is \"\(explain)\"; expected a rank such as 1, or two numbers such as "
                    + "45.3,2.1.")
        }
        if since != nil, explain == nil || output == nil {
            throw ValidationError("--since goes with --explain and the --output of earlier runs.")
        }
        for name in names(sections) where !HotspotRequest.sectionNames.contains(name) {
            throw ValidationError(
                "--with: \"\(name)\" is not one of "
                    + HotspotRequest.sectionNames.joined(separator: ", ") + ".")
        }
        for pair in names(columns) where pair.split(separator: "=").count != 2 {
            throw ValidationError("--columns: \"\(pair)\" is not of the form date=day.")
        }
    }

    private func names(_ list: String?) -> [String] {
        (list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private var request: HotspotRequest {
        var request = HotspotRequest(events: events)
        request.source = source
        request.columns = names(columns).map { pair in
            let parts = pair.split(separator: "=").map(String.init)
            return (parts.first ?? "", parts.last ?? "")
        }
        request.zones = zones.map { ($0, zoneID) }
        request.incidents = Self.given([("preset", preset), ("precision", precision)])
        request.hotspots = Self.given([
            ("cell", cell), ("window", window), ("weight", weight),
            ("confidence", confidence.map { "\($0) %" }), ("gistar.radius", radius),
            ("gistar.correction", correction), ("gistar.significance", significance),
            ("density.radius", densityRadius), ("density.half_life", halfLife),
            ("density.edge", edge), ("density.adaptive", adaptive ? "true" : nil),
            ("density.bandwidth", bandwidth),
            ("cube.step", step), ("cube.steps", steps.map(String.init)),
        ])
        request.sections = names(sections)
        return request
    }

    private static func given(_ values: [(String, String?)]) -> [(key: String, value: String)] {
        values.compactMap { key, value in value.map { (key, $0) } }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        if printPipeline {
            print(try request.document().text(.pretty))
            return
        }
        let file =
            isPipeline
            ? try PipelineFile(
                path: events, environment: environment, products: RasterProfile.all.map(\.id))
            : try request.file(environment: environment)
        if let subject = explain.flatMap(HotspotSubject.init) {
            let explanation = try subject.explanation(
                of: file, asOf: asOf, threads: threads.count,
                since: since.flatMap { date in
                    output.map { HotspotSince(date: date, output: $0) }
                })
            return show(explanation.json, explanation.warnings, explanation.lines)
        }
        try publish(file)
    }
}
