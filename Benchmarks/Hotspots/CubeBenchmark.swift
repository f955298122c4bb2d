import ArgumentParser
import GridCore
import Hotspots
import Tables

/// Space-time Gi* with a radius of 3 cells and one step back, and the
/// Mann-Kendall test of every cell, on 120 steps of 200 x 200 cells.
struct CubeBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cube", abstract: "Space-time Gi* and Mann-Kendall against a peer's time.")

    @Argument(help: "Folder with cube_120x200x200.f64, made by the peers' script.")
    var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let cube = try Self.cube(
            SharedInput.doubles("cube_120x200x200.f64", in: folder), side: 200, steps: 120)
        let valid = Grid<UInt8>(cube.spec, filledWith: 1)
        let neighbourhood = SpaceTimeNeighbourhood(space: .distanceBand(radiusInMeters: 3000))
        let clock = ContinuousClock()
        var (scoring, testing): ([Double], [Double]) = ([], [])
        var (sum, statistic) = (0.0, 0.0)
        let measured = try Measurement(runs: runs) {
            let start = clock.now
            let map = try SpaceTimeGetisOrd(
                of: cube, valid: valid, neighbourhood: neighbourhood, threads: threads)
            let middle = clock.now
            let trends = CubeTrends(of: map, threads: threads)
            testing.append((clock.now - middle).seconds)
            scoring.append((middle - start).seconds)
            statistic = trends.statistic.withCells { $0.reduce(0, +) }
            sum = map.z.reduce(0) { $0 + $1.withCells { $0.reduce(0, +) } }
        }
        report(
            "cube",
            [
                .init("bins", .integer(valid.count * cube.steps.count)),
                .init("threads", .integer(threads)), .init("time", measured.json),
                .init("gi", Measurement(seconds: scoring).json),
                .init("mann_kendall", Measurement(seconds: testing).json),
                .init("z_sum", .number(sum)), .init("s_sum", .number(statistic)),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer))
    }

    /// A cube of counts, step after step.
    static func cube(_ counts: [Double], side: Int, steps: Int) throws -> SpaceTimeCube {
        let spec = SharedInput.grid(side: side, cell: 1000)
        let cells = side * side
        let grids = (0..<steps).map { step in
            Grid<Int64>(
                spec,
                cells: counts[(step * cells)..<((step + 1) * cells)].map {
                    Int64($0) * MassUnits.unitsPerEvent
                })
        }
        return try SpaceTimeCube(
            steps: grids, time: TimeSteps(covering: 0..<(steps * 30), daysPerStep: 30))
    }
}
