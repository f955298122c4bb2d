/// Whole numbers of at most 2^51 from 0 in floating point, exact.
///
/// Added to 2^52 + 2^51 such a number is in the lowest bits of the sum.
/// Processors without AVX-512 convert 64-bit numbers one by one; this is an
/// addition.
@inlinable @_transparent
func exactDouble(_ x: SIMD8<Int64>) -> SIMD8<Double> {
    let offset = SIMD8<Double>(repeating: 6_755_399_441_055_744)
    let moved = x &+ unsafeBitCast(offset, to: SIMD8<Int64>.self)
    return unsafeBitCast(moved, to: SIMD8<Double>.self) - offset
}

/// What `countUnitKernel` found.
public struct CountUnitSummary: Sendable {
    /// Values that are NaN.
    public var missing: Int
    /// Whether a value is infinite, above the limit or no whole number of
    /// units.
    public var hasFlaw: Bool

    @inlinable
    public init(missing: Int, hasFlaw: Bool) {
        self.missing = missing
        self.hasFlaw = hasFlaw
    }
}

/// Counts as whole numbers of units, `units = value * unitsPerEvent`, which
/// is a power of two; 0 for NaN and for values that are no such number.
///
/// - Parameter largest: magnitude of the largest number of units, at most
///   2^50.
@inlinable @inline(__always)
public func countUnitKernel(
    _ values: UnsafePointer<Double>, count: Int, unitsPerEvent: Double, largest: Double,
    into units: UnsafeMutablePointer<Int64>
) -> CountUnitSummary {
    let offset = SIMD8<Double>(repeating: 6_755_399_441_055_744)
    let limit = SIMD8<Double>(repeating: largest)
    let none = SIMD8<Int64>(repeating: 0)
    var present = none
    var sound = none
    var i = 0
    while i &+ 8 <= count {
        let x = UnsafeRawPointer(values + i).loadUnaligned(as: SIMD8<Double>.self)
        let scaled = x * SIMD8(repeating: unitsPerEvent)
        let moved = scaled + offset
        let isUnits =
            ((moved - offset) .== scaled) .& (scaled .<= limit) .& (scaled .>= -limit)
        let whole = unsafeBitCast(moved, to: SIMD8<Int64>.self)
            &- unsafeBitCast(offset, to: SIMD8<Int64>.self)
        UnsafeMutableRawPointer(units + i).storeBytes(
            of: none.replacing(with: whole, where: isUnits), as: SIMD8<Int64>.self)
        // A lane that holds is -1.
        present &-= unsafeBitCast(x .== x, to: SIMD8<Int64>.self)
        sound &-= unsafeBitCast(isUnits, to: SIMD8<Int64>.self)
        i &+= 8
    }
    var presentCount = Int(present.wrappedSum())
    var soundCount = Int(sound.wrappedSum())
    while i < count {
        let scaled = values[i] * unitsPerEvent
        units[i] = 0
        if scaled.magnitude <= largest, scaled.rounded(.towardZero) == scaled {
            units[i] = Int64(scaled)
            soundCount &+= 1
        }
        if values[i] == values[i] { presentCount &+= 1 }
        i &+= 1
    }
    return CountUnitSummary(missing: count &- presentCount, hasFlaw: soundCount != presentCount)
}

/// What the units of a row add up to.
public struct UnitSummary: Sendable {
    public var total: Int64
    public var magnitude: Int64
    /// Bits that are set in any magnitude: at least the largest of them, and
    /// less than twice it.
    public var bits: UInt64

    @inlinable
    public init(total: Int64 = 0, magnitude: Int64 = 0, bits: UInt64 = 0) {
        self.total = total
        self.magnitude = magnitude
        self.bits = bits
    }
}

/// Totals of at most 4096 numbers; right when `bits` is at most 2^51.
@inlinable @inline(__always)
public func unitSummaryKernel(_ units: UnsafePointer<Int64>, count: Int) -> UnitSummary {
    let none = SIMD8<Int64>(repeating: 0)
    var totals = none
    var magnitudes = none
    var bits = none
    var i = 0
    while i &+ 8 <= count {
        let x = UnsafeRawPointer(units + i).loadUnaligned(as: SIMD8<Int64>.self)
        let sign = unsafeBitCast(x .< none, to: SIMD8<Int64>.self)
        let magnitude = (x ^ sign) &- sign
        totals &+= x
        magnitudes &+= magnitude
        bits |= magnitude
        i &+= 8
    }
    var summary = UnitSummary(total: totals.wrappedSum(), magnitude: magnitudes.wrappedSum())
    for lane in 0..<8 { summary.bits |= UInt64(bitPattern: bits[lane]) }
    while i < count {
        summary.total &+= units[i]
        summary.magnitude &+= Int64(bitPattern: UInt64(units[i].magnitude))
        summary.bits |= UInt64(units[i].magnitude)
        i &+= 1
    }
    return summary
}

/// Sum of the squares of `units * scale`; exact, and so in any order, when
/// every product is a whole number and the sum is at most 2^53.
@inlinable @inline(__always)
public func unitSquaresKernel(
    _ units: UnsafePointer<Int64>, count: Int, scale: Double
) -> Double {
    var squares = SIMD8<Double>(repeating: 0)
    var i = 0
    while i &+ 8 <= count {
        let x = UnsafeRawPointer(units + i).loadUnaligned(as: SIMD8<Int64>.self)
        let scaled = exactDouble(x) * SIMD8(repeating: scale)
        squares += scaled * scaled
        i &+= 8
    }
    var sum = squares.sum()
    while i < count {
        let scaled = Double(units[i]) * scale
        sum += scaled * scaled
        i &+= 1
    }
    return sum
}
