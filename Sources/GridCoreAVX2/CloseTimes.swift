import GridCore

@inline(never)
public func closeTimesAVX2(
    _ pairs: UnsafePointer<Int32>, count: Int, times: UnsafePointer<SIMD8<Double>>,
    limit: Double
) -> SIMD8<Int64> {
    closeTimesKernel(pairs, count: count, times: times, limit: limit)
}
