import ArgumentParser
import GridCore
import Hotspots
import Tables

/// Quartic density of 50,000 points with a radius of 15 cells on 2,000 x
/// 2,000 cells.
struct DensityBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "density", abstract: "Kernel density against a peer's time.")

    @Argument(help: "Folder with kde_points.f64, made by the peers' script.") var folder: String
    @Option(help: "Threads.") var threads = 2
    @Option(help: "Counted runs.") var runs = 9
    @Option(help: "Median seconds of the peer in the same session.") var peer: Double?

    func run() throws {
        let numbers = try SharedInput.doubles("kde_points.f64", in: folder)
        let points = stride(from: 0, to: numbers.count, by: 2).map {
            Coordinate(x: numbers[$0], y: numbers[$0 + 1])
        }
        let spec = SharedInput.grid(side: 2000, cell: 1000)
        var total = 0.0
        var most = 0.0
        let measured = try Measurement(runs: runs) {
            let density = try kernelDensity(
                ofPoints: points, on: spec, radiusInMeters: 15_000, threads: threads)
            density.withCells { cells in
                total = 0
                most = 0
                for cell in cells {
                    total += cell
                    most = max(most, cell)
                }
            }
        }
        report(
            "density",
            [
                .init("points", .integer(points.count)), .init("cells", .integer(spec.shape.count)),
                .init("threads", .integer(threads)), .init("time", measured.json),
                .init("total", .number(total * 1e6)), .init("maximum", .number(most)),
                .init("peak_mib", .rounded(peakMemoryInMebibytes(), decimals: 1)),
            ] + ratio(measured, peer))
    }
}
