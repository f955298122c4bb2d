// The kernels of GridCore, compiled for x86-64-v3 as the module GridCoreAVX2
// and for x86-64-v4 as the module GridCoreAVX512, which is a link to this
// folder: the module says which is called. Same source, same bits: the
// compiler contracts nothing into fused multiply-adds by itself.
//
// These functions are called only after the processor was asked.
import GridCore

@inline(never)
public func decodeAVX2(
    _ stored: UnsafePointer<Int16>, cells: Int, rule: StoredValueRule,
    into plane: UnsafeMutablePointer<Float>
) {
    decodeKernel(stored, cells: cells, rule: rule, into: plane)
}

@inline(never)
public func decodeAVX2(
    _ stored: UnsafePointer<Float>, cells: Int, rule: StoredValueRule,
    into plane: UnsafeMutablePointer<Float>
) {
    decodeKernel(stored, cells: cells, rule: rule, into: plane)
}

@inline(never)
public func climatologyAVX2(
    _ chunk: CellChunk, planeCount: Int, cells: Int, areIntegers: Bool
) {
    climatologyKernel(
        chunk, planeCount: planeCount, cells: cells, areIntegers: areIntegers, continuing: false)
}

@inline(never)
public func continuedClimatologyAVX2(
    _ chunk: CellChunk, planeCount: Int, cells: Int, areIntegers: Bool
) {
    climatologyKernel(
        chunk, planeCount: planeCount, cells: cells, areIntegers: areIntegers, continuing: true)
}

@inline(never)
public func vegetationIndicesAVX2(
    current: UnsafePointer<Float>, chunk: CellChunk, cells: Int, rule: VegetationIndexRule,
    into output: VegetationIndexOutput
) {
    vegetationIndexKernel(
        current: current, chunk: chunk, cells: cells, rule: rule, into: output)
}
