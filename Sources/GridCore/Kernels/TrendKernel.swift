/// Mann-Kendall test and Theil-Sen slope of every cell of a block.
///
/// Missing steps are left out and the others keep their true times. The
/// statistic is exact, with ties taken off its variance (Kendall 1975, Rank
/// Correlation Methods, chapter 4): `S = sum sign(x_j - x_i)` over i < j,
/// `var S = (n (n-1) (2n+5) - sum t (t-1) (2t+5)) / 18` over groups of t equal
/// values, `z = (S -+ 1) / sqrt(var S)`, p two-sided. The slope is the median
/// of `(x_j - x_i) / (t_j - t_i)` (Sen 1968), every slope rounded to Float64
/// once and the median exact among those; see `SlopeSearch`.
///
/// Where all values are equal p is 1 and the slope 0. Reasons: 1 no value at
/// all, 2 fewer than `minimumCount` or no pair.
@inlinable @inline(__always)
public func trendKernel(
    _ block: SeriesBlock, rule: TrendRule, scratch: TrendScratch, into output: TrendOutput,
    reasons: UnsafeMutablePointer<UInt8>
) {
    scratch.arrange(steps: block.steps, period: rule.period)
    var first = 0
    while first < block.cells {
        let times = gatherSeries(block, first, period: rule.period, scratch)
        trendOfEight(
            first, cells: min(8, block.cells &- first), times: times, rule: rule,
            scratch: scratch, into: output, reasons: reasons)
        first &+= 8
    }
}

/// Values of eight series and the middle of their times.
@usableFromInline
struct SeriesTimes {
    /// Values in each.
    @usableFromInline var count = SIMD8<Int32>(repeating: 0)
    /// Median of the steps that have a value.
    @usableFromInline var middle = SIMD8<Double>(repeating: 0)

    @inlinable @_transparent
    init() {}
}

/// Copies eight series into the scratch, season after season.
@inlinable @_transparent
func gatherSeries(
    _ block: SeriesBlock, _ first: Int, period: Int, _ scratch: TrendScratch
) -> SeriesTimes {
    var times = SeriesTimes()
    let base = UnsafeRawPointer(block.values + first)
    let stride = block.stride &* 4
    for step in 0..<block.steps {
        let x = base.load(fromByteOffset: step &* stride, as: SIMD8<Float>.self)
        let season = step % period
        scratch.values[scratch.starts[season] &+ step / period] = x
        times.count &+= countOf(x .== x)
    }
    let half = (times.count &- 1) &>> SIMD8(repeating: 1)
    let otherHalf = times.count &>> SIMD8(repeating: 1)
    var seen = SIMD8<Int32>(repeating: 0)
    for step in 0..<block.steps {
        let x = base.load(fromByteOffset: step &* stride, as: SIMD8<Float>.self)
        let t = SIMD8<Float>(repeating: Float(step))
        let isFirst = (x .== x) .& (seen .== half)
        let isSecond = (x .== x) .& (seen .== otherHalf)
        let none = SIMD8<Float>(repeating: 0)
        times.middle += widened(none.replacing(with: t, where: isFirst))
        times.middle += widened(none.replacing(with: t, where: isSecond))
        seen &+= countOf(x .== x)
    }
    times.middle *= 0.5
    return times
}

/// 1 where a mask is set.
@inlinable @_transparent
func countOf(_ mask: SIMDMask<SIMD8<Int32>>) -> SIMD8<Int32> {
    SIMD8<Int32>(repeating: 0).replacing(with: 1, where: mask)
}

@inlinable @_transparent
func trendOfEight(
    _ first: Int, cells: Int, times: SeriesTimes, rule: TrendRule, scratch: TrendScratch,
    into output: TrendOutput, reasons: UnsafeMutablePointer<UInt8>
) {
    let kendall = KendallStatistic(of: scratch)
    let needed = SIMD8<Int32>(repeating: Int32(clamping: rule.minimumCount))
    let hasTrend = (times.count .>= needed) .& (kendall.pairs .> SIMD8<Int32>(repeating: 0))
    let median = medianOfEight(times.count, scratch)
    let slope = theilSenSlope(kendall, isWanted: hasTrend, scratch)
    let z = kendall.z
    let p = vectorNormalTwoSidedP(z)
    let tau =
        SIMD8<Double>(truncatingIfNeeded: kendall.statistic)
        / SIMD8<Double>(truncatingIfNeeded: kendall.pairs)
    let intercept = median - slope * (times.middle / SIMD8(repeating: Double(rule.period)))
    for lane in 0..<cells {
        let cell = first &+ lane
        let count = times.count[lane]
        output.count[cell] = UInt16(clamping: count)
        let isTrend = hasTrend[lane]
        output.slope[cell] = isTrend ? Float(slope[lane]) : .nan
        output.intercept[cell] = isTrend ? Float(intercept[lane]) : .nan
        output.z[cell] = isTrend ? Float(z[lane]) : .nan
        output.p[cell] = isTrend ? Float(p[lane]) : .nan
        if let taus = output.tau { taus[cell] = isTrend ? Float(tau[lane]) : .nan }
        let isSignificant = isTrend && p[lane] < rule.significance
        output.direction[cell] = isSignificant ? (z[lane] < 0 ? -1 : 1) : 0
        reasons[cell] = isTrend ? 0 : count == 0 ? 1 : 2
    }
}

/// Kendall's statistic of eight series.
@usableFromInline
struct KendallStatistic {
    /// S: rising pairs less falling ones.
    @usableFromInline var statistic = SIMD8<Int32>(repeating: 0)
    /// Pairs of values, and those of equal ones.
    @usableFromInline var pairs = SIMD8<Int32>(repeating: 0)
    @usableFromInline var equalPairs = SIMD8<Int32>(repeating: 0)
    /// 18 times the variance of S: an exact integer.
    @usableFromInline var variance18 = SIMD8<Double>(repeating: 0)

    /// Over the seasons in the scratch; leaves the values of each season
    /// sorted in `lower`, missing ones (as infinity) last.
    @inlinable @_transparent
    init(of scratch: TrendScratch) {
        for season in 0..<scratch.seasons {
            let start = scratch.starts[season]
            let count = scratch.starts[season &+ 1] &- start
            var valid = SIMD8<Int32>(repeating: 0)
            for i in start..<start &+ count {
                let x = scratch.values[i]
                valid &+= countOf(x .== x)
                scratch.lower[i] = x.replacing(with: .infinity, where: x .!= x)
            }
            // Before the sort: rising pairs, equal ones among them.
            let notFalling = pairsNotFalling(scratch.values + start, count)
            sortLanes(scratch.lower + start, count)
            var run = SIMD8<Int32>(repeating: 0)
            var equal = run
            var ties = SIMD8<Double>(repeating: 0)
            for i in 1..<max(1, count) {
                let x = scratch.lower[start &+ i]
                let isTie =
                    (x .== scratch.lower[start &+ i &- 1])
                    .& (x .!= SIMD8<Float>(repeating: Float.infinity))
                run = (run &+ 1).replacing(with: 0, where: .!isTie)
                equal &+= run
                // t (t-1) (2t+5) as the sum of 6 m^2 + 12 m up to m = t - 1.
                let m = SIMD8<Double>(truncatingIfNeeded: run)
                ties += m * (m * 6 + 12)
            }
            let all = (valid &* (valid &- 1)) &>> SIMD8(repeating: 1)
            pairs &+= all
            equalPairs &+= equal
            statistic &+= notFalling &+ notFalling &- equal &- all
            let n = SIMD8<Double>(truncatingIfNeeded: valid)
            variance18 += n * (n - 1) * (n * 2 + 5) - ties
        }
    }

    /// Where the median of the slopes of all pairs is 0: both of its places
    /// lie among those of equal pairs, after the falling ones.
    @inlinable @_transparent
    var hasLevelMedian: SIMDMask<SIMD8<Int32>> {
        let one = SIMD8<Int32>(repeating: 1)
        let falling = (pairs &- equalPairs &- statistic) &>> one
        let first = (pairs &- one) &>> one
        let second = pairs &>> one
        let notRising = falling &+ equalPairs
        return (falling .<= first) .& (second .< notRising)
    }

    /// The statistic, one step closer to 0, in standard deviations.
    @inlinable @_transparent
    var z: SIMD8<Double> {
        let s = SIMD8<Double>(truncatingIfNeeded: statistic)
        let zero = SIMD8<Double>(repeating: 0)
        var step = zero
        step.replace(with: 1, where: s .> zero)
        step.replace(with: -1, where: s .< zero)
        let z = (s - step) / (variance18 / 18).squareRoot()
        return z.replacing(with: 0, where: .!(variance18 .> zero))
    }
}

/// Pairs i < j with `x_j >= x_i`, lane by lane; those with a missing value
/// do not count.
@inlinable @_transparent
func pairsNotFalling(_ x: UnsafePointer<SIMD8<Float>>, _ count: Int) -> SIMD8<Int32> {
    pairCount(x, count) { later, earlier in later .>= earlier }
}

/// Pairs i < j of which a comparison holds, lane by lane. Four i are compared
/// with every j, so that each j is loaded once for four comparisons.
@inlinable @_transparent
func pairCount(
    _ x: UnsafePointer<SIMD8<Float>>, _ count: Int,
    _ holds: (_ later: SIMD8<Float>, _ earlier: SIMD8<Float>) -> SIMDMask<SIMD8<Int32>>
) -> SIMD8<Int32> {
    var total = SIMD8<Int32>(repeating: 0)
    var i = 0
    while i &+ 4 <= count {
        let (a, b, c, d) = (x[i], x[i &+ 1], x[i &+ 2], x[i &+ 3])
        var countA = countOf(holds(b, a)) &+ countOf(holds(c, a)) &+ countOf(holds(d, a))
        var countB = countOf(holds(c, b)) &+ countOf(holds(d, b))
        var countC = countOf(holds(d, c))
        var countD = SIMD8<Int32>(repeating: 0)
        var j = i &+ 4
        while j < count {
            let y = x[j]
            countA &+= countOf(holds(y, a))
            countB &+= countOf(holds(y, b))
            countC &+= countOf(holds(y, c))
            countD &+= countOf(holds(y, d))
            j &+= 1
        }
        total &+= (countA &+ countB) &+ (countC &+ countD)
        i &+= 4
    }
    while i < count {
        let a = x[i]
        var j = i &+ 1
        while j < count {
            total &+= countOf(holds(x[j], a))
            j &+= 1
        }
        i &+= 1
    }
    return total
}

/// Sorts each lane in ascending order; no NaN.
///
/// Batcher's merge exchange, which compares the same places whatever the
/// values (Knuth 1998, The Art of Computer Programming 3, algorithm 5.2.2M).
@inlinable @_transparent
func sortLanes(_ x: UnsafeMutablePointer<SIMD8<Float>>, _ count: Int) {
    guard count > 1 else { return }
    var top = 1
    while top &* 2 < count { top &*= 2 }
    var p = top
    while p > 0 {
        var q = top
        var r = 0
        var d = p
        while true {
            for i in 0..<count &- d where i & p == r {
                let (a, b) = (x[i], x[i &+ d])
                let isSwapped = b .< a
                x[i] = a.replacing(with: b, where: isSwapped)
                x[i &+ d] = b.replacing(with: a, where: isSwapped)
            }
            if q == p { break }
            d = q &- p
            q /= 2
            r = p
        }
        p /= 2
    }
}

/// The median of all values of each lane; `lower` holds them, each season
/// sorted.
@inlinable @_transparent
func medianOfEight(_ count: SIMD8<Int32>, _ scratch: TrendScratch) -> SIMD8<Double> {
    let all = scratch.starts[scratch.seasons]
    if scratch.seasons > 1 { sortLanes(scratch.lower, all) }
    var median = SIMD8<Double>(repeating: .nan)
    for lane in 0..<8 where count[lane] > 0 {
        let n = Int(count[lane])
        let low = Double(scratch.lower[(n &- 1) / 2][lane])
        let high = Double(scratch.lower[n / 2][lane])
        median[lane] = (low + high) * 0.5
    }
    return median
}
