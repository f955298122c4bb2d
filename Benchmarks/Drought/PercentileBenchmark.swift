import ArgumentParser
import Drought
import GridCore
import Tables

/// The empirical percentile of one plane among twenty.
struct PercentileBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "percentile", abstract: "The empirical percentile among 20 years.")

    @OptionGroup var options: SeriesMethodOptions
    @Option(help: "Cells on a side.") var side = 1024

    func run() throws {
        let years = 20
        let series = SyntheticStack<Float>(side: side, steps: years + 1)
        var state: UInt64 = 7
        for i in 0..<series.count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            series.base[i] = state >> 56 < 31 ? .nan : Float((state >> 40) & 4095)
        }
        let cells = series.cells
        let output = SyntheticStack<Float>(side: side, steps: 1)
        let rule = PercentileRule()
        let members = options.measure(cells: cells, steps: years) { kernels, _, first, count in
            kernels.percentile(
                current: series.base + years * cells + first, planes: series.base + first,
                planeStride: cells, planeCount: years, cells: count, rule: rule,
                into: output.base + first)
        }
        var different = 0
        for cell in 0..<min(4096, cells) {
            let x = series.base[years * cells + cell]
            let sample = (0..<years).map { series.base[$0 * cells + cell] }.filter { !$0.isNaN }
            let below = Double(sample.count { $0 < x })
            let equal = Double(sample.count { $0 == x })
            let expected = Float(100 * (below + equal / 2) / Double(sample.count))
            let found = output.base[cell]
            let isEqual =
                x.isNaN || sample.count < rule.minimumCount
                ? found.isNaN : abs(found - expected) <= 1e-5 * 100
            different += isEqual ? 0 : 1
        }
        try requireEqual(different, "percentile")
        report("percentile", members)
    }
}
