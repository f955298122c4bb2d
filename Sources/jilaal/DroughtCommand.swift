import ArgumentParser
import Calendar
import Diagnostics
import Foundation
import Pipeline
import Products
import Tables

struct DroughtCommand: AsyncParsableCommand, RequestingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Compute drought indicators from a folder of rasters (the default).",
        discussion: """
            For researchers who need the indicators and nothing else. The flags are a short way \
            to write a pipeline file: --print-pipeline shows it, and everything that it does not \
            say has the default that `jilaal schema` states. Results are published like those of \
            `jilaal run`: rasters (COG), pictures, tables and a manifest with the hash of every \
            input, below OUTPUT/latest.

            --explain X,Y publishes nothing: it prints the series of one cell, its climatology, \
            every indicator and how it was computed. X and Y are longitude and latitude, or with \
            --pixel column and row from 0.

            EXAMPLES
              jilaal drought ndvi/ --product mod13a2 --baseline 2003-2022 --output out
              jilaal drought ndvi/ --product mod13a2 --baseline 2003-2022 --output out \\
                --indicators vci3m,trend,runs --smooth
              jilaal drought ndvi/ --product mod13a2 --lst lst/ --lst-product mod11a2 \\
                --baseline 2003-2022 --indicators tci,vhi,asi --output out
              jilaal drought stack.tif --product custom --periods month --dates "{yyyy}-{mm}-{dd}" \\
                --scale 0.0001 --baseline 2000-2009 --explain 45.3,2.1
            """)

    @Argument(
        help: """
            NDVI rasters: a folder (what else lies in it is left out), a pattern in quotes, or one \
            file with a band a date.
            """,
        completion: .directory)
    var rasters: String

    @Option(help: "Profile of the NDVI product (see jilaal inspect), or custom.")
    var product: String

    @Option(help: ArgumentHelp("Years of the climatology.", valueName: "first-last"))
    var baseline: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder to publish into.", valueName: "dir"), completion: .directory)
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Indicators of whole series, with commas between: "
                + IndicatorChoice.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "list"))
    var indicators: String?

    @Flag(help: "Compute them from smoothed series (Whittaker, lambda by V-curve).")
    var smooth = false

    @Option(
        help: ArgumentHelp(
            "Conventions of a peer: "
                + ParityChoice.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "name"))
    var parity: String?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("The day to look back from; default: the newest composite.", valueName: "date"),
        transform: CalendarDate.init(option:))
    var asOf: CalendarDate?

    @Option(help: "Periods of the year: dekad, pentad, 8-day, 16-day, half-month, month.")
    var periods: String?
    @Option(help: "Fewer valid years make a cell nodata.") var minimumYears: Int?
    @Option(help: "Classes of VCI: kogan or ndma.") var classes: String?

    @Option(help: "Subdataset of the rasters.") var layer: String?
    @Option(
        help: ArgumentHelp("Pattern of dates in file names or band names.", valueName: "pattern"))
    var dates: String?
    @Option(parsing: .unconditional, help: "value = stored * scale + offset.") var scale: Double?
    @Option(parsing: .unconditional, help: "value = stored * scale + offset.") var offset: Double?
    @Option(
        parsing: .unconditionalSingleValue,
        help: "Stored value that means nodata; may be given several times.")
    var fill: [Double] = []
    @Option(help: ArgumentHelp("In place of a wrong or missing CRS: EPSG:4326.", valueName: "crs"))
    var crs: String?

    @Option(help: ArgumentHelp("Land surface temperature rasters.", valueName: "rasters"))
    var lst: String?
    @Option(help: ArgumentHelp("Their product.", valueName: "product")) var lstProduct: String?
    @Option(help: ArgumentHelp("Rainfall rasters.", valueName: "rasters")) var rain: String?
    @Option(help: ArgumentHelp("Their product.", valueName: "product")) var rainProduct: String?

    @Option(help: ArgumentHelp("Polygons to sum over; default: the whole area.", valueName: "file"))
    var zones: String?
    @Option(help: ArgumentHelp("Attribute that identifies them.", valueName: "name"))
    var zoneID = "id"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Print all about one cell instead.", valueName: "x,y"))
    var explain: String?
    @Flag(help: "With --explain: column and row instead of longitude and latitude.")
    var pixel = false

    @Flag(help: "Print the pipeline file that the flags amount to, and stop.")
    var printPipeline = false

    @OptionGroup var threads: ThreadsOption
    @OptionGroup var log: LogOptions
    @Flag(help: "Print one JSON object, also when the run fails.")
    var json = false

    var logFormat: LogFormat { log.format }
    var printsJSON: Bool { json }

    func validate() throws {
        for (rasters, product, name) in [(lst, lstProduct, "lst"), (rain, rainProduct, "rain")]
        where (rasters == nil) != (product == nil) {
            throw ValidationError("--\(name) and --\(name)-product belong together; give both.")
        }
        if pixel, explain == nil {
            throw ValidationError("--pixel says what --explain means; give --explain X,Y.")
        }
    }

    private var request: DroughtRequest {
        let names = (indicators ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        var request = DroughtRequest(
            vegetation: .init(
                path: rasters, product: product, layer: layer, dates: dates, scale: scale,
                offset: offset, fill: fill, crs: crs),
            baseline: baseline, indicators: names)
        request.temperature = lst.flatMap { path in
            lstProduct.map { .init(path: path, product: $0) }
        }
        request.rain = rain.flatMap { path in rainProduct.map { .init(path: path, product: $0) } }
        request.periods = periods
        request.minimumYears = minimumYears
        request.isSmoothed = smooth
        request.parity = parity
        request.classes = classes
        request.zones = zones.map { ($0, zoneID) }
        return request
    }

    func run() async throws {
        if printPipeline {
            print(request.document.text(.pretty))
            return
        }
        let file = try request.file(
            environment: ProcessInfo.processInfo.environment,
            products: RasterProfile.all.map(\.id))
        if let cell = try cell() {
            let explanation = try cell.explanation(of: file, asOf: asOf)
            return show(explanation.json, explanation.warnings, explanation.lines)
        }
        try publish(file)
    }

    /// What --explain asks for; nil when it is not given.
    private func cell() throws -> DroughtCell? {
        guard let explain else { return nil }
        let numbers = explain.split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0.trimmingCharacters(in: .whitespaces))
        }
        guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite
        else {
            throw ValidationError(
                "--explain is \"\(explain)\"; expected two numbers such as 45.3,2.1.")
        }
        guard pixel else { return .position(longitude: x, latitude: y) }
        guard let column = Int(exactly: x), let row = Int(exactly: y) else {
            throw ValidationError("--explain is \"\(explain)\"; expected whole numbers with --pixel.")
        }
        return .pixel(column: column, row: row)
    }
}
