import GridCore

@inline(never)
public func trendAVX2(
    _ block: SeriesBlock, rule: TrendRule, scratch: TrendScratch, into output: TrendOutput,
    reasons: UnsafeMutablePointer<UInt8>
) {
    trendKernel(block, rule: rule, scratch: scratch, into: output, reasons: reasons)
}
