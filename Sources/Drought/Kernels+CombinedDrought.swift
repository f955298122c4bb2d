import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    /// The worst condition of one to eight indicators; see
    /// `combinedDroughtKernel`.
    public func combinedDrought(
        _ indicators: [CombinedIndicatorPlane], cells: Int, into targets: CombinedDroughtTargets
    ) {
        precondition((1...8).contains(indicators.count), "one to eight indicators")
        indicators.withUnsafeBufferPointer { indicators in
            switch form {
            #if arch(x86_64)
                case .avx2, .avx512: combinedDroughtAVX2(indicators, cells: cells, into: targets)
            #endif
            default: combinedDroughtKernel(indicators, cells: cells, into: targets)
            }
        }
    }

    /// Confidence, 0...100; see `confidenceKernel`.
    public func confidence(
        validShare: UnsafePointer<Float>, bestShare: UnsafePointer<Float>?,
        ageInDays: UnsafePointer<Float>, cells: Int, rule: ConfidenceRule,
        into output: UnsafeMutablePointer<UInt8>, weakest: UnsafeMutablePointer<UInt8>
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                confidenceAVX2(
                    validShare: validShare, bestShare: bestShare, ageInDays: ageInDays,
                    cells: cells, rule: rule, into: output, weakest: weakest)
        #endif
        default:
            confidenceKernel(
                validShare: validShare, bestShare: bestShare, ageInDays: ageInDays,
                cells: cells, rule: rule, into: output, weakest: weakest)
        }
    }
}
