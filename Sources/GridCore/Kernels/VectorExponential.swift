/// The exponential function of eight numbers.
///
/// Relative error below 2 units in the last place where the result is a
/// normal number; below -745.2 the result is 0, above 709.79 infinity, NaN
/// gives NaN. The bits depend on nothing but the number: no call of a
/// mathematical library.
///
/// Method: `x = k ln 2 + r` with |r| <= ln 2 / 2, and the Taylor series of
/// e^r to r^13, whose first term left out is below 2^-57 (Muller 2016,
/// Elementary Functions, chapter 11). ln 2 is split in two so that k times its
/// first part is exact.
@inlinable @_transparent
public func vectorExponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var clamped = x
    clamped.replace(with: -746, where: x .< SIMD8<Double>(repeating: -746))
    clamped.replace(with: 710, where: x .> SIMD8<Double>(repeating: 710))
    clamped.replace(with: 0, where: x .!= x)
    // Adding 1.5 * 2^52 rounds to an integer, which the low bits then hold.
    let shift = SIMD8<Double>(repeating: 6_755_399_441_055_744)
    let shifted = clamped * SIMD8(repeating: 0x1.71547652B82FEp0) + shift
    let k = shifted - shift
    let r =
        (clamped - k * SIMD8(repeating: 0x1.62E42FEEp-1))
        - k * SIMD8(repeating: 0x1.A39EF35793C76p-33)
    var series = SIMD8<Double>(repeating: 1.0 / 6_227_020_800)
    series = series * r + SIMD8(repeating: 1.0 / 479_001_600)
    series = series * r + SIMD8(repeating: 1.0 / 39_916_800)
    series = series * r + SIMD8(repeating: 1.0 / 3_628_800)
    series = series * r + SIMD8(repeating: 1.0 / 362_880)
    series = series * r + SIMD8(repeating: 1.0 / 40_320)
    series = series * r + SIMD8(repeating: 1.0 / 5040)
    series = series * r + SIMD8(repeating: 1.0 / 720)
    series = series * r + SIMD8(repeating: 1.0 / 120)
    series = series * r + SIMD8(repeating: 1.0 / 24)
    series = series * r + SIMD8(repeating: 1.0 / 6)
    series = series * r + SIMD8(repeating: 0.5)
    let power = (series * (r * r) + r) + 1
    // 2^k in two factors: neither leaves the normal range.
    let integer =
        unsafeBitCast(shifted, to: SIMD8<Int64>.self)
        &- unsafeBitCast(shift, to: SIMD8<Int64>.self)
    // An arithmetic shift of numbers above -2048, through unsigned ones.
    let half =
        unsafeBitCast(
            unsafeBitCast(integer &+ SIMD8(repeating: 2048), to: SIMD8<UInt64>.self)
                &>> SIMD8<UInt64>(repeating: 1), to: SIMD8<Int64>.self)
        &- SIMD8(repeating: 1024)
    let bias = SIMD8<Int64>(repeating: 1023)
    let exponentBits = SIMD8<Int64>(repeating: 52)
    let first = unsafeBitCast((half &+ bias) &<< exponentBits, to: SIMD8<Double>.self)
    let second = unsafeBitCast(
        (integer &- half &+ bias) &<< exponentBits, to: SIMD8<Double>.self)
    return (power * first * second).replacing(with: x, where: x .!= x)
}
