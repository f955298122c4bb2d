import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@testable import Pipeline

/// Writes a small stack and gives its pipeline file.
private struct StackFolder {
    let url: URL

    init() throws { url = try TestPaths.temporaryDirectory() }

    func write(_ name: String, originX: Double = 40, columns: Int = 4, value: Float = 4000) throws {
        let spec = GridSpec(
            shape: Shape(rows: 3, columns: columns),
            geotransform: Geotransform(
                originX: originX, cellWidth: 0.25, originY: 2, cellHeight: -0.25), crs: .wgs84)
        let writer = try RasterWriter(
            path: url.appendingPathComponent(name).path,
            description: RasterDescription(
                spec: spec, type: .int16, nodata: -3000,
                bands: [.init(description: "NDVI", unit: "")]))
        let cells = [Float](repeating: value, count: spec.shape.count)
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
    }

    func configuration(_ extra: String = "") throws -> DroughtConfiguration {
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi:
                product: custom
                files: "*.tif"
                dates: "N_{yyyy}{mm}{dd}.tif"
                scale: 0.0001
            \(extra)
              periods: 16-day
              baseline: 2000-2001
              minimum_years: 2
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: url.path, environment: [:])
        return try #require(file.configuration.drought)
    }
}

@Suite struct RasterStackTests {
    @Test func aStackIsInDateOrderWhateverTheNames() throws {
        let folder = try StackFolder()
        for name in ["N_20010117.tif", "N_20000101.tif", "N_20000117.tif"] {
            try folder.write(name)
        }
        var log = ProblemLog()
        let stack = try #require(RasterStackLoader(try folder.configuration()).load(&log))
        #expect(stack.dates.map(\.description) == ["2000-01-01", "2000-01-17", "2001-01-17"])
        #expect(stack.fitsInt16)
        #expect(stack.rule.fill == [-3000])
        #expect(log.warnings.map(\.code) == ["irregular-dates"])
    }

    @Test func rastersOfAnotherGridAreAllNamed() throws {
        let folder = try StackFolder()
        try folder.write("N_20000101.tif")
        try folder.write("N_20000117.tif", originX: 40.1)
        try folder.write("N_20000202.tif", columns: 5)
        var log = ProblemLog()
        #expect(RasterStackLoader(try folder.configuration()).load(&log) == nil)
        #expect(log.failures.map(\.code) == ["mixed-grids", "mixed-grids"])
        #expect(log.failures.map { $0.place.file } == ["N_20000117.tif", "N_20000202.tif"])
    }

    @Test func everyNameWithoutADateIsNamed() throws {
        let folder = try StackFolder()
        for name in ["N_20000101.tif", "N_20001301.tif", "other.tif"] { try folder.write(name) }
        var log = ProblemLog()
        #expect(RasterStackLoader(try folder.configuration()).load(&log) == nil)
        #expect(log.failures.map { $0.place.file } == ["N_20001301.tif", "other.tif"])
        #expect(log.failures.allSatisfy { $0.code == "no-date-in-name" })
    }

    @Test func irregularDatesAreToldRefusedOrAccepted() throws {
        let folder = try StackFolder()
        for name in ["N_20000101.tif", "N_20000118.tif"] { try folder.write(name) }
        for (choice, warnings, failures) in [
            ("warn", ["irregular-dates"], [String]()), ("accept", [], []),
            ("refuse", [], ["irregular-dates"]),
        ] {
            var log = ProblemLog()
            let configuration = try folder.configuration("    irregular_dates: \(choice)")
            _ = RasterStackLoader(configuration).load(&log)
            #expect(log.warnings.map(\.code) == warnings, "\(choice)")
            #expect(log.failures.map(\.code) == failures, "\(choice)")
        }
    }

    @Test func theAsOfDateTakesTheNewestCompositeThatHasBegun() throws {
        let folder = try StackFolder()
        for name in ["N_20000101.tif", "N_20000117.tif", "N_20010101.tif"] {
            try folder.write(name)
        }
        let configuration = try folder.configuration()
        var log = ProblemLog()
        let stack = try #require(RasterStackLoader(configuration).load(&log))
        func current(_ date: String) throws -> (String?, [String]) {
            var log = ProblemLog()
            let prepared = PreparedDrought.prepare(
                configuration, DroughtStacks(vegetation: stack), asOf: try #require(CalendarDate(iso: date)), &log)
            return (prepared?.current.date.description, log.failures.map(\.code))
        }
        #expect(try current("2000-01-16").0 == "2000-01-01")
        #expect(try current("2000-01-17").0 == "2000-01-17")
        #expect(try current("2000-02-18").0 == "2000-01-17")
        #expect(try current("2000-02-19").1 == ["as-of-without-data"])
        #expect(try current("1999-12-31").1 == ["as-of-without-data"])
    }

    @Test(arguments: [(512, 512, 1), (4000, 1, 1), (100, 100, 300), (1, 1, 1), (4000, 16, 1)])
    func tilesHoldWholeBlocksAndEveryCellOnce(columns: Int, rows: Int, bands: Int) {
        let stack = RasterStack(
            composites: [],
            spec: GridSpec(
                shape: Shape(rows: 1300, columns: 4000),
                geotransform: Geotransform(
                    originX: 0, cellWidth: 1, originY: 0, cellHeight: -1), crs: .wgs84),
            scheme: .month, fitsInt16: true, scale: 1, offset: 0, rule: .init(),
            acceptedQuality: nil, block: Shape(rows: rows, columns: columns),
            bandsPerBlock: bands, productTitle: "", citation: "")
        let plan = TilePlan(stack, threads: 2)
        #expect(plan.tiles.reduce(0) { $0 + $1.count } == 1300 * 4000)
        #expect(plan.tiles.allSatisfy { $0.row % rows == 0 && $0.column % columns == 0 })
        #expect(plan.tiles.allSatisfy { $0.count <= plan.mostCells })
        #expect(plan.mostCells <= TilePlan.cellsWanted)
        for (a, b) in zip(plan.tiles, plan.tiles.dropFirst()) {
            #expect(a.intersection(b).isEmpty)
        }
        var longer = stack
        longer.composites = (0..<200).map { year in
            RasterStack.Composite(
                date: CalendarDate(dayNumber: 366 * year),
                raster: RasterReference(name: "\(year).tif", path: "/\(year).tif"), band: 1,
                quality: nil)
        }
        #expect(TilePlan(longer, threads: 8).tiles == plan.tiles)
    }
}
