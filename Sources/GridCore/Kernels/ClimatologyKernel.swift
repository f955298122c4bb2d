/// Count, minimum, maximum, mean and sample standard deviation of every cell
/// of a chunk over its first `planeCount` planes, NaN left out.
///
/// Samples that are integers of at most 16 bits (`areIntegers`) are summed,
/// and their squares too, without any rounding, so that the variance
/// `(n sum(x^2) - sum(x)^2) / (n (n - 1))` has an exact numerator. Other
/// samples take two passes: the mean, then the squared deviations from it, so
/// that no digits cancel. Samples are added in plane order. Cells whose
/// samples are all equal get a deviation of exactly 0.
@inlinable @inline(__always)
public func climatologyKernel(
    _ chunk: CellChunk, planeCount: Int, cells: Int, areIntegers: Bool
) {
    if areIntegers {
        integerClimatology(chunk, planeCount: planeCount, cells: cells)
    } else {
        climatology(chunk, planeCount: planeCount, cells: cells)
    }
}

@inlinable @inline(__always)
func integerClimatology(_ chunk: CellChunk, planeCount: Int, cells: Int) {
    let stride = CellChunk.planeStride
    var first = 0
    while first < cells {
        var n = SIMD8<Int32>(repeating: 0)
        var low = SIMD8<Float>(repeating: .infinity)
        var high = SIMD8<Float>(repeating: -.infinity)
        var sum = SIMD8<Double>(repeating: 0)
        var squares = SIMD8<Double>(repeating: 0)
        let base = UnsafeRawPointer(chunk.planes + first)
        for plane in 0..<planeCount {
            let x = base.load(
                fromByteOffset: plane &* stride &* 4, as: SIMD8<Float>.self)
            let valid = x .== x
            n = n &+ SIMD8<Int32>(repeating: 0).replacing(with: 1, where: valid)
            low.replace(with: x, where: x .< low)
            high.replace(with: x, where: x .> high)
            let value = widened(x.replacing(with: 0, where: .!valid))
            sum += value
            squares += value * value
        }
        let count = SIMD8<Double>(truncatingIfNeeded: n)
        let numerator = count * squares - sum * sum
        var deviation = (numerator / (count * (count - 1))).squareRoot()
        deviation.replace(with: .nan, where: count .< 2)
        store(
            ChunkStatistics(
                count: n, minimum: low, maximum: high, mean: sum / count,
                standardDeviation: deviation), chunk, at: first)
        first &+= 8
    }
}

/// Statistics of eight cells.
@usableFromInline
struct ChunkStatistics {
    @usableFromInline var count: SIMD8<Int32>
    @usableFromInline var minimum: SIMD8<Float>
    @usableFromInline var maximum: SIMD8<Float>
    @usableFromInline var mean: SIMD8<Double>
    @usableFromInline var standardDeviation: SIMD8<Double>

    @inlinable @inline(__always)
    init(
        count: SIMD8<Int32>, minimum: SIMD8<Float>, maximum: SIMD8<Float>, mean: SIMD8<Double>,
        standardDeviation: SIMD8<Double>
    ) {
        self.count = count
        self.minimum = minimum
        self.maximum = maximum
        self.mean = mean
        self.standardDeviation = standardDeviation
    }
}

@inlinable @inline(__always)
func store(_ statistics: ChunkStatistics, _ chunk: CellChunk, at first: Int) {
    UnsafeMutableRawPointer(chunk.count + first).storeBytes(
        of: statistics.count, as: SIMD8<Int32>.self)
    UnsafeMutableRawPointer(chunk.minimum + first).storeBytes(
        of: statistics.minimum, as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(chunk.maximum + first).storeBytes(
        of: statistics.maximum, as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(chunk.mean + first).storeBytes(
        of: statistics.mean, as: SIMD8<Double>.self)
    UnsafeMutableRawPointer(chunk.standardDeviation + first).storeBytes(
        of: statistics.standardDeviation, as: SIMD8<Double>.self)
}

@inlinable @inline(__always)
func climatology(_ chunk: CellChunk, planeCount: Int, cells: Int) {
    let stride = CellChunk.planeStride
    var first = 0
    while first < cells {
        var n = SIMD8<Int32>(repeating: 0)
        var low = SIMD8<Float>(repeating: .infinity)
        var high = SIMD8<Float>(repeating: -.infinity)
        var sum = SIMD8<Double>(repeating: 0)
        let base = UnsafeRawPointer(chunk.planes + first)
        for plane in 0..<planeCount {
            let x = base.load(
                fromByteOffset: plane &* stride &* 4, as: SIMD8<Float>.self)
            let valid = x .== x
            n = n &+ SIMD8<Int32>(repeating: 0).replacing(with: 1, where: valid)
            low.replace(with: x, where: x .< low)
            high.replace(with: x, where: x .> high)
            sum += widened(x.replacing(with: 0, where: .!valid))
        }
        let count = SIMD8<Double>(truncatingIfNeeded: n)
        let mean = sum / count
        var squares = SIMD8<Double>(repeating: 0)
        for plane in 0..<planeCount {
            let x = base.load(
                fromByteOffset: plane &* stride &* 4, as: SIMD8<Float>.self)
            var deviation = widened(x) - mean
            deviation.replace(with: 0, where: deviation .!= deviation)
            squares += deviation * deviation
        }
        var deviation = (squares / (count - 1)).squareRoot()
        deviation.replace(with: 0, where: widened(high) .== widened(low))
        deviation.replace(with: .nan, where: count .< 2)
        store(
            ChunkStatistics(
                count: n, minimum: low, maximum: high, mean: mean, standardDeviation: deviation),
            chunk, at: first)
        first &+= 8
    }
}

@inlinable @inline(__always)
func widened(_ x: SIMD8<Float>) -> SIMD8<Double> {
    SIMD8<Double>(
        Double(x[0]), Double(x[1]), Double(x[2]), Double(x[3]), Double(x[4]), Double(x[5]),
        Double(x[6]), Double(x[7]))
}

extension SIMD8<Double> {
    @inlinable @inline(__always)
    init(truncatingIfNeeded n: SIMD8<Int32>) {
        self.init(
            Double(n[0]), Double(n[1]), Double(n[2]), Double(n[3]), Double(n[4]), Double(n[5]),
            Double(n[6]), Double(n[7]))
    }
}
