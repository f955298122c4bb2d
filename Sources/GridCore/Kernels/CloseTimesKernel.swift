/// Counts, in each of eight columns of times, the pairs of events whose times
/// are at most `limit` apart; NaN is close to nothing.
///
/// `pairs` holds two indices per pair, `times` a vector per event.
@inlinable @inline(__always)
public func closeTimesKernel(
    _ pairs: UnsafePointer<Int32>, count: Int, times: UnsafePointer<SIMD8<Double>>,
    limit: Double
) -> SIMD8<Int64> {
    let limits = SIMD8<Double>(repeating: limit)
    let signs = SIMD8<UInt64>(repeating: 1 << 63)
    var close = SIMD8<Int64>()
    for pair in 0..<count {
        let difference = times[Int(pairs[2 * pair])] - times[Int(pairs[2 * pair + 1])]
        let apart = unsafeBitCast(
            unsafeBitCast(difference, to: SIMD8<UInt64>.self) & ~signs, to: SIMD8<Double>.self)
        // A mask is -1 where it holds.
        close = close &- unsafeBitCast(apart .<= limits, to: SIMD8<Int64>.self)
    }
    return close
}
