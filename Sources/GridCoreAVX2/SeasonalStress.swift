import GridCore

@inline(never)
public func seasonalStressAddAVX2(
    _ plane: UnsafePointer<Float>, weight: Double, cells: Int, to sums: SeasonalSums
) {
    seasonalStressAddKernel(plane, weight: weight, cells: cells, to: sums)
}

@inline(never)
public func seasonalStressFinishAVX2(
    _ sums: SeasonalSums, cells: Int, minimumCount: Int, threshold: Double,
    mean output: UnsafeMutablePointer<Float>, stress: UnsafeMutablePointer<UInt8>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    seasonalStressFinishKernel(
        sums, cells: cells, minimumCount: minimumCount, threshold: threshold, mean: output,
        stress: stress, reasons: reasons)
}
