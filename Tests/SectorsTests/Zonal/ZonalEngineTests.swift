import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@testable import Sectors

@Suite struct ZonalEngineTests {
    /// Sums of a few thousand cells in two orders.
    static let sumTolerance = 1e-9

    private func random(
        _ seed: UInt64, rows: Int, columns: Int, gaps: Bool = true
    ) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<rows * columns).map { _ in
            let value = Double(Float.random(in: -3..<5, using: &generator))
            return gaps && value > 4.5 ? .nan : value
        }
    }

    private func stars(_ seed: UInt64, rows: Int, columns: Int) -> [MultiPolygon] {
        var generator = SeededGenerator(seed: seed)
        return (0..<6).map { number in
            let center = Coordinate(
                x: Double.random(in: 0...Double(columns), using: &generator),
                y: Double.random(in: 0...Double(rows), using: &generator))
            return single(
                star(
                    around: center, radius: Double(rows) / Double(number + 1) * 2, vertices: 9,
                    using: &generator))
        }
    }

    private var everything: ZonalRequest {
        var request = ZonalRequest()
        request.spread = true
        request.quantiles = [0.1, 0.5].flatMap {
            [ZonalRequest.Quantile($0), ZonalRequest.Quantile($0, .lower)]
        }
        return request
    }

    @Test func `Neither the blocks of the file nor the threads change a bit`() throws {
        let files = try ZonalFiles()
        let (rows, columns) = (66, 4130)
        let values = random(1, rows: rows, columns: columns)
        let zones = stars(2, rows: rows, columns: columns)
            + [single(box(4060.3, 1.7, 4120.2, 64.1))]
        let layouts: [RasterLayout] = [
            .plain, .plain(tile: Shape(rows: 16, columns: 32)),
            .plain(tile: Shape(rows: 1, columns: columns)),
        ]
        var first: [ZonalStatistics]?
        for (number, layout) in layouts.enumerated() {
            let file = try files.raster("\(number).tif", values, rows: rows, layout: layout)
            let engine = try ZonalEngine(values: file)
            let found = try engine.statistics(of: zones, everything, threads: number + 1)
            if let first { #expect(found == first) }
            first = found
        }
        #expect(first?.allSatisfy { $0.count > 0 && $0.count < $0.coveredCells } == true)
    }

    @Test func `Zones that tile the raster add up to the whole`() throws {
        let files = try ZonalFiles()
        let (rows, columns) = (40, 90)
        let file = try files.raster("a.tif", random(3, rows: rows, columns: columns), rows: rows)
        // Slanted borders that cut cells anywhere.
        let cuts = [(0.0, 0.0), (17.31, 29.9), (55.05, 41.77), (90, 90)]
        let strips = zip(cuts, cuts.dropFirst()).map { a, b in
            single(ring([(a.0, 0), (b.0, 0), (b.1, 40), (a.1, 40)]))
        }
        for unit in ZonalRequest.Unit.allCases {
            var request = ZonalRequest()
            request.unit = unit
            let parts = try ZonalEngine(values: file).statistics(
                of: strips + [single(box(0, 0, 90, 40))], request)
            let whole = try #require(parts.last)
            let sums = parts.dropLast().reduce(into: (0.0, 0.0, 0.0)) {
                $0.0 += $1.count
                $0.1 += $1.weight
                $0.2 += $1.sum
            }
            #expect(abs(sums.0 / whole.count - 1) <= Self.sumTolerance)
            #expect(abs(sums.1 / whole.weight - 1) <= Self.sumTolerance)
            #expect(abs(sums.2 / whole.sum - 1) <= Self.sumTolerance)
        }
    }

    @Test func `Values times a power of two give statistics times it, to the bit`() throws {
        let files = try ZonalFiles()
        let values = random(4, rows: 30, columns: 50)
        let zones = stars(5, rows: 30, columns: 50)
        let plain = try ZonalEngine(values: files.raster("a.tif", values, rows: 30))
            .statistics(of: zones, everything)
        let scaled = try ZonalEngine(
            values: files.raster("b.tif", values.map { $0 * 4 }, rows: 30)
        ).statistics(of: zones, everything)
        for (a, b) in zip(plain, scaled) {
            #expect(b.mean == a.mean.map { $0 * 4 })
            #expect(b.sum == a.sum * 4)
            #expect(b.variance == a.variance.map { $0 * 16 })
            #expect(b.quantiles == a.quantiles.map { $0.map { $0 * 4 } })
        }
    }

    @Test func `Scale and offset of the file are applied, nodata first`() throws {
        let file = RasterReference(
            name: "scaled.tif", path: TestPaths.fixture("transfer/scaled.tif").path)
        // Stored: 1 2 3 4 / 5 6 7 nodata / 9 10 11 12; value = 100 - stored / 2.
        var request = everything
        request.classes = true
        let engine = try ZonalEngine(values: file)
        let found = try #require(engine.statistics(of: [single(box(0, 0, 4, 2))], request).first)
        #expect(found.count == 7)
        #expect(found.coveredCells == 8)
        #expect(found.sum == 700 - 0.5 * 60)
        #expect(found.minimum == 94)
        #expect(found.maximum == 97.5)
        #expect(found.quantiles[2] == 95.5)
        #expect(found.classes.map(\.code) == [5, 6, 7, 9, 10, 11, 12])
        #expect(found.classes.allSatisfy { $0.squareMeters == 1 && $0.cells == 1 })
    }

    @Test func `Weights multiply fractions, and cells without weight do not count`() throws {
        let files = try ZonalFiles()
        let values = try files.raster("v.tif", [1, 2, 3, 4], rows: 1)
        let people = try files.raster("w.tif", [10, 0, .nan, 30], rows: 1)
        let engine = try ZonalEngine(values: values, weights: people)
        var request = ZonalRequest()
        request.spread = true
        request.quantiles = [ZonalRequest.Quantile(0.5, .lower)]
        let found = try #require(
            engine.statistics(of: [single(box(0.5, 0, 4, 1))], request).first)
        // 5 people at 1 and 30 at 4.
        #expect(found.coveredCells == 3.5)
        #expect(found.count == 1.5)
        #expect(found.weight == 35)
        #expect(found.mean == 125.0 / 35)
        #expect(found.minimum == 1)
        #expect(found.maximum == 4)
        #expect(abs((found.variance ?? 0) - 9 * 5 * 30 / (35.0 * 35)) < 1e-12)
        #expect(found.quantiles == [4])
    }

    @Test func `Class areas are the covered areas by code`() throws {
        let files = try ZonalFiles()
        let file = try files.raster(
            "c.tif", [1, 1, 2, 255, 2, 2], rows: 2, type: .uint8, nodata: 255)
        var request = ZonalRequest()
        request.classes = true
        let found = try #require(
            ZonalEngine(values: file).statistics(of: [single(box(0.5, 0, 2.25, 2))], request).first)
        #expect(found.classes.map(\.code) == [1, 2])
        #expect(found.classes.map(\.cells) == [1.5, 0.25 + 1 + 0.25])
        let total = found.classes.reduce(0) { $0 + $1.squareMeters }
        #expect(total == found.count)

        let odd = try files.raster("d.tif", [1, 2.5], rows: 1)
        #expect(throws: ZonalError.self) {
            try ZonalEngine(values: odd).statistics(of: [single(box(0, 0, 2, 1))], request)
        }
    }

    @Test func `Zones outside, without area and of nothing are empty`() throws {
        let files = try ZonalFiles()
        let file = try files.raster("a.tif", random(6, rows: 20, columns: 20), rows: 20)
        let zones = [
            single(box(30, 30, 40, 40)), single(ring([(1, 1), (5, 5), (1, 1)])), MultiPolygon([]),
            single(box(3.2, 3.2, 3.2004, 3.2004)),
        ]
        let found = try ZonalEngine(values: file).statistics(of: zones, everything, threads: 2)
        for empty in found.prefix(3) {
            #expect(empty.count == 0)
            #expect(empty.sum == 0)
            #expect(empty.mean == nil)
            #expect(empty.variance == nil)
            #expect(empty.quantiles.allSatisfy { $0 == nil })
        }
        // A tiny zone has the value of its cell and no spread.
        #expect(found[3].count > 0)
        #expect(abs(found[3].count - 1.6e-7) < 1e-12)
        #expect(found[3].minimum == found[3].maximum)
        // Weight times value over weight may round.
        #expect((found[3].variance ?? 1) < 1e-28)
        #expect(found[3].quantiles.allSatisfy { $0 == found[3].minimum })
    }

    @Test func `Refusals say what was found`() throws {
        let files = try ZonalFiles()
        let file = try files.raster("a.tif", [1, 2, 3, 4], rows: 2)
        #expect(throws: GeoError.self) { try ZonalEngine(values: file, band: 2) }
        let nowhere = single(ring([(0, 0), (.infinity, 0), (1, 1)]))
        #expect(throws: ZonalError.self) {
            try ZonalEngine(values: file).statistics(of: [nowhere])
        }
        let other = try files.raster("b.tif", [1, 2, 3, 4], rows: 1)
        #expect(throws: ZonalError.self) { try ZonalEngine(values: file, weights: other) }
        let negative = try files.raster("n.tif", [1, -2, 3, 4], rows: 2)
        let engine = try ZonalEngine(values: file, weights: negative)
        #expect(throws: ZonalError.self) {
            try engine.statistics(of: [single(box(0, 0, 2, 2))])
        }
    }

    @Test func `Geographic cells weigh their area on the ellipsoid`() throws {
        let files = try ZonalFiles()
        let spec = GridSpec(
            shape: Shape(rows: 2, columns: 1),
            geotransform: Geotransform(originX: 44, cellWidth: 1, originY: 60, cellHeight: -30),
            crs: .wgs84)
        let file = try files.raster("g.tif", [1, 2], rows: 2, spec: spec)
        var request = ZonalRequest()
        request.unit = .area
        request.quantiles = [ZonalRequest.Quantile(0.5, .lower)]
        let found = try #require(
            ZonalEngine(values: file).statistics(of: [single(box(44, 0, 45, 60))], request).first)
        let areas = CellAreas(geographic: spec)
        #expect(found.weight == areas[0] + areas[1])
        #expect(found.mean == (areas[0] + 2 * areas[1]) / (areas[0] + areas[1]))
        #expect(found.quantiles == [2])
    }
}
