import GridCore
import InstructionSets
import Testing
import TestSupport

@testable import Hotspots

/// Incidents in and around a grid of 40 x 33 km, of all footprints.
private func randomIncidents(
    _ count: Int, seed: UInt64, margin: Double = 12_000
) throws -> [PlacedIncident] {
    var random = SeededGenerator(seed: seed)
    let region = try SpreadRegion(
        cells: [
            (CellIndex(row: 3, column: 4), 1), (CellIndex(row: 3, column: 5), 0.25),
            (CellIndex(row: 4, column: 4), 0.5),
        ], shareOutside: 0.75)
    let other = try SpreadRegion(
        cells: [(CellIndex(row: 3, column: 4), 1), (CellIndex(row: 9, column: 9), 2)])
    return (0..<count).map { _ in
        let kind = Int.random(in: 0..<10, using: &random)
        return PlacedIncident(
            position: Coordinate(
                x: Double.random(in: -margin...(33_000 + margin), using: &random),
                y: Double.random(in: -margin...(40_000 + margin), using: &random)),
            weight: Double.random(in: 0...5, using: &random),
            ageInDays: Double.random(in: 0...300, using: &random),
            footprint: kind == 0
                ? .widened(byMeters: 6000) : kind == 1 ? .region(region)
                    : kind == 2 ? .region(other) : .point)
    }
}

private let spec = Vectors.spec(rows: 40, columns: 33)

private func centers(_ spec: GridSpec) -> [Coordinate] {
    (0..<spec.shape.count).map {
        spec.center(
            of: CellIndex(row: $0 / spec.shape.columns, column: $0 % spec.shape.columns))
    }
}

private func bits(_ grid: Grid<Double>) -> [UInt64] { grid.cells.map(\.bitPattern) }

@Suite("Kernel density: rules that hold for every input")
struct DensityPropertyTests {
    @Test(
        "a cell holds the sum of the kernels at its centre",
        arguments: DensityKernel.allCases, [900.0, 3700, 60_000])
    func scalarTwin(kernel: DensityKernel, radius: Double) throws {
        let incidents = try randomIncidents(150, seed: 11)
        let grid = try kernelDensity(
            of: incidents, on: spec, radiusInMeters: radius, halfLifeInDays: 60,
            kernel: kernel, threads: 2)
        let twin = try evaluateKernelDensity(
            at: centers(spec), of: incidents, on: spec, radiusInMeters: radius,
            halfLifeInDays: 60, kernel: kernel)
        let largest = twin.max() ?? 0
        #expect(largest > 0)
        #expect(largestDifference(grid.cells, twin) <= goldenTolerance * largest)
        // Support is strict: the same cells are exactly 0.
        #expect(grid.cells.map { $0 == 0 } == twin.map { $0 == 0 })
    }

    @Test("the order of incidents does not change a bit", arguments: UInt64(0)..<5)
    func permutation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let incidents = try randomIncidents(400, seed: seed + 100)
        let grid = try kernelDensity(
            of: incidents, on: spec, radiusInMeters: 5000, halfLifeInDays: 30, threads: 2)
        let shuffled = try kernelDensity(
            of: incidents.shuffled(using: &random), on: spec, radiusInMeters: 5000,
            halfLifeInDays: 30, threads: 2)
        #expect(bits(grid) == bits(shuffled))
    }

    @Test("1, 2 and 5 threads give the same bits", arguments: DensityKernel.allCases)
    func threads(kernel: DensityKernel) throws {
        let incidents = try randomIncidents(300, seed: 21)
        let grids = try [1, 2, 5].map {
            try kernelDensity(
                of: incidents, on: spec, radiusInMeters: 4000, kernel: kernel, threads: $0)
        }
        #expect(bits(grids[0]) == bits(grids[1]))
        #expect(bits(grids[0]) == bits(grids[2]))
    }

    @Test("points without weights equal incidents of weight 1 and age 0")
    func plainPoints() throws {
        let points = try randomIncidents(200, seed: 31).map(\.position)
        let plain = try kernelDensity(
            ofPoints: points, on: spec, radiusInMeters: 4000, threads: 2)
        let incidents = try kernelDensity(
            of: points.map { PlacedIncident(position: $0) }, on: spec, radiusInMeters: 4000,
            halfLifeInDays: 10, threads: 2)
        #expect(bits(plain) == bits(incidents))
    }

    @Test("a kernel inside the grid adds up to its weight", arguments: DensityKernel.allCases)
    func integral(kernel: DensityKernel) throws {
        let fine = Vectors.spec(rows: 300, columns: 300, cell: 100)
        let incidents = [
            PlacedIncident(position: Coordinate(x: 14_013, y: 15_977), weight: 3),
            PlacedIncident(position: Coordinate(x: 16_500, y: 14_200), weight: 1, ageInDays: 8),
        ]
        let radius = kernel.reachInRadii > 1 ? 1500.0 : 9000
        let grid = try kernelDensity(
            of: incidents, on: fine, radiusInMeters: radius, halfLifeInDays: 8, kernel: kernel,
            threads: 2)
        let total = grid.cells.reduce(0, +) * 100 * 100
        // Sampled at cell centres, 90 to the radius: the jump of the uniform
        // kernel is the coarsest, with a perimeter error of some 1e-4.
        #expect(abs(total / 3.5 - 1) < 1e-3)
    }

    @Test("turning everything around turns the map")
    func flips() throws {
        // Coordinates on a half-metre lattice, so that mirroring is exact.
        var random = SeededGenerator(seed: 41)
        let points = (0..<120).map { _ in
            Coordinate(
                x: Double(Int.random(in: 0...66_000, using: &random)) / 2,
                y: Double(Int.random(in: 0...80_000, using: &random)) / 2)
        }
        let turned = points.map { Coordinate(x: 33_000 - $0.x, y: 40_000 - $0.y) }
        let a = try kernelDensity(ofPoints: points, on: spec, radiusInMeters: 4000, threads: 2)
        let b = try kernelDensity(ofPoints: turned, on: spec, radiusInMeters: 4000, threads: 2)
        let largest = a.cells.max() ?? 0
        // Additions come in the reverse order.
        #expect(
            largestDifference(a.cells, b.cells.reversed()) <= goldenTolerance * largest)
    }

    @Test("moving grid and incidents by whole cells moves the map")
    func shift() throws {
        let incidents = try randomIncidents(200, seed: 51)
        var moved = spec
        moved.geotransform.originX += 64_000
        moved.geotransform.originY -= 128_000
        let there = incidents.map {
            var incident = $0
            incident.position.x += 64_000
            incident.position.y -= 128_000
            return incident
        }
        let a = try kernelDensity(of: incidents, on: spec, radiusInMeters: 4000, threads: 2)
        let b = try kernelDensity(of: there, on: moved, radiusInMeters: 4000, threads: 2)
        // Eastings of 90 km are held to 1e-11 m.
        #expect(largestDifference(a.cells, b.cells) <= goldenTolerance * (a.cells.max() ?? 0))
    }

    @Test("at the radius exactly the kernel is 0")
    func strictSupport() throws {
        for kernel in DensityKernel.allCases where kernel.reachInRadii == 1 {
            let grid = try kernelDensity(
                ofPoints: [Coordinate(x: 10_500, y: 10_500)], on: spec, radiusInMeters: 5000,
                kernel: kernel, threads: 1)
            let row = spec.shape.rows - 11
            #expect(grid[row, 15] == 0, "\(kernel)")
            #expect(grid[row - 3, 14] == 0, "\(kernel)")
            #expect(grid[row, 14] > 0, "\(kernel)")
            #expect(grid[row + 3, 13] > 0, "\(kernel)")
        }
    }

    @Test("incidents beyond the edge count as far as their kernel reaches in")
    func beyondTheEdge() throws {
        let outside = Coordinate(x: -2000, y: 20_500)
        let grid = try kernelDensity(
            ofPoints: [outside], on: spec, radiusInMeters: 4000, threads: 1)
        #expect(grid[19, 0] > 0)
        #expect(grid[19, 2] == 0)
        let far = try kernelDensity(
            ofPoints: [Coordinate(x: 1e9, y: -1e9)], on: spec, radiusInMeters: 4000, threads: 1)
        #expect(far.cells.allSatisfy { $0 == 0 })
    }

    @Test("a widened incident has the radius sqrt(h^2 + d^2)")
    func widened() throws {
        let place = Coordinate(x: 15_000, y: 20_000)
        let wide = try kernelDensity(
            of: [PlacedIncident(position: place, footprint: .widened(byMeters: 4000))], on: spec,
            radiusInMeters: 3000, threads: 1)
        let five = try kernelDensity(
            ofPoints: [place], on: spec, radiusInMeters: 5000, threads: 1)
        #expect(bits(wide) == bits(five))
    }

    @Test("a region spreads its weight over its cells by share; the rest is outside")
    func region() throws {
        let region = try SpreadRegion(
            cells: [(CellIndex(row: 1, column: 2), 3), (CellIndex(row: 0, column: 0), 1)],
            shareOutside: 4)
        let grid = try kernelDensity(
            of: [
                PlacedIncident(
                    position: Coordinate(x: .nan, y: 0), weight: 2, footprint: .region(region))
            ], on: spec, radiusInMeters: 3000, threads: 1)
        #expect(grid[1, 2] == 2 * 0.375 / 1e6)
        #expect(grid[0, 0] == 2 * 0.125 / 1e6)
        #expect(grid.cells.reduce(0, +) * 1e6 == 1)
    }

    @Test("after one half-life half of the weight is left")
    func decay() throws {
        let place = Coordinate(x: 15_000, y: 20_000)
        func peak(age: Double, halfLife: Double?) throws -> Double {
            try evaluateKernelDensity(
                at: [place], of: [PlacedIncident(position: place, ageInDays: age)], on: spec,
                radiusInMeters: 3000, halfLifeInDays: halfLife)[0]
        }
        let fresh = try peak(age: 0, halfLife: 30)
        #expect(try peak(age: 30, halfLife: 30) == fresh / 2)
        #expect(try peak(age: 90, halfLife: 30) == fresh / 8)
        #expect(try peak(age: 90, halfLife: nil) == fresh)
    }

    @Test("no incidents give a map of zeros")
    func empty() throws {
        let grid = try kernelDensity(of: [], on: spec, radiusInMeters: 3000, threads: 2)
        #expect(grid.cells.allSatisfy { $0 == 0 })
    }
}

@Suite("Density in every form of the loops")
struct DensityFormTests {
    @Test("all instruction sets give the same bits", arguments: DensityKernel.allCases)
    func forms(kernel: DensityKernel) throws {
        let incidents = try randomIncidents(250, seed: 71)
        let sources = try DensitySources(
            of: incidents, on: spec, radii: .same(4000), halfLifeInDays: 60, kernel: kernel)
        let rows = KernelPointRows(sources.points, on: spec, threads: 1)
        let maps = InstructionSet.available.map {
            bits(sweepDensity(of: rows, on: spec, kernel: kernel, threads: 2, form: $0))
        }
        #expect(maps[0].contains { $0 != 0 })
        for map in maps.dropFirst() { #expect(map == maps[0]) }
    }
}
