/// Counts of sixteen replicates side by side.
public protocol ScanLanes {
    associatedtype Count: FixedWidthInteger & SignedInteger & Sendable

    /// No case in any lane.
    init()
    func adding(_ other: Self) -> Self
    func subtracting(_ other: Self) -> Self
    func union(_ other: Self) -> Self
    /// Whether any lane is below 0.
    var hasNegative: Bool { get }
    subscript(lane: Int) -> Count { get set }
}

/// Replicates in one vector.
public let scanLaneCount = 16

// Wrapping: counts and thresholds lie in 0 ... Count.max, so neither a sum
// of counts of one zone nor a difference leaves the type.

/// Counts of fewer than 2^15 cases.
@frozen
public struct NarrowScanLanes: ScanLanes {
    @usableFromInline var counts = SIMD16<Int16>()

    @inlinable @inline(__always)
    public init() {}

    @inlinable @inline(__always)
    init(_ counts: SIMD16<Int16>) { self.counts = counts }

    @inlinable @inline(__always)
    public func adding(_ other: Self) -> Self { Self(counts &+ other.counts) }

    @inlinable @inline(__always)
    public func subtracting(_ other: Self) -> Self { Self(counts &- other.counts) }

    @inlinable @inline(__always)
    public func union(_ other: Self) -> Self { Self(counts | other.counts) }

    @inlinable @inline(__always)
    public var hasNegative: Bool {
        let words = unsafeBitCast(counts, to: SIMD4<UInt64>.self)
        return (words.x | words.y | words.z | words.w) & 0x8000_8000_8000_8000 != 0
    }

    @inlinable @inline(__always)
    public subscript(lane: Int) -> Int16 {
        get { counts[lane] }
        set { counts[lane] = newValue }
    }
}

/// Counts of fewer than 2^31 cases.
@frozen
public struct WideScanLanes: ScanLanes {
    @usableFromInline var counts = SIMD16<Int32>()

    @inlinable @inline(__always)
    public init() {}

    @inlinable @inline(__always)
    init(_ counts: SIMD16<Int32>) { self.counts = counts }

    @inlinable @inline(__always)
    public func adding(_ other: Self) -> Self { Self(counts &+ other.counts) }

    @inlinable @inline(__always)
    public func subtracting(_ other: Self) -> Self { Self(counts &- other.counts) }

    @inlinable @inline(__always)
    public func union(_ other: Self) -> Self { Self(counts | other.counts) }

    @inlinable @inline(__always)
    public var hasNegative: Bool {
        let words = unsafeBitCast(counts, to: SIMD8<UInt64>.self)
        let half = words.lowHalf | words.highHalf
        return (half.x | half.y | half.z | half.w) & 0x8000_0000_8000_0000 != 0
    }

    @inlinable @inline(__always)
    public subscript(lane: Int) -> Int32 {
        get { counts[lane] }
        set { counts[lane] = newValue }
    }
}
