import Drought
import GridCore
import TestSupport

/// What the kernel makes of series of equal length.
struct SmoothedBlock {
    var curves: [[Float]] = []
    var lambda: [Float] = []
    var reasons: [IndicatorReason?] = []

    init(
        _ series: [[Float]], weights: [[Float]]? = nil, rule: WhittakerRule, kernels: Kernels,
        inPlace: Bool = false, scratch: WhittakerScratch? = nil
    ) {
        let steps = series.first?.count ?? 0
        let block = filled(series, steps: steps)
        let weightBlock = weights.map { filled($0, steps: steps) }
        let smoothed = inPlace ? block : SeriesBlock(cells: series.count, steps: steps)
        lambda = [Float](repeating: -1, count: series.count)
        var codes = [UInt8](repeating: 255, count: series.count)
        kernels.smooth(
            block, rule: rule, weights: weightBlock.map { UnsafePointer($0.values) },
            scratch: scratch ?? WhittakerScratch(steps: steps), into: smoothed, lambda: &lambda,
            reasons: &codes)
        reasons = codes.map(IndicatorReason.init(rawValue:))
        curves = series.indices.map { cell in (0..<steps).map { smoothed.plane($0)[cell] } }
    }
}

/// A block with the series as its cells.
private func filled(_ series: [[Float]], steps: Int) -> SeriesBlock {
    let block = SeriesBlock(cells: series.count, steps: steps)
    block.prepare(cells: series.count, steps: steps)
    for (cell, values) in series.enumerated() {
        for step in 0..<steps { block.plane(step)[cell] = values[step] }
    }
    return block
}

/// Series like stored NDVI: two seasons, noise, clouds, about a sixth missing.
func smoothableSeries(count: Int, steps: Int, seed: UInt64) -> [[Float]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { cell in
        (0..<steps).map { step in
            if Double.random(in: 0..<1, using: &generator) < 0.17 { return .nan }
            // A triangle wave: no library function in the input.
            let phase = Double((step * 2 + cell * 5) % 23) / 23
            let cloud = Double.random(in: 0..<1, using: &generator) < 0.08 ? 900.0 : 0
            let noise = Double.random(in: -300...300, using: &generator)
            return Float((2500 + 3000 * abs(phase - 0.5) * 2 + noise - cloud).rounded())
        }
    }
}

/// Bit patterns of a curve, with one for every NaN.
func curveBits(_ values: [Float]) -> [UInt32] {
    values.map { $0.isNaN ? Float.nan.bitPattern : $0.bitPattern }
}
