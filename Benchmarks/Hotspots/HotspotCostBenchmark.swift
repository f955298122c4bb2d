import ArgumentParser
import GridCore
import Hotspots
import Tables

/// How the time of Gi* and cubes grows with what they are made of: powers
/// fitted to doubled sizes.
struct HotspotCostBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspot-cost",
        abstract: "Cost of Gi* and cubes against cells, radius, steps and incidents.")

    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs of each size.") var runs = 5

    func run() throws {
        report(
            "hotspot-cost",
            [
                .init("threads", .integer(threads)),
                .init(
                    "gi_cells",
                    try table([250, 500, 1000, 2000], power: 2) { try gi(side: $0, radius: 10) }),
                .init(
                    "gi_radius",
                    try table([8, 16, 32, 64]) { try gi(side: 1000, radius: $0) }),
                .init(
                    "cube_cells",
                    try table([50, 100, 200, 400], power: 2) {
                        try cube(side: $0, steps: 48, radius: 3)
                    }),
                .init(
                    "cube_radius",
                    try table([4, 8, 16, 32]) { try cube(side: 200, steps: 48, radius: $0) }),
                .init(
                    "cube_steps",
                    try table([30, 60, 120, 240]) { try cube(side: 200, steps: $0, radius: 3) }),
                .init(
                    "trend_steps",
                    try table([60, 120, 240, 480]) { try trend(side: 100, steps: $0) }),
                .init(
                    "cube_incidents",
                    try table([50_000, 100_000, 200_000, 400_000]) { try building($0) }),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ])
    }

    /// Times of sizes and the exponent of their growth, by least squares on
    /// logarithms; `power` sizes make one unit of work.
    private func table(
        _ sizes: [Int], power: Double = 1, _ measure: (Int) throws -> Measurement
    ) rethrows -> JSONValue {
        let seconds = try sizes.map { try measure($0).median }
        let x = sizes.map { logarithm(Double($0)) * power }
        let y = seconds.map(logarithm)
        let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
        let above = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
        let below = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        return [
            "sizes": .array(sizes.map { .integer($0) }),
            "median_s": .array(seconds.map { .rounded($0, decimals: 5) }),
            "exponent": .rounded(above / below, decimals: 2),
        ]
    }

    private func logarithm(_ x: Double) -> Double {
        vectorLogarithm(SIMD8(repeating: x))[0]
    }

    private func counts(_ spec: GridSpec, step: Int) -> Grid<Int64> {
        var random = CounterRandom(seed: 20_261_121, stream: UInt64(step))
        return Grid(
            spec,
            cells: (0..<spec.shape.count).map { _ in
                max(0, Int64(random.nextUnit() * 6) - 3) * MassUnits.unitsPerEvent
            })
    }

    private func gi(side: Int, radius: Int) throws -> Measurement {
        let spec = SharedInput.grid(side: side, cell: 1000)
        let units = counts(spec, step: 0)
        let valid = Grid<UInt8>(spec, filledWith: 1)
        return try Measurement(runs: runs) {
            _ = try getisOrdGiStar(
                values: units, valid: valid, radiusInMeters: Double(radius) * 1000,
                threads: threads)
        }
    }

    private func made(side: Int, steps: Int) throws -> SpaceTimeCube {
        let spec = SharedInput.grid(side: side, cell: 1000)
        return try SpaceTimeCube(
            steps: (0..<steps).map { counts(spec, step: $0) },
            time: TimeSteps(covering: 0..<steps, daysPerStep: 1))
    }

    private func cube(side: Int, steps: Int, radius: Int) throws -> Measurement {
        let cube = try made(side: side, steps: steps)
        let valid = Grid<UInt8>(cube.spec, filledWith: 1)
        let neighbourhood = SpaceTimeNeighbourhood(
            space: .distanceBand(radiusInMeters: Double(radius) * 1000))
        return try Measurement(runs: runs) {
            _ = try SpaceTimeGetisOrd(
                of: cube, valid: valid, neighbourhood: neighbourhood, threads: threads)
        }
    }

    private func trend(side: Int, steps: Int) throws -> Measurement {
        let cube = try made(side: side, steps: steps)
        let map = try SpaceTimeGetisOrd(
            of: cube, valid: Grid<UInt8>(cube.spec, filledWith: 1),
            neighbourhood: SpaceTimeNeighbourhood(space: .queen), threads: threads)
        return Measurement(runs: runs) { _ = CubeTrends(of: map, threads: threads) }
    }

    private func building(_ incidents: Int) throws -> Measurement {
        let spec = SharedInput.grid(side: 200, cell: 1000)
        var random = CounterRandom(seed: 20_261_121)
        let dated = (0..<incidents).map { _ in
            let place = Coordinate(x: random.nextUnit() * 200_000, y: random.nextUnit() * 200_000)
            let day = Int(random.nextUnit() * 360)
            return DatedIncident(PlacedIncident(position: place), days: day..<(day + 1))
        }
        let time = try TimeSteps(covering: 0..<360, daysPerStep: 30)
        return try Measurement(runs: runs) {
            _ = try SpaceTimeCube(of: dated, on: spec, time: time)
        }
    }
}
