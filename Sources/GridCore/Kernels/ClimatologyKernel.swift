/// Count, minimum, maximum, mean and sample standard deviation of every cell
/// of a chunk over its first `planeCount` planes, NaN left out.
///
/// Two passes: the mean from a Float64 sum (exact for stored integers), then
/// the squared deviations from it, so that no digits cancel. Samples are
/// added in plane order. Cells whose samples are all equal get a deviation of
/// exactly 0.
@inlinable @inline(__always)
public func climatologyKernel(_ chunk: CellChunk, planeCount: Int, cells: Int) {
    let stride = CellChunk.capacity
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
        UnsafeMutableRawPointer(chunk.count + first).storeBytes(of: n, as: SIMD8<Int32>.self)
        UnsafeMutableRawPointer(chunk.minimum + first).storeBytes(
            of: low, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(chunk.maximum + first).storeBytes(
            of: high, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(chunk.mean + first).storeBytes(
            of: mean, as: SIMD8<Double>.self)
        UnsafeMutableRawPointer(chunk.standardDeviation + first).storeBytes(
            of: deviation, as: SIMD8<Double>.self)
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
