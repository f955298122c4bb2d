import Foundation
import Geo
import GridCore
import TestSupport
import Testing

/// MOD13A2 granules as they are delivered: HDF4, sinusoidal, with a scale
/// factor that means its inverse, and a quality layer.
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct MODISTileTests {
    private static let delivered = Result { try PublishedRun("pipelines/modis-h18v09.yaml") }

    /// The newest composite on or before the pipeline's date, 2025-04-30.
    private static let granulePrefix = "MOD13A2.A2025097."

    private func granule() throws -> URL {
        let folder = try #require(TestPaths.data).appendingPathComponent("modis_h18v09")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = names.first { $0.hasPrefix(Self.granulePrefix) && $0.hasSuffix(".hdf") }
        return folder.appendingPathComponent(try #require(name))
    }

    private func stored(_ layer: String) throws -> [Int16] {
        let path = try granule().path
        let source = try RasterSource(RasterReference(name: path, path: path, layer: layer))
        let shape = source.info.shape
        return try [Int16](unsafeUninitializedCapacity: shape.rows * shape.columns) { cells, count in
            guard let base = cells.baseAddress else { return }
            try source.read(band: 1, window: CellWindow(shape), into: base)
            count = shape.rows * shape.columns
        }
    }

    @Test("NDVI is there for usable pixels only, scaled by 0.0001, within its range")
    func quality() throws {
        let run = try Self.delivered.get()
        let published = try run.raster("drought/ndvi.tif").cells
        let ndvi = try stored("1 km 16 days NDVI")
        let reliability = try stored("1 km 16 days pixel reliability")
        try #require(published.count == ndvi.count && ndvi.count == reliability.count)
        var usable = 0
        var wrong = 0
        for (value, (raw, quality)) in zip(published, zip(ndvi, reliability)) {
            // 0 good, 1 marginal; NDVI is valid from -2000 to 10000.
            let isUsable = (quality == 0 || quality == 1) && (-2000...10000).contains(raw)
            usable += isUsable ? 1 : 0
            let isRight =
                isUsable ? abs(value - Float(raw) * 0.0001) < 1e-6 : value.isNaN
            wrong += isRight ? 0 : 1
        }
        #expect(wrong == 0)
        #expect(usable > 1000)
        #expect(published.allSatisfy { $0.isNaN || (-0.2...1.0).contains($0) })
    }

    @Test("With too few baseline years no cell has an index, and the reason says so")
    func tooFewYears() throws {
        let run = try Self.delivered.get()
        let ndvi = try run.raster("drought/ndvi.tif").cells
        let reasons = try run.raster("drought/reason.tif").cells
        var wrong = 0
        for (value, reason) in zip(ndvi, reasons) where reason != (value.isNaN ? 1 : 2) { wrong += 1 }
        #expect(wrong == 0)
        for name in ["vci", "anomaly", "percent", "zscore", "class"] {
            let path = "drought/\(name).tif"
            guard try run.files().contains(path) else { continue }
            #expect(try run.raster(path).cells.allSatisfy(\.isNaN), "\(path)")
        }
        let count = try run.raster("drought/climatology_count.tif").cells
        #expect(count.allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 })
    }

    @Test("The scale factor that means its inverse, and the short baseline, are warned of")
    func warnings() throws {
        let warnings = try Self.delivered.get().process.warnings
        let scale = try #require(warnings.first { $0.contains("scale") })
        #expect(scale.contains("10000") && scale.contains("0.0001 is used"))
        #expect(warnings.contains { $0.contains("fewer than minimum_years (2)") })
    }

    @Test("inspect names the product, its layers, its date and its scale")
    func inspect() throws {
        let result = try JilaalProcess.run(["inspect", try granule().path])
        #expect(result.exitCode == 0)
        for words in [
            "HDF4 raster", "product: mod13a2", "\"1 km 16 days NDVI\"", "composite: 2025-04-07",
            "stored * 0.0001", "1200 rows x 1200 columns",
        ] {
            #expect(result.standardOutput.contains(words), "\(words)")
        }
    }
}
