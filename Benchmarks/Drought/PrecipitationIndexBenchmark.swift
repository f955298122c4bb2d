import ArgumentParser
import Drought
import GridCore
import Tables

/// SPI-3 of 40 years of months over 240 x 240 cells.
struct PrecipitationIndexBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spi", abstract: "The standardized precipitation index of monthly rain.")

    @OptionGroup var options: SeriesMethodOptions
    @Option(help: "Cells on a side.") var side = 240
    @Flag(help: "Fit by maximum likelihood.") var likelihood = false

    /// Three months; thirty of the forty years are the calibration.
    static func rule(
        _ fit: StandardizedPrecipitationRule.Fit
    ) -> StandardizedPrecipitationRule {
        StandardizedPrecipitationRule(
            accumulation: 3, periodsPerYear: 12, calibration: 120..<480, fit: fit)
    }

    func run() throws {
        try SyntheticSeries.check()
        let rain = SyntheticSeries.rain(side: side)
        let steps = rain.steps
        let rule = Self.rule(likelihood ? .maximumLikelihood : .thom)
        let workers = (0..<2).map { _ in Worker(steps: steps) }
        let members = options.measure(cells: rain.cells, steps: steps) {
            kernels, worker, first, count in
            workers[worker].compute(rain, first, count, rule, kernels)
        }
        try requireEqual(differences(rain, rule, workers[0]), "spi")
        report("spi-3", members)
    }

    /// Values of the first cells that are further from those of the single
    /// series than the kernel allows.
    private func differences(
        _ rain: SyntheticStack<Float>, _ rule: StandardizedPrecipitationRule, _ worker: Worker
    ) -> Int {
        let count = min(SeriesMethodOptions.blockCells, rain.cells)
        var different = 0
        for kernels in [Kernels.baseline, Kernels.best] {
            worker.compute(rain, 0, count, rule, kernels)
            for cell in 0..<count {
                let series = (0..<rain.steps).map { Double(worker.block.plane($0)[cell]) }
                let expected = StandardizedPrecipitation(rainfall: series, rule: rule)
                for step in 0..<rain.steps {
                    let place = step * worker.block.stride + cell
                    let found = Double(worker.output.base[place])
                    let value = expected.values[step]
                    let isEqual = abs(found - value) <= 1e-6 || (found.isNaN && value.isNaN)
                    let reason = worker.reasons.base[place]
                    different += isEqual && reason == expected.reasons[step].rawValue ? 0 : 1
                }
            }
        }
        return different
    }

    /// `@unchecked Sendable`: used by one thread at a time.
    final class Worker: @unchecked Sendable {
        let block: SeriesBlock
        let scratch: StandardizedPrecipitationScratch
        let output: Memory<Float>
        let reasons: Memory<UInt8>

        init(steps: Int) {
            block = SeriesBlock(cells: SeriesMethodOptions.blockCells, steps: steps)
            scratch = StandardizedPrecipitationScratch(steps: steps)
            output = Memory(count: block.stride * steps)
            reasons = Memory(count: block.stride * steps)
        }

        func compute(
            _ rain: SyntheticStack<Float>, _ first: Int, _ count: Int,
            _ rule: StandardizedPrecipitationRule, _ kernels: Kernels
        ) {
            rain.fill(block, firstCell: first, cells: count)
            kernels.spi(
                block, rule: rule, wanted: 0..<rain.steps, scratch: scratch, into: output.base,
                reasons: reasons.base)
        }
    }
}
