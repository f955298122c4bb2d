import GridCore

@inline(never)
public func combinedDroughtAVX2(
    _ indicators: UnsafeBufferPointer<CombinedIndicatorPlane>, cells: Int,
    into targets: CombinedDroughtTargets
) {
    combinedDroughtKernel(indicators, cells: cells, into: targets)
}

@inline(never)
public func confidenceAVX2(
    validShare: UnsafePointer<Float>, bestShare: UnsafePointer<Float>?,
    ageInDays: UnsafePointer<Float>, cells: Int, rule: ConfidenceRule,
    into output: UnsafeMutablePointer<UInt8>, weakest: UnsafeMutablePointer<UInt8>
) {
    confidenceKernel(
        validShare: validShare, bestShare: bestShare, ageInDays: ageInDays, cells: cells,
        rule: rule, into: output, weakest: weakest)
}
