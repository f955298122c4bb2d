/// Where the running totals of a row start for the two ends of a run of
/// columns: the sum of the run around column c is `upper[c] - lower[c]`.
public struct BandRun<Total>: BitwiseCopyable {
    public var lower: UnsafePointer<Total>
    public var upper: UnsafePointer<Total>

    @inlinable
    public init(lower: UnsafePointer<Total>, upper: UnsafePointer<Total>) {
        self.lower = lower
        self.upper = upper
    }
}

/// Sums over several runs, one per column.
///
/// Arithmetic wraps: totals may leave the type as long as the sums do not.
/// Precondition: `columns` is a multiple of four times the lanes.
@inlinable @inline(__always)
public func bandSumKernel<Lanes: SIMD & BitwiseCopyable>(
    _ runs: UnsafePointer<BandRun<Lanes.Scalar>>, count: Int, columns: Int, lanes: Lanes.Type,
    into sums: UnsafeMutablePointer<Lanes.Scalar>
) where Lanes.Scalar: FixedWidthInteger & BitwiseCopyable {
    let width = Lanes.scalarCount
    let bytes = MemoryLayout<Lanes>.size
    let output = UnsafeMutableRawPointer(sums)
    var column = 0
    while column < columns {
        var (a, b) = (Lanes(repeating: 0), Lanes(repeating: 0))
        var (c, d) = (a, b)
        for i in 0..<count {
            let lower = UnsafeRawPointer(runs[i].lower + column)
            let upper = UnsafeRawPointer(runs[i].upper + column)
            a &+= upper.loadUnaligned(as: Lanes.self)
            b &+= upper.loadUnaligned(fromByteOffset: bytes, as: Lanes.self)
            c &+= upper.loadUnaligned(fromByteOffset: 2 &* bytes, as: Lanes.self)
            d &+= upper.loadUnaligned(fromByteOffset: 3 &* bytes, as: Lanes.self)
            a &-= lower.loadUnaligned(as: Lanes.self)
            b &-= lower.loadUnaligned(fromByteOffset: bytes, as: Lanes.self)
            c &-= lower.loadUnaligned(fromByteOffset: 2 &* bytes, as: Lanes.self)
            d &-= lower.loadUnaligned(fromByteOffset: 3 &* bytes, as: Lanes.self)
        }
        let start = column &* MemoryLayout<Lanes.Scalar>.size
        output.storeBytes(of: a, toByteOffset: start, as: Lanes.self)
        output.storeBytes(of: b, toByteOffset: start &+ bytes, as: Lanes.self)
        output.storeBytes(of: c, toByteOffset: start &+ 2 &* bytes, as: Lanes.self)
        output.storeBytes(of: d, toByteOffset: start &+ 3 &* bytes, as: Lanes.self)
        column &+= 4 &* width
    }
}

/// Scores of a row: `z = (sum * scale - expected) / error`, the sums being
/// at most 2^50 from 0.
@inlinable @inline(__always)
public func bandScoreKernel(
    _ sums: UnsafePointer<Int32>, count: Int, scale: Double, expected: UnsafePointer<Double>,
    error: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>
) {
    var i = 0
    while i &+ 8 <= count {
        let sum = UnsafeRawPointer(sums + i).loadUnaligned(as: SIMD8<Int32>.self)
        let value = SIMD8<Double>(truncatingIfNeeded: sum) * SIMD8(repeating: scale)
        scoreOfEight(value, i, expected, error, z)
        i &+= 8
    }
    while i < count {
        z[i] = (Double(sums[i]) * scale - expected[i]) / error[i]
        i &+= 1
    }
}

/// As above for sums that need 64 bits.
@inlinable @inline(__always)
public func bandScoreKernel(
    _ sums: UnsafePointer<Int64>, count: Int, scale: Double, expected: UnsafePointer<Double>,
    error: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>
) {
    var i = 0
    while i &+ 8 <= count {
        let sum = UnsafeRawPointer(sums + i).loadUnaligned(as: SIMD8<Int64>.self)
        scoreOfEight(exactDouble(sum) * SIMD8(repeating: scale), i, expected, error, z)
        i &+= 8
    }
    while i < count {
        z[i] = (Double(sums[i]) * scale - expected[i]) / error[i]
        i &+= 1
    }
}

@inlinable @_transparent
func scoreOfEight(
    _ value: SIMD8<Double>, _ i: Int, _ expected: UnsafePointer<Double>,
    _ error: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>
) {
    let mean = UnsafeRawPointer(expected + i).loadUnaligned(as: SIMD8<Double>.self)
    let deviation = UnsafeRawPointer(error + i).loadUnaligned(as: SIMD8<Double>.self)
    UnsafeMutableRawPointer(z + i).storeBytes(of: (value - mean) / deviation, as: SIMD8<Double>.self)
}
