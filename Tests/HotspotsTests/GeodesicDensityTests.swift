import Diagnostics
import Foundation
import GridCore
import Testing

@testable import Hotspots

private func degrees(
    west: Double, north: Double, rows: Int, columns: Int, cell: Double = 0.1
) -> GridSpec {
    GridSpec(
        shape: Shape(rows: rows, columns: columns),
        geotransform: Geotransform(
            originX: west, cellWidth: cell, originY: north, cellHeight: -cell),
        crs: .wgs84)
}

/// Great-circle distance from unit vectors: another formula than the one of
/// the density.
private func distance(_ a: Coordinate, _ b: Coordinate) -> Double {
    func vector(_ c: Coordinate) -> SIMD3<Double> {
        let (lon, lat) = (c.x * .pi / 180, c.y * .pi / 180)
        return SIMD3(cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))
    }
    let d = vector(a) - vector(b)
    return 2 * 6_371_008.8 * asin(min(1, (d * d).sum().squareRoot() / 2))
}

private func twin(
    _ incidents: [PlacedIncident], on spec: GridSpec, radius: Double
) -> [Double] {
    (0..<spec.shape.count).map { i in
        let center = spec.center(
            of: CellIndex(row: i / spec.shape.columns, column: i % spec.shape.columns))
        return incidents.reduce(0) {
            $0 + $1.weight
                * DensityKernel.quartic.value(
                    atMeters: distance(center, $1.position), radiusInMeters: radius)
        }
    }
}

private func scattered(_ count: Int, around place: Coordinate, seed: UInt64) -> [PlacedIncident] {
    var random = CounterRandom(seed: seed)
    return (0..<count).map { _ in
        PlacedIncident(
            position: Coordinate(
                x: place.x + 4 * random.nextUnit() - 2,
                y: min(90, place.y + 4 * random.nextUnit() - 2)),
            weight: 1 + random.nextUnit())
    }
}

@Suite("Density on longitude and latitude")
struct GeodesicDensityTests {
    /// Two formulas of the distance, differing by some 1e-9 of short ones.
    private let tolerance = 1e-7

    @Test(
        "a cell holds the sum of kernels of great-circle distance",
        arguments: [
            (20.0, 6.0, 30, 30), (-180.0, 71.0, 30, 30), (179.0, 2.0, 30, 20),
            (-180.0, 90.0, 12, 3600), (10.0, -86.0, 40, 50),
        ])
    func twins(west: Double, north: Double, rows: Int, columns: Int) throws {
        let spec = degrees(west: west, north: north, rows: rows, columns: columns)
        let middle = Coordinate(x: west + 1, y: max(-88, north - 1))
        let incidents = scattered(columns > 100 ? 2 : 20, around: middle, seed: 3)
        let own = try geodesicKernelDensity(
            of: incidents, on: spec, radiusInMeters: 60_000, threads: 2)
        let twin = twin(incidents, on: spec, radius: 60_000)
        let largest = twin.max() ?? 0
        #expect(largest > 0)
        #expect(largestDifference(own.cells, twin) <= tolerance * largest)
    }

    @Test("longitudes a turn apart are one, for incidents and for grids")
    func turns() throws {
        let spec = degrees(west: 178, north: 2, rows: 40, columns: 40)
        let incidents = scattered(50, around: Coordinate(x: 180, y: 0), seed: 7)
        let turned = incidents.map { incident in
            var incident = incident
            if incident.position.x > 180 { incident.position.x -= 360 }
            return incident
        }
        let other = degrees(west: -182, north: 2, rows: 40, columns: 40)
        let a = try geodesicKernelDensity(
            of: incidents, on: spec, radiusInMeters: 50_000, threads: 1)
        let largest = a.cells.max() ?? 0
        #expect(a[20, 10] > 0)
        #expect(a[20, 30] > 0)
        for (points, grid) in [(turned, spec), (incidents, other), (turned, other)] {
            let b = try geodesicKernelDensity(
                of: points, on: grid, radiusInMeters: 50_000, threads: 2)
            #expect(largestDifference(a.cells, b.cells) <= tolerance * largest)
        }
    }

    @Test("at high latitude a kernel is as heavy as at the equator")
    func volume() throws {
        for latitude in [0.0, 45, 70, 85] {
            let spec = degrees(
                west: 0, north: latitude + 2, rows: 80, columns: latitude > 80 ? 800 : 200,
                cell: 0.05)
            let east = 0.025 * Double(spec.shape.columns) + 0.013
            let point = PlacedIncident(position: Coordinate(x: east, y: latitude + 0.017))
            let density = try geodesicKernelDensity(
                of: [point], on: spec, radiusInMeters: 100_000, threads: 2)
            var total = 0.0
            density.withCells { cells in
                for row in 0..<spec.shape.rows {
                    let y = spec.center(of: CellIndex(row: row, column: 0)).y
                    let area = pow(0.05 * .pi / 180 * 6_371_008.8, 2) * cos(y * .pi / 180)
                    for column in 0..<spec.shape.columns {
                        total += cells[row * spec.shape.columns + column] * area
                    }
                }
            }
            // Cells of 5.6 km under a radius of 100 km.
            #expect(abs(total - 1) < 2e-3, "\(latitude)")
        }
    }

    @Test("order and threads do not change a bit")
    func bits() throws {
        let spec = degrees(west: 20, north: 12, rows: 33, columns: 41)
        let incidents = scattered(60, around: Coordinate(x: 22, y: 10), seed: 11)
        let bits = try [(incidents, 1), (incidents.reversed(), 2), (incidents, 5)].map {
            try geodesicKernelDensity(
                of: $0.0, on: spec, radiusInMeters: 45_000, halfLifeInDays: 30, threads: $0.1
            ).cells.map(\.bitPattern)
        }
        #expect(bits[0] == bits[1])
        #expect(bits[0] == bits[2])
    }

    @Test("a region is spread by the area of cells on the sphere")
    func region() throws {
        let spec = degrees(west: 20, north: 60, rows: 10, columns: 10, cell: 1)
        let region = try SpreadRegion(
            cells: [(CellIndex(row: 0, column: 0), 1), (CellIndex(row: 9, column: 0), 1)])
        let density = try geodesicKernelDensity(
            of: [PlacedIncident(position: Coordinate(x: 0, y: 0), footprint: .region(region))],
            on: spec, radiusInMeters: 45_000, threads: 1)
        let ratio = cos(50.5 * .pi / 180) / cos(59.5 * .pi / 180)
        #expect(abs(density[0, 0] / density[9, 0] - ratio) < 1e-9)
    }

    @Test("no incidents, one, and a radius below a cell or beyond the map")
    func degenerate() throws {
        let spec = degrees(west: 20, north: 12, rows: 20, columns: 20)
        let place = Coordinate(x: 21.05, y: 11.05)
        func density(_ incidents: [PlacedIncident], _ radius: Double) throws -> Grid<Double> {
            try geodesicKernelDensity(of: incidents, on: spec, radiusInMeters: radius, threads: 2)
        }
        #expect(try density([], 50_000).cells.allSatisfy { $0 == 0 })
        let one = [PlacedIncident(position: place)]
        #expect(try density(one, 1000).cells.count { $0 > 0 } == 1)
        #expect(try density(one, 1_500_000).cells.allSatisfy { $0 > 0 })
        #expect(try density(one + one, 50_000)[9, 10] == 2 * density(one, 50_000)[9, 10])
    }

    @Test("metres, positions in metres, and kernels over a hemisphere are refused")
    func refusals() {
        let spec = degrees(west: 20, north: 12, rows: 20, columns: 20)
        func kind(
            _ incidents: [PlacedIncident], _ spec: GridSpec, _ radius: Double
        ) -> HotspotFailureKind? {
            #expect(throws: HotspotError.self) {
                try geodesicKernelDensity(
                    of: incidents, on: spec, radiusInMeters: radius, threads: 1)
            }?.kind
        }
        let one = PlacedIncident(position: Coordinate(x: 21, y: 11))
        let metric = PlacedIncident(position: Coordinate(x: 210_000, y: 11_000))
        #expect(kind([], Vectors.spec(rows: 9, columns: 9), 5000) == .unsuitableGrid)
        #expect(
            kind([], degrees(west: -181, north: 1, rows: 2, columns: 3700), 5000)
                == .unsuitableGrid)
        #expect(kind([metric], spec, 5000) == .unsuitableIncident)
        #expect(kind([one], spec, 3_000_000) == .unsuitableParameter)
        #expect(kind([one], spec, 0) == .unsuitableParameter)
    }
}
