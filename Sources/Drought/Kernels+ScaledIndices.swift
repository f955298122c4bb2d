import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
    import GridCoreAVX512
#endif

extension Kernels {
    /// VCI x 100 and z-score x 1000 of the samples in `current` against the
    /// climatology of `chunk`: see `scaledIndexKernel`. Writes `cells` rounded
    /// up to eight.
    public func scaledIndices(
        current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule,
        into output: ScaledIndexOutput
    ) {
        #if arch(x86_64)
            switch form {
            case .avx512:
                GridCoreAVX512.scaledIndicesAVX2(
                    current: current, chunk: chunk, cells: cells, rule: rule, into: output)
                return
            case .avx2:
                GridCoreAVX2.scaledIndicesAVX2(
                    current: current, chunk: chunk, cells: cells, rule: rule, into: output)
                return
            case .baseline: break
            }
        #endif
        scaledIndexKernel(current: current, chunk: chunk, cells: cells, rule: rule, into: output)
    }
}
