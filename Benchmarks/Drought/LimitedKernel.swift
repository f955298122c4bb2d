import Drought
import Glibc
import GridCore

/// A kernel with its least traffic and arithmetic per cell and step.
///
/// Bytes: each number of the archive read once and each result written once.
///
/// Operations: what the method's formulas need for the values of one cell; an
/// addition, multiplication, division, square root or comparison is one, a
/// logarithm or exponential as many as its polynomial has, and a choice
/// between lanes none. What lanes do that wait for their neighbours, second
/// passes, sorting and the moving of data are not counted, so that the share
/// says how much of the limit becomes result. A division counts as one and
/// takes as long as ten.
struct LimitedKernel: Sendable {
    let name: String
    let cells: Int
    let steps: Int
    let bytes: Double
    let operations: Double
    /// Whether the arithmetic is Float64; else Float32.
    let isDouble: Bool
    /// Computes all cells on so many threads.
    let run: @Sendable (_ threads: Int) -> Void

    private static let blockCells = SeriesMethodOptions.blockCells

    static func all(_ kernels: Kernels) -> [LimitedKernel] {
        let stack = SyntheticSeries.vegetation(side: 160)
        return [
            indices(stack, kernels), percentile(kernels),
            whittaker("whittaker-fixed", stack, cells: 24000, kernels, .fixed(1000)) { _ in
                Double(solution)
            },
            whittaker("whittaker-v-curve", stack, cells: 4096, kernels, vCurve) { _ in
                Double(WhittakerBenchmark.grid.count * (solution + measures) + solution)
            },
            whittaker(
                "whittaker-v-curve-asymmetric", stack, cells: 2048, kernels, vCurve,
                asymmetry: 0.9
            ) { asymmetricSolutions($0) * Double(solution + measures + weighing) },
            precipitation(kernels), trend("trend-20", yearly(), kernels),
            trend("trend-460", whole(), kernels), breaks(stack, kernels),
        ]
    }

    /// Climatology, VCI and z-score of every value: test for fill, minimum,
    /// maximum, sum, and sum of squares (6); then twice difference, scale,
    /// division, test, and rounding between limits (4 + 5).
    private static func indices(
        _ stack: SyntheticStack<Int16>, _ kernels: Kernels
    ) -> LimitedKernel {
        let vci = Memory<Int16>(count: stack.count)
        let zscore = Memory<Int16>(count: stack.count)
        return LimitedKernel(
            name: "climatology-vci-z", cells: stack.cells, steps: stack.steps,
            bytes: Double(ArchiveIndexBenchmark.bytesPerSample), operations: 6 + 2 * 9,
            isDouble: true
        ) {
            ArchiveIndexBenchmark.compute(stack, kernels, threads: $0, into: vci, zscore)
        }
    }

    /// For every value of the baseline: smaller, not larger, and a value at
    /// all, each tested and counted. Reads it, and a twentieth of the current
    /// value and of the result.
    private static func percentile(_ kernels: Kernels) -> LimitedKernel {
        let (side, years) = (1024, 20)
        let series = SyntheticStack<Float>(side: side, steps: years + 1)
        for i in 0..<series.count { series.base[i] = Float((i &* 2_654_435_761) & 4095) }
        let cells = series.cells
        let output = Memory<Float>(count: cells)
        return LimitedKernel(
            name: "percentile", cells: cells, steps: years, bytes: 4 + 8 / Double(years),
            operations: 6, isDouble: false
        ) { threads in
            forEachInParallel(count: cells / blockCells, threads: threads) { _, index in
                let first = index * blockCells
                kernels.percentile(
                    current: series.base + years * cells + first, planes: series.base + first,
                    planeStride: cells, planeCount: years, cells: blockCells,
                    rule: PercentileRule(), into: output.base + first)
            }
        }
    }

    // MARK: Whittaker, of one step

    /// Of one solution: 14 operations eliminate a row, 4 substitute.
    private static let solution = 18
    /// Misfit and roughness.
    private static let measures = 8
    /// Comparison with the curve, and the weight that follows.
    private static let weighing = 2
    private static let vCurve = WhittakerRule.Lambda.vCurve(log10: WhittakerBenchmark.grid)

    /// Reads a value and writes one.
    private static func whittaker(
        _ name: String, _ stack: SyntheticStack<Int16>, cells: Int, _ kernels: Kernels,
        _ lambda: WhittakerRule.Lambda, asymmetry: Double? = nil,
        operations: (SyntheticStack<Int16>) -> Double
    ) -> LimitedKernel {
        let rule = WhittakerRule(lambda: lambda, asymmetry: asymmetry)
        let blocks = blocks(stack, cells: cells)
        let works = (0..<2).map { _ in
            WhittakerBenchmark.Work(cells: blockCells, steps: stack.steps)
        }
        return LimitedKernel(
            name: name, cells: cells, steps: stack.steps, bytes: 8, operations: operations(stack),
            isDouble: true
        ) { threads in
            forEachInParallel(count: blocks.count, threads: threads) { worker, index in
                works[worker].smooth(blocks[index], rule, kernels)
            }
        }
    }

    /// Solutions that the asymmetric V-curve of a cell takes, each lambda
    /// starting from the weights of the one before and ending when they stay:
    /// the mean over some cells. The last fit counts as one more lambda.
    private static func asymmetricSolutions(_ stack: SyntheticStack<Int16>) -> Double {
        let cells = 32
        let block = SeriesBlock(cells: cells, steps: stack.steps)
        stack.fill(block, firstCell: 0, cells: cells)
        var solutions = 0
        for cell in 0..<cells {
            let series = (0..<stack.steps).map { Double(block.plane($0)[cell]) }
            var weights = series.map { $0 > 0 ? 0.9 : 0.1 }
            for log10 in WhittakerBenchmark.grid {
                let rule = WhittakerRule(lambda: .fixed(pow(10, log10)))
                for _ in 0..<WhittakerRule.asymmetricRounds {
                    let fit = Whittaker.smooth(series, weights: weights, rule: rule)
                    solutions += 1
                    let curve = fit?.values ?? series
                    let next = zip(series, curve).map { $0 > $1 ? 0.9 : 0.1 }
                    if next == weights { break }
                    weights = next
                }
            }
        }
        let lambdas = Double(WhittakerBenchmark.grid.count)
        return Double(solutions) / Double(cells) * (lambdas + 1) / lambdas
    }

    private static func blocks(
        _ stack: SyntheticStack<Int16>, cells: Int
    ) -> [SeriesBlock] {
        stride(from: 0, to: cells, by: blockCells).map { first in
            let block = SeriesBlock(cells: blockCells, steps: stack.steps)
            stack.fill(block, firstCell: first, cells: min(blockCells, cells - first))
            return block
        }
    }

    // MARK: Other methods on whole series

    /// SPI-3, of one value: the sum (6 with the tests for negative amounts);
    /// a logarithm (40); its place in the fit of three years in four
    /// (0.75 x 6); an exponential (38) and some 20 terms of the gamma series,
    /// 2 operations each; the middle branch of the normal quantile (32) and,
    /// for 15 %, the outer one with a logarithm (75); 30 between these.
    /// Reads 4 bytes, writes value and reason.
    private static func precipitation(_ kernels: Kernels) -> LimitedKernel {
        let rain = SyntheticSeries.rain(side: 160)
        let workers = (0..<2).map { _ in PrecipitationIndexBenchmark.Worker(steps: rain.steps) }
        let rule = PrecipitationIndexBenchmark.rule(.thom)
        return LimitedKernel(
            name: "spi-3", cells: rain.cells, steps: rain.steps, bytes: 9,
            operations: 6 + 40 + 0.75 * 6 + 38 + 2 * 20 + 32 + 0.15 * 75 + 30, isDouble: true
        ) { threads in
            forEachInParallel(count: rain.cells / blockCells, threads: threads) { worker, index in
                workers[worker].compute(rain, index * blockCells, blockCells, rule, kernels)
            }
        }
    }

    /// Mann-Kendall and Theil-Sen, of each of the T (T - 1) / 2 pairs: a
    /// comparison and a count, then the slope (2) and its comparison with the
    /// median. Reads 4 bytes; the results of a cell, 20 bytes, are spread
    /// over its steps.
    private static func trend(
        _ name: String, _ series: SyntheticStack<Float>, _ kernels: Kernels
    ) -> LimitedKernel {
        let workers = (0..<2).map { _ in TrendBenchmark.Worker(steps: series.steps) }
        let steps = Double(series.steps)
        return LimitedKernel(
            name: name, cells: series.cells, steps: series.steps, bytes: 4 + 20 / steps,
            operations: 5 * (steps - 1) / 2, isDouble: false
        ) { threads in
            let count = (series.cells + blockCells - 1) / blockCells
            forEachInParallel(count: count, threads: threads) { worker, index in
                let first = index * blockCells
                workers[worker].compute(
                    series, first, min(blockCells, series.cells - first), TrendRule(), kernels)
            }
        }
    }

    /// Means of twenty years.
    private static func yearly() -> SyntheticStack<Float> {
        TrendBenchmark.yearly(SyntheticSeries.vegetation(side: 256))
    }

    private static func whole() -> SyntheticStack<Float> {
        let stack = SyntheticSeries.vegetation(side: 32)
        let series = SyntheticStack<Float>(side: stack.side, steps: stack.steps)
        for i in 0..<stack.count {
            let stored = stack.base[i]
            series.base[i] = stored == SyntheticSeries.vegetationFill ? .nan : Float(stored)
        }
        return series
    }

    /// BFAST-monitor with k = 8 regressors, of which 0.9 of the steps are
    /// history and 0.88 have a value: for an observation of the history its
    /// row rotated into the system, 2 k (k - 1) + 15 k + 2, and 10 for the
    /// fluctuation of its residual; for every observation the difference from
    /// the model and its moving sum, 2 k + 7. Reads 4 bytes.
    private static func breaks(
        _ stack: SyntheticStack<Int16>, _ kernels: Kernels
    ) -> LimitedKernel {
        let cells = 4096
        let blocks = blocks(stack, cells: cells)
        let times = (0..<stack.steps).map {
            2003 + Double($0) / Double(SyntheticSeries.compositesPerYear)
        }
        let monitoringStart = 18 * SyntheticSeries.compositesPerYear
        guard let rule = try? BreakRule(monitoringStart: monitoringStart) else {
            preconditionFailure("eighteen years are a history")
        }
        let scratches = (0..<2).map { _ in BreakScratch(steps: stack.steps, rule: rule) }
        let findings = blocks.map { BreakFindings(cells: $0.cells) }
        let k = 8.0
        return LimitedKernel(
            name: "bfast-monitor", cells: cells, steps: stack.steps, bytes: 4,
            operations: 0.88 * (0.9 * (2 * k * (k - 1) + 15 * k + 2 + 10) + 2 * k + 7),
            isDouble: true
        ) { threads in
            forEachInParallel(count: blocks.count, threads: threads) { worker, index in
                kernels.breaks(
                    blocks[index], times: times, rule: rule, scratch: scratches[worker],
                    into: findings[index].output, reasons: findings[index].reasons)
            }
        }
    }
}
