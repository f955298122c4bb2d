/// Count, sum, minimum and maximum of the values of a block that are not NaN.
public struct BlockSummary: Sendable {
    public var count: Int
    public var sum: Double
    /// Infinity when there is no value.
    public var low: Float
    /// Less infinity when there is no value.
    public var high: Float

    @inlinable
    public init(count: Int, sum: Double, low: Float, high: Float) {
        self.count = count
        self.sum = sum
        self.low = low
        self.high = high
    }
}

/// Summary of the first `length` values, NaN left out.
///
/// The sum is that of eight partial sums, of every eighth value each.
@inlinable @inline(__always)
public func blockSummaryKernel(_ values: UnsafePointer<Float>, _ length: Int) -> BlockSummary {
    let raw = UnsafeRawPointer(values)
    let none = SIMD8<Float>(repeating: 0)
    var counts = SIMD8<Int32>(repeating: 0)
    var sums = SIMD8<Double>(repeating: 0)
    var lows = SIMD8<Float>(repeating: .infinity)
    var highs = SIMD8<Float>(repeating: -.infinity)
    var i = 0
    while i &+ 8 <= length {
        let x = raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
        let valid = x .== x
        // A lane that holds is -1.
        counts = counts &- unsafeBitCast(valid, to: SIMD8<Int32>.self)
        lows.replace(with: x, where: x .< lows)
        highs.replace(with: x, where: x .> highs)
        sums += widened(none.replacing(with: x, where: valid))
        i &+= 8
    }
    var summary = BlockSummary(
        count: Int(counts.wrappedSum()), sum: sums.sum(), low: lows.min(), high: highs.max())
    while i < length {
        let x = values[i]
        if x == x {
            summary.count &+= 1
            summary.sum += Double(x)
            summary.low = min(summary.low, x)
            summary.high = max(summary.high, x)
        }
        i &+= 1
    }
    return summary
}

/// Sum of the squared deviations from `mean` of the first `length` values, NaN
/// left out; eight partial sums as above.
@inlinable @inline(__always)
public func squaredDeviationsKernel(
    _ values: UnsafePointer<Float>, _ length: Int, from mean: Double
) -> Double {
    let raw = UnsafeRawPointer(values)
    let center = SIMD8<Double>(repeating: mean)
    let none = SIMD8<Double>(repeating: 0)
    var squares = SIMD8<Double>(repeating: 0)
    var i = 0
    while i &+ 8 <= length {
        let x = raw.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
        let deviation = widened(x) - center
        let known = none.replacing(with: deviation, where: deviation .== deviation)
        squares += known * known
        i &+= 8
    }
    var result = squares.sum()
    while i < length {
        let deviation = Double(values[i]) - mean
        if deviation == deviation { result += deviation * deviation }
        i &+= 1
    }
    return result
}
