/// What a composite holds of each cell.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public struct CompositePlanes: @unchecked Sendable {
    /// NaN where no image has a value.
    public let values: UnsafeMutablePointer<Float>
    /// Step of the block that the value is from; -1 where there is none.
    public let positions: UnsafeMutablePointer<Int32>
    /// Images with a value.
    public let counts: UnsafeMutablePointer<Int32>

    /// Each with room for the block's padded cells.
    public init(
        values: UnsafeMutablePointer<Float>, positions: UnsafeMutablePointer<Int32>,
        counts: UnsafeMutablePointer<Int32>
    ) {
        self.values = values
        self.positions = positions
        self.counts = counts
    }
}

/// The maximum value composite of the images `steps` of a block: per cell the
/// largest value (Holben 1986, International Journal of Remote Sensing 7,
/// 1417-1434; cloud and haze lower NDVI), of equal ones the earliest.
///
/// `ranks`: the quality of every value, best first, in the layout of
/// `images.values`; only values of the best rank that the cell has then
/// compete. nil: all do.
@inlinable @inline(__always)
public func maximumValueKernel(
    images: SeriesBlock, steps: Range<Int>, ranks: UnsafePointer<UInt8>?,
    into composite: CompositePlanes
) {
    precondition(steps.lowerBound >= 0 && steps.upperBound <= images.steps, "no such steps")
    var first = 0
    while first < images.paddedCells {
        var best = SIMD8<Float>(repeating: .nan)
        var bestRank = SIMD8<Int32>(repeating: .max)
        var position = SIMD8<Int32>(repeating: -1)
        var count = SIMD8<Int32>(repeating: 0)
        for step in steps {
            let at = step &* images.stride &+ first
            let value = UnsafeRawPointer(images.values + at).load(as: SIMD8<Float>.self)
            var rank = SIMD8<Int32>(repeating: 0)
            if let ranks {
                rank = SIMD8(
                    truncatingIfNeeded: UnsafeRawPointer(ranks + at).loadUnaligned(
                        as: SIMD8<UInt8>.self))
            }
            let isValue = value .== value
            let isBetter =
                isValue .& ((rank .< bestRank) .| ((rank .== bestRank) .& (value .> best)))
            best.replace(with: value, where: isBetter)
            bestRank.replace(with: rank, where: isBetter)
            position.replace(with: SIMD8(repeating: Int32(truncatingIfNeeded: step)), where: isBetter)
            count.replace(with: count &+ 1, where: isValue)
        }
        UnsafeMutableRawPointer(composite.values + first).storeBytes(
            of: best, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(composite.positions + first).storeBytes(
            of: position, as: SIMD8<Int32>.self)
        UnsafeMutableRawPointer(composite.counts + first).storeBytes(
            of: count, as: SIMD8<Int32>.self)
        first &+= 8
    }
}
