/// Which stored numbers of a raster are values at all.
///
/// Nodata is tested on the stored number, before any scaling. NaN and the
/// infinities are never values.
public struct StoredValueRule: Hashable, Sendable {
    /// Stored numbers that mean 'no value'.
    public var fill: [Float]
    /// Stored numbers outside this closed range are not values.
    public var validRange: ClosedRange<Float>

    public init(
        fill: [Float] = [],
        validRange: ClosedRange<Float> =
            -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude
    ) {
        self.fill = fill
        self.validRange = validRange
    }
}

/// Stored numbers to Float samples: NaN where there is no value.
///
/// The value keeps the stored scale (an Int16 is exact in Float), so that
/// climatologies are computed on what the file holds and scaled once, at the
/// end. Writes `cells` rounded up to eight; `stored` needs to hold `cells`.
@inlinable @inline(__always)
public func decodeKernel<Stored: BinaryInteger>(
    _ stored: UnsafePointer<Stored>, cells: Int, rule: StoredValueRule,
    into plane: UnsafeMutablePointer<Float>
) {
    let low = rule.validRange.lowerBound
    let high = rule.validRange.upperBound
    for i in 0..<cells {
        let x = Float(truncatingIfNeeded: stored[i])
        plane[i] = x >= low && x <= high ? x : .nan
    }
    clearFill(plane, cells: cells, rule: rule)
}

/// The same for a raster read as Float32.
@inlinable @inline(__always)
public func decodeKernel(
    _ stored: UnsafePointer<Float>, cells: Int, rule: StoredValueRule,
    into plane: UnsafeMutablePointer<Float>
) {
    let low = rule.validRange.lowerBound
    let high = rule.validRange.upperBound
    for i in 0..<cells {
        let x = stored[i]
        plane[i] = x >= low && x <= high ? x : .nan
    }
    clearFill(plane, cells: cells, rule: rule)
}

@usableFromInline @_transparent
func clearFill(_ plane: UnsafeMutablePointer<Float>, cells: Int, rule: StoredValueRule) {
    for fill in rule.fill where rule.validRange.contains(fill) {
        for i in 0..<cells {
            let x = plane[i]
            plane[i] = x == fill ? .nan : x
        }
    }
}

extension Float {
    /// An integer of at most 24 bits as the equal Float.
    @usableFromInline @_transparent
    init<Stored: BinaryInteger>(truncatingIfNeeded stored: Stored) {
        self = Float(Int32(truncatingIfNeeded: stored))
    }
}
