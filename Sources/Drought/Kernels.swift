import CCPUFeatures
import GridCore
#if arch(x86_64)
    import GridCoreAVX2
#endif

/// The kernels in the best form that this processor runs, chosen once.
///
/// Both forms give the same bits; see `GridCoreAVX2`.
public struct Kernels: Sendable {
    public typealias Decode<Stored> = @Sendable (
        UnsafePointer<Stored>, Int, StoredValueRule, UnsafeMutablePointer<Float>
    ) -> Void

    /// The instruction set that a form is compiled for.
    public enum Form: Sendable, Hashable {
        case baseline, avx2
    }

    public let form: Form
    public let name: String
    public let decodeInt16: Decode<Int16>
    public let decodeFloat: Decode<Float>
    public typealias Climatology =
        @Sendable (CellChunk, _ planeCount: Int, _ cells: Int, _ areIntegers: Bool) -> Void
    /// Statistics of the planes of a chunk.
    public let climatology: Climatology
    /// The same on top of the statistics that the chunk holds.
    public let continuedClimatology: Climatology
    public let vegetationIndices:
        @Sendable (
            UnsafePointer<Float>, CellChunk, _ cells: Int, VegetationIndexRule,
            VegetationIndexOutput
        ) -> Void

    /// The form for this processor.
    public static let best: Kernels = {
        #if arch(x86_64)
            if jilaal_cpu_has_x86_64_v3() { return avx2 }
        #endif
        return baseline
    }()

    /// What every processor of the architecture runs.
    public static let baseline = Kernels(
        form: .baseline, name: "baseline",
        decodeInt16: { decodeKernel($0, cells: $1, rule: $2, into: $3) },
        decodeFloat: { decodeKernel($0, cells: $1, rule: $2, into: $3) },
        climatology: {
            climatologyKernel(
                $0, planeCount: $1, cells: $2, areIntegers: $3, continuing: false)
        },
        continuedClimatology: {
            climatologyKernel(
                $0, planeCount: $1, cells: $2, areIntegers: $3, continuing: true)
        },
        vegetationIndices: {
            vegetationIndexKernel(current: $0, chunk: $1, cells: $2, rule: $3, into: $4)
        })

    #if arch(x86_64)
        /// For processors with x86-64-v3.
        public static let avx2 = Kernels(
            form: .avx2, name: "x86-64-v3",
            decodeInt16: { decodeAVX2($0, cells: $1, rule: $2, into: $3) },
            decodeFloat: { decodeAVX2($0, cells: $1, rule: $2, into: $3) },
            climatology: { climatologyAVX2($0, planeCount: $1, cells: $2, areIntegers: $3) },
            continuedClimatology: {
                continuedClimatologyAVX2($0, planeCount: $1, cells: $2, areIntegers: $3)
            },
            vegetationIndices: {
                vegetationIndicesAVX2(
                    current: $0, chunk: $1, cells: $2, rule: $3, into: $4)
            })
    #endif
}
