import Foundation
import Geo
import GridCore
import Sectors
import TestSupport
import Testing

/// The reference file `sectors/zonal.json`.
private struct Reference: Decodable {
    struct Statistics: Decodable {
        var count: Double
        var sum: Double
        var mean: Double?
        var min: Double?
        var max: Double?
        var median: Double?
        var ninthDecile: Double?
        var stdev: Double?
        var variance: Double?
        var coverage: [Double]
        var values: [Float]

        enum CodingKeys: String, CodingKey {
            case count, sum, mean, min, max, median, stdev, variance, coverage, values
            case ninthDecile = "quantile_90"
        }
    }
    struct Zone: Decodable {
        var name: String
        var wkt: String
        var exactextract: Statistics
    }
    var raster: [[Float]]
    var nodata: Float
    var origin: [Double]
    var cell: Double
    var zones: [Zone]

    static func read() throws -> Reference {
        try JSONDecoder().decode(
            Reference.self, from: Data(contentsOf: TestPaths.fixture("sectors/zonal.json")))
    }

    var spec: GridSpec {
        GridSpec(
            shape: Shape(rows: raster.count, columns: raster[0].count),
            geotransform: Geotransform(
                originX: origin[0], cellWidth: cell, originY: origin[1], cellHeight: -cell),
            crs: CRSIdentifier("local"))
    }

    var values: [Float] { raster.joined().map { $0 == nodata ? .nan : $0 } }
}

/// The polygon of `POLYGON ((x y, ...), (...))`.
private func polygon(wkt: String) throws -> MultiPolygon {
    let rings = try wkt.dropFirst("POLYGON ((".count).dropLast(2)
        .components(separatedBy: "), (")
        .map { ring in
            try ring.components(separatedBy: ", ").map { pair in
                let numbers = pair.split(separator: " ").compactMap { Double($0) }
                try #require(numbers.count == 2)
                return Coordinate(x: numbers[0], y: numbers[1])
            }
        }
    return single(try #require(rings.first), holes: Array(rings.dropFirst()))
}

@Suite struct ZonalReferenceTests {
    /// The reference holds its fractions as Float32: 6e-8 relative, some of
    /// it more than once.
    static let relativeTolerance = 1e-6

    @Test func everyStatisticEqualsTheReferenceWhateverTheTiles() throws {
        let reference = try Reference.read()
        #expect(reference.zones.count == 9)
        let spec = reference.spec
        let index = ZoneIndex(
            zones: try reference.zones.map { try polygon(wkt: $0.wkt) }, spec: spec,
            cellAreas: CellAreas(projected: spec))
        let cellArea = reference.cell * reference.cell
        for (rows, columns) in [(8, 10), (3, 4), (1, 1)] {
            for (zone, expected) in reference.zones.enumerated() {
                var accumulator = ZonalAccumulator()
                var collected = WeightedValues()
                for tile in tiles(of: spec.shape, rows: rows, columns: columns)
                where index.zones(touching: tile).contains(zone) {
                    var part = ZonalAccumulator()
                    var partValues = WeightedValues()
                    let values = cells(of: reference.values, spec.shape, in: tile)
                    index.accumulate(window: tile, zone: zone, values: values, into: &part)
                    index.accumulate(
                        window: tile, zone: zone, values: values, into: &partValues)
                    accumulator.merge(part)
                    collected.merge(partValues)
                }
                let distribution = WeightedDistribution(collected.values)
                let e = expected.exactextract
                check(accumulator.validWeight / cellArea, e.count, expected.name)
                check(accumulator.weightedSum / cellArea, e.sum, expected.name)
                check(accumulator.mean, e.mean, expected.name)
                check(accumulator.minimum.map(Double.init), e.min, expected.name)
                check(accumulator.maximum.map(Double.init), e.max, expected.name)
                check(accumulator.standardDeviation, e.stdev, expected.name)
                check(accumulator.variance, e.variance, expected.name)
                check(distribution.interpolatedQuantile(0.5), e.median, expected.name)
                check(distribution.interpolatedQuantile(0.9), e.ninthDecile, expected.name)
            }
        }
    }

    @Test func theFractionsOfValidCellsEqualTheReference() throws {
        let reference = try Reference.read()
        let spec = reference.spec
        let values = reference.values
        for zone in reference.zones {
            let coverage = CellCoverage(of: try polygon(wkt: zone.wkt), on: spec)
            let fractions = picture(coverage, spec).joined().enumerated()
                .filter { $0.element > 0 && !values[$0.offset].isNaN }.map(\.element)
            try #require(fractions.count == zone.exactextract.coverage.count)
            for (ours, theirs) in zip(fractions, zone.exactextract.coverage) {
                check(ours, theirs, zone.name)
            }
        }
    }

    @Test func aZoneOfNodataAloneIsCoveredButHasNoValue() throws {
        let reference = try Reference.read()
        let spec = reference.spec
        let zone = try #require(reference.zones.first { $0.name == "only_nodata" })
        let index = ZoneIndex(
            zones: [try polygon(wkt: zone.wkt)], spec: spec,
            cellAreas: CellAreas(projected: spec))
        var accumulator = ZonalAccumulator()
        index.accumulate(
            window: CellWindow(spec.shape), zone: 0, values: reference.values,
            into: &accumulator)
        check(accumulator.coveredWeight, index.areaInSquareMeters(ofZone: 0), zone.name)
        check(accumulator.coveredWeight, 80 * 80, zone.name)
        #expect(accumulator.validShare == 0)
        #expect(accumulator.mean == nil)
        #expect(accumulator.variance == nil)
    }

    @Test func `The engine gives every statistic of the reference from a file`() throws {
        let reference = try Reference.read()
        let files = try ZonalFiles()
        let spec = GridSpec(
            shape: reference.spec.shape, geotransform: reference.spec.geotransform,
            crs: CRSIdentifier("EPSG:32638"))
        let file = try files.raster(
            "zonal.tif", reference.raster.joined().map(Double.init), rows: spec.shape.rows,
            nodata: Double(reference.nodata), spec: spec)
        var request = ZonalRequest()
        request.spread = true
        request.quantiles = [ZonalRequest.Quantile(0.5), ZonalRequest.Quantile(0.9)]
        let results = try ZonalEngine(values: file).statistics(
            of: reference.zones.map { try polygon(wkt: $0.wkt) }, request, threads: 2)
        try #require(results.count == 9)
        for (result, zone) in zip(results, reference.zones) {
            let e = zone.exactextract
            check(result.count, e.count, zone.name)
            check(result.sum, e.sum, zone.name)
            check(result.mean, e.mean, zone.name)
            check(result.minimum, e.min, zone.name)
            check(result.maximum, e.max, zone.name)
            check(result.variance, e.variance, zone.name)
            check(result.standardDeviation, e.stdev, zone.name)
            check(result.quantiles[0], e.median, zone.name)
            check(result.quantiles[1], e.ninthDecile, zone.name)
        }
    }

    @Test func `The valid cells of a zone are those of the reference, with their values`() throws {
        let reference = try Reference.read()
        let values = reference.values
        for zone in reference.zones {
            var found: [Float] = []
            CellCoverage(of: try polygon(wkt: zone.wkt), on: reference.spec).forEachCell { cell, _ in
                let value = values[cell.row * reference.spec.shape.columns + cell.column]
                if !value.isNaN { found.append(value) }
            }
            #expect(found == zone.exactextract.values, "\(zone.name)")
        }
    }

    private func check(_ ours: Double?, _ theirs: Double?, _ name: String) {
        guard let ours, let theirs else {
            #expect(ours == theirs, "\(name)")
            return
        }
        #expect(abs(ours - theirs) <= Self.relativeTolerance * abs(theirs), "\(name)")
    }
}
