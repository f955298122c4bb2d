import GridCore

@inline(never)
public func blockSummaryAVX2(_ values: UnsafePointer<Float>, _ length: Int) -> BlockSummary {
    blockSummaryKernel(values, length)
}

@inline(never)
public func squaredDeviationsAVX2(
    _ values: UnsafePointer<Float>, _ length: Int, from mean: Double
) -> Double {
    squaredDeviationsKernel(values, length, from: mean)
}
