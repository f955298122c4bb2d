import ArgumentParser
import GridCore
import Hotspots
import Tables

/// Local Moran's I of 100 x 100 cells, queen neighbours, 999 permutations.
struct LocalMoranBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "local-moran", abstract: "Local Moran's I against a peer's time.")

    @Argument(help: "Folder with lisa_100x100.f64, made by the peers' script.")
    var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Permutations.") var permutations = 999
    @Option(help: "Repeat the input so often along each side.") var tiles = 1
    @Option(help: "Metres of a distance band (cells are 1000 m wide); queen without.")
    var radius: Double?
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let values = try input()
        let options = LocalMoranOptions(permutations: permutations, seed: 1)
        var sum = 0.0
        var significant = 0
        let measured = try Measurement(runs: runs) {
            let moran = try localMoran(
                of: values,
                neighbourhood: radius.map { .distanceBand(radiusInMeters: $0) } ?? .queen,
                options: options, threads: threads)
            sum = moran.statistic.reduce(0, +)
            significant =
                permutations == 0
                ? 0 : moran.p(.directedPermutation).filter { $0 <= 0.05 }.count
        }
        report(
            "local-moran",
            [
                .init("cells", .integer(values.count)), .init("threads", .integer(threads)),
                .init("permutations", .integer(permutations)), .init("time", measured.json),
                .init("i_sum", .number(sum)),
                .init("cells_directed_p_up_to_0_05", .integer(significant)),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer))
    }

    private func input() throws -> Grid<Double> {
        let tile = try SharedInput.doubles("lisa_100x100.f64", in: folder)
        let side = 100 * tiles
        let cells = (0..<(side * side)).map { tile[$0 / side % 100 * 100 + $0 % side % 100] }
        return Grid(SharedInput.grid(side: side, cell: 1000), cells: cells)
    }
}
