/// Count, minimum, maximum, mean, sum of squared deviations (M2) and sample
/// standard deviation of every cell of a chunk over its first `planeCount`
/// planes, NaN left out; planes are added in order.
///
/// With `continuing`, the samples come on top of those that the statistics in
/// the chunk (all but the deviation, which is made anew) stand for already;
/// with no planes at all that only makes the deviation.
///
/// Samples that are integers of at most 16 bits (`areIntegers`) are summed,
/// and their squares too, without any rounding, so that the variance
/// `(n sum(x^2) - sum(x)^2) / (n (n - 1))` has an exact numerator, and the
/// sums come back exactly from a stored mean and M2: the result is the same
/// for every order and division of the samples, up to
/// `exactIntegerSamples` of them. Other samples are folded one by one
/// (Welford 1962, Technometrics 4, 419-420), so that no digits cancel: the
/// result is the same for every division of one order. Cells whose samples
/// are all equal get a deviation of exactly 0.
@inlinable @inline(__always)
public func climatologyKernel(
    _ chunk: CellChunk, planeCount: Int, cells: Int, areIntegers: Bool, continuing: Bool
) {
    var first = 0
    while first < cells {
        let before =
            continuing ? ChunkStatistics(of: chunk, at: first) : ChunkStatistics()
        let after =
            areIntegers
            ? integerClimatology(chunk, first, planeCount: planeCount, before)
            : foldedClimatology(chunk, first, planeCount: planeCount, before)
        after.store(in: chunk, at: first)
        first &+= 8
    }
}

/// Samples of a cell up to which the statistics of 16-bit integers are exact
/// in Float64.
///
/// `n sum(x^2) - sum(x)^2` is at most `n^2 / 4 (2^16 - 1)^2`, below 2^51 up to
/// this n. M2, that number over n, is rounded once, and its product with n
/// once more: together off by less than 2^-52 of it, so by less than a half,
/// and rounding to the nearest integer gives the number back. The sums are
/// smaller still.
public let exactIntegerSamples = 1448

@usableFromInline @_transparent
func integerClimatology(
    _ chunk: CellChunk, _ first: Int, planeCount: Int, _ before: ChunkStatistics
) -> ChunkStatistics {
    var result = before
    let known = SIMD8<Double>(truncatingIfNeeded: before.count)
    var sum = nearestInteger(before.mean * known)
    var squares = (nearestInteger(before.squaredDeviations * known) + sum * sum) / known
    sum.replace(with: 0, where: known .< 1)
    squares.replace(with: 0, where: known .< 1)
    let base = UnsafeRawPointer(chunk.planes + first)
    for plane in 0..<planeCount {
        let x = base.load(
            fromByteOffset: plane &* CellChunk.planeStride &* 4, as: SIMD8<Float>.self)
        let valid = result.take(x)
        let value = widened(x.replacing(with: 0, where: .!valid))
        sum += value
        squares += value * value
    }
    let count = SIMD8<Double>(truncatingIfNeeded: result.count)
    let numerator = count * squares - sum * sum
    result.mean = sum / count
    result.squaredDeviations = numerator / count
    result.standardDeviation = (numerator / (count * (count - 1))).squareRoot()
    result.clearUndefined(count)
    return result
}

@usableFromInline @_transparent
func foldedClimatology(
    _ chunk: CellChunk, _ first: Int, planeCount: Int, _ before: ChunkStatistics
) -> ChunkStatistics {
    var result = before
    var count = SIMD8<Double>(truncatingIfNeeded: before.count)
    var mean = before.mean.replacing(with: 0, where: count .< 1)
    var squares = before.squaredDeviations.replacing(with: 0, where: count .< 1)
    let base = UnsafeRawPointer(chunk.planes + first)
    for plane in 0..<planeCount {
        let x = base.load(
            fromByteOffset: plane &* CellChunk.planeStride &* 4, as: SIMD8<Float>.self)
        _ = result.take(x)
        let value = widened(x)
        let departure = value - mean
        // NaN where there is no sample: not equal to itself.
        let valid = value .== value
        count.replace(with: count + 1, where: valid)
        let moved = mean + departure / count
        squares.replace(with: squares + departure * (value - moved), where: valid)
        mean.replace(with: moved, where: valid)
    }
    result.mean = mean
    result.squaredDeviations = squares
    result.standardDeviation = (squares / (count - 1)).squareRoot()
    result.clearUndefined(count)
    return result
}

/// Statistics of eight cells.
@usableFromInline
struct ChunkStatistics {
    @usableFromInline var count: SIMD8<Int32>
    @usableFromInline var minimum: SIMD8<Float>
    @usableFromInline var maximum: SIMD8<Float>
    @usableFromInline var mean: SIMD8<Double>
    @usableFromInline var squaredDeviations: SIMD8<Double>
    @usableFromInline var standardDeviation: SIMD8<Double>

    /// Of no samples.
    @usableFromInline @_transparent
    init() {
        count = SIMD8(repeating: 0)
        minimum = SIMD8(repeating: .infinity)
        maximum = SIMD8(repeating: -.infinity)
        mean = SIMD8(repeating: 0)
        squaredDeviations = SIMD8(repeating: 0)
        standardDeviation = SIMD8(repeating: .nan)
    }

    @usableFromInline @_transparent
    init(of chunk: CellChunk, at first: Int) {
        count = UnsafeRawPointer(chunk.count + first).load(as: SIMD8<Int32>.self)
        minimum = UnsafeRawPointer(chunk.minimum + first).load(as: SIMD8<Float>.self)
        maximum = UnsafeRawPointer(chunk.maximum + first).load(as: SIMD8<Float>.self)
        mean = UnsafeRawPointer(chunk.mean + first).load(as: SIMD8<Double>.self)
        squaredDeviations = UnsafeRawPointer(chunk.squaredDeviations + first)
            .load(as: SIMD8<Double>.self)
        standardDeviation = SIMD8(repeating: .nan)
    }

    /// Counts eight samples and widens the range by them; returns which are
    /// values.
    @usableFromInline @_transparent
    mutating func take(_ x: SIMD8<Float>) -> SIMDMask<SIMD8<Int32>> {
        let valid = x .== x
        count = count &+ SIMD8<Int32>(repeating: 0).replacing(with: 1, where: valid)
        minimum.replace(with: x, where: x .< minimum)
        maximum.replace(with: x, where: x .> maximum)
        return valid
    }

    /// NaN, with one bit pattern, where too few samples define a number.
    @usableFromInline @_transparent
    mutating func clearUndefined(_ samples: SIMD8<Double>) {
        mean.replace(with: .nan, where: samples .< 1)
        squaredDeviations.replace(with: .nan, where: samples .< 1)
        standardDeviation.replace(with: .nan, where: samples .< 2)
    }

    @usableFromInline @_transparent
    func store(in chunk: CellChunk, at first: Int) {
        UnsafeMutableRawPointer(chunk.count + first).storeBytes(
            of: count, as: SIMD8<Int32>.self)
        UnsafeMutableRawPointer(chunk.minimum + first).storeBytes(
            of: minimum, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(chunk.maximum + first).storeBytes(
            of: maximum, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(chunk.mean + first).storeBytes(
            of: mean, as: SIMD8<Double>.self)
        UnsafeMutableRawPointer(chunk.squaredDeviations + first).storeBytes(
            of: squaredDeviations, as: SIMD8<Double>.self)
        UnsafeMutableRawPointer(chunk.standardDeviation + first).storeBytes(
            of: standardDeviation, as: SIMD8<Double>.self)
    }
}

/// The nearest integers of numbers within plus or minus 2^51, without a call:
/// at 1.5 * 2^52 the spacing of Float64 is 1.
@usableFromInline @_transparent
func nearestInteger(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let unit = SIMD8<Double>(repeating: 6_755_399_441_055_744)
    return (x + unit) - unit
}

/// The same numbers as Float64.
@_transparent
public func widened(_ x: SIMD8<Float>) -> SIMD8<Double> {
    SIMD8<Double>(
        Double(x[0]), Double(x[1]), Double(x[2]), Double(x[3]), Double(x[4]), Double(x[5]),
        Double(x[6]), Double(x[7]))
}

extension SIMD8<Double> {
    @usableFromInline @_transparent
    init(truncatingIfNeeded n: SIMD8<Int32>) {
        self.init(
            Double(n[0]), Double(n[1]), Double(n[2]), Double(n[3]), Double(n[4]), Double(n[5]),
            Double(n[6]), Double(n[7]))
    }
}
