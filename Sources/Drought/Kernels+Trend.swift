import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// Mann-Kendall test and Theil-Sen slope of every cell of `block`; see
    /// `trendKernel`. `scratch` has room for the block's steps, the output
    /// and `reasons` (codes of `IndicatorReason`) for its cells.
    public func trend(
        _ block: SeriesBlock, rule: TrendRule, scratch: TrendScratch, into output: TrendOutput,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                trendAVX2(block, rule: rule, scratch: scratch, into: output, reasons: reasons)
        #endif
        default:
            trendKernel(block, rule: rule, scratch: scratch, into: output, reasons: reasons)
        }
    }
}
