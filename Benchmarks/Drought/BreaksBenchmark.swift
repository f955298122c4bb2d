import ArgumentParser
import Drought
import GridCore
import Tables

/// Breaks by BFAST-monitor on the synthetic NDVI: cells per second, and
/// whether the forms and the single series find the same.
struct BreaksBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breaks",
        abstract: "BFAST-monitor, order 3, trend, selected history, 460 steps.")

    @Option(help: "Cells on a side of the stack.") var side = 128
    @Option(help: "Counted runs.") var runs = 5
    @Option(help: "Cells that are compared with the single series.") var compared = 512

    /// Cells of a block: its working memory fits the second-level cache.
    private static let blockCells = 256
    /// Float32 results of values near 1.
    private static let tolerance = 1e-6

    func run() throws {
        try SyntheticSeries.check()
        let stack = SyntheticSeries.vegetation(side: side)
        let times = (0..<stack.steps).map {
            2003 + Double($0) / Double(SyntheticSeries.compositesPerYear)
        }
        // Eighteen years of history, two monitored.
        let rule = try BreakRule(monitoringStart: 18 * SyntheticSeries.compositesPerYear)
        let blocks = stride(from: 0, to: stack.cells, by: Self.blockCells).map { first in
            let count = min(Self.blockCells, stack.cells - first)
            let block = SeriesBlock(cells: count, steps: stack.steps)
            stack.fill(block, firstCell: first, cells: count)
            return block
        }
        var members: [JSONMember] = [
            .init("cells", .integer(stack.cells)), .init("steps", .integer(stack.steps)),
        ]
        var found: [BreakFindings] = []
        for kernels in [Kernels.baseline, Kernels.best] {
            for threads in [1, 2] {
                let workers = (0..<threads).map { _ in
                    BreakScratch(steps: stack.steps, rule: rule)
                }
                let findings = blocks.map { BreakFindings(cells: $0.cells) }
                let measured = Measurement(runs: runs) {
                    forEachInParallel(count: blocks.count, threads: threads) { worker, index in
                        kernels.breaks(
                            blocks[index], times: times, rule: rule, scratch: workers[worker],
                            into: findings[index].output, reasons: findings[index].reasons)
                    }
                }
                let name = "\(kernels.name)_\(threads)_threads"
                members.append(.init(name, measured.json))
                members.append(
                    .init(
                        "\(name)_px_per_s",
                        .rounded(Double(stack.cells) / measured.median, decimals: 0)))
                if found.isEmpty { found = findings }
                guard zip(found, findings).allSatisfy({ $0.equals($1) }) else {
                    throw ValidationError("\(name) differs from the baseline on one thread")
                }
            }
        }
        members.append(.init("breaks", .integer(found.reduce(0) { $0 + $1.breakCount })))
        let (cells, differing) = try differences(found, blocks, times, rule)
        members.append(.init("compared_with_single_series", .integer(cells)))
        members.append(.init("differing", .integer(differing)))
        report("breaks", members)
        if differing > 0 { throw ExitCode.failure }
    }

    private func differences(
        _ found: [BreakFindings], _ blocks: [SeriesBlock], _ times: [Double], _ rule: BreakRule
    ) throws -> (cells: Int, differing: Int) {
        var cells = 0
        var differing = 0
        for (findings, block) in zip(found, blocks) {
            for cell in 0..<block.cells where cells < compared {
                cells += 1
                let one = try BreakMonitor(
                    values: (0..<block.steps).map { Double(block.plane($0)[cell]) },
                    times: times, rule: rule)
                let output = findings.output
                let isSame =
                    output.breakStep[cell] == Int32(one.breakStep ?? -1)
                    && output.historyStart[cell] == Int32(one.historyStart ?? -1)
                    && findings.reasons[cell] == one.reason.rawValue
                    && Self.agree(output.magnitude[cell], one.magnitude)
                    && Self.agree(output.sigma[cell], one.sigma)
                    && Self.agree(output.seasonResidual[cell], one.seasonResidual)
                differing += isSame ? 0 : 1
            }
        }
        return (cells, differing)
    }

    private static func agree(_ found: Float, _ expected: Double) -> Bool {
        found.isNaN ? expected.isNaN : abs(Double(found) - expected) < tolerance
    }
}

/// What was found in the cells of a block.
///
/// `@unchecked Sendable`: one worker writes a block's findings.
final class BreakFindings: @unchecked Sendable {
    let cells: Int
    let output: BreakOutput
    let reasons: UnsafeMutablePointer<UInt8>

    init(cells: Int) {
        self.cells = cells
        func memory<Element: BitwiseCopyable>(_ zero: Element) -> UnsafeMutablePointer<Element> {
            let memory = UnsafeMutablePointer<Element>.allocate(capacity: cells)
            memory.initialize(repeating: zero, count: cells)
            return memory
        }
        output = BreakOutput(
            breakStep: memory(-1), magnitude: memory(.nan), historyStart: memory(-1),
            historyCount: memory(0), sigma: memory(.nan), seasonResidual: memory(.nan))
        reasons = memory(0)
    }

    deinit {
        output.breakStep.deallocate()
        output.magnitude.deallocate()
        output.historyStart.deallocate()
        output.historyCount.deallocate()
        output.sigma.deallocate()
        output.seasonResidual.deallocate()
        reasons.deallocate()
    }

    var breakCount: Int { (0..<cells).count { output.breakStep[$0] >= 0 } }

    /// The same bits in every cell.
    func equals(_ other: BreakFindings) -> Bool {
        (0..<cells).allSatisfy { cell in
            output.breakStep[cell] == other.output.breakStep[cell]
                && output.historyStart[cell] == other.output.historyStart[cell]
                && output.historyCount[cell] == other.output.historyCount[cell]
                && output.magnitude[cell].bitPattern == other.output.magnitude[cell].bitPattern
                && output.sigma[cell].bitPattern == other.output.sigma[cell].bitPattern
                && output.seasonResidual[cell].bitPattern
                    == other.output.seasonResidual[cell].bitPattern
                && reasons[cell] == other.reasons[cell]
        }
    }
}
