import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// Mean over some steps of a block; see `windowMeanKernel`.
    ///
    /// - Parameter weights: one per step of `steps`, such as the days that a
    ///   composite shares with a period; empty weighs every step 1.
    public func meanOfWindow(
        _ block: SeriesBlock, steps: Range<Int>, weights: [Double] = [], rule: WindowMeanRule,
        into output: UnsafeMutablePointer<Float>, reasons: UnsafeMutablePointer<UInt8>
    ) {
        precondition(
            steps.lowerBound >= 0 && steps.upperBound <= block.steps, "no such steps")
        precondition(weights.isEmpty || weights.count == steps.count, "a weight per step")
        weights.withUnsafeBufferPointer { buffer in
            let weights = buffer.isEmpty ? nil : buffer.baseAddress
            switch form {
            #if arch(x86_64)
                case .avx2, .avx512:
                    windowMeanAVX2(
                        block, steps: steps, weights: weights, rule: rule, into: output,
                        reasons: reasons)
            #endif
            default:
                windowMeanKernel(
                    block, steps: steps, weights: weights, rule: rule, into: output,
                    reasons: reasons)
            }
        }
    }
}
