import Diagnostics
import Foundation
import GridCore
import TestSupport
import Testing

@testable import Hotspots

private struct KnownBandwidths: Decodable {
    var std_ddof1: [Double]
    var scott_bw_xy: [Double]
    var silverman_bw_xy: [Double]
    var neff_weighted: Double
    var weighted_scott_factor: Double
    var arcgis_kernel_density_default_radius: Double
}

private func points(weighted: Bool = false) throws -> [PlacedIncident] {
    let table = try NumberTable("hotspots/kde_points.csv")
    return table["x"].indices.map {
        PlacedIncident(
            position: Coordinate(x: table["x"][$0], y: table["y"][$0]),
            weight: weighted ? table["fatalities"][$0] : 1)
    }
}

private func relative(_ a: Double, _ b: Double) -> Double { abs(a / b - 1) }

@Suite("Bandwidths")
struct BandwidthTests {
    @Test("Scott, Silverman, the effective count and the ArcGIS radius equal the vectors")
    func vectors() throws {
        let known = try JSONDecoder().decode(
            KnownBandwidths.self,
            from: Data(contentsOf: TestPaths.fixture("hotspots/kde_bandwidths.json")))
        for (rule, sigmas) in [
            (BandwidthRule.scott, known.scott_bw_xy), (.silverman, known.silverman_bw_xy),
        ] {
            let own = try #require(try rule.estimate(for: points()))
            #expect(relative(own.sigmaX, sigmas[0]) <= goldenTolerance)
            #expect(relative(own.sigmaY, sigmas[1]) <= goldenTolerance)
            #expect(relative(own.standardDeviationX, known.std_ddof1[0]) <= goldenTolerance)
            #expect(relative(own.standardDeviationY, known.std_ddof1[1]) <= goldenTolerance)
            #expect(relative(own.effectiveCount, 200) <= goldenTolerance)
        }
        let weighted = try #require(try BandwidthRule.scott.estimate(for: points(weighted: true)))
        #expect(relative(weighted.effectiveCount, known.neff_weighted) <= goldenTolerance)
        #expect(
            relative(
                weighted.sigmaX / weighted.standardDeviationX, known.weighted_scott_factor)
                <= goldenTolerance)
        let arcgis = try #require(try BandwidthRule.arcgis.estimate(for: points()))
        #expect(
            relative(arcgis.radiusInMeters, known.arcgis_kernel_density_default_radius)
                <= goldenTolerance)
    }

    @Test(
        "radii of kernels stand as their standard deviations do",
        arguments: BandwidthRule.allCases)
    func kernels(rule: BandwidthRule) throws {
        let gaussian = try #require(try rule.estimate(for: points(), kernel: .wideGaussian))
        for kernel in DensityKernel.allCases {
            let own = try #require(try rule.estimate(for: points(), kernel: kernel))
            let factor = 1 / kernel.variancePerAxis.squareRoot()
            #expect(
                relative(own.radiusInMeters, factor * gaussian.radiusInMeters)
                    <= goldenTolerance)
        }
        // The variance itself, from a sampled kernel.
        for kernel in DensityKernel.allCases where kernel.reachInRadii == 1 {
            var sum = 0.0
            let steps = 200
            for i in 0..<steps {
                for j in 0..<steps {
                    let x = (Double(i) + 0.5) / Double(steps)
                    let y = (Double(j) + 0.5) / Double(steps)
                    sum += x * x
                        * kernel.value(atMeters: (x * x + y * y).squareRoot(), radiusInMeters: 1)
                }
            }
            sum *= 4 / Double(steps * steps)
            // The jump of the uniform kernel is sampled worst.
            #expect(relative(sum, kernel.variancePerAxis) < 3e-3, "\(kernel)")
        }
    }

    @Test("neither the scale of the weights nor the order of incidents matters")
    func weights() throws {
        let single = try points(weighted: true)
        let heavier = single.map { incident in
            var incident = incident
            incident.weight *= 3
            return incident
        }
        for rule in BandwidthRule.allCases {
            let a = try #require(try rule.estimate(for: single)).radiusInMeters
            let b = try #require(try rule.estimate(for: heavier.reversed())).radiusInMeters
            #expect(relative(a, b) <= goldenTolerance)
        }
    }

    @Test(
        "no, one, or many incidents at one place have no bandwidth",
        arguments: BandwidthRule.allCases)
    func degenerate(rule: BandwidthRule) throws {
        let one = PlacedIncident(position: Coordinate(x: 5000, y: 6000))
        let silent = PlacedIncident(position: Coordinate(x: 9000, y: 6000), weight: 0)
        #expect(try rule.estimate(for: []) == nil)
        #expect(try rule.estimate(for: [one]) == nil)
        #expect(try rule.estimate(for: [one, one, one]) == nil)
        #expect(try rule.estimate(for: [one, silent]) == nil)
        let two = try rule.estimate(
            for: [one, PlacedIncident(position: Coordinate(x: 5000, y: 9000))])
        #expect(two.map { $0.radiusInMeters > 0 && $0.radiusInMeters.isFinite } == true)
    }
}

@Suite("Adaptive radii")
struct AbramsonRadiiTests {
    @Test("Abramson's density equals the vectors")
    func vectors() throws {
        let expected = try NumberTable("hotspots/kde_eval.csv")["gaussian_abramson_density"]
        let incidents = try points()
        let radii = try abramsonRadii(
            for: incidents, radiusInMeters: 15_000, kernel: .wideGaussian, threads: 2)
        let tens = Vectors.spec(rows: 10, columns: 10, cell: 10_000)
        let grid = try kernelDensity(
            of: incidents, on: tens, radiiInMeters: radii, kernel: .wideGaussian, threads: 2)
        let own = (0..<10).reversed().flatMap { row in (0..<10).map { grid[row, $0] / 200 } }
        #expect(largestDifference(own, expected, relative: true) <= goldenTolerance)
    }

    @Test("radii rank as those of a peer whose pilot is corrected at the edge")
    func ranks() throws {
        let peer = try NumberTable("hotspots/kde_abramson_h_sparr.csv")["sparr_hi"]
        let radii = try abramsonRadii(
            for: points(), radiusInMeters: 15_000, kernel: .wideGaussian, threads: 1)
        func ranks(_ values: [Double]) -> [Double] {
            var ranks = [Double](repeating: 0, count: values.count)
            for (rank, i) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
                ranks[i] = Double(rank)
            }
            return ranks
        }
        let (a, b) = (ranks(peer), ranks(radii))
        let squares = zip(a, b).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let n = Double(a.count)
        // Incidents near the edge rank differently without the correction.
        #expect(1 - 6 * squares / (n * (n * n - 1)) > 0.9)
    }

    @Test("radii stay within a fifth and five times, follow order, and scale")
    func properties() throws {
        // A heap, many that are far from others, and one without weight that
        // is farther: both ends of the range.
        var incidents = Array(
            repeating: PlacedIncident(position: Coordinate(x: 30_000, y: 40_000)), count: 100)
        incidents += (1...500).map {
            PlacedIncident(position: Coordinate(x: 100_000 * Double($0), y: 40_000))
        }
        incidents.append(PlacedIncident(position: Coordinate(x: -1e6, y: 0), weight: 0))
        let radii = try abramsonRadii(for: incidents, radiusInMeters: 15_000, threads: 2)
        #expect(radii.min() == 3000)
        #expect(radii.max() == 75_000)
        #expect(radii.last == 75_000)
        let turned = try abramsonRadii(
            for: incidents.reversed(), radiusInMeters: 15_000, threads: 1)
        #expect(largestDifference(turned.reversed(), radii, relative: true) <= goldenTolerance)
        let doubled = incidents.map { incident in
            var incident = incident
            incident.position.x *= 2
            incident.position.y *= 2
            return incident
        }
        let scaled = try abramsonRadii(for: doubled, radiusInMeters: 30_000, threads: 1)
        #expect(
            largestDifference(scaled.map { $0 / 2 }, radii, relative: true) <= goldenTolerance)
    }

    @Test("one place, no weight, no incidents and regions have the given radius")
    func degenerate() throws {
        let here = PlacedIncident(position: Coordinate(x: 5000, y: 6000), weight: 2)
        #expect(try abramsonRadii(for: [], radiusInMeters: 9000, threads: 1).isEmpty)
        let one = try abramsonRadii(for: [here], radiusInMeters: 9000, threads: 1)
        #expect(largestDifference(one, [9000], relative: true) <= goldenTolerance)
        let same = try abramsonRadii(for: [here, here, here], radiusInMeters: 9000, threads: 1)
        #expect(largestDifference(same, [9000, 9000, 9000], relative: true) <= goldenTolerance)
        var silent = here
        silent.weight = 0
        #expect(
            try abramsonRadii(for: [silent, silent], radiusInMeters: 9000, threads: 1)
                == [9000, 9000])
        let region = try SpreadRegion(cells: [(CellIndex(row: 1, column: 1), 1)])
        let mixed = try abramsonRadii(
            for: [
                PlacedIncident(position: Coordinate(x: 0, y: 0), footprint: .region(region)), here,
            ],
            radiusInMeters: 9000, threads: 1)
        #expect(mixed[0] == 9000)
        #expect(abs(mixed[1] / 9000 - 1) <= goldenTolerance)
        // Far from all others and without weight: as long as may be.
        silent.position.x = 5e6
        #expect(
            try abramsonRadii(for: [here, silent], radiusInMeters: 9000, threads: 1)[1]
                == 45_000)
    }

    @Test("equal radii give the density of one radius, bit for bit")
    func equalRadii() throws {
        let incidents = try points(weighted: true)
        let spec = Vectors.spec(rows: 25, columns: 25, cell: 4000)
        let one = try kernelDensity(of: incidents, on: spec, radiusInMeters: 9000, threads: 2)
        let each = try kernelDensity(
            of: incidents, on: spec, radiiInMeters: incidents.map { _ in 9000 }, threads: 1)
        #expect(one.cells.map(\.bitPattern) == each.cells.map(\.bitPattern))
    }
}

@Suite("Cell averages")
struct CellSamplingTests {
    @Test("below three cells the mean of the quarters' centres, above the centre")
    func average() throws {
        let incidents = try points()
        let spec = Vectors.spec(rows: 20, columns: 20, cell: 5000)
        let fine = Vectors.spec(rows: 40, columns: 40, cell: 2500)
        let own = try kernelDensity(
            of: incidents, on: spec, radiusInMeters: 8000, sampling: .average, threads: 2)
        let quarters = try kernelDensity(
            of: incidents, on: fine, radiusInMeters: 8000, threads: 2)
        let largest = quarters.cells.max() ?? 0
        for row in 0..<20 {
            for column in 0..<20 {
                let mean =
                    (quarters[2 * row, 2 * column] + quarters[2 * row, 2 * column + 1]
                        + quarters[2 * row + 1, 2 * column] + quarters[2 * row + 1, 2 * column + 1])
                    / 4
                #expect(abs(own[row, column] - mean) <= goldenTolerance * largest)
            }
        }
        let long = try kernelDensity(
            of: incidents, on: spec, radiusInMeters: 15_000, sampling: .average, threads: 2)
        let center = try kernelDensity(
            of: incidents, on: spec, radiusInMeters: 15_000, threads: 2)
        #expect(long.cells == center.cells)
    }
}
