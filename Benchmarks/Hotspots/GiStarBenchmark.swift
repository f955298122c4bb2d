import ArgumentParser
import GridCore
import Hotspots
import Tables

/// Gi* with a radius of 10 cells on 1,000 x 1,000 cells.
struct GiStarBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gistar", abstract: "Getis-Ord Gi* against a peer's time.")

    @Argument(help: "Folder with gi_1000x1000.f64, made by the peers' script.") var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let spec = SharedInput.grid(side: 1000, cell: 1000)
        let values = Grid<Double>(
            spec, cells: try SharedInput.doubles("gi_1000x1000.f64", in: folder))
        var sum = 0.0
        var hot = 0
        let measured = try Measurement(runs: runs) {
            let map = try getisOrdGiStar(values: values, radiusInMeters: 10_000, threads: threads)
            map.z.withCells { z in
                sum = 0
                hot = 0
                for value in z {
                    sum += value
                    hot += value > 2.5758 ? 1 : 0
                }
            }
        }
        report(
            "gistar",
            [
                .init("cells", .integer(values.count)), .init("threads", .integer(threads)),
                .init("time", measured.json), .init("z_sum", .number(sum)),
                .init("cells_over_2_5758", .integer(hot)),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer))
    }
}
