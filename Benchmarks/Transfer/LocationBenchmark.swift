import ArgumentParser
import Bases
import Solver
import Tables

/// Maximal coverage of 5,000 places by some of 60 bases, merging and building
/// included.
struct LocationBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mclp", abstract: "Maximal coverage against a peer's time.")

    @Argument(help: "Folder of the files that make_inputs_mclp.py writes.") var folder: String
    @Option(help: "Bases that stay.") var count = 25
    @Option(help: "Minutes within which a place is covered.") var limit = 120.0
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let matrix = try LocationInput.matrix(in: folder)
        var best = LocationChoice(bases: [], value: 0, bound: 0)
        var greedy = best
        let measured = try Measurement(runs: runs) {
            best = try matrix.maximalCoverage(count: count, within: limit)
        }
        let heuristic = try Measurement(runs: runs) {
            greedy = try matrix.patterns(within: limit).heuristicCoverage(count: count)
        }
        report(
            "mclp",
            [
                .init("solver", .string(CBCSolver.version)),
                .init("places", .integer(matrix.demandCount)),
                .init("patterns", .integer(matrix.patterns(within: limit).patterns.count)),
                .init("bases", .integer(count)), .init("time", measured.json),
                .init("covered", .number(best.value)), .init("gap", .number(best.gap)),
                .init("heuristic_time", heuristic.json),
                .init("heuristic_covered", .number(greedy.value)),
                .init("heuristic_bound", .rounded(greedy.bound, decimals: 1)),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer))
    }
}
