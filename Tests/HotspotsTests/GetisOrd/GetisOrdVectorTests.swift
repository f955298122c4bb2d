import Foundation
import GridCore
import Testing
import TestSupport

@testable import Hotspots

/// Weight of a quartic kernel with a radius of 3.5 cells between all cells of
/// the lattice, rows optionally made to add up to 1.
private func kernelWeights(standardized: Bool) throws -> SpatialWeights {
    let columns = Vectors.lattice.columns
    return try SpatialWeights(
        rows: (0..<Vectors.lattice.count).map { i in
            let row = (0..<Vectors.lattice.count).compactMap { j -> SpatialWeights.Neighbour? in
                let rows = Double(i / columns - j / columns)
                let across = Double(i % columns - j % columns)
                let t2 = (rows * rows + across * across) / (3.5 * 3.5)
                return t2 < 1 ? .init(index: j, weight: (1 - t2) * (1 - t2)) : nil
            }
            let sum = standardized ? row.reduce(0) { $0 + $1.weight } : 1
            return row.map { .init(index: $0.index, weight: $0.weight / sum) }
        })
}

private func latticePoints() -> [Coordinate] {
    (0..<400).map { Coordinate(x: Double($0 % 20), y: Double($0 / 20)) }
}

@Suite("Gi and Gi* against independent programs")
struct GetisOrdVectorTests {
    let table: NumberTable
    let spdep: NumberTable
    let events: [Double]

    init() throws {
        table = try NumberTable("hotspots/gi_lattice20.csv")
        spdep = try NumberTable("hotspots/gi_lattice20_spdep.csv")
        events = try Vectors.events()
    }

    @Test("Gi* and Gi with queen neighbours equal esda and spdep")
    func queen() throws {
        let weights = SpatialWeights.queen(Vectors.lattice)
        let star = try localG(.giStar, of: events, weights: weights).map(\.z)
        let gi = try localG(.gi, of: events, weights: weights).map(\.z)
        #expect(largestDifference(star, table["queen_gistar_z"]) <= goldenTolerance)
        #expect(largestDifference(star, spdep["queen_gistar_B"]) <= goldenTolerance)
        #expect(largestDifference(star, spdep["queen_gistar_W"]) <= goldenTolerance)
        #expect(largestDifference(gi, table["queen_gi_z"]) <= goldenTolerance)
        #expect(largestDifference(gi, spdep["queen_gi_B"]) <= goldenTolerance)
    }

    @Test("Gi* and Gi with a distance band equal esda and spdep")
    func distanceBand() throws {
        let weights = SpatialWeights.distanceBand(latticePoints(), radius: 2.5)
        let star = try localG(.giStar, of: events, weights: weights).map(\.z)
        let gi = try localG(.gi, of: events, weights: weights).map(\.z)
        #expect(largestDifference(star, table["db2.5_gistar_z"]) <= goldenTolerance)
        #expect(largestDifference(star, spdep["db2.5_gistar_B"]) <= goldenTolerance)
        #expect(largestDifference(gi, table["db2.5_gi_z"]) <= goldenTolerance)
        #expect(largestDifference(gi, spdep["db2.5_gi_W"]) <= goldenTolerance)
    }

    @Test("Gi* on a grid with a band of 2500 m equals esda and spdep")
    func grid() throws {
        let values = Grid(Vectors.latticeSpec, cells: events)
        let map = try getisOrdGiStar(values: values, radiusInMeters: 2500, threads: 2)
        #expect(largestDifference(map.z.cells, table["db2.5_gistar_z"]) <= goldenTolerance)
        #expect(largestDifference(map.z.cells, spdep["db2.5_gistar_B"]) <= goldenTolerance)
        #expect(map.cellCount == 400)
    }

    @Test("a variance that holds for 0/1 weights only is not used for standardised rows")
    func negativeControl() throws {
        let star = try localG(
            .giStar, of: events, weights: SpatialWeights.queen(Vectors.lattice)
        ).map(\.z)
        // The two differ by up to several units on this lattice.
        #expect(largestDifference(star, table["queen_gistar_esdaR_z_WRONG"]) > 1)
        let map = try getisOrdGiStar(
            values: Grid(Vectors.latticeSpec, cells: events), radiusInMeters: 2500, threads: 1)
        #expect(largestDifference(map.z.cells, table["db2.5_gistar_esdaR_z_WRONG"]) > 1)
    }

    @Test("kernel weights, raw and row-standardised, equal dense matrices and spdep")
    func kernel() throws {
        let expected = try NumberTable("hotspots/gi_lattice20_kernelweights.csv")
        let raw = try localG(.giStar, of: events, weights: kernelWeights(standardized: false))
        let rows = try localG(.giStar, of: events, weights: kernelWeights(standardized: true))
        #expect(
            largestDifference(raw.map(\.z), expected["gistar_kernel_z"]) <= goldenTolerance)
        #expect(
            largestDifference(rows.map(\.z), expected["gistar_kernel_rowstd_z"])
                <= goldenTolerance)
        #expect(largestDifference(raw.map(\.z), spdep["gistar_kernel"]) <= goldenTolerance)
    }

    @Test("masked cells leave n, mean, spread, sums and weights")
    func masked() throws {
        let expected = try NumberTable("hotspots/gi_lattice20_masked.csv")
        let values = expected["events"]
        let map = try getisOrdGiStar(
            values: Grid(Vectors.latticeSpec, cells: values), radiusInMeters: 2500, threads: 2)
        #expect(largestDifference(map.z.cells, expected["db25_gistar_z"]) <= goldenTolerance)
        #expect(map.cellCount == Int(expected["valid"].reduce(0, +)))
        let listed = try localG(
            .giStar, of: values, weights: .distanceBand(latticePoints(), radius: 2.5))
        #expect(
            largestDifference(listed.map(\.z), expected["db25_gistar_z"]) <= goldenTolerance)
        #expect(
            listed.map { $0.status == .masked } == values.map(\.isNaN))
    }

    @Test("six irregular points equal esda")
    func sixPoints() throws {
        struct SixPoints: Decodable {
            var points: [[Double]]
            var y: [Double]
            var threshold: Double
            var gi_z: [Double]
            var gistar_z: [Double]
        }
        let six = try JSONDecoder().decode(
            SixPoints.self,
            from: Data(contentsOf: TestPaths.fixture("hotspots/gi_six_points.json")))
        let weights = SpatialWeights.distanceBand(
            six.points.map { Coordinate(x: $0[0], y: $0[1]) }, radius: six.threshold)
        let gi = try localG(.gi, of: six.y, weights: weights).map(\.z)
        let star = try localG(.giStar, of: six.y, weights: weights).map(\.z)
        #expect(largestDifference(gi, six.gi_z) <= goldenTolerance)
        #expect(largestDifference(star, six.gistar_z) <= goldenTolerance)
    }

    @Test("two-sided p-values equal those of scipy, far into the tail")
    func pValues() {
        for name in ["queen_gistar", "queen_gi", "db2.5_gistar", "db2.5_gi"] {
            let p = table[name + "_z"].map(normalTwoSidedP)
            #expect(
                largestDifference(p, table[name + "_p_2s"], relative: true) <= goldenTolerance)
        }
        // erfc(10 / sqrt 2) and erfc(30 / sqrt 2), by 50-digit arithmetic.
        #expect(abs(normalTwoSidedP(10) / 1.523970604832105213e-23 - 1) <= goldenTolerance)
        #expect(abs(normalTwoSidedP(-30) / 9.8134278542963741191e-198 - 1) <= goldenTolerance)
        #expect(normalTwoSidedP(0) == 1)
        #expect(normalTwoSidedP(-.infinity) == 0)
        #expect(normalTwoSidedP(.nan).isNaN)
    }
}
