import Diagnostics
import GridCore
import Testing

@testable import Hotspots

private func incidents(_ table: NumberTable) -> [PlacedIncident] {
    zip(table["x"], table["y"]).map {
        PlacedIncident(position: Coordinate(x: $0, y: $1))
    }
}

/// Cells of a grid of 10 x 10 in the order of the vectors, which run from the
/// south.
private func southToNorth(_ grid: Grid<Double>) -> [Double] {
    (0..<10).reversed().flatMap { row in (0..<10).map { grid[row, $0] } }
}

/// An irregular window: a disc with a bay, and an island of one cell.
private func ragged(_ spec: GridSpec) -> Grid<UInt8> {
    var window = Grid<UInt8>(spec, filledWith: 0)
    for row in 0..<spec.shape.rows {
        for column in 0..<spec.shape.columns {
            let y = Double(row) - 14.5
            let x = Double(column) - 13.5
            let inDisc = x * x + y * y < 130
            window[row, column] = inDisc && !(x > 2 && abs(y) < 3) ? 1 : 0
        }
    }
    window[1, 28] = 1
    return window
}

/// The volume as a sum over fine quarters of every cell: no border integrals.
private func sampledVolume(
    _ window: Grid<UInt8>, _ kernel: DensityKernel, radius: Double, at place: Coordinate
) -> Double {
    let parts = 16
    let step = window.spec.geotransform.cellWidth / Double(parts)
    var sum = 0.0
    for row in 0..<window.shape.rows {
        for column in 0..<window.shape.columns where window[row, column] != 0 {
            let center = window.spec.center(of: CellIndex(row: row, column: column))
            let reach = radius * kernel.reachInRadii + 1000
            guard abs(center.x - place.x) < reach, abs(center.y - place.y) < reach else {
                continue
            }
            for i in 0..<parts {
                for j in 0..<parts {
                    let dx = center.x - place.x + (Double(i) - 7.5) * step
                    let dy = center.y - place.y + (Double(j) - 7.5) * step
                    sum += kernel.value(
                        atMeters: (dx * dx + dy * dy).squareRoot(), radiusInMeters: radius)
                }
            }
        }
    }
    return sum * step * step
}

@Suite("Density at the edge of the area")
struct DensityEdgeTests {
    private let tens = Vectors.spec(rows: 10, columns: 10, cell: 10_000)
    private let square = Vectors.spec(rows: 30, columns: 30)

    @Test("volume, uniform and Diggle's correction equal the closed form")
    func vectors() throws {
        let expected = try NumberTable("hotspots/kde_edge.csv")
        let points = incidents(try NumberTable("hotspots/kde_points.csv"))
        let whole = Grid<UInt8>(tens, filledWith: 1)
        let volume = try kernelVolume(
            within: whole, radiusInMeters: 15_000, kernel: .wideGaussian, threads: 2)
        #expect(
            largestDifference(southToNorth(volume), expected["e_u"], relative: true)
                <= goldenTolerance)
        let columns: [(EdgeCorrection, String)] = [
            (.none, "uncorrected"), (.uniform, "uniform_corrected"), (.diggle, "diggle_jones"),
        ]
        for (correction, name) in columns {
            let own = try kernelDensity(
                of: points, on: tens, radiusInMeters: 15_000, kernel: .wideGaussian,
                edgeCorrection: correction, threads: 2)
            #expect(
                largestDifference(southToNorth(own), expected[name], relative: true)
                    <= goldenTolerance, "\(name)")
        }
    }

    @Test("the volume is the integral of the kernel over a ragged window")
    func sampled() throws {
        let window = ragged(square)
        for kernel in DensityKernel.allCases where kernel != .wideGaussian {
            let radius = kernel == .gaussian ? 1500.0 : 4700
            let volume = try kernelVolume(
                within: window, radiusInMeters: radius, kernel: kernel, threads: 2)
            for cell in [(5, 6), (12, 17), (1, 28), (14, 20), (25, 20)] {
                let place = square.center(of: CellIndex(row: cell.0, column: cell.1))
                let sampled = sampledVolume(window, kernel, radius: radius, at: place)
                // The jump of the uniform kernel is sampled worst; the cut
                // Gaussian counts as uncut.
                #expect(abs(volume[cell.0, cell.1] - sampled) < 1e-3, "\(kernel) \(cell)")
            }
        }
    }

    @Test("a whole window holds all, a half plane a half, a corner a quarter")
    func simpleWindows() throws {
        let whole = Grid<UInt8>(square, filledWith: 1)
        var west = whole
        for row in 0..<30 { for column in 15..<30 { west[row, column] = 0 } }
        var corner = west
        for row in 15..<30 { for column in 0..<30 { corner[row, column] = 0 } }
        let border = Coordinate(x: 15_000, y: 15_000)
        for kernel in DensityKernel.allCases {
            // Gaussians are integrated to eight standard deviations.
            let radius = kernel.reachInRadii > 1 ? 1500.0 : 10_000
            let center = try kernelVolume(
                within: whole, radiusInMeters: radius, kernel: kernel, threads: 1)[15, 15]
            #expect(abs(center - 1) <= goldenTolerance, "\(kernel)")
            let half = WindowVolume(west, kernel: kernel).at(border, radius: radius)
            #expect(abs(half - 0.5) <= goldenTolerance, "\(kernel)")
            let quarter = WindowVolume(corner, kernel: kernel).at(border, radius: radius)
            #expect(abs(quarter - 0.25) <= goldenTolerance, "\(kernel)")
            // A hair beside the border the volume is the same.
            let beside = Coordinate(x: border.x - 1e-9, y: border.y)
            #expect(
                abs(WindowVolume(west, kernel: kernel).at(beside, radius: radius) - half) < 1e-9,
                "\(kernel)")
            let far = Coordinate(x: 1e7, y: -1e7)
            #expect(WindowVolume(west, kernel: kernel).at(far, radius: radius) == 0)
        }
        let empty = try kernelVolume(
            within: Grid<UInt8>(square, filledWith: 0), radiusInMeters: 5000, threads: 1)
        #expect(empty.cells.allSatisfy { $0 == 0 })
    }

    @Test("an evenly filled window gets an even density by the uniform correction")
    func even() throws {
        var window = ragged(square)
        // A lone cell has less than a twentieth of its kernels.
        window[1, 28] = 0
        var points: [PlacedIncident] = []
        for row in 0..<30 {
            for column in 0..<30 where window[row, column] != 0 {
                let center = square.center(of: CellIndex(row: row, column: column))
                for dx in [-250.0, 250] {
                    for dy in [-250.0, 250] {
                        points.append(
                            PlacedIncident(
                                position: Coordinate(x: center.x + dx, y: center.y + dy)))
                    }
                }
            }
        }
        let density = try kernelDensity(
            of: points, on: square, radiusInMeters: 6000, edgeCorrection: .uniform,
            within: window, threads: 2)
        for row in 0..<30 {
            for column in 0..<30 {
                if window[row, column] == 0 {
                    #expect(density[row, column].isNaN)
                } else {
                    // Four per km^2, held to the sampling by 500 m.
                    #expect(abs(density[row, column] * 1e6 - 4) < 0.1, "\(row) \(column)")
                }
            }
        }
    }

    @Test("Diggle's correction keeps the weight of the incidents in the window")
    func mass() throws {
        let fine = Vectors.spec(rows: 120, columns: 120, cell: 250)
        var random = CounterRandom(seed: 5)
        let points = (0..<60).map { _ in
            PlacedIncident(
                position: Coordinate(
                    x: 30_000 * random.nextUnit(), y: 30_000 * random.nextUnit()),
                weight: 1 + random.nextUnit())
        }
        let weight = points.reduce(0) { $0 + $1.weight }
        func total(_ correction: EdgeCorrection) throws -> Double {
            try kernelDensity(
                of: points, on: fine, radiusInMeters: 9000, edgeCorrection: correction,
                threads: 2
            ).cells.reduce(0, +) * 250 * 250
        }
        #expect(try total(.none) < 0.95 * weight)
        // Midpoints 36 to the radius.
        #expect(abs(try total(.diggle) / weight - 1) < 1e-3)
    }

    @Test("no incident or place is raised more than twentyfold")
    func guardedVolume() throws {
        var window = Grid<UInt8>(square, filledWith: 0)
        window[10, 10] = 1
        let point = PlacedIncident(position: square.center(of: CellIndex(row: 10, column: 10)))
        for correction in [EdgeCorrection.uniform, .diggle] {
            let bare = try kernelDensity(
                of: [point], on: square, radiusInMeters: 9000, threads: 1)[10, 10]
            let raised = try kernelDensity(
                of: [point], on: square, radiusInMeters: 9000, edgeCorrection: correction,
                within: window, threads: 1)[10, 10]
            #expect(abs(raised / bare - 20) <= goldenTolerance * 20)
        }
    }

    @Test("a window of another grid, and uniform with many radii, are refused")
    func refusals() {
        let other = Grid<UInt8>(tens, filledWith: 1)
        let shape = #expect(throws: HotspotError.self) {
            try kernelDensity(
                of: [], on: square, radiusInMeters: 9000, edgeCorrection: .diggle,
                within: other, threads: 1)
        }
        #expect(shape?.kind == .mismatch)
        let radii = #expect(throws: HotspotError.self) {
            try kernelDensity(
                of: [], on: square, radiiInMeters: [], edgeCorrection: .uniform, threads: 1)
        }
        #expect(radii?.kind == .unsuitableParameter)
        let count = #expect(throws: HotspotError.self) {
            try kernelDensity(of: [], on: square, radiiInMeters: [1000], threads: 1)
        }
        #expect(count?.kind == .mismatch)
    }

    @Test("1, 2 and 5 threads give the same bits")
    func threads() throws {
        let window = ragged(square)
        let points = incidents(try NumberTable("hotspots/kde_points.csv")).map { incident in
            var incident = incident
            incident.position.x *= 0.3
            incident.position.y *= 0.3
            return incident
        }
        for correction in EdgeCorrection.allCases {
            for kernel in [DensityKernel.quartic, .gaussian] {
                let bits = try [1, 2, 5].map {
                    try kernelDensity(
                        of: points, on: square, radiusInMeters: 2500, kernel: kernel,
                        edgeCorrection: correction, within: window, sampling: .average,
                        threads: $0
                    ).cells.map(\.bitPattern)
                }
                #expect(bits[0] == bits[1])
                #expect(bits[0] == bits[2])
            }
        }
    }
}
