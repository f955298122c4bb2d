/// A bracket around the median of the slopes of eight series.
///
/// The number of slopes up to a trial slope b is the number of pairs that do
/// not rise in `x - b t`, so that one trial costs a comparison per pair and no
/// division. Trials start one standard error on either side of the least
/// squares slope, then aim between the brackets by interpolated counts, a
/// little to the far side of the median, so that both brackets move.
@usableFromInline
struct SlopeSearch {
    /// Trial slopes on both sides, and the slopes counted up to each.
    @usableFromInline var low: SIMD8<Double>
    @usableFromInline var high: SIMD8<Double>
    @usableFromInline var lowCount = SIMD8<Double>(repeating: 0)
    @usableFromInline var highCount: SIMD8<Double>
    @usableFromInline var hasLow = SIMDMask<SIMD8<Int64>>(repeating: false)
    @usableFromInline var hasHigh = SIMDMask<SIMD8<Int64>>(repeating: false)
    /// Lanes that need no search.
    @usableFromInline let isIdle: SIMDMask<SIMD8<Int64>>
    /// Places of the median, from 0: one or two neighbours.
    @usableFromInline let firstRank: SIMD8<Double>
    @usableFromInline let secondRank: SIMD8<Double>
    @usableFromInline let center: SIMD8<Double>
    @usableFromInline var width: SIMD8<Double>
    @usableFromInline var eagerness = 1.0

    @inlinable @_transparent
    init(
        pairs: SIMD8<Int32>, start: LeastSquaresLine, isIdle: SIMDMask<SIMD8<Int64>>
    ) {
        firstRank = SIMD8<Double>(truncatingIfNeeded: (pairs &- 1) &>> SIMD8(repeating: 1))
        secondRank = SIMD8<Double>(truncatingIfNeeded: pairs &>> SIMD8(repeating: 1))
        highCount = SIMD8<Double>(truncatingIfNeeded: pairs)
        center = start.slope
        width = start.standardError
        low = start.slope
        high = start.slope
        self.isIdle = isIdle
    }

    /// The next slopes to try.
    @inlinable @_transparent
    mutating func trial() -> SIMD8<Double> {
        let aim = (firstRank + secondRank) * 0.5 + 0.5
        let gap = highCount - lowCount
        let isLowFar = (aim - lowCount) .> (highCount - aim)
        var margin = (gap.squareRoot() * 0.5 + 1) * eagerness
        margin.replace(with: gap * 0.25, where: margin .> gap * 0.25)
        let target = aim + margin.replacing(with: -margin, where: isLowFar)
        let trial = low + (target - lowCount) / gap * (high - low)
        eagerness += 0.125
        var result = trial.replacing(with: center + width, where: .!hasHigh)
        result.replace(with: center - width, where: .!hasLow)
        return result
    }

    /// Narrows the bracket by the number of slopes counted up to `trial`.
    @inlinable @_transparent
    mutating func take(_ trial: SIMD8<Double>, _ count: SIMD8<Double>) {
        let isLow = count .<= firstRank
        let isHigh = count .> secondRank
        // A trial for one side that did not land there was too close.
        let isTooClose = (.!hasLow .& .!isLow) .| (hasLow .& .!hasHigh .& .!isHigh)
        low.replace(with: trial, where: isLow)
        lowCount.replace(with: count, where: isLow)
        hasLow = hasLow .| isLow
        high.replace(with: trial, where: isHigh)
        highCount.replace(with: count, where: isHigh)
        hasHigh = hasHigh .| isHigh
        width.replace(with: width * 3, where: isTooClose)
    }

    /// Whether at most `limit` slopes lie in every bracket.
    @inlinable @_transparent
    func isSettled(_ limit: Double) -> Bool {
        let isNarrow = (highCount - lowCount) .<= SIMD8<Double>(repeating: limit)
        return all((hasLow .& hasHigh .& isNarrow) .| isIdle)
    }
}

/// Least squares lines of eight series, in one season with its own level for
/// each, where the search starts.
@usableFromInline
struct LeastSquaresLine {
    @usableFromInline var slope: SIMD8<Double>
    @usableFromInline var standardError: SIMD8<Double>
    /// Mean of the values, and largest distance from it.
    @usableFromInline var level: SIMD8<Double>
    @usableFromInline var reach: SIMD8<Double>

    @inlinable @_transparent
    init(of scratch: TrendScratch) {
        let zero = SIMD8<Double>(repeating: 0)
        var (squaresT, products, squaresX) = (zero, zero, zero)
        var (number, total) = (zero, zero)
        level = zero
        for season in 0..<scratch.seasons {
            let start = scratch.starts[season]
            let end = scratch.starts[season &+ 1]
            var (n, sumT, sumX, sumTX, sumTT, sumXX) = (zero, zero, zero, zero, zero, zero)
            for i in start..<end {
                let raw = widened(scratch.values[i])
                let isValid = raw .== raw
                let x = raw.replacing(with: 0, where: .!isValid)
                let t = zero.replacing(with: Double(i &- start), where: isValid)
                n += zero.replacing(with: 1, where: isValid)
                sumT += t
                sumX += x
                sumTX += t * x
                sumTT += t * t
                sumXX += x * x
            }
            let safe = n.replacing(with: 1, where: n .< 1)
            squaresT += sumTT - sumT * sumT / safe
            products += sumTX - sumT * sumX / safe
            squaresX += sumXX - sumX * sumX / safe
            number += n
            total += sumX
        }
        level = total / number.replacing(with: 1, where: number .< 1)
        reach = zero
        for i in 0..<scratch.starts[scratch.seasons] {
            let departure = widened(scratch.values[i]) - level
            let distance = departure.replacing(with: -departure, where: departure .< zero)
            reach.replace(with: distance, where: distance .> reach)
        }
        let safeT = squaresT.replacing(with: 1, where: squaresT .< 0.5)
        slope = products / safeT
        var rest = squaresX - slope * products
        // Rounding may leave less than nothing of a perfect line.
        let floor = squaresX * 1e-12
        rest.replace(with: floor, where: rest .< floor)
        let freedom = (number - 2).replacing(with: 1, where: number .< 3)
        standardError = (rest / freedom / safeT).squareRoot()
        standardError.replace(with: 1e-30, where: .!(standardError .> 1e-30))
    }
}

/// The median of the slopes of all pairs, exact; NaN in lanes not wanted.
///
/// The brackets are counted in Float32. What lies between them, widened by
/// the rounding of that, is gathered and computed in Float64, and the median
/// chosen there. It is right whenever it lies between the brackets themselves:
/// all slopes below the wider bracket are smaller, all above it larger. Lanes
/// where it does not, or where more slopes are equal than can be gathered,
/// are decided among all their slopes. Many equal values have many slopes of
/// 0; whether 0 is the median is known from Kendall's counts.
@inlinable @_transparent
func theilSenSlope(
    _ kendall: KendallStatistic, isWanted: SIMDMask<SIMD8<Int32>>, _ scratch: TrendScratch
) -> SIMD8<Double> {
    let isFlat = kendall.hasLevelMedian
    let half = SIMD8<Double>(repeating: 0.5)
    let idleLanes = SIMD8<Double>(truncatingIfNeeded: countOf(.!isWanted .| isFlat))
    let isIdle = idleLanes .> half
    var result = SIMD8<Double>(repeating: .nan)
    let flatLanes = SIMD8<Double>(truncatingIfNeeded: countOf(isFlat .& isWanted))
    result.replace(with: 0, where: flatLanes .> half)
    if all(isIdle) { return result }

    let line = LeastSquaresLine(of: scratch)
    var search = SlopeSearch(pairs: kendall.pairs, start: line, isIdle: isIdle)
    let limit = min(96, max(6, Double(scratch.pairs) / 1000))
    var trials = 0
    // Equal slopes cannot be told apart by more trials.
    let patience = 8
    let most = Double(TrendScratch.candidateCapacity / 2)
    while trials < 24 && !search.isSettled(trials < patience ? limit : most) {
        let trial = search.trial()
        detrend(scratch, by: trial, level: line.level, into: scratch.lower)
        search.take(trial, SIMD8<Double>(truncatingIfNeeded: pairsNotRising(scratch)))
        trials &+= 1
    }
    let gathered = gatherSlopes(search, line, scratch)
    for lane in 0..<8 where !isIdle[lane] {
        let count = Int(gathered.count[lane])
        let below = Int(kendall.pairs[lane]) &- Int(gathered.above[lane])
        let first = Int(search.firstRank[lane])
        let second = Int(search.secondRank[lane])
        let base = scratch.candidates + lane &* TrendScratch.candidateCapacity
        if count <= TrendScratch.candidateCapacity, first >= below, second &- below < count {
            let a = selectRank(base, count, first &- below)
            let b =
                second == first ? a : smallest(base, from: second &- below, to: count)
            if a >= search.low[lane] && b <= search.high[lane] {
                result[lane] = (a + b) * 0.5
                continue
            }
        }
        let total = allSlopes(of: lane, scratch)
        let a = selectRank(scratch.slopes, total, first)
        let b = second == first ? a : smallest(scratch.slopes, from: second, to: total)
        result[lane] = (a + b) * 0.5
    }
    return result
}

@inlinable @_transparent
func pairsNotRising(_ scratch: TrendScratch) -> SIMD8<Int32> {
    var total = SIMD8<Int32>(repeating: 0)
    for season in 0..<scratch.seasons {
        let start = scratch.starts[season]
        total &+= pairCount(scratch.lower + start, scratch.starts[season &+ 1] &- start) {
            later, earlier in later .<= earlier
        }
    }
    return total
}

/// `x - level - slope t`, t counted from the middle of each season.
@inlinable @_transparent
func detrend(
    _ scratch: TrendScratch, by slope: SIMD8<Double>, level: SIMD8<Double>,
    into rest: UnsafeMutablePointer<SIMD8<Float>>
) {
    for season in 0..<scratch.seasons {
        let start = scratch.starts[season]
        let end = scratch.starts[season &+ 1]
        let middle = Double(end &- start &- 1) * 0.5
        for i in start..<end {
            let t = SIMD8(repeating: Double(i &- start) - middle)
            rest[i] = narrowed((widened(scratch.values[i]) - level) - slope * t)
        }
    }
}

@inlinable @_transparent
func narrowed(_ x: SIMD8<Double>) -> SIMD8<Float> {
    SIMD8<Float>(
        Float(x[0]), Float(x[1]), Float(x[2]), Float(x[3]), Float(x[4]), Float(x[5]),
        Float(x[6]), Float(x[7]))
}

/// How many slopes of each lane were gathered, and how many of its pairs are
/// not below the bracket.
@usableFromInline
struct GatheredSlopes {
    @usableFromInline var count = SIMD8<Int32>(repeating: 0)
    @usableFromInline var above = SIMD8<Int32>(repeating: 0)

    @inlinable @_transparent
    init() {}
}

@inlinable @_transparent
func gatherSlopes(
    _ search: SlopeSearch, _ line: LeastSquaresLine, _ scratch: TrendScratch
) -> GatheredSlopes {
    detrend(scratch, by: search.low, level: line.level, into: scratch.lower)
    detrend(scratch, by: search.high, level: line.level, into: scratch.upper)
    let zero = SIMD8<Double>(repeating: 0)
    let low = search.low.replacing(with: -search.low, where: search.low .< zero)
    let high = search.high.replacing(with: -search.high, where: search.high .< zero)
    let steepest = low.replacing(with: high, where: high .> low)
    // Two differences of three rounded numbers: below 4 of their roundings.
    let largest = line.reach + steepest * Double(scratch.stepCapacity)
    let margin = narrowed(largest * 0x1p-21)
    var result = GatheredSlopes()
    for season in 0..<scratch.seasons {
        let start = scratch.starts[season]
        let end = scratch.starts[season &+ 1]
        for i in start..<end {
            let fromLow = scratch.lower[i] - margin
            let fromHigh = scratch.upper[i] + margin
            var j = i &+ 1
            while j < end {
                let isAbove = scratch.lower[j] .> fromLow
                result.above &+= countOf(isAbove)
                let isBetween = isAbove .& (scratch.upper[j] .<= fromHigh)
                if any(isBetween) {
                    keepSlopes(i, j, countOf(isBetween), scratch, &result.count)
                }
                j &+= 1
            }
        }
    }
    return result
}

/// Adds the slope of a pair to the candidates of the lanes where it is one.
@inlinable @_transparent
func keepSlopes(
    _ i: Int, _ j: Int, _ isKept: SIMD8<Int32>, _ scratch: TrendScratch,
    _ count: inout SIMD8<Int32>
) {
    let rise = widened(scratch.values[j]) - widened(scratch.values[i])
    let slope = rise / SIMD8(repeating: Double(j &- i))
    let last = TrendScratch.candidateCapacity &- 1
    for lane in 0..<8 {
        // Written in any case; it stays where the count moves on.
        let place = min(last, Int(count[lane]))
        scratch.candidates[lane &* TrendScratch.candidateCapacity &+ place] = slope[lane]
    }
    count &+= isKept
}

/// Writes all slopes of one lane; returns how many.
@inlinable @_transparent
func allSlopes(of lane: Int, _ scratch: TrendScratch) -> Int {
    var total = 0
    for season in 0..<scratch.seasons {
        let start = scratch.starts[season]
        let end = scratch.starts[season &+ 1]
        for i in start..<end {
            let x = Double(scratch.values[i][lane])
            for j in i &+ 1..<max(i &+ 1, end) {
                let slope = (Double(scratch.values[j][lane]) - x) / Double(j &- i)
                if slope == slope {
                    scratch.slopes[total] = slope
                    total &+= 1
                }
            }
        }
    }
    return total
}

/// The number that would stand at `rank` if the numbers were sorted; they are
/// rearranged so that none before it is larger and none after it smaller.
///
/// Hoare (1961), Find, Communications of the ACM 4, 321-322, with the median
/// of first, middle and last as pivot. No NaN.
@inlinable @_transparent
func selectRank(_ x: UnsafeMutablePointer<Double>, _ count: Int, _ rank: Int) -> Double {
    var left = 0
    var right = count &- 1
    while left < right {
        let (a, b, c) = (x[left], x[(left &+ right) / 2], x[right])
        let pivot = a < b ? (b < c ? b : (a < c ? c : a)) : (a < c ? a : (b < c ? c : b))
        var i = left
        var j = right
        while i <= j {
            while x[i] < pivot { i &+= 1 }
            while x[j] > pivot { j &-= 1 }
            if i <= j {
                (x[i], x[j]) = (x[j], x[i])
                i &+= 1
                j &-= 1
            }
        }
        if j < rank { left = i }
        if rank < i { right = j }
    }
    return x[rank]
}

@inlinable @_transparent
func smallest(_ x: UnsafePointer<Double>, from first: Int, to end: Int) -> Double {
    var result = x[first]
    var i = first &+ 1
    while i < end {
        if x[i] < result { result = x[i] }
        i &+= 1
    }
    return result
}
