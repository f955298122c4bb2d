import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
    import GridCoreAVX512
#endif

/// The kernels in the best form that this processor runs, chosen once.
///
/// All forms give the same bits; see `GridCoreAVX2`.
public struct Kernels: Sendable {
    public typealias Decode<Stored> = @Sendable (
        UnsafePointer<Stored>, Int, StoredValueRule, UnsafeMutablePointer<Float>
    ) -> Void

    public typealias Form = InstructionSet

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

    /// See `InstructionSet.environmentName`.
    public static let environmentName = InstructionSet.environmentName

    /// The forms that this processor runs, the widest last.
    public static let available: [Kernels] = InstructionSet.available.map(form)

    /// The form that the environment names, else the widest of this
    /// processor.
    public static let best: Kernels = form(.best)

    private static func form(_ set: InstructionSet) -> Kernels {
        switch set {
        #if arch(x86_64)
            case .avx2: avx2
            case .avx512: avx512
        #endif
        default: baseline
        }
    }

    /// The form of that name (`baseline`, `avx2`, `avx512`); nil when this
    /// processor does not run it or there is none.
    public static func named(_ name: String) -> Kernels? {
        available.first { $0.form.rawValue == name }
    }

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
            decodeInt16: { GridCoreAVX2.decodeAVX2($0, cells: $1, rule: $2, into: $3) },
            decodeFloat: { GridCoreAVX2.decodeAVX2($0, cells: $1, rule: $2, into: $3) },
            climatology: {
                GridCoreAVX2.climatologyAVX2($0, planeCount: $1, cells: $2, areIntegers: $3)
            },
            continuedClimatology: {
                GridCoreAVX2.continuedClimatologyAVX2(
                    $0, planeCount: $1, cells: $2, areIntegers: $3)
            },
            vegetationIndices: {
                GridCoreAVX2.vegetationIndicesAVX2(
                    current: $0, chunk: $1, cells: $2, rule: $3, into: $4)
            })

        /// For processors with x86-64-v4.
        public static let avx512 = Kernels(
            form: .avx512, name: "x86-64-v4",
            decodeInt16: { GridCoreAVX512.decodeAVX2($0, cells: $1, rule: $2, into: $3) },
            decodeFloat: { GridCoreAVX512.decodeAVX2($0, cells: $1, rule: $2, into: $3) },
            climatology: {
                GridCoreAVX512.climatologyAVX2($0, planeCount: $1, cells: $2, areIntegers: $3)
            },
            continuedClimatology: {
                GridCoreAVX512.continuedClimatologyAVX2(
                    $0, planeCount: $1, cells: $2, areIntegers: $3)
            },
            vegetationIndices: {
                GridCoreAVX512.vegetationIndicesAVX2(
                    current: $0, chunk: $1, cells: $2, rule: $3, into: $4)
            })
    #endif
}
