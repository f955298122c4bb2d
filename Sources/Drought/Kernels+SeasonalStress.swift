import GridCore
import InstructionSets
#if arch(x86_64)
    import GridCoreAVX2
#endif

extension Kernels {
    func addSeasonalStress(
        _ plane: UnsafePointer<Float>, weight: Double, cells: Int, to sums: SeasonalSums
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512: seasonalStressAddAVX2(plane, weight: weight, cells: cells, to: sums)
        #endif
        default: seasonalStressAddKernel(plane, weight: weight, cells: cells, to: sums)
        }
    }

    func finishSeasonalStress(
        _ sums: SeasonalSums, cells: Int, minimumCount: Int, threshold: Double,
        mean: UnsafeMutablePointer<Float>, stress: UnsafeMutablePointer<UInt8>,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512:
                seasonalStressFinishAVX2(
                    sums, cells: cells, minimumCount: minimumCount, threshold: threshold,
                    mean: mean, stress: stress, reasons: reasons)
        #endif
        default:
            seasonalStressFinishKernel(
                sums, cells: cells, minimumCount: minimumCount, threshold: threshold,
                mean: mean, stress: stress, reasons: reasons)
        }
    }
}
