import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// The standardized precipitation index of every cell of `block` (mm) at
    /// the steps in `wanted`; see `spiKernel`. `output` and `reasons` (codes
    /// of `IndicatorReason`) hold `wanted.count` planes, `block.stride` apart.
    public func spi(
        _ block: SeriesBlock, rule: StandardizedPrecipitationRule, wanted: Range<Int>,
        scratch: StandardizedPrecipitationScratch, into output: UnsafeMutablePointer<Float>,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                spiAVX2(
                    block, rule: rule, wanted: wanted, scratch: scratch, into: output,
                    reasons: reasons)
        #endif
        default:
            spiKernel(
                block, rule: rule, wanted: wanted, scratch: scratch, into: output,
                reasons: reasons)
        }
    }
}
