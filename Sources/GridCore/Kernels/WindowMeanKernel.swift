/// When a mean over several steps is a value.
public struct WindowMeanRule: Hashable, Sendable {
    /// Fewer steps with a value than this: none.
    public var minimumCount: Int
    /// A smaller sum of their weights than this: none.
    public var minimumWeight: Double

    public init(minimumCount: Int, minimumWeight: Double = 0) {
        self.minimumCount = minimumCount
        self.minimumWeight = minimumWeight
    }
}

/// Weighted mean of the steps `steps` of every cell of a block, steps without
/// a value left out: `sum(w x) / sum(w)`, added in order of time in Float64
/// and rounded once.
///
/// No value (reason `inputNodata`) with fewer than `minimumCount` values, or
/// weights that add up to less than `minimumWeight` or to nothing. `weights`
/// holds one per step of the range, 0 or more; nil weighs every step 1. The
/// outputs hold the cells of the block.
@inlinable @inline(__always)
public func windowMeanKernel(
    _ block: SeriesBlock, steps: Range<Int>, weights: UnsafePointer<Double>?,
    rule: WindowMeanRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    let cells = block.cells
    let fewest = Double(rule.minimumCount)
    let stride = block.stride
    let start = UnsafeRawPointer(block.values + steps.lowerBound * stride)
    var first = 0
    while first < cells {
        var state = WeightedSum()
        var address = start + first * MemoryLayout<Float>.stride
        for step in 0..<steps.count {
            // Blocks are padded to whole vectors.
            state.add(
                widened(address.load(as: SIMD8<Float>.self)), weight: weights?[step] ?? 1)
            address += stride * MemoryLayout<Float>.stride
        }
        let hasValue = state.isValue(fewest: fewest, lightest: rule.minimumWeight)
        output.store(state.mean(where: hasValue), from: first, end: cells)
        var reason = SIMD8<Int64>(repeating: Int64(ReasonCode.inputNodata))
        reason.replace(with: Int64(ReasonCode.ok), where: hasValue)
        reasons.store(reason, from: first, end: cells)
        first &+= 8
    }
}

/// Sums of eight cells.
@usableFromInline
struct WeightedSum {
    @usableFromInline var sum = SIMD8<Double>(repeating: 0)
    @usableFromInline var total = SIMD8<Double>(repeating: 0)
    @usableFromInline var count = SIMD8<Double>(repeating: 0)

    @inlinable @inline(__always)
    init() {}

    @inlinable @inline(__always)
    mutating func add(_ x: SIMD8<Double>, weight: Double) {
        let isValue = x .== x
        sum.replace(with: sum + x * weight, where: isValue)
        total.replace(with: total + weight, where: isValue)
        count.replace(with: count + 1, where: isValue)
    }

    @inlinable @inline(__always)
    func isValue(fewest: Double, lightest: Double) -> SIMDMask<SIMD8<Int64>> {
        (count .>= fewest) .& (total .>= lightest) .& (total .> 0)
    }

    @inlinable @inline(__always)
    func mean(where hasValue: SIMDMask<SIMD8<Int64>>) -> SIMD8<Double> {
        var result = SIMD8<Double>(repeating: .nan)
        result.replace(with: sum / total, where: hasValue)
        return result
    }
}
