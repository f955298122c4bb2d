import GridCore

@inline(never)
public func breaksAVX2(
    block: SeriesBlock, rule: BreakKernelRule, scratch: BreakScratch, into output: BreakOutput,
    reasons: UnsafeMutablePointer<UInt8>
) {
    breakKernel(block: block, rule: rule, scratch: scratch, into: output, reasons: reasons)
}
