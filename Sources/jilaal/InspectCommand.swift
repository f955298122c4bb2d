import ArgumentParser
import Pipeline
import Tables

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what a raster, table or layer is, and which profile it matches.",
        discussion: """
            EXAMPLES
              jilaal inspect ndvi/MOD13A2.A2025001.h18v09.061.2025022080611.hdf
              jilaal inspect incidents.csv
              jilaal inspect sectors.geojson
            """)

    @Argument(help: "A GeoTIFF, HDF, NetCDF, CSV, GeoJSON, GeoPackage or Shapefile.", completion: .file())
    var file: String

    func run() throws {
        for line in try Inspection.lines(of: file) {
            print(TerminalText.sanitized(line))
        }
    }
}
