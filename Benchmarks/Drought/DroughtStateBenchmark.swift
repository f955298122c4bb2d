import ArgumentParser
import Drought
import GridCore
import Tables

/// Drought runs, the mean of nine steps, a season's stress, and temperature
/// condition with vegetation health, on the synthetic series of twenty years;
/// first compares the forms and the functions for one series.
struct DroughtStateBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drought-state",
        abstract: "Runs, window means, seasonal stress and vegetation health; fails when forms differ.")

    @Option(help: "Cells along a side of the stack.") var side = 160
    @Option(help: "Counted runs.") var runs = 5
    @Option(help: "Cells in a block.") var blockCells = 512
    @Option(help: "Cells compared in every form before.") var compared = 4096

    /// A drought of NDVI itself: the series is no percentage, and the kernels
    /// do not mind.
    static let threshold = 0.3

    func run() throws {
        try SyntheticSeries.check()
        let stack = SyntheticSeries.vegetation(side: side)
        guard let rule = DroughtRunRule(threshold: Self.threshold, bridgedGap: 1) else {
            throw ValidationError("the run rule of the benchmark is none")
        }
        let blocks = stride(from: 0, to: stack.cells, by: blockCells).map { first in
            let block = SeriesBlock(cells: blockCells, steps: stack.steps)
            stack.fill(block, firstCell: first, cells: min(blockCells, stack.cells - first))
            return block
        }
        let different = compare(blocks, rule)
        var members: [JSONMember] = [
            .init("cells", .integer(stack.cells)), .init("steps", .integer(stack.steps)),
            .init("form", .string(Kernels.best.name)),
            .init("different_cells", .integer(different)),
        ]
        for (name, work) in Self.cases(rule) {
            for (form, kernels, threads) in [
                ("baseline_1_thread", Kernels.baseline, 1), ("1_thread", Kernels.best, 1),
                ("2_threads", Kernels.best, 2),
            ] {
                let workers = (0..<threads).map { _ in DroughtStateWork(cells: blockCells) }
                let measured = Measurement(runs: runs) {
                    forEachInParallel(count: blocks.count, threads: threads) { worker, index in
                        work(workers[worker], blocks[index], kernels)
                    }
                }
                let samples = Double(stack.cells * stack.steps)
                members += [
                    .init("\(name)_\(form)", measured.json),
                    .init(
                        "\(name)_\(form)_Mpx_steps_per_s",
                        .rounded(samples / measured.median / 1e6, decimals: 1)),
                ]
            }
        }
        report("drought-state", members)
        if different > 0 { throw ExitCode(1) }
    }

    typealias Case = @Sendable (DroughtStateWork, SeriesBlock, Kernels) -> Void

    /// Every case visits every step of a block.
    static func cases(_ rule: DroughtRunRule) -> [(String, Case)] {
        [
            ("runs", { work, block, kernels in
                kernels.runs(block, rule: rule, into: work.runs, reasons: work.reasons)
            }),
            ("window_mean", { work, block, kernels in
                for last in stride(from: 9, through: block.steps, by: 9) {
                    kernels.meanOfWindow(
                        block, steps: (last - 9)..<last, rule: WindowMeanRule(minimumCount: 6),
                        into: work.values, reasons: work.reasons)
                }
            }),
            ("seasonal_stress", { work, block, kernels in
                work.season.begin(cells: block.cells)
                for step in 0..<block.steps {
                    work.season.add(block.plane(step), kernels: kernels)
                }
                work.season.finish(
                    rule: SeasonalStressRule(), mean: work.values, stress: work.codes,
                    reasons: work.reasons, kernels: kernels)
            }),
            ("tci_and_vhi", { work, block, kernels in
                for step in 0..<block.steps {
                    kernels.tci(
                        current: block.plane(step), minimum: work.minimum, maximum: work.maximum,
                        count: work.count, cells: block.cells,
                        rule: TemperatureConditionRule(minimumRangeInKelvin: 0),
                        into: work.values, reasons: work.reasons)
                    kernels.vhi(
                        vci: block.plane(step), tci: work.values, cells: block.cells,
                        rule: .standard, into: work.health, reasons: work.reasons)
                }
            }),
        ]
    }

    /// Cells whose runs differ between the forms or from those of the series
    /// taken alone.
    private func compare(_ blocks: [SeriesBlock], _ rule: DroughtRunRule) -> Int {
        let one = DroughtStateWork(cells: blockCells)
        let other = DroughtStateWork(cells: blockCells)
        var different = 0
        for block in blocks.prefix((compared + blockCells - 1) / blockCells) {
            Kernels.baseline.runs(block, rule: rule, into: one.runs, reasons: one.reasons)
            Kernels.best.runs(block, rule: rule, into: other.runs, reasons: other.reasons)
            for cell in 0..<block.cells {
                let series = (0..<block.steps).map { Double(block.plane($0)[cell]) }
                let alone = DroughtRunSeries(of: series, rule: rule)
                let worst = alone.worst
                let isSame =
                    one.bits(cell) == other.bits(cell)
                    && one.runs.count[cell] == Int32(alone.runs.count)
                    && one.runs.longest[cell] == Int32(alone.longest)
                    && one.runs.worst.onset[cell] == Int32(worst?.onset ?? -1)
                    && one.runs.worst.severity[cell] == Float(worst?.severity ?? 0)
                different += isSame ? 0 : 1
            }
        }
        return different
    }
}

/// What a worker needs.
///
/// `@unchecked Sendable`: owned by one worker at a time.
final class DroughtStateWork: @unchecked Sendable {
    let runs: DroughtRunOutput
    let season: SeasonalStress
    let values: UnsafeMutablePointer<Float>
    let health: UnsafeMutablePointer<Float>
    let minimum: UnsafeMutablePointer<Float>
    let maximum: UnsafeMutablePointer<Float>
    let count: UnsafeMutablePointer<Int32>
    let reasons: UnsafeMutablePointer<UInt8>
    let codes: UnsafeMutablePointer<UInt8>

    init(cells: Int) {
        runs = DroughtRunOutput(cells: cells)
        season = SeasonalStress(cells: cells)
        func filled<T>(_ value: T) -> UnsafeMutablePointer<T> {
            let memory = UnsafeMutablePointer<T>.allocate(capacity: cells)
            memory.initialize(repeating: value, count: cells)
            return memory
        }
        values = filled(0)
        health = filled(0)
        minimum = filled(0.1)
        maximum = filled(0.7)
        count = filled(20)
        reasons = filled(0)
        codes = filled(0)
    }

    deinit {
        for memory in [values, health, minimum, maximum] { memory.deallocate() }
        count.deallocate()
        reasons.deallocate()
        codes.deallocate()
    }

    /// Everything that the runs of a cell hold.
    func bits(_ cell: Int) -> [UInt32] {
        func planes(_ planes: DroughtRunPlanes) -> [UInt32] {
            [
                UInt32(bitPattern: planes.onset[cell]), UInt32(bitPattern: planes.end[cell]),
                UInt32(bitPattern: planes.duration[cell]), planes.severity[cell].bitPattern,
                planes.peak[cell].bitPattern,
            ]
        }
        return planes(runs.current) + planes(runs.worst) + [
            UInt32(bitPattern: runs.count[cell]), UInt32(bitPattern: runs.longest[cell]),
            UInt32(reasons[cell]),
        ]
    }
}
