import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@testable import Pipeline

/// A folder with a stack of vegetation, and others beside it.
private struct StacksFolder {
    let url: URL

    init() throws { url = try TestPaths.temporaryDirectory() }

    func write(_ name: String, value: Float, cellsPerDegree: Double = 4, rows: Int = 3) throws {
        let cell = 1 / cellsPerDegree
        let spec = GridSpec(
            shape: Shape(rows: rows, columns: 4),
            geotransform: Geotransform(originX: 40, cellWidth: cell, originY: 2, cellHeight: -cell),
            crs: .wgs84)
        let writer = try RasterWriter(
            path: url.appendingPathComponent(name).path,
            description: RasterDescription(
                spec: spec, type: .float32, nodata: -9999,
                bands: [.init(description: "value", unit: "")]))
        let cells = [Float](repeating: value, count: spec.shape.count)
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
    }

    func configuration(_ others: String) throws -> DroughtConfiguration {
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi: { product: custom, files: "N_*.tif", dates: "N_{yyyy}{mm}{dd}.tif" }
              periods: 16-day
              baseline: 2000-2001
              minimum_years: 2
            \(others)
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: url.path, environment: [:])
        return try #require(file.configuration.drought)
    }

    static let temperature =
        "  lst: { product: custom, files: \"T_*.tif\", dates: \"T_{yyyy}{doy}.tif\", periods: 8-day }"
    static let rain =
        "  rain: { product: custom, files: \"R_*.tif\", dates: \"R_{yyyy}{mm}.tif\", periods: month }"
}

@Suite struct DroughtStacksTests {
    @Test func `Each section has a stack of its own dates and periods`() throws {
        let folder = try StacksFolder()
        for name in ["N_20000101.tif", "N_20000117.tif"] { try folder.write(name, value: 0.4) }
        for name in ["T_2000001.tif", "T_2000009.tif", "T_2000017.tif"] {
            try folder.write(name, value: 300)
        }
        try folder.write("R_200001.tif", value: 12)
        var log = ProblemLog()
        let configuration = try folder.configuration(
            StacksFolder.temperature + "\n" + StacksFolder.rain)
        let stacks = try #require(DroughtStacks(loading: configuration, &log))
        #expect(log.warnings.isEmpty)
        #expect(stacks.vegetation.scheme == .sixteenDay)
        #expect(stacks.temperature?.scheme == .eightDay)
        #expect(
            stacks.temperature?.dates.map(\.description) == ["2000-01-01", "2000-01-09", "2000-01-17"])
        #expect(stacks.rain?.scheme == .month)
        #expect(stacks.rain?.productTitle == "Rainfall rasters R_*.tif")
        #expect(stacks.composites.map(\.section) == [.ndvi, .ndvi, .lst, .lst, .lst, .rain])
        let asOf = try #require(CalendarDate(iso: "2000-01-20"))
        let prepared = try #require(
            PreparedDrought.prepare(configuration, stacks, asOf: asOf, &log))
        #expect(prepared.temperature?.composites.count == 3)
        #expect(prepared.rain?.composites.count == 1)
    }

    @Test func `A pipeline without further stacks has none`() throws {
        let folder = try StacksFolder()
        try folder.write("N_20000101.tif", value: 0.4)
        var log = ProblemLog()
        let stacks = try #require(DroughtStacks(loading: try folder.configuration(""), &log))
        #expect(stacks.temperature == nil)
        #expect(stacks.rain == nil)
    }

    @Test func `A stack on another grid is refused with the command that warps it`() throws {
        let folder = try StacksFolder()
        try folder.write("N_20000101.tif", value: 0.4)
        try folder.write("T_2000001.tif", value: 300, rows: 4)
        try folder.write("R_200001.tif", value: 12, cellsPerDegree: 20)
        var log = ProblemLog()
        let configuration = try folder.configuration(
            StacksFolder.temperature + "\n" + StacksFolder.rain)
        #expect(DroughtStacks(loading: configuration, &log) == nil)
        #expect(log.failures.map(\.code) == ["mixed-grids", "mixed-grids"])
        #expect(log.failures.map { $0.place.file } == ["T_2000001.tif", "R_200001.tif"])
        let text = try #require(log.failures.last).description
        #expect(text.contains("drought.rain lie on another grid than those of drought.ndvi"))
        #expect(
            text.contains("gdalwarp -t_srs EPSG:4326 -te 40.0 1.25 41.0 2.0 -ts 4 3 -r bilinear"))
    }

    @Test func `A fault of one stack names its section`() throws {
        let folder = try StacksFolder()
        try folder.write("N_20000101.tif", value: 0.4)
        for name in ["T_2000002.tif", "T_2000009.tif"] { try folder.write(name, value: 300) }
        var log = ProblemLog()
        let configuration = try folder.configuration(StacksFolder.temperature)
        _ = DroughtStacks(loading: configuration, &log)
        #expect(log.warnings.map(\.code) == ["irregular-dates"])
        #expect(log.warnings.first?.description.contains("under drought.lst") == true)
    }
}
