import Foundation
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

        enum CodingKeys: String, CodingKey {
            case count, sum, mean, min, max, median, stdev, variance, coverage
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

    private func check(_ ours: Double?, _ theirs: Double?, _ name: String) {
        guard let ours, let theirs else {
            #expect(ours == theirs, "\(name)")
            return
        }
        #expect(abs(ours - theirs) <= Self.relativeTolerance * abs(theirs), "\(name)")
    }
}
