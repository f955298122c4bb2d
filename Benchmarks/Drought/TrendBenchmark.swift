import ArgumentParser
import Drought
import GridCore
import Tables

/// Mann-Kendall and Theil-Sen: yearly means of 20 years, and all 460
/// composites.
struct TrendBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend", abstract: "Mann-Kendall test and Theil-Sen slope.")

    @OptionGroup var options: SeriesMethodOptions
    @Option(help: "Cells on a side.") var side = 347

    func run() throws {
        try SyntheticSeries.check()
        let stack = SyntheticSeries.vegetation(side: side)
        try measure("trend-annual", Self.yearly(stack), rule: TrendRule())
        let few = SyntheticSeries.vegetation(side: 32)
        let series = SyntheticStack<Float>(side: few.side, steps: few.steps)
        for i in 0..<few.count {
            let stored = few.base[i]
            series.base[i] = stored == SyntheticSeries.vegetationFill ? .nan : Float(stored)
        }
        try measure("trend-460", series, rule: TrendRule())
    }

    /// Mean of each year's composites; NaN without any.
    static func yearly(_ stack: SyntheticStack<Int16>) -> SyntheticStack<Float> {
        let perYear = SyntheticSeries.compositesPerYear
        let result = SyntheticStack<Float>(side: stack.side, steps: stack.steps / perYear)
        let cells = stack.cells
        forEachInParallel(count: result.steps, threads: 2) { _, year in
            for cell in 0..<cells {
                var (sum, count) = (0, 0)
                for step in year * perYear..<(year + 1) * perYear {
                    let stored = stack.base[step * cells + cell]
                    guard stored != SyntheticSeries.vegetationFill else { continue }
                    sum += Int(stored)
                    count += 1
                }
                result.base[year * cells + cell] =
                    count > 0 ? Float(Double(sum) / Double(count)) : .nan
            }
        }
        return result
    }

    private func measure(
        _ name: String, _ series: SyntheticStack<Float>, rule: TrendRule
    ) throws {
        let workers = (0..<2).map { _ in Worker(steps: series.steps) }
        let members = options.measure(cells: series.cells, steps: series.steps) {
            kernels, worker, first, count in
            workers[worker].compute(series, first, count, rule, kernels)
        }
        let count = min(SeriesMethodOptions.blockCells, series.cells)
        var different = 0
        for kernels in [Kernels.baseline, Kernels.best] {
            let worker = workers[0]
            worker.compute(series, 0, count, rule, kernels)
            for cell in 0..<count {
                let values = (0..<series.steps).map { Double(worker.block.plane($0)[cell]) }
                let expected = MannKendall.original(values)
                let isEqual =
                    worker.slope[cell] == Float(expected.slope)
                    && worker.z[cell] == Float(expected.z)
                    && worker.p[cell] == Float(expected.p)
                    && worker.intercept[cell] == Float(expected.intercept)
                different += isEqual ? 0 : 1
            }
        }
        try requireEqual(different, name)
        report(name, members)
    }

    /// `@unchecked Sendable`: used by one thread at a time.
    final class Worker: @unchecked Sendable {
        let block: SeriesBlock
        let scratch: TrendScratch
        let floats: Memory<Float>
        let counts: Memory<UInt16>
        let directions: Memory<Int8>
        let reasons: Memory<UInt8>
        var slope: UnsafeMutablePointer<Float> { floats.base }
        var intercept: UnsafeMutablePointer<Float> {
            floats.base + SeriesMethodOptions.blockCells
        }
        var z: UnsafeMutablePointer<Float> { floats.base + 2 * SeriesMethodOptions.blockCells }
        var p: UnsafeMutablePointer<Float> { floats.base + 3 * SeriesMethodOptions.blockCells }

        init(steps: Int) {
            let cells = SeriesMethodOptions.blockCells
            block = SeriesBlock(cells: cells, steps: steps)
            scratch = TrendScratch(steps: steps)
            floats = Memory(count: 4 * cells)
            counts = Memory(count: cells)
            directions = Memory(count: cells)
            reasons = Memory(count: cells)
        }

        func compute(
            _ series: SyntheticStack<Float>, _ first: Int, _ count: Int, _ rule: TrendRule,
            _ kernels: Kernels
        ) {
            series.fill(block, firstCell: first, cells: count)
            kernels.trend(
                block, rule: rule, scratch: scratch,
                into: TrendOutput(
                    slope: slope, intercept: intercept, z: z, p: p, count: counts.base,
                    direction: directions.base), reasons: reasons.base)
        }
    }
}
