import GridCore

@inline(never)
public func scaledIndicesAVX2(
    current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule,
    into output: ScaledIndexOutput
) {
    scaledIndexKernel(current: current, chunk: chunk, cells: cells, rule: rule, into: output)
}
