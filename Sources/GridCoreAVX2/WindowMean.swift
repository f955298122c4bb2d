import GridCore

@inline(never)
public func windowMeanAVX2(
    _ block: SeriesBlock, steps: Range<Int>, weights: UnsafePointer<Double>?,
    rule: WindowMeanRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    windowMeanKernel(
        block, steps: steps, weights: weights, rule: rule, into: output, reasons: reasons)
}
