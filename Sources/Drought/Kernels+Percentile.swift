import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// The empirical percentile of `cells` cells of `current` among
    /// `planeCount` baseline planes, `planeStride` cells apart; see
    /// `percentileKernel`.
    public func percentile(
        current: UnsafePointer<Float>, planes: UnsafePointer<Float>, planeStride: Int,
        planeCount: Int, cells: Int, rule: PercentileRule,
        into output: UnsafeMutablePointer<Float>, reasons: UnsafeMutablePointer<UInt8>? = nil
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                percentileAVX2(
                    current: current, planes: planes, planeStride: planeStride,
                    planeCount: planeCount, cells: cells, rule: rule, into: output,
                    reasons: reasons)
        #endif
        default:
            percentileKernel(
                current: current, planes: planes, planeStride: planeStride,
                planeCount: planeCount, cells: cells, rule: rule, into: output, reasons: reasons)
        }
    }

    /// The empirical percentile of one step of a block among the steps in
    /// `baseline`, which may hold the step itself.
    public func percentile(
        _ block: SeriesBlock, step: Int, baseline: [Int], rule: PercentileRule,
        into output: UnsafeMutablePointer<Float>, reasons: UnsafeMutablePointer<UInt8>? = nil
    ) {
        baseline.withUnsafeBufferPointer { steps in
            switch form {
            #if arch(x86_64)
                case .avx2, .avx512:
                    percentileAVX2(
                        block, step: step, baseline: steps, rule: rule, into: output,
                        reasons: reasons)
            #endif
            default:
                percentileKernel(
                    block, step: step, baseline: steps, rule: rule, into: output,
                    reasons: reasons)
            }
        }
    }
}
