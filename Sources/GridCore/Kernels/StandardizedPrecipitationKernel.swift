/// The standardized precipitation index of every cell of a block (rainfall in
/// mm, NaN = missing) at the steps in `wanted`.
///
/// Amounts are summed over the last `accumulation` steps; a missing step, or
/// one before the block, makes the sum missing, and negative amounts count as
/// 0. For each slot of the year a gamma distribution is fitted to the
/// calibration sums above zero, and with the share q of zeros
/// `H(x) = q + (1 - q) P(alpha, x / beta)`, SPI = Phi^-1(H) (McKee et al.
/// 1993; WMO 2012, No. 1090).
///
/// `output` and `reasons` hold `wanted.count` planes, `block.stride` apart,
/// and are written up to `paddedCells`. NaN = no value, with the reason: 1
/// missing, 2 too few calibration sums, 8 zeros too frequent, 7 no fit; a
/// value with 9 was cut off at the rule's limit. Within 1e-6 of the same in
/// exact arithmetic up to |SPI| = 6.
@inlinable @inline(__always)
public func spiKernel(
    _ block: SeriesBlock, rule: StandardizedPrecipitationRule, wanted: Range<Int>,
    scratch: StandardizedPrecipitationScratch, into output: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    precondition(block.steps <= scratch.stepCapacity, "more steps than the scratch has room for")
    precondition(wanted.isEmpty || (wanted.lowerBound >= 0 && wanted.upperBound <= block.steps))
    let steps = 0..<block.steps
    let calibration = rule.calibration.clamped(to: steps)
    var first = 0
    while first < block.cells {
        accumulate(block, first, rule: rule, steps: calibration, and: wanted, scratch)
        for slot in 0..<rule.periodsPerYear {
            let start = rule.firstStep(ofSlot: slot)
            let firstWanted = firstStep(from: start, rule.periodsPerYear, in: wanted)
            guard firstWanted < wanted.upperBound else { continue }
            let from = firstStep(from: start, rule.periodsPerYear, in: calibration)
            let fit = SlotFit(from: from, end: calibration.upperBound, rule: rule, scratch)
            var gamma = VectorGamma(shape: fit.shape, terms: scratch.terms)
            var step = firstWanted
            while step < wanted.upperBound {
                let place = (step &- wanted.lowerBound) &* block.stride &+ first
                fit.standardize(
                    scratch.sums[step], logarithm: scratch.logarithms[step], rule: rule, &gamma,
                    into: output + place, reasons: reasons + place)
                step &+= rule.periodsPerYear
            }
        }
        first &+= 8
    }
}

/// The first of the steps start, start + period, ... that is not before
/// `range`.
@inlinable @_transparent
func firstStep(from start: Int, _ period: Int, in range: Range<Int>) -> Int {
    let missing = range.lowerBound &- start
    return missing <= 0 ? start : start &+ (missing &+ period &- 1) / period &* period
}

/// Sums of the last steps of eight cells, and their logarithms, at the steps
/// of either range.
@inlinable @_transparent
func accumulate(
    _ block: SeriesBlock, _ first: Int, rule: StandardizedPrecipitationRule, steps: Range<Int>,
    and others: Range<Int>, _ scratch: StandardizedPrecipitationScratch
) {
    let base = UnsafeRawPointer(block.values + first)
    let zero = SIMD8<Float>(repeating: 0)
    let start = min(steps.lowerBound, others.lowerBound)
    for step in start..<max(steps.upperBound, others.upperBound)
    where steps.contains(step) || others.contains(step) {
        var sum = SIMD8<Double>(repeating: .nan)
        if step &+ 1 >= rule.accumulation {
            sum = SIMD8(repeating: 0)
            for part in step &+ 1 &- rule.accumulation...step {
                let x = base.load(
                    fromByteOffset: part &* block.stride &* 4, as: SIMD8<Float>.self)
                sum += widened(x.replacing(with: zero, where: x .< zero))
            }
        }
        scratch.sums[step] = sum
        scratch.logarithms[step] = vectorLogarithm(sum)
    }
}

/// The distributions of one slot of eight cells.
@usableFromInline
struct SlotFit {
    @usableFromInline var shape: SIMD8<Double>
    @usableFromInline var inverseMean: SIMD8<Double>
    /// Logarithm of the mean of the amounts above zero.
    @usableFromInline var logMean: SIMD8<Double>
    /// Share of zeros in the distribution, and probability of a zero itself.
    @usableFromInline var zeroShare: SIMD8<Double>
    @usableFromInline var zeroProbability: SIMD8<Double>
    /// Reason where there is no fit; 0 elsewhere.
    @usableFromInline var reason: SIMD8<Double>

    @inlinable @_transparent
    init(
        from first: Int, end: Int, rule: StandardizedPrecipitationRule,
        _ scratch: StandardizedPrecipitationScratch
    ) {
        let none = SIMD8<Double>(repeating: 0)
        let one = SIMD8<Double>(repeating: 1)
        var (count, positives, sum, logarithms) = (none, none, none, none)
        var step = first
        while step < end {
            let x = scratch.sums[step]
            let isPositive = x .> none
            count += none.replacing(with: one, where: x .== x)
            positives += none.replacing(with: one, where: isPositive)
            sum += none.replacing(with: x, where: isPositive)
            logarithms += none.replacing(with: scratch.logarithms[step], where: isPositive)
            step &+= rule.periodsPerYear
        }
        let zeros = count - positives
        let share = zeros / count
        let mean = sum / positives
        logMean = vectorLogarithm(mean)
        inverseMean = one / mean
        let difference = logMean - logarithms / positives
        shape = ((difference * (4.0 / 3) + 1).squareRoot() + 1) / (difference * 4)
        if rule.fit == .maximumLikelihood {
            shape = mostLikelyShape(start: shape, difference: difference)
        }
        switch rule.zeros {
        case .classic:
            zeroShare = share
            zeroProbability = share
        case .centerOfMass:
            zeroShare = share
            zeroProbability = share * 0.5
        case .weibull:
            zeroShare = share
            zeroProbability = (zeros + 1) / ((count + 1) * 2)
        }
        let isFit =
            (difference .> none)
            .& (shape .<= SIMD8<Double>(repeating: StandardizedPrecipitationRule.largestShape))
            .& (positives .>= SIMD8<Double>(repeating: Double(rule.fewestPositives)))
        reason = SIMD8(repeating: 7).replacing(with: none, where: isFit)
        if let most = rule.mostZeroShare {
            reason.replace(with: 8, where: share .> SIMD8<Double>(repeating: most))
        }
        reason.replace(with: 2, where: count .< SIMD8<Double>(repeating: Double(rule.minimumCount)))
        // Where there is no distribution any shape will do.
        shape.replace(with: one, where: reason .> none)
    }

    /// The index of eight amounts, and its reasons.
    @inlinable @_transparent
    func standardize(
        _ x: SIMD8<Double>, logarithm: SIMD8<Double>, rule: StandardizedPrecipitationRule,
        _ gamma: inout VectorGamma, into output: UnsafeMutablePointer<Float>,
        reasons: UnsafeMutablePointer<UInt8>
    ) {
        let none = SIMD8<Double>(repeating: 0)
        let one = SIMD8<Double>(repeating: 1)
        let isAmount = (x .> none) .& (reason .== none)
        // Lanes without an amount go along with the mean.
        let w = (x * inverseMean).replacing(with: one, where: .!isAmount)
        let logW = (logarithm - logMean).replacing(with: none, where: .!isAmount)
        let limit = rule.limit
        let (lower, upper) = gamma.probability(w, logarithm: logW, needsTail: limit > 3.5)
        var p = zeroShare + (one - zeroShare) * lower
        var complement = (one - zeroShare) * upper
        let isZero = x .== none
        p.replace(with: zeroProbability, where: isZero)
        complement.replace(with: one - zeroProbability, where: isZero)
        var spi = vectorNormalQuantile(p, complement: complement)
        let bound = SIMD8<Double>(repeating: limit)
        let isHigh = spi .> bound
        let isLow = spi .< -bound
        spi.replace(with: bound, where: isHigh)
        spi.replace(with: -bound, where: isLow)
        var code = none.replacing(with: 9, where: isHigh .| isLow)
        code.replace(with: reason, where: reason .> none)
        code.replace(with: one, where: x .!= x)
        let hasNone = (x .!= x) .| (reason .> none)
        spi.replace(with: .nan, where: hasNone)
        UnsafeMutableRawPointer(output).storeBytes(of: narrowed(spi), as: SIMD8<Float>.self)
        for lane in 0..<8 { reasons[lane] = UInt8(truncatingIfNeeded: Int32(code[lane])) }
    }
}
