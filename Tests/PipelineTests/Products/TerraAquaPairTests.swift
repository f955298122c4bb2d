import Calendar
import Diagnostics
import Drought
import Foundation
import Geo
import GridCore
import Products
import TestSupport
import Testing

@testable import Pipeline

/// Composites of Terra and Aqua, eight days apart, against the same rule in
/// numpy (see `Tests/Fixtures/modis_h18v09`).
@Suite(.enabled(if: TestPaths.hasData, "JILAAL_DATA is not set"))
struct TerraAquaPairTests {
    struct Pair: Decodable {
        var terra: String
        var aqua: String
        var from_terra: Int
        var from_aqua: Int
        var none: Int
        var stored_sum: Int
        var day_sum: Int
        var ndvi_sha256: String
        var day_sha256: String
    }

    private struct Reference: Decodable { var pairs: [Pair] }

    private func archive() throws -> RasterStack {
        let folder = try #require(TestPaths.data).appendingPathComponent("modis_h18v09")
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi: { product: mxd13a2, files: "M?D13A2.A20250??.*.hdf" }
              baseline: 2000-2009
            """
        let file = try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: folder.path, environment: [:])
        var log = ProblemLog()
        let stack = RasterStackLoader(try #require(file.configuration.drought)).load(&log)
        #expect(log.failures.map(\.description) == [])
        // Terra goes on after the last file of Aqua.
        #expect(log.warnings.map(\.code) == ["scale-stated-twice", "irregular-dates"])
        return try #require(stack)
    }

    private func layer(_ name: String, _ composite: RasterStack.Composite) throws -> [Int16] {
        var reference = composite.raster
        reference.layer = name
        let source = try RasterSource(reference)
        var cells = [Int16](repeating: 0, count: source.info.shape.count)
        try source.read(band: 1, window: CellWindow(source.info.shape), into: &cells)
        return cells
    }

    @Test func `A pair is composed by rank, then value, with the day of the chosen cell`() throws {
        let reference = try JSONDecoder().decode(
            Reference.self,
            from: Data(contentsOf: TestPaths.fixture("modis_h18v09/reference.json")))
        let expected = try #require(reference.pairs.first)
        let stack = try archive()
        #expect(stack.scheme == .eightDay)
        #expect(stack.composites[0].raster.name.hasSuffix(expected.terra))
        #expect(stack.composites[1].raster.name.hasSuffix(expected.aqua))
        let profile = try #require(RasterProfile.named("mxd13a2"))
        let count = stack.spec.shape.count
        let reader = StackTileReader(stack: stack, planes: 2, tileCells: count, openFiles: 4)
        try reader.read([0, 1], CellWindow(stack.spec.shape))
        let images = [0, 1].map { plane in
            [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
                if let base = buffer.baseAddress { reader.decode(plane, 0, count, into: base) }
                initialized = count
            }
        }
        let graded = try #require(profile.qualityLayer(for: profile.keep)).layer
        let ranks = try [0, 1].map { try layer(graded, stack.composites[$0]) }
        let days = try [0, 1].map {
            try layer(try #require(profile.dayOfYearLayer), stack.composites[$0])
        }

        let cells = (0..<count).filter { !images[0][$0].isNaN || !images[1][$0].isNaN }
        let block = SeriesBlock(cells: cells.count, steps: 2)
        block.prepare(cells: cells.count, steps: 2)
        var blockRanks = [UInt8](repeating: 255, count: block.stride * 2)
        for step in 0..<2 {
            for (position, cell) in cells.enumerated() {
                block.plane(step)[position] = images[step][cell]
                blockRanks[step * block.stride + position] = UInt8(ranks[step][cell] & 255)
            }
        }
        let composite = MaximumValueComposite(cells: cells.count)
        blockRanks.withUnsafeBufferPointer { ranks in
            guard let base = ranks.baseAddress else { return }
            composite.compose(block, steps: 0..<2, order: .best(ranks: base))
        }
        var chosen = [Int16](repeating: -3000, count: count)
        var day = [Int16](repeating: -1, count: count)
        var sources = [0, 0]
        for (position, cell) in cells.enumerated() {
            let source = Int(composite.planes.positions[position])
            sources[source] += 1
            chosen[cell] = Int16(composite.planes.values[position])
            day[cell] = days[source][cell]
        }
        #expect(sources == [expected.from_terra, expected.from_aqua])
        #expect(count - cells.count == expected.none)
        #expect(cells.reduce(0) { $0 + Int(chosen[$1]) } == expected.stored_sum)
        #expect(cells.reduce(0) { $0 + Int(day[$1]) } == expected.day_sum)
        let digests = [chosen, day].map { cells in
            Digest(of: cells.withUnsafeBytes { Array($0) }).sha256
        }
        #expect(digests == [expected.ndvi_sha256, expected.day_sha256])
    }
}
