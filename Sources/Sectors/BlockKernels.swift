import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

/// What zone sums need of a block of values, in the best form that this
/// processor runs; all forms give the same bits.
struct BlockKernels: Sendable {
    let summary: @Sendable (UnsafePointer<Float>, _ length: Int) -> BlockSummary
    let squaredDeviations:
        @Sendable (UnsafePointer<Float>, _ length: Int, _ mean: Double) -> Double

    static let best = form(.best)

    static func form(_ set: InstructionSet) -> BlockKernels {
        #if arch(x86_64)
            if set != .baseline {
                return BlockKernels(
                    summary: { blockSummaryAVX2($0, $1) },
                    squaredDeviations: { squaredDeviationsAVX2($0, $1, from: $2) })
            }
        #endif
        return BlockKernels(
            summary: { blockSummaryKernel($0, $1) },
            squaredDeviations: { squaredDeviationsKernel($0, $1, from: $2) })
    }
}
