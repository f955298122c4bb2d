import GridCore

@inline(never)
public func percentileAVX2(
    current: UnsafePointer<Float>, planes: UnsafePointer<Float>, planeStride: Int,
    planeCount: Int, cells: Int, rule: PercentileRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>?
) {
    percentileKernel(
        current: current, planes: planes, planeStride: planeStride, planeCount: planeCount,
        cells: cells, rule: rule, into: output, reasons: reasons)
}

@inline(never)
public func percentileAVX2(
    _ block: SeriesBlock, step: Int, baseline: UnsafeBufferPointer<Int>, rule: PercentileRule,
    into output: UnsafeMutablePointer<Float>, reasons: UnsafeMutablePointer<UInt8>?
) {
    percentileKernel(
        block, step: step, baseline: baseline, rule: rule, into: output, reasons: reasons)
}
