import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// Droughts of every cell of a block; see `droughtRunKernel`.
    public func runs(
        _ block: SeriesBlock, rule: DroughtRunRule, into output: DroughtRunOutput,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        precondition(block.cells <= output.cellCapacity, "more cells than the output holds")
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                droughtRunsAVX2(block, rule: rule, into: output.targets, reasons: reasons)
        #endif
        default: droughtRunKernel(block, rule: rule, into: output.targets, reasons: reasons)
        }
    }
}
