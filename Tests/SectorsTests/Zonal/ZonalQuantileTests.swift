import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@testable import Sectors

@Suite struct ZonalQuantileTests {
    /// Weights are rounded to 2^-40 of a zone's and less.
    static let tolerance = 1e-8

    static let shares = [0, 0.1, 0.5, 0.999, 1]

    /// Values of a kind that trouble selection.
    private func values(_ kind: String, _ count: Int) -> [Double] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count).map { index in
            let x = Double(Float.random(in: -2..<2, using: &generator))
            switch kind {
            case "ties": return (x * 2).rounded()
            case "gaps": return x > 1 ? .nan : x
            case "constant": return 7.25
            case "zeros": return index % 3 == 0 ? -0.0 : (index % 3 == 1 ? 0 : x)
            case "infinite": return x > 1.9 ? .infinity : (x < -1.9 ? -.infinity : x)
            case "scales": return Double(Float(x) * (index % 2 == 0 ? 1e-30 : 1e30))
            case "near": return Double(Float(1).advanced(by: Float(index % 40) * Float(1).ulp))
            default: return x
            }
        }
    }

    private func request(_ unit: ZonalRequest.Unit) -> ZonalRequest {
        var request = ZonalRequest()
        request.unit = unit
        request.quantiles = Self.shares.flatMap {
            [ZonalRequest.Quantile($0), ZonalRequest.Quantile($0, .lower)]
        }
        return request
    }

    /// The cells of a zone one by one.
    private func sorted(
        _ zone: MultiPolygon, _ values: [Double], _ weights: [Double]?, _ spec: GridSpec
    ) -> WeightedDistribution {
        var all: [WeightedValue] = []
        CellCoverage(of: zone, on: spec).forEachCell { cell, fraction in
            let index = cell.row * spec.shape.columns + cell.column
            all.append(
                WeightedValue(
                    value: values[index] + 0, weight: fraction * (weights?[index] ?? 1)))
        }
        return WeightedDistribution(all)
    }

    @Test(
        arguments: ["plain", "ties", "gaps", "constant", "zeros", "infinite", "scales", "near"],
        [4, 1 << 20])
    func `Quantiles are those of all cells sorted`(kind: String, mostCells: Int) throws {
        let files = try ZonalFiles()
        let (rows, columns) = (20, 25)
        let values = values(kind, rows * columns)
        let spec = ZonalFiles.grid(rows: rows, columns: columns)
        var generator = SeededGenerator(seed: 12)
        let people = (0..<rows * columns).map { _ in
            Double(Float.random(in: 0..<9, using: &generator))
        }
        let zones = (0..<3).map { _ in
            single(star(around: Coordinate(x: 12, y: 10), radius: 12, vertices: 11, using: &generator))
        }
        for type in [RasterDataType.float32, .float64] {
            let file = try files.raster("\(type).tif", values, rows: rows, type: type)
            for weights in [nil, people] {
                let weightFile = try weights.map {
                    try files.raster("\(type)-weights.tif", $0, rows: rows)
                }
                var engine = try ZonalEngine(values: file, weights: weightFile)
                engine.mostCells = mostCells
                let found = try engine.statistics(of: zones, request(.fraction), threads: 2)
                for (zone, result) in zip(zones, found) {
                    let all = sorted(zone, values, weights, spec)
                    check(result.quantiles, all, "\(kind) \(type)")
                }
            }
        }
    }

    private func check(_ found: [Double?], _ all: WeightedDistribution, _ name: String) {
        for (index, share) in Self.shares.enumerated() {
            #expect(found[2 * index + 1] == all.lowerQuantile(share), "\(name) \(share)")
            guard let ours = found[2 * index], let theirs = all.interpolatedQuantile(share)
            else {
                Issue.record("no quantile: \(name) \(share)")
                continue
            }
            // Between infinities the reference mixes to NaN.
            guard theirs.isFinite else {
                #expect(ours == theirs || theirs.isNaN || ours.isFinite, "\(name) \(share)")
                continue
            }
            #expect(
                abs(ours - theirs) <= Self.tolerance * max(1, abs(theirs)), "\(name) \(share)")
        }
    }

    @Test func `Keys are in the order of values, and there is one zero`() {
        let ascending: [Float] = [
            -.infinity, -3e38, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1, 3e38,
            .infinity,
        ]
        let keys = ascending.map(\.key)
        #expect(keys == keys.sorted())
        #expect(Set(keys).count == keys.count)
        #expect(ascending.map { Float(key: $0.key) } == ascending)
        #expect(ascending.map { Double(key: Double($0).key) } == ascending.map(Double.init))
    }

    @Test func `Few bits for many zones, as many as fit`() {
        #expect(ZonalHistogram<Float>.bits(zones: 120, workers: 2) == 16)
        #expect(ZonalHistogram<Float>.bits(zones: 5000, workers: 2) == 12)
        #expect(ZonalHistogram<Float>.bits(zones: 100_000, workers: 8) == 8)
    }
}
