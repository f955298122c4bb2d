import Diagnostics
import Foundation
import Geo
import GridCore
import Pipeline
import Tables
import TestSupport
import Testing

@Suite struct ZonalTaskTests {
    /// A raster of 4 x 4 cells of a degree, 1 ... 16, and three zones in
    /// longitude and latitude, two of which overlap.
    private func files() throws -> (folder: URL, raster: String, zones: String) {
        let folder = try TestPaths.temporaryDirectory()
        let spec = GridSpec(
            shape: Shape(rows: 4, columns: 4),
            geotransform: Geotransform(originX: 40, cellWidth: 1, originY: 4, cellHeight: -1),
            crs: .wgs84)
        let raster = folder.appendingPathComponent("values.tif").path
        let writer = try RasterWriter(
            path: raster,
            description: RasterDescription(
                spec: spec, type: .float32, nodata: .nan,
                bands: [RasterDescription.Band(description: "values", unit: "")]))
        try writer.write(
            band: 1, window: CellWindow(spec.shape), cells: (1...16).map { Float($0) })
        try writer.close()
        let boxes = [("a", 40.0, 42.0), ("b", 41.0, 43.5), ("c", 60.0, 61.0)]
        let features = boxes.map { name, west, east in
            """
            {"type": "Feature", "properties": {"code": "\(name)"}, "geometry": {"type": "Polygon", \
            "coordinates": [[[\(west), 2], [\(east), 2], [\(east), 4], [\(west), 4], [\(west), 2]]]}}
            """
        }
        let zones = folder.appendingPathComponent("zones.geojson")
        let text = "{\"type\": \"FeatureCollection\", \"features\": ["
            + features.joined(separator: ",") + "]}"
        try Data(text.utf8).write(to: zones)
        return (folder, raster, zones.path)
    }

    @Test func `Zones may overlap, and have one row each`() throws {
        let (folder, raster, zones) = try files()
        defer { try? FileManager.default.removeItem(at: folder) }
        let statistics = ["count", "mean", "max", "median", "classes"].compactMap(ZonalStatistic.init)
        let task = try #require(
            ZonalTask(
                raster: raster, zones: zones, zoneID: "code", statistics: statistics,
                unit: "fraction", quantileRule: "interpolated"))
        let result = try task.table(threads: 2)
        let names = result.table.columns.map(\.name)
        #expect(names.prefix(6) == ["zone", "covered_cells", "count", "mean", "max", "median"])
        #expect(names.dropFirst(6).first == "class_1_km2")
        let rows = result.table.rows
        #expect(rows.map { $0[0] } == [.text("a"), .text("b"), .text("c")])
        // Cells 1, 2, 5, 6; then 2, 3, 6, 7 and half of 4 and 8.
        #expect(Array(rows[0][2...5]) == [.number(4), .number(3.5), .number(6), .number(3.5)])
        #expect(Array(rows[1][2...4]) == [.number(5), .number(24.0 / 5), .number(8)])
        #expect(Array(rows[2][2...5]) == [.number(0), .missing, .missing, .missing])
    }

    @Test func `The table is written with its dictionary`() throws {
        let (folder, raster, zones) = try files()
        defer { try? FileManager.default.removeItem(at: folder) }
        let task = try #require(
            ZonalTask(
                raster: raster, zones: zones, statistics: [.mean], unit: "area",
                quantileRule: "lower"))
        let path = folder.appendingPathComponent("out.csv").path
        let result = try task.table(threads: 1)
        try result.write(to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == result.text)
        let dictionary = try String(
            contentsOf: folder.appendingPathComponent("out.datapackage.json"), encoding: .utf8)
        #expect(dictionary.contains("covered_cells"))
        #expect(result.table.rows.map { $0[0] } == [.text("1"), .text("2"), .text("3")])
    }

    @Test func `An attribute that is not there is refused with those that are`() throws {
        let (folder, raster, zones) = try files()
        defer { try? FileManager.default.removeItem(at: folder) }
        let task = try #require(
            ZonalTask(
                raster: raster, zones: zones, zoneID: "name", statistics: [.mean],
                unit: "fraction", quantileRule: "lower"))
        let error = #expect(throws: FailureList.self) { try task.table(threads: 1) }
        #expect(error?.description.contains("found the attributes code") == true)
    }

    @Test func `Statistics are read as they are written on the command line`() {
        #expect(ZonalStatistic("median") == .quantile(0.5))
        #expect(ZonalStatistic("quantile=0.9") == .quantile(0.9))
        #expect(ZonalStatistic.names.allSatisfy { ZonalStatistic($0) != nil })
        for text in ["", "mode", "quantile", "quantile=1.1", "quantile=nan", "Mean"] {
            #expect(ZonalStatistic(text) == nil)
        }
    }
}
