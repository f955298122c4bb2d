/// Looks for a break in every series of `block` by BFAST-monitor (Verbesselt,
/// Zeileis and Herold 2012).
///
/// A season-trend model is fitted to the stable history before
/// `rule.monitoringStart`; from there on, a break is the first observation
/// whose moving sum of residuals (Chu, Hornik and Kuan 1995) leaves the
/// boundary c sqrt(2 log+(i / n)) (Leisch, Hornik and Kuan 2000; Zeileis et
/// al. 2005). Gaps count as no observation.
///
/// Reasons, as in `IndicatorReason`: 0; 1 when nothing was observed since the
/// monitoring start; 2 when the history has no more observations than the
/// model has regressors, or a window of fewer than two; 7 when the regressors
/// cannot be told apart or the model fits without any residual. With a reason
/// other than 0 the cell has no value, but the history's start and count
/// where there are some.
///
/// `output` and `reasons` hold the block's cells. `scratch` has been filled
/// for the steps of the block: `regressors` (`rule.columns` per step),
/// `logarithms` and `seasons`.
@inlinable @inline(__always)
public func breakKernel(
    block: SeriesBlock, rule: BreakKernelRule, scratch: BreakScratch, into output: BreakOutput,
    reasons: UnsafeMutablePointer<UInt8>
) {
    precondition(
        scratch.stepCapacity >= block.steps && scratch.columnCapacity >= rule.columns
            && rule.monitoringStart >= 0 && rule.monitoringStart <= block.steps)
    let enough = SIMD8(repeating: Double(rule.columns))
    var first = 0
    while first < block.cells {
        var start = SIMD8<Double>(repeating: Double(rule.historyFrom))
        var fit = breakRegress(block, first, from: start, rule: rule, scratch: scratch)
        if rule.selectsHistory {
            let stable = breakStableStart(
                block, first, from: start, fit: fit, rule: rule, scratch: scratch)
            if any(stable .> start) {
                start = stable
                fit = breakRegress(block, first, from: start, rule: rule, scratch: scratch)
            }
        }
        let hasFullRank = breakSolve(columns: rule.columns, scratch: scratch)
        let freedom = fit.count - enough
        let variance = fit.residualSquares / freedom
        let least =
            fit.valueSquares / fit.count
            * (BreakKernelRule.deviationTolerance * BreakKernelRule.deviationTolerance)
        let isFitted = hasFullRank .& (variance .> least)
        var counts = SIMD8<Int32>(repeating: 0)
        breakResiduals(
            block, first, from: start, rule: rule, scratch: scratch, counts: &counts)
        for lane in 0..<min(8, block.cells &- first) {
            breakMonitor(
                BreakLane(
                    lane: lane, cell: first &+ lane, observations: Int(counts[lane]),
                    history: Int(fit.count[lane]), sigma: variance[lane].squareRoot(),
                    isFitted: isFitted[lane]),
                rule: rule, scratch: scratch, into: output, reasons: reasons)
        }
        first &+= 8
    }
}

/// First step of the stable history: the reverse-ordered CUSUM of recursive
/// residuals (Pesaran and Timmermann 2002), standardised by their deviation,
/// against the boundary lambda (1 + 2 j / n). `start` where it never crosses,
/// and where fewer than two residuals or only rounding are left.
@inlinable @inline(__always)
func breakStableStart(
    _ block: SeriesBlock, _ first: Int, from start: SIMD8<Double>, fit: BreakRegression,
    rule: BreakKernelRule, scratch: BreakScratch
) -> SIMD8<Double> {
    let zero = SIMD8<Double>(repeating: 0)
    let one = SIMD8<Double>(repeating: 1)
    let columns = SIMD8(repeating: Double(rule.columns))
    let lowest = Int(start.min())
    let number = fit.count - columns
    var sum = zero
    for step in lowest..<max(lowest, rule.monitoringStart) { sum += scratch.recursive[step] }
    let mean = sum / number
    var squares = zero
    var seen = zero
    var step = rule.monitoringStart &- 1
    while step >= lowest {
        let isMember = breakMembers(breakValues(block, step, first), step, from: start)
        seen += zero.replacing(with: one, where: isMember)
        let departure = scratch.recursive[step] - mean
        squares += zero.replacing(
            with: departure * departure, where: isMember .& (seen .> columns))
        step &-= 1
    }
    let variance = squares / (number - one)
    let least =
        fit.valueSquares / fit.count
        * (BreakKernelRule.deviationTolerance * BreakKernelRule.deviationTolerance)
    let isUsable = (number .>= SIMD8<Double>(repeating: 2)) .& (variance .> least)
    let scale = one / (variance * number).squareRoot()
    let slope = SIMD8(repeating: 2) / number
    let limit = SIMD8(repeating: rule.instabilityLimit)
    let crossing = SIMD8(repeating: rule.crossingLimit)
    var total = zero
    var position = zero
    var later = start
    var found = start
    var isUnstable = SIMDMask<SIMD8<Int64>>(repeating: false)
    var isLocated = isUnstable
    seen = zero
    step = rule.monitoringStart &- 1
    while step >= lowest {
        let isMember = breakMembers(breakValues(block, step, first), step, from: start)
        seen += zero.replacing(with: one, where: isMember)
        let counts = isMember .& (seen .> columns)
        total += scratch.recursive[step]
        position += zero.replacing(with: one, where: counts)
        let height = (total * scale).replacing(
            with: -(total * scale), where: total .< zero)
        let boundary = one + slope * position
        isUnstable = isUnstable .| (counts .& (height .> limit * boundary))
        let isHere = counts .& (height .> crossing * boundary) .& .!isLocated
        // The history starts after the observation that crosses.
        found.replace(with: later, where: isHere)
        isLocated = isLocated .| isHere
        later.replace(with: SIMD8(repeating: Double(step)), where: isMember)
        step &-= 1
    }
    return start.replacing(with: found, where: isUsable .& isUnstable .& isLocated)
}

/// The differences from the model, per cell without its gaps.
@inlinable @inline(__always)
func breakResiduals(
    _ block: SeriesBlock, _ first: Int, from start: SIMD8<Double>, rule: BreakKernelRule,
    scratch: BreakScratch, counts: inout SIMD8<Int32>
) {
    let columns = rule.columns
    for step in Int(start.min())..<max(Int(start.min()), block.steps) {
        let value = breakValues(block, step, first)
        let isMember = breakMembers(value, step, from: start)
        guard any(isMember) else { continue }
        var expected = SIMD8<Double>(repeating: 0)
        let regressors = scratch.regressors + step &* columns
        for column in 0..<columns {
            expected += scratch.coefficients[column] * SIMD8(repeating: regressors[column])
        }
        let residual = value - expected
        for lane in 0..<8 {
            // Written in any case; a gap is written over by what follows.
            let at = Int(counts[lane]) &* 8 &+ lane
            scratch.residuals[at] = residual[lane]
            scratch.residualSteps[at] = Int32(truncatingIfNeeded: step)
            counts[lane] &+= isMember[lane] ? 1 : 0
        }
    }
}
