/// How the place of a value among a baseline's becomes a percentile.
public struct PercentileRule: Hashable, Sendable {
    public enum Position: Hashable, Sendable {
        /// `100 (b + e / 2) / n`: b baseline values below, e equal ones.
        case midRank
        /// `100 (r - a) / (n + 1 - a - b)` with the mean rank
        /// `r = below + (equal + 1) / 2`; Weibull a = b = 0, Hazen 1/2, Tukey
        /// 1/3, Gringorten 0.44. Cunnane (1978), Journal of Hydrology 37.
        case plotting(a: Double, b: Double)
    }

    public var position: Position
    /// Fewer baseline values than this: no percentile. At least 1.
    public var minimumCount: Int

    public init(position: Position = .midRank, minimumCount: Int = 5) {
        self.position = position
        self.minimumCount = max(1, minimumCount)
    }
}

/// The empirical percentile, 0...100, of each cell of `current` among the
/// values of `planeCount` baseline planes, `planeStride` cells apart.
///
/// NaN = no value, in and out. A value outside the baseline's range gets 0 or
/// 100 by mid-rank and at most that by plotting positions whose a and b are at
/// most 1/2; those above are cut off. Found by counting, without sorting:
/// computed in Float64 from whole counts and rounded once. `reasons`, where
/// given: 0 a value, 1 `current` has none, 2 too few in the baseline.
@inlinable @inline(__always)
public func percentileKernel(
    current: UnsafePointer<Float>, planes: UnsafePointer<Float>, planeStride: Int,
    planeCount: Int, cells: Int, rule: PercentileRule, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>?
) {
    let formula = PercentileFormula(rule)
    var first = 0
    while first &+ 8 <= cells {
        let x = loadEight(current + first)
        var tally = RankTally()
        var plane = planes + first
        for _ in 0..<planeCount {
            tally.take(loadEight(plane), x)
            plane += planeStride
        }
        let percentile = formula.percentile(tally, x)
        UnsafeMutableRawPointer(output + first).storeBytes(
            of: percentile, as: SIMD8<Float>.self)
        if let reasons { formula.explain(tally, x, 8, into: reasons + first) }
        first &+= 8
    }
    guard first < cells else { return }
    let rest = cells &- first
    let x = loadSome(current + first, rest)
    var tally = RankTally()
    for plane in 0..<planeCount {
        tally.take(loadSome(planes + plane &* planeStride + first, rest), x)
    }
    let percentile = formula.percentile(tally, x)
    for lane in 0..<rest { output[first &+ lane] = percentile[lane] }
    if let reasons { formula.explain(tally, x, rest, into: reasons + first) }
}

/// The same for one step of a block among its steps in `baseline`.
@inlinable @inline(__always)
public func percentileKernel(
    _ block: SeriesBlock, step: Int, baseline: UnsafeBufferPointer<Int>, rule: PercentileRule,
    into output: UnsafeMutablePointer<Float>, reasons: UnsafeMutablePointer<UInt8>?
) {
    let formula = PercentileFormula(rule)
    let current = block.plane(step)
    var first = 0
    while first < block.cells {
        let x = loadEight(current + first)
        var tally = RankTally()
        for other in baseline { tally.take(loadEight(block.plane(other) + first), x) }
        let percentile = formula.percentile(tally, x)
        let cells = min(8, block.cells &- first)
        for lane in 0..<cells { output[first &+ lane] = percentile[lane] }
        if let reasons { formula.explain(tally, x, cells, into: reasons + first) }
        first &+= 8
    }
}

@inlinable @_transparent
func loadEight(_ x: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(x).loadUnaligned(as: SIMD8<Float>.self)
}

/// Fewer than eight; the others are missing.
@inlinable @_transparent
func loadSome(_ x: UnsafePointer<Float>, _ count: Int) -> SIMD8<Float> {
    var result = SIMD8<Float>(repeating: .nan)
    for lane in 0..<count { result[lane] = x[lane] }
    return result
}

/// Where eight values stand in their baselines.
@usableFromInline
struct RankTally {
    @usableFromInline var below = SIMD8<Int32>(repeating: 0)
    @usableFromInline var atMost = SIMD8<Int32>(repeating: 0)
    @usableFromInline var valid = SIMD8<Int32>(repeating: 0)

    @inlinable @_transparent
    init() {}

    @inlinable @_transparent
    mutating func take(_ sample: SIMD8<Float>, _ x: SIMD8<Float>) {
        below &+= countOf(sample .< x)
        atMost &+= countOf(sample .<= x)
        valid &+= countOf(sample .== sample)
    }
}

@usableFromInline
struct PercentileFormula {
    /// `100 (below + equal / 2 + shift) / (n + extent)`.
    @usableFromInline let shift: Double
    @usableFromInline let extent: Double
    @usableFromInline let minimumCount: Int32

    @inlinable @_transparent
    init(_ rule: PercentileRule) {
        switch rule.position {
        case .midRank:
            shift = 0
            extent = 0
        case .plotting(let a, let b):
            shift = 0.5 - a
            extent = 1 - a - b
        }
        minimumCount = Int32(clamping: rule.minimumCount)
    }

    @inlinable @_transparent
    func percentile(_ tally: RankTally, _ x: SIMD8<Float>) -> SIMD8<Float> {
        let twice = SIMD8<Double>(truncatingIfNeeded: tally.below &+ tally.atMost)
        let n = SIMD8<Double>(truncatingIfNeeded: tally.valid)
        var result = (twice * 0.5 + shift) * 100 / (n + extent)
        result.replace(with: 0, where: result .< SIMD8<Double>(repeating: 0))
        result.replace(with: 100, where: result .> SIMD8<Double>(repeating: 100))
        let hasValue = (x .== x) .& (tally.valid .>= SIMD8<Int32>(repeating: minimumCount))
        return narrowed(result).replacing(with: .nan, where: .!hasValue)
    }

    @inlinable @_transparent
    func explain(
        _ tally: RankTally, _ x: SIMD8<Float>, _ cells: Int,
        into reasons: UnsafeMutablePointer<UInt8>
    ) {
        for lane in 0..<cells {
            let isTooFew = tally.valid[lane] < minimumCount
            reasons[lane] = x[lane].isNaN ? 1 : isTooFew ? 2 : 0
        }
    }
}
