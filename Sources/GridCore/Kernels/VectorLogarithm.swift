/// Natural logarithms of eight numbers.
///
/// Relative error below 2 units in the last place for every positive number;
/// 0 gives -infinity, infinity itself, negative numbers and NaN give NaN. The
/// bits depend on nothing but the number: no call of a mathematical library,
/// and no operation that is contracted differently elsewhere.
///
/// Method: `x = 2^k m` with m between sqrt(1/2) and sqrt(2), and with
/// `f = m - 1`, `s = f / (2 + f)` the series `ln m = 2 atanh s =
/// 2 s + 2 s^3 / 3 + 2 s^5 / 5 + ...` (Abramowitz and Stegun 1964, 4.1.27).
/// |s| < 0.1716, so that the first term left out, `2 s^23 / 23`, is below
/// 2^-60 of the result. Because `2 s = f - s f`, and f has no rounding error,
/// the sum is formed as f minus a small correction; ln 2 is split in two, so
/// that k times its first part is exact (Muller 2016, Elementary Functions,
/// chapter 11).
@inlinable @_transparent
public func vectorLogarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
    // Numbers below the normal range are lifted into it first.
    let isSmall = x .< SIMD8<Double>(repeating: Double.leastNormalMagnitude)
    let lifted = x.replacing(with: x * 18_014_398_509_481_984, where: isSmall)
    let bits = unsafeBitCast(lifted, to: SIMD8<UInt64>.self)
    // sqrt(1/2), from which every binade of m starts.
    let start = SIMD8<UInt64>(repeating: 0x3FE6_A09E_667F_3BCD)
    let fromStart = bits &+ (SIMD8<UInt64>(repeating: 0x3FF0_0000_0000_0000) &- start)
    let biased = fromStart &>> SIMD8<UInt64>(repeating: 52)
    // An integer below 2^52 in the low bits of 2^52, minus 2^52, minus the bias.
    let counted = unsafeBitCast(
        biased | SIMD8<UInt64>(repeating: 0x4330_0000_0000_0000), to: SIMD8<Double>.self)
    var k = counted - SIMD8(repeating: 4_503_599_627_370_496 + 1023)
    k.replace(with: k - 54, where: isSmall)
    let fraction = fromStart & SIMD8<UInt64>(repeating: 0x000F_FFFF_FFFF_FFFF)
    let f = unsafeBitCast(fraction &+ start, to: SIMD8<Double>.self) - 1

    let s = f / (f + 2)
    let q = s * s
    var series = SIMD8<Double>(repeating: 2.0 / 21)
    series = series * q + SIMD8(repeating: 2.0 / 19)
    series = series * q + SIMD8(repeating: 2.0 / 17)
    series = series * q + SIMD8(repeating: 2.0 / 15)
    series = series * q + SIMD8(repeating: 2.0 / 13)
    series = series * q + SIMD8(repeating: 2.0 / 11)
    series = series * q + SIMD8(repeating: 2.0 / 9)
    series = series * q + SIMD8(repeating: 2.0 / 7)
    series = series * q + SIMD8(repeating: 2.0 / 5)
    series = series * q + SIMD8(repeating: 2.0 / 3)
    // ln m = f - s f + s r with r the series times q. For an accurate s f:
    // s f = f^2 / 2 - s f^2 / 2, whose second part is the smaller.
    let half = f * f * 0.5
    let correction = s * (half + series * q)
    // 32 bits of ln 2, and the rest of it.
    let first = k * SIMD8(repeating: 0x1.62E42FEEp-1)
    let rest = k * SIMD8(repeating: 0x1.A39EF35793C76p-33)
    var result = first - ((half - (correction + rest)) - f)
    result.replace(with: -.infinity, where: x .== SIMD8<Double>(repeating: 0))
    result.replace(with: .infinity, where: x .== SIMD8<Double>(repeating: Double.infinity))
    // Not "smaller than 0": that holds for no NaN.
    result.replace(with: .nan, where: .!(x .>= SIMD8<Double>(repeating: 0)))
    return result
}
