/// Makes the weights of the next robust fit: of each series that has one, the
/// given weights times the bisquare weights `(1 - (u / 4.685)^2)^2` of the
/// residuals, `u = |r| / (1.4826 MAD sqrt(1 - h))` with MAD the median
/// absolute deviation from the median and h the mean leverage (Garcia 2010).
/// A series keeps its weights when MAD is 0 or too few values would be left.
@_transparent @inlinable
func whittakerDiscount(
    _ chosen: WhittakerChoice, isFirst: Bool, plan: WhittakerPlan, steps: Int,
    cells: SIMDMask<SIMD8<Int64>>, scratch: WhittakerScratch
) {
    var used = isFirst ? UnsafePointer(scratch.weights) : UnsafePointer(scratch.robustWeights)
    if plan.isAsymmetric { used = UnsafePointer(scratch.asymmetricWeights) }
    let trace = whittakerTrace(
        steps: steps, inverseLambda: chosen.inverse, weights: used, scratch: scratch
    ).trace
    if isFirst { scratch.robustWeights.update(from: scratch.weights, count: steps) }
    for lane in 0..<8 where cells[lane] {
        whittakerDiscount(
            lane, trace: trace[lane], smallestCount: plan.smallestCount, steps: steps,
            scratch: scratch)
    }
}

@_transparent @inlinable
func whittakerDiscount(
    _ lane: Int, trace: Double, smallestCount: Int, steps: Int, scratch: WhittakerScratch
) {
    let residuals = scratch.residuals
    var count = 0
    for step in 0..<steps where scratch.weights[step][lane] > 0 {
        residuals[count] = scratch.values[step][lane] - scratch.curve[step][lane]
        count &+= 1
    }
    let middle = medianOfResiduals(residuals, count: count)
    for index in 0..<count { residuals[index] = abs(residuals[index] - middle) }
    let deviation = medianOfResiduals(residuals, count: count)
    let leverage = trace / Double(count)
    let unit = 4.685 * 1.4826 * deviation * (1 - leverage).squareRoot()
    // Not "is 0": the leverage of a curve through all values may exceed 1 by
    // rounding.
    if !(unit > 0) { return }
    var left = 0
    for step in 0..<steps where scratch.weights[step][lane] > 0 {
        let residual = scratch.values[step][lane] - scratch.curve[step][lane]
        if abs(residual) < unit { left &+= 1 }
    }
    if left < smallestCount { return }
    for step in 0..<steps where scratch.weights[step][lane] > 0 {
        let residual = scratch.values[step][lane] - scratch.curve[step][lane]
        let share = residual / unit
        let factor = abs(residual) < unit ? (1 - share * share) * (1 - share * share) : 0
        scratch.robustWeights[step][lane] = scratch.weights[step][lane] * factor
    }
}

/// The median of numbers that are not NaN, whose order is lost; the mean of
/// the middle two of an even count. Quickselect (Hoare 1961).
@_transparent @inlinable
func medianOfResiduals(_ numbers: UnsafeMutablePointer<Double>, count: Int) -> Double {
    if count == 0 { return .nan }
    let rank = count / 2
    var low = 0
    var high = count &- 1
    while low < high {
        let pivot = numbers[(low &+ high) / 2]
        var left = low
        var right = high
        while left <= right {
            while numbers[left] < pivot { left &+= 1 }
            while pivot < numbers[right] { right &-= 1 }
            if left <= right {
                let moved = numbers[left]
                numbers[left] = numbers[right]
                numbers[right] = moved
                left &+= 1
                right &-= 1
            }
        }
        if rank <= right {
            high = right
        } else if rank >= left {
            low = left
        } else {
            break
        }
    }
    if count % 2 == 1 { return numbers[rank] }
    // All below the rank are at most the number there.
    var below = numbers[0]
    for index in 1..<max(1, rank) { below = max(below, numbers[index]) }
    return (below + numbers[rank]) / 2
}

/// Writes the curves as Float, NaN where there is no fit or the gap is too
/// long; returns which series had steps filled.
@_transparent @inlinable
func whittakerStore(
    _ smoothed: SeriesBlock, _ first: Int, plan: WhittakerPlan,
    hasFit: SIMDMask<SIMD8<Int64>>, scratch: WhittakerScratch
) -> SIMDMask<SIMD8<Int64>> {
    let steps = smoothed.steps
    let zero = SIMD8<Double>(repeating: 0)
    let nan = SIMD8<Double>(repeating: .nan)
    // Steps without value up to each step: the factors are used up.
    let run = scratch.factors
    if plan.maximumGap != .max {
        var length = zero
        for step in 0..<steps {
            length = (length + 1).replacing(with: zero, where: scratch.weights[step] .> zero)
            run[step] = length
        }
    }
    let longest = SIMD8<Double>(repeating: Double(plan.maximumGap))
    var gap = zero
    var isFilled = SIMDMask<SIMD8<Int64>>(repeating: false)
    var step = steps &- 1
    while step >= 0 {
        let isMissing = scratch.weights[step] .== zero
        var value = nan.replacing(with: scratch.curve[step], where: hasFit)
        if plan.maximumGap != .max {
            // The whole gap's length is known at its last step.
            gap = run[step].replacing(with: gap, where: (gap .> zero) .& isMissing)
            value.replace(with: nan, where: isMissing .& (gap .> longest))
        }
        isFilled = isFilled .| (isMissing .& (value .== value))
        let at = step &* smoothed.stride &+ first
        UnsafeMutableRawPointer(smoothed.values + at).storeBytes(
            of: whittakerFloats(value), as: SIMD8<Float>.self)
        step &-= 1
    }
    return isFilled
}

@_transparent @inlinable
func whittakerFloats(_ x: SIMD8<Double>) -> SIMD8<Float> {
    SIMD8<Float>(
        Float(x[0]), Float(x[1]), Float(x[2]), Float(x[3]), Float(x[4]), Float(x[5]),
        Float(x[6]), Float(x[7]))
}
