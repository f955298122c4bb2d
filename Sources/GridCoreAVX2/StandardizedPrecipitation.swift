import GridCore

@inline(never)
public func spiAVX2(
    _ block: SeriesBlock, rule: StandardizedPrecipitationRule, wanted: Range<Int>,
    scratch: StandardizedPrecipitationScratch, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    spiKernel(
        block, rule: rule, wanted: wanted, scratch: scratch, into: output, reasons: reasons)
}
