import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Products
import TestSupport
import Testing

@testable import Pipeline

/// Files made after the documents of products of which no real file is at
/// hand.
private struct DocumentedFile {
    let url: URL
    let product: String
    let section: DroughtSection

    init(
        _ name: String, product: String, section: DroughtSection, type: RasterDataType,
        nodata: Double, cell: Double, cells: [Float]
    ) throws {
        self.product = product
        self.section = section
        url = try TestPaths.temporaryDirectory().appendingPathComponent(name)
        let spec = GridSpec(
            shape: Shape(rows: 2, columns: cells.count / 2),
            geotransform: Geotransform(originX: 40, cellWidth: cell, originY: 2, cellHeight: -cell),
            crs: .wgs84)
        let writer = try RasterWriter(
            path: url.path,
            description: RasterDescription(
                spec: spec, type: type, nodata: nodata, bands: [.init(description: "", unit: "")]))
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: base)
        }
        try writer.close()
    }

    func load(_ extra: String = "", _ log: inout ProblemLog) throws -> RasterStack? {
        try stack.load(extra, &log)
    }

    /// Values with NaN for none, and the first day.
    func values(_ extra: String = "") throws -> DocumentedStack.Found { try stack.values(extra) }

    private var stack: DocumentedStack {
        DocumentedStack(url: url, product: product, section: section)
    }
}

@Suite struct ProfileCheckTests {
    @Test func `Rainfall of CHIRPS is millimetres, and -9999 is no value whatever the tag`() throws {
        let file = try DocumentedFile(
            "chirps-v2.0.2011.10.3.tif", product: "chirps-v2-dekad", section: .rain,
            type: .float32, nodata: -1, cell: 0.05, cells: [0, 12.5, -9999, 140])
        let found = try file.values()
        expectSame(found.values, [0, 12.5, .nan, 140])
        #expect(found.date == "2011-10-21")
        #expect(found.warnings == ["unchecked-product"])
    }

    @Test func `Copernicus NDVI has 250 steps, and its flags are no values`() throws {
        let file = try DocumentedFile(
            "c_gls_NDVI300_202107010000_GLOBE_OLCI_V2.0.1.tif", product: "cgls-ndvi-300m",
            section: .ndvi, type: .uint8, nodata: 255, cell: 1.0 / 336,
            cells: [0, 250, 254, 255, 145, 251])
        let found = try file.values(", periods: dekad")
        expectSame(found.values, [-0.08, 0.92, .nan, .nan, 0.5, .nan])
        #expect(found.date == "2021-07-01")
    }

    @Test func `The NetCDF of Copernicus is read by its layer, on the edges of its cells`() throws {
        let name = "c_gls_NDVI300_202107010000_GLOBE_OLCI_V2.0.1.nc"
        let file = try PipelineFile(
            name: "p.yaml",
            bytes: Array(
                """
                version: 1
                name: test
                sectors: { file: s.geojson, id: id }
                drought:
                  ndvi: { product: cgls-ndvi-300m, files: "\(name)" }
                  baseline: 2000-2009
                """.utf8),
            folder: TestPaths.fixture("products").path, environment: [:])
        var log = ProblemLog()
        let loaded = RasterStackLoader(try #require(file.configuration.drought)).load(&log)
        #expect(log.failures.map(\.description) == [])
        #expect(log.warnings.map(\.code) == ["unchecked-product"])
        let stack = try #require(loaded)
        #expect(abs(stack.spec.geotransform.originX - 40) < 1e-9)
        #expect(abs(stack.spec.geotransform.originY - 2) < 1e-9)
        let reader = StackTileReader(stack: stack, planes: 1, tileCells: 6, openFiles: 1)
        try reader.read([0], CellWindow(stack.spec.shape))
        let decoded = [Float](unsafeUninitializedCapacity: 6) { buffer, initialized in
            if let base = buffer.baseAddress { reader.decode(0, 0, 6, into: base) }
            initialized = 6
        }
        expectSame(
            decoded.map { Float(Double($0) * stack.scale + stack.offset) },
            [-0.08, 0.92, .nan, .nan, 0.5, 0])
        let path = TestPaths.fixture("products/\(name)").path
        let text = try Inspection.lines(of: path).joined(separator: "\n")
        #expect(text.contains("product: cgls-ndvi-300m"))
        #expect(text.contains("as expected: has cells of"))
        #expect(!text.contains("not as the product is known"))
    }

    @Test func `Health products have the week of their name and two numbers for no value`() throws {
        let file = try DocumentedFile(
            "VHP.G04.C07.j01.P2024052.SM.SMT.tif", product: "vhp-smt", section: .lst,
            type: .float32, nodata: -9999, cell: 0.036, cells: [301.5, -999, -9999, 288])
        let found = try file.values()
        expectSame(found.values, [301.5, .nan, .nan, 288])
        #expect(found.date == "2024-12-23")
    }

    @Test func `Expedited VIIRS is read with the scale that the pipeline file states`() throws {
        let file = try DocumentedFile(
            "ea2407.tif", product: "eviirs-ndvi", section: .ndvi, type: .uint8, nodata: 255,
            cell: 0.003, cells: [0, 100, 200, 255])
        let found = try file.values(", scale: 0.01, offset: -1, periods: pentad")
        expectSame(found.values, [-1, 0, 1, .nan])
        #expect(found.date == "2024-02-01")
    }

    @Test func `Numbers of temperature are kelvin in steps of 0.02`() throws {
        let file = try DocumentedFile(
            "MOD11A2.A2024361.h22v08.061.2025006052437.tif", product: "mod11a2", section: .lst,
            type: .uint16, nodata: 0, cell: 0.01, cells: [15_000, 0, 7499, 65_535])
        let found = try file.values()
        expectSame(found.values, [300, .nan, .nan, 1310.7])
        #expect(found.date == "2024-12-26")
    }

    @Test func `A copy with other numbers than the product's is told`() throws {
        let file = try DocumentedFile(
            "MOD13A2.A2025001.h18v09.061.2025022080611.tif", product: "mod13a2", section: .ndvi,
            type: .float32, nodata: -9999, cell: 0.01, cells: [0.2, 0.4, 0.6, 0.8])
        var log = ProblemLog()
        #expect(try file.load("", &log) != nil)
        let warning = try #require(log.warnings.first { $0.code == "unlike-the-product" })
        #expect(warning.description.contains("stores Float32 (expected Int16)"))
        log = ProblemLog()
        #expect(try file.load(", scale: 1", &log) != nil)
        #expect(!log.warnings.contains { $0.code == "unlike-the-product" })
    }

    @Test func `inspect says that a profile was not compared with a real file`() throws {
        let file = try DocumentedFile(
            "chirps-v3.0.2023.02.2.tif", product: "chirps-v3-dekad", section: .rain,
            type: .float32, nodata: -9999, cell: 0.05, cells: [0, 1, 2, 3])
        let text = try Inspection.lines(of: file.url.path).joined(separator: "\n")
        #expect(text.contains("product: one of chirps-v3-dekad, chirps-v3-pentad"))
        #expect(text.contains("not yet been compared with a file of the producer"))
        #expect(text.contains("as expected: stores Float32"))
    }
}
