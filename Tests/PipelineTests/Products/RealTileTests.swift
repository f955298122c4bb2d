import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Products
import TestSupport
import Testing

@testable import Pipeline

/// The tiles of `${JILAAL_DATA}/modis_h18v09` against counts made of them by
/// gdal_translate and numpy (see `Tests/Fixtures/modis_h18v09`).
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct RealTileTests {
    struct Tile: Decodable, Sendable, CustomTestStringConvertible {
        var file: String
        var ndvi_sha256: String
        var usable: Int
        var usable_stored_sum: Int
        var usable_land: Int
        var ungraded: Int
        var reliability: [String: Int]
        var fields: [String: [Int]]

        var product: String { String(file.prefix(7)).lowercased() }
        var testDescription: String { String(file.prefix(16)) }
    }

    private struct Reference: Decodable { var tiles: [Tile] }

    static let tiles: [Tile] = {
        guard let bytes = try? Data(contentsOf: TestPaths.fixture("modis_h18v09/reference.json")),
            let reference = try? JSONDecoder().decode(Reference.self, from: bytes)
        else { return [] }
        return reference.tiles
    }()

    /// One of each product: every file would take long in a debug build.
    static let examples = ["MOD13A2.A2025001", "MYD13A2.A2025009", "VNP13A2.A2025009"].compactMap {
        name in tiles.first { $0.file.hasPrefix(name) }
    }

    private func stack(_ tile: Tile, quality: String = "") throws -> RasterStack {
        let folder = try #require(TestPaths.data).appendingPathComponent("modis_h18v09")
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi:
                product: \(tile.product)
                files: "\(tile.file)"
            \(quality)
              baseline: 2000-2009
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: folder.path, environment: [:],
            products: RasterProfile.all.map(\.id))
        var log = ProblemLog()
        let stack = RasterStackLoader(try #require(file.configuration.drought)).load(&log)
        #expect(log.failures.map(\.description) == [])
        return try #require(stack)
    }

    @Test func `There is a reference for each file`() {
        #expect(Self.tiles.count == 13)
        #expect(Self.examples.count == 3)
    }

    @Test("NDVI is what gdal_translate writes, scaled by hand", arguments: examples)
    func values(_ tile: Tile) throws {
        let stack = try stack(tile)
        let spec = stack.spec
        let count = spec.shape.count
        var stored = [Int16](repeating: 0, count: count)
        let source = try RasterSource(stack.composites[0].raster)
        try source.read(band: 1, window: CellWindow(spec.shape), into: &stored)
        let bytes = stored.withUnsafeBytes { Array($0) }
        #expect(Digest(of: bytes).sha256 == tile.ndvi_sha256)

        let reader = StackTileReader(stack: stack, planes: 1, tileCells: count, openFiles: 4)
        try reader.read([0], CellWindow(spec.shape))
        #expect(reader.account(0, cells: count).valid == tile.usable)
        let decoded = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { reader.decode(0, 0, count, into: base) }
            initialized = count
        }
        var usable = 0
        var sum = 0
        var wrong = 0
        for (value, number) in zip(decoded, stored) where !value.isNaN {
            usable += 1
            sum += Int(number)
            let scaled = Double(value) * stack.scale + stack.offset
            if scaled != Double(number) * 0.0001 { wrong += 1 }
        }
        #expect(usable == tile.usable)
        #expect(sum == tile.usable_stored_sum)
        #expect(wrong == 0)
    }

    @Test("Every named field has the counts that numpy makes of the same bits", arguments: examples)
    func qualityCounts(_ tile: Tile) throws {
        let folder = try #require(TestPaths.data).appendingPathComponent("modis_h18v09")
        let profile = try #require(RasterProfile.named(tile.product))
        for layer in profile.qualityLayers {
            let path = folder.appendingPathComponent(tile.file).path
            let counts = try QualityCounts(
                of: layer,
                in: RasterSource(RasterReference(name: tile.file, path: path, layer: layer.layer)))
            for field in layer.fields {
                let expected = field.values.map { value in
                    value.codes.reduce(0) { sum, code in
                        sum
                            + (field.name == "pixel_reliability"
                                ? tile.reliability["\(code)"] ?? 0 : tile.fields[field.name]?[code] ?? -1)
                    }
                }
                #expect(counts.counts(of: field) == expected, "\(field.name)")
                #expect(counts.unnamed(in: field) == 0, "\(field.name)")
            }
            let ungraded =
                layer.layer.hasSuffix("liability")
                ? tile.reliability["255"] ?? 0 : tile.ungraded
            #expect(counts.ungraded == ungraded)
        }
    }

    @Test("Fields of quality are kept by their names", arguments: examples)
    func keep(_ tile: Tile) throws {
        // Bits of another quality layer than the one that is used by default.
        let words = "    qa: { keep: { modland: [good, other], land_water: [land] } }"
        let stack = try stack(tile, quality: words)
        let count = stack.spec.shape.count
        let reader = StackTileReader(stack: stack, planes: 1, tileCells: count, openFiles: 4)
        try reader.read([0], CellWindow(stack.spec.shape))
        let account = reader.account(0, cells: count)
        #expect(account.valid > 0 && account.masked > 0)
        let layer = try #require(stack.composites[0].quality?.raster.layer)
        let bits = "[{ shift: 0, width: 2, accept: [0, 1] }, { shift: 11, width: 3, accept: [1] }]"
        let same = try self.stack(tile, quality: "    qa: { layer: \"\(layer)\", bits: \(bits) }")
        let accepted = try #require(stack.acceptedQuality)
        let wanted = try #require(same.acceptedQuality)
        #expect(zip(accepted, wanted).dropLast().allSatisfy { $0 == $1 })
    }

    @Test func `A VIIRS tile lies on the grid of the MODIS tile of its number`() throws {
        let modis = try stack(try #require(Self.examples.first))
        let viirs = try stack(try #require(Self.examples.last))
        #expect(modis.spec.isSameGrid(as: viirs.spec))
    }

    @Test func `The file of another product is told`() throws {
        let folder = try #require(TestPaths.data).appendingPathComponent("modis_h18v09")
        let aqua = try #require(Self.examples.first { $0.product == "myd13a2" })
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi: { product: mod13a2, files: "\(aqua.file)" }
              baseline: 2000-2009
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: folder.path, environment: [:])
        var log = ProblemLog()
        _ = RasterStackLoader(try #require(file.configuration.drought)).load(&log)
        let warning = try #require(log.warnings.first { $0.code == "other-product" })
        #expect(warning.description.contains("mxd13a2 is both in one archive"))
    }

    @Test("inspect says what agrees with the profile and counts by name", arguments: examples)
    func inspect(_ tile: Tile) throws {
        let path = try #require(TestPaths.data).appendingPathComponent("modis_h18v09/\(tile.file)")
        let text = try Inspection.lines(of: path.path).joined(separator: "\n")
        #expect(text.contains("product: \(tile.product) ("))
        #expect(text.contains("as expected: stores Int16"))
        #expect(text.contains("as expected: states the valid range"))
        #expect(!text.contains("not as the product is known"))
        #expect(!text.contains("has not yet been compared"))
        let modland = try #require(tile.fields["modland"])
        #expect(text.contains("modland: good \(modland[0]), other \(modland[1]), cloudy \(modland[2])"))
        #expect(text.contains("pixel_reliability: "))
    }
}
