import GridCore

@inline(never)
public func whittakerAVX2(
    block: SeriesBlock, weights: UnsafePointer<Float>?,
    scratch: WhittakerScratch, into smoothed: SeriesBlock, lambda: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    whittakerKernel(
        block: block, weights: weights, scratch: scratch, into: smoothed,
        lambda: lambda, reasons: reasons)
}
