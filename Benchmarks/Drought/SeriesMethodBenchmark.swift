import ArgumentParser
import Drought
import GridCore
import Tables

/// What the benchmarks of methods on whole series share: blocks of cells
/// handed to threads, and figures per cell and step.
struct SeriesMethodOptions: ParsableArguments {
    @Option(help: "Counted runs.") var runs = 5

    /// Cells of a block: whole vectors, and few enough for the second-level
    /// cache.
    static let blockCells = 256

    /// Times `body` for every block of `cells` cells with each form on one and
    /// two threads; `body` gets the worker and the block's first cell and
    /// count.
    func measure(
        cells: Int, steps: Int,
        _ body: @Sendable (_ kernels: Kernels, _ worker: Int, _ first: Int, _ count: Int) -> Void
    ) -> [JSONMember] {
        let blocks = (cells + Self.blockCells - 1) / Self.blockCells
        var members: [JSONMember] = [
            .init("cells", .integer(cells)), .init("steps", .integer(steps)),
        ]
        for kernels in [Kernels.baseline, Kernels.best] {
            for threads in [1, 2] {
                let measured = Measurement(runs: runs) {
                    forEachInParallel(count: blocks, threads: threads) { worker, index in
                        let first = index * Self.blockCells
                        body(kernels, worker, first, min(Self.blockCells, cells - first))
                    }
                }
                let name = "\(kernels.name)_\(threads)"
                let rate = Double(cells) / measured.median
                members += [
                    .init(name, measured.json),
                    .init("\(name)_px_per_s", .rounded(rate, decimals: 0)),
                    .init(
                        "\(name)_Mpx_steps_per_s",
                        .rounded(rate * Double(steps) / 1e6, decimals: 2)),
                ]
            }
        }
        return members
    }
}

/// A method gave another result than its twin for one series.
func requireEqual(_ differences: Int, _ method: String) throws {
    guard differences == 0 else {
        throw ValidationError("\(method): \(differences) values differ from the single series")
    }
}
