import ArgumentParser
import Foundation
import Pipeline
import Tables

struct ZonalCommand: ParsableCommand, ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "zonal",
        abstract: "Statistics of any raster in any zones, with the exact share of every cell.",
        discussion: """
            A cell that a zone covers in part counts with that part. Zones may overlap, and may be \
            in another CRS than the raster. Rasters of any size are read in pieces. Quantiles are \
            exact: interpolated ones lie between two values, lower ones are always a value. With \
            --weights, such as people per cell, means and quantiles are those of the weights.

            EXAMPLES
              jilaal zonal ndvi.tif districts.geojson --zone-id code
              jilaal zonal ndvi.tif sectors.gpkg --statistics mean,median,quantile=0.9 \
            --output ndvi.csv
              jilaal zonal landcover.tif sectors.gpkg --statistics classes --output cover.csv
              jilaal zonal drought.tif sectors.gpkg --weights people.tif --statistics mean --json
            """)

    @Argument(help: "A raster: GeoTIFF, HDF or NetCDF.", completion: .file())
    var raster: String
    @Argument(help: "Polygons: GeoJSON, GeoPackage or Shapefile.", completion: .file())
    var zones: String

    @Option(
        name: .customLong("zone-id"),
        help: ArgumentHelp(
            "Attribute that identifies the zones; default: their number.", valueName: "field"))
    var zoneID: String?
    @Option(
        help: ArgumentHelp(
            "What to compute, with commas between: " + ZonalStatistic.names.joined(separator: ", ")
                + ".", valueName: "list"))
    var statistics = "mean,sum,min,max,count"
    @Option(help: "Band of the raster, from 1.") var band = 1
    @Option(
        help: ArgumentHelp(
            "Raster on the same grid whose cells weigh the values, such as people.",
            valueName: "file"), completion: .file())
    var weights: String?
    @Option(help: "What a covered cell weighs: fraction or area (square metres).")
    var unit = "fraction"
    @Option(help: "Quantiles between two values: interpolated or lower.")
    var quantileRule = "interpolated"
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write a CSV, with its data dictionary beside it; default: print it.",
            valueName: "file"), completion: .file(extensions: ["csv"]))
    var output: String?
    @OptionGroup var threads: ThreadsOption
    @Flag(help: "Print one JSON object, also when the command fails.")
    var json = false

    var printsJSON: Bool { json }
    var afterStop: String { "nothing was written." }

    func validate() throws {
        guard band >= 1 else { throw ValidationError("--band is \(band); expected 1 or more.") }
        for name in names where ZonalStatistic(name) == nil {
            throw ValidationError(
                "--statistics: \"\(name)\" is not one of "
                    + ZonalStatistic.names.joined(separator: ", ") + " (quantiles from 0 to 1).")
        }
        guard Set(names.compactMap(ZonalStatistic.init)).count == names.count else {
            throw ValidationError("--statistics: \(statistics) names one of them twice.")
        }
        guard ZonalTask.units.contains(unit) else {
            throw ValidationError(
                "--unit is \"\(unit)\"; expected " + ZonalTask.units.joined(separator: " or ") + ".")
        }
        guard ZonalTask.quantileRules.contains(quantileRule) else {
            throw ValidationError(
                "--quantile-rule is \"\(quantileRule)\"; expected "
                    + ZonalTask.quantileRules.joined(separator: " or ") + ".")
        }
    }

    private var names: [String] {
        statistics.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }

    func run() throws {
        let task = ZonalTask(
            raster: raster, band: band, zones: zones, zoneID: zoneID, weights: weights,
            statistics: names.compactMap(ZonalStatistic.init), unit: unit,
            quantileRule: quantileRule)
        guard let result = try task?.table(threads: threads.count) else { return }
        if let output { try result.write(to: output) }
        if json {
            var document = ResultDocument(command: "zonal", outcome: "done")
            document.members = [JSONMember("zones", result.json)]
            document.print()
        } else if output == nil {
            print(result.text, terminator: "")
        }
    }
}
