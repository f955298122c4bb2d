/// Kendall's statistic of eight series of Float64.
public struct MannKendallLanes: Sendable {
    /// Rising pairs less falling ones.
    public var statistic = SIMD8<Int64>(repeating: 0)
    /// 18 times the variance of S, ties taken off: an exact whole number.
    public var variance18 = SIMD8<Double>(repeating: 0)
    /// Values that are not missing.
    public var count = SIMD8<Int64>(repeating: 0)

    @inlinable
    public init() {}

    /// The statistic, one step closer to 0, in standard deviations; 0 where
    /// the variance is 0.
    @inlinable
    public var z: SIMD8<Double> {
        let zero = SIMD8<Double>(repeating: 0)
        let s = exactDouble(statistic)
        var step = zero
        step.replace(with: 1, where: s .> zero)
        step.replace(with: -1, where: s .< zero)
        let z = (s - step) / (variance18 / 18).squareRoot()
        return z.replacing(with: 0, where: .!(variance18 .> zero))
    }
}

/// S and its variance, as `MannKendall.original`, of `steps` values each of
/// eight series; NaN is left out.
///
/// Every value is compared with all before it: the number below it gives S,
/// the number m equal to it the correction for ties, because
/// `t (t-1) (2t+5)` is the sum of `6 m^2 + 12 m` over m = 0 ..< t. Two
/// values are compared at a time, so that each earlier one is loaded once.
@inlinable @inline(__always)
public func mannKendallKernel(
    _ values: UnsafePointer<SIMD8<Double>>, steps: Int
) -> MannKendallLanes {
    var result = MannKendallLanes()
    var ties = SIMD8<Double>(repeating: 0)
    var j = 0
    while j &+ 1 < steps {
        let (x, y) = (values[j], values[j &+ 1])
        var below = SIMD8<Int64>(repeating: 0)
        var equal = below
        var (belowNext, equalNext) = (below, below)
        for i in 0..<j {
            let earlier = values[i]
            below &-= lanes(earlier .< x)
            equal &-= lanes(earlier .== x)
            belowNext &-= lanes(earlier .< y)
            equalNext &-= lanes(earlier .== y)
        }
        belowNext &-= lanes(x .< y)
        equalNext &-= lanes(x .== y)
        addValue(x, below, equal, to: &result, &ties)
        addValue(y, belowNext, equalNext, to: &result, &ties)
        j &+= 2
    }
    if j < steps {
        let x = values[j]
        var below = SIMD8<Int64>(repeating: 0)
        var equal = below
        for i in 0..<j {
            below &-= lanes(values[i] .< x)
            equal &-= lanes(values[i] .== x)
        }
        addValue(x, below, equal, to: &result, &ties)
    }
    let n = exactDouble(result.count)
    result.variance18 = n * (n - 1) * (n * 2 + 5) - ties
    return result
}

/// -1 where a comparison holds.
@inlinable @_transparent
func lanes(_ mask: SIMDMask<SIMD8<Int64>>) -> SIMD8<Int64> {
    unsafeBitCast(mask, to: SIMD8<Int64>.self)
}

@inlinable @_transparent
func addValue(
    _ x: SIMD8<Double>, _ below: SIMD8<Int64>, _ equal: SIMD8<Int64>,
    to result: inout MannKendallLanes, _ ties: inout SIMD8<Double>
) {
    let isPresent = lanes(x .== x)
    // Below less above; nothing is below or equal to a missing value.
    let excess = below &+ below &+ equal &- result.count
    result.statistic &+= excess & isPresent
    result.count &-= isPresent
    let m = exactDouble(equal)
    ties += m * (m * 6 + 12)
}
