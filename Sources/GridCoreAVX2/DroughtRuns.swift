import GridCore

@inline(never)
public func droughtRunsAVX2(
    _ block: SeriesBlock, rule: DroughtRunRule, into targets: DroughtRunTargets,
    reasons: UnsafeMutablePointer<UInt8>
) {
    droughtRunKernel(block, rule: rule, into: targets, reasons: reasons)
}
