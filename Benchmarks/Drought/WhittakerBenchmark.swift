import ArgumentParser
import Drought
import GridCore
import Tables

/// The Whittaker smoother on the synthetic series of twenty years: fixed
/// lambda, asymmetric, V-curve and both, in the best form; first compares the
/// forms and the function for one series bit for bit.
struct WhittakerBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whittaker",
        abstract: "Smoothing of whole series; fails when the forms differ.")

    @Option(help: "Cells along a side of the stack.") var side = 160
    @Option(help: "Counted runs.") var runs = 5
    @Option(help: "Cells in a block.") var blockCells = 256
    @Option(help: "Cells compared in every form before.") var compared = 1024

    /// Of the V-curve: log10 lambda from -2 to 4.
    static let grid = (0...30).map { -2 + 0.2 * Double($0) }

    struct Case {
        let name: String
        let rule: WhittakerRule
        let cells: Int
        /// Solutions of a cell and the floating-point operations of one step
        /// of each, when the series does not decide about them.
        let operations: Int?
    }

    static let cases: [Case] = [
        // 14 operations eliminate a row and 4 substitute; 8 measure misfit
        // and roughness.
        Case(
            name: "fixed", rule: WhittakerRule(lambda: .fixed(1000)), cells: 24000,
            operations: 18),
        Case(
            name: "asymmetric", rule: WhittakerRule(lambda: .fixed(1000), asymmetry: 0.9),
            cells: 12000, operations: nil),
        Case(
            name: "v_curve", rule: WhittakerRule(lambda: .vCurve(log10: grid)), cells: 4096,
            operations: 31 * 26 + 18),
        Case(
            name: "v_curve_asymmetric",
            rule: WhittakerRule(lambda: .vCurve(log10: grid), asymmetry: 0.9), cells: 2048,
            operations: nil),
        Case(
            name: "cross_validation",
            rule: WhittakerRule(lambda: .generalizedCrossValidation(log10: grid)), cells: 2048,
            operations: nil),
        Case(
            name: "robust_cross_validation",
            rule: WhittakerRule(
                lambda: .generalizedCrossValidation(log10: grid), isRobust: true), cells: 1024,
            operations: nil),
    ]

    func run() throws {
        try SyntheticSeries.check()
        let stack = SyntheticSeries.vegetation(side: side)
        for item in Self.cases {
            let cells = min(item.cells, stack.cells)
            let different = try compare(item.rule, stack, cells: min(compared, cells))
            let blocks = makeBlocks(stack, cells: cells)
            var members: [JSONMember] = [
                .init("cells", .integer(cells)), .init("steps", .integer(stack.steps)),
                .init("form", .string(Kernels.best.name)),
                .init("different_cells", .integer(different)),
            ]
            let work = Double(cells * stack.steps)
            for (name, kernels, threads) in [
                ("baseline_1_thread", Kernels.baseline, 1), ("1_thread", Kernels.best, 1),
                ("2_threads", Kernels.best, 2),
            ] {
                let measured = Measurement(runs: runs) {
                    smooth(blocks, steps: stack.steps, item.rule, kernels, threads: threads)
                }
                let rate = work / measured.median / 1e6
                members += [
                    .init(name, measured.json),
                    .init("\(name)_Mpx_steps_per_s", .rounded(rate, decimals: 2)),
                ]
                if let operations = item.operations {
                    members.append(
                        .init(
                            "\(name)_Gflop_per_s",
                            .rounded(rate * Double(operations) / 1e3, decimals: 2)))
                }
            }
            let single = Measurement(runs: 1, warmUp: false) {
                singleSeries(stack, cells: 16, item.rule)
            }
            members.append(
                .init(
                    "single_series_Mpx_steps_per_s",
                    .rounded(Double(16 * stack.steps) / single.median / 1e6, decimals: 3)))
            report("whittaker-\(item.name)", members)
            if different > 0 { throw ExitCode(1) }
        }
    }

    private func makeBlocks(_ stack: SyntheticStack<Int16>, cells: Int) -> [SeriesBlock] {
        stride(from: 0, to: cells, by: blockCells).map { first in
            let block = SeriesBlock(cells: blockCells, steps: stack.steps)
            stack.fill(block, firstCell: first, cells: min(blockCells, cells - first))
            return block
        }
    }

    /// What a worker needs.
    final class Work: @unchecked Sendable {
        let scratch: WhittakerScratch
        let smoothed: SeriesBlock
        let lambda: UnsafeMutablePointer<Float>
        let reasons: UnsafeMutablePointer<UInt8>

        init(cells: Int, steps: Int) {
            scratch = WhittakerScratch(steps: steps)
            smoothed = SeriesBlock(cells: cells, steps: steps)
            lambda = .allocate(capacity: cells)
            reasons = .allocate(capacity: cells)
        }

        deinit {
            lambda.deallocate()
            reasons.deallocate()
        }

        func smooth(_ block: SeriesBlock, _ rule: WhittakerRule, _ kernels: Kernels) {
            kernels.smooth(
                block, rule: rule, weights: nil, scratch: scratch, into: smoothed,
                lambda: lambda, reasons: reasons)
        }
    }

    private func smooth(
        _ blocks: [SeriesBlock], steps: Int, _ rule: WhittakerRule, _ kernels: Kernels,
        threads: Int
    ) {
        let works = (0..<threads).map { _ in Work(cells: blockCells, steps: steps) }
        forEachInParallel(count: blocks.count, threads: threads) { worker, index in
            works[worker].smooth(blocks[index], rule, kernels)
        }
    }

    private func values(_ block: SeriesBlock, _ cell: Int) -> [Float] {
        (0..<block.steps).map { block.plane($0)[cell] }
    }

    private func singleSeries(_ stack: SyntheticStack<Int16>, cells: Int, _ rule: WhittakerRule) {
        let block = SeriesBlock(cells: cells, steps: stack.steps)
        stack.fill(block, firstCell: 0, cells: cells)
        for cell in 0..<cells {
            _ = Whittaker.smooth(values(block, cell).map(Double.init), rule: rule)
        }
    }

    /// Cells whose curve, lambda or reason differ in any bit between the
    /// forms, or, of every eighth cell, from the function for one series.
    private func compare(
        _ rule: WhittakerRule, _ stack: SyntheticStack<Int16>, cells: Int
    ) throws -> Int {
        let block = SeriesBlock(cells: cells, steps: stack.steps)
        stack.fill(block, firstCell: 0, cells: cells)
        let baseline = Work(cells: cells, steps: stack.steps)
        let best = Work(cells: cells, steps: stack.steps)
        baseline.smooth(block, rule, .baseline)
        best.smooth(block, rule, .best)
        return (0..<cells).count { cell in
            let curve = values(baseline.smoothed, cell).map(\.bitPattern)
            if curve != values(best.smoothed, cell).map(\.bitPattern)
                || baseline.lambda[cell].bitPattern != best.lambda[cell].bitPattern
                || baseline.reasons[cell] != best.reasons[cell]
            {
                return true
            }
            guard cell % 8 == 0 else { return false }
            let series = values(block, cell).map(Double.init)
            guard let fit = Whittaker.smooth(series, rule: rule) else { return true }
            return fit.values.map { Float($0).bitPattern } != curve
                || Float(fit.log10Lambda) != baseline.lambda[cell]
        }
    }
}
