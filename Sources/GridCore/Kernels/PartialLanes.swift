// Eight cells at a time over planes that end anywhere: the lanes past the end
// are filled in when read and left out when written, so that planes need no
// padding.

extension UnsafePointer<Float> {
    /// The cells `first ..< first + 8`; NaN from `end` on.
    @inlinable @inline(__always)
    func lanes(from first: Int, end: Int) -> SIMD8<Float> {
        if first &+ 8 <= end {
            return UnsafeRawPointer(self + first).loadUnaligned(as: SIMD8<Float>.self)
        }
        var result = SIMD8<Float>(repeating: .nan)
        for lane in 0..<(end &- first) { result[lane] = self[first &+ lane] }
        return result
    }
}

extension UnsafePointer<Int32> {
    /// The cells `first ..< first + 8`; 0 from `end` on.
    @inlinable @inline(__always)
    func lanes(from first: Int, end: Int) -> SIMD8<Int32> {
        if first &+ 8 <= end {
            return UnsafeRawPointer(self + first).loadUnaligned(as: SIMD8<Int32>.self)
        }
        var result = SIMD8<Int32>(repeating: 0)
        for lane in 0..<(end &- first) { result[lane] = self[first &+ lane] }
        return result
    }
}

extension UnsafePointer<UInt8> {
    /// The cells `first ..< first + 8`, widened; 0 from `end` on.
    @inlinable @inline(__always)
    func lanes(from first: Int, end: Int) -> SIMD8<Int64> {
        var bytes = SIMD8<UInt8>(repeating: 0)
        if first &+ 8 <= end {
            bytes = UnsafeRawPointer(self + first).loadUnaligned(as: SIMD8<UInt8>.self)
        } else {
            for lane in 0..<(end &- first) { bytes[lane] = self[first &+ lane] }
        }
        return SIMD8<Int64>(
            Int64(bytes[0]), Int64(bytes[1]), Int64(bytes[2]), Int64(bytes[3]),
            Int64(bytes[4]), Int64(bytes[5]), Int64(bytes[6]), Int64(bytes[7]))
    }
}

extension UnsafeMutablePointer<Float> {
    /// Rounds eight numbers to Float32; what lies from `end` on stays.
    @inlinable @inline(__always)
    func store(_ x: SIMD8<Double>, from first: Int, end: Int) {
        let rounded = SIMD8<Float>(
            Float(x[0]), Float(x[1]), Float(x[2]), Float(x[3]), Float(x[4]), Float(x[5]),
            Float(x[6]), Float(x[7]))
        if first &+ 8 <= end {
            UnsafeMutableRawPointer(self + first).storeBytes(
                of: rounded, as: SIMD8<Float>.self)
        } else {
            for lane in 0..<(end &- first) { self[first &+ lane] = rounded[lane] }
        }
    }
}

extension UnsafeMutablePointer<UInt8> {
    /// Eight small integers as bytes; what lies from `end` on stays.
    @inlinable @inline(__always)
    func store(_ x: SIMD8<Int64>, from first: Int, end: Int) {
        let bytes = SIMD8<UInt8>(
            UInt8(truncatingIfNeeded: x[0]), UInt8(truncatingIfNeeded: x[1]),
            UInt8(truncatingIfNeeded: x[2]), UInt8(truncatingIfNeeded: x[3]),
            UInt8(truncatingIfNeeded: x[4]), UInt8(truncatingIfNeeded: x[5]),
            UInt8(truncatingIfNeeded: x[6]), UInt8(truncatingIfNeeded: x[7]))
        if first &+ 8 <= end {
            UnsafeMutableRawPointer(self + first).storeBytes(of: bytes, as: SIMD8<UInt8>.self)
        } else {
            for lane in 0..<(end &- first) { self[first &+ lane] = bytes[lane] }
        }
    }
}

extension UnsafeMutablePointer<Int32> {
    /// Eight integers within Int32; what lies from `end` on stays.
    @inlinable @inline(__always)
    func store(_ x: SIMD8<Double>, from first: Int, end: Int) {
        let integers = SIMD8<Int32>(
            Int32(x[0]), Int32(x[1]), Int32(x[2]), Int32(x[3]), Int32(x[4]), Int32(x[5]),
            Int32(x[6]), Int32(x[7]))
        if first &+ 8 <= end {
            UnsafeMutableRawPointer(self + first).storeBytes(
                of: integers, as: SIMD8<Int32>.self)
        } else {
            for lane in 0..<(end &- first) { self[first &+ lane] = integers[lane] }
        }
    }
}
