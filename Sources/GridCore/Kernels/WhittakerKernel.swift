/// Smooths every series of `block` by the rule that `scratch` has been prepared
/// for into `smoothed`, which has as
/// many cells and steps and may be the same block; NaN where a step has no
/// value by the rule.
///
/// `weights`: one per value in the layout of `block.values`, nil = all 1; a
/// value without positive finite weight, like one that is not finite, is none.
/// Per cell of the block: `lambda` gets log10 of the chosen lambda, NaN
/// without fit; `reasons` the code of `IndicatorReason`: 0, filled (10) when a
/// step without value got one, no value at all (1), or fit failed (7) with
/// fewer values than the rule asks for.
///
/// `scratch` must have room for the steps.
@inlinable @inline(__always)
public func whittakerKernel(
    block: SeriesBlock, weights: UnsafePointer<Float>?,
    scratch: WhittakerScratch, into smoothed: SeriesBlock, lambda: UnsafeMutablePointer<Float>,
    reasons: UnsafeMutablePointer<UInt8>
) {
    let steps = block.steps
    precondition(smoothed.cells == block.cells && smoothed.steps == steps)
    precondition(scratch.stepCapacity >= steps)
    guard let plan = scratch.plan else { preconditionFailure("prepared for no rule") }
    var first = 0
    while first < block.cells {
        let count = whittakerLoad(block, first, weights: weights, scratch: scratch)
        var hasFit = count .>= SIMD8<Double>(repeating: Double(plan.smallestCount))
        if steps < WhittakerRule.smallestSteps { hasFit = SIMDMask(repeating: false) }
        var log10Lambda = SIMD8<Double>(repeating: .nan)
        if any(hasFit) {
            if !all(hasFit) { whittakerIdle(.!hasFit, steps: steps, scratch: scratch) }
            for round in 0..<plan.rounds {
                let chosen = whittakerFit(
                    steps: steps, plan: plan,
                    weights: round == 0 ? scratch.weights : scratch.robustWeights,
                    scratch: scratch)
                log10Lambda = chosen.log10
                if round &+ 1 < plan.rounds {
                    whittakerDiscount(
                        chosen, isFirst: round == 0, plan: plan, steps: steps,
                        cells: hasFit, scratch: scratch)
                }
            }
        }
        let isFilled = whittakerStore(
            smoothed, first, plan: plan, hasFit: hasFit, scratch: scratch)
        for lane in 0..<min(8, block.cells &- first) {
            lambda[first &+ lane] = hasFit[lane] ? Float(log10Lambda[lane]) : .nan
            reasons[first &+ lane] =
                hasFit[lane] ? (isFilled[lane] ? 10 : 0) : (count[lane] > 0 ? 7 : 1)
        }
        first &+= 8
    }
}

/// Loads eight series; returns how many values each has.
@_transparent @inlinable
func whittakerLoad(
    _ block: SeriesBlock, _ first: Int, weights: UnsafePointer<Float>?, scratch: WhittakerScratch
) -> SIMD8<Double> {
    let zero = SIMD8<Double>(repeating: 0)
    let one = SIMD8<Double>(repeating: 1)
    var count = zero
    for step in 0..<block.steps {
        let at = step &* block.stride &+ first
        let value = widened(UnsafeRawPointer(block.values + at).load(as: SIMD8<Float>.self))
        // The difference of an infinity from itself is NaN.
        var isValue = (value - value) .== zero
        var weight = one
        if let weights {
            weight = widened(
                UnsafeRawPointer(weights + at).loadUnaligned(as: SIMD8<Float>.self))
            isValue = isValue .& (weight .> zero) .& ((weight - weight) .== zero)
        }
        count += zero.replacing(with: one, where: isValue)
        scratch.values[step] = zero.replacing(with: value, where: isValue)
        scratch.weights[step] = zero.replacing(with: weight, where: isValue)
    }
    return count
}

/// Gives the cells without fit a system that has a solution, zeros: their
/// lanes are computed with the others, and forgotten.
@_transparent @inlinable
func whittakerIdle(
    _ cells: SIMDMask<SIMD8<Int64>>, steps: Int, scratch: WhittakerScratch
) {
    for step in 0..<steps {
        scratch.values[step].replace(with: SIMD8(repeating: 0), where: cells)
        scratch.weights[step].replace(with: SIMD8(repeating: 1), where: cells)
    }
}

/// The lambda of each of eight series.
@usableFromInline
struct WhittakerChoice {
    @usableFromInline var log10: SIMD8<Double>
    @usableFromInline var inverse: SIMD8<Double>

    @inlinable @inline(__always)
    init(log10: Double, inverse: Double) {
        self.log10 = SIMD8(repeating: log10)
        self.inverse = SIMD8(repeating: inverse)
    }

    @inlinable @inline(__always)
    mutating func choose(log10: Double, inverse: Double, where better: SIMDMask<SIMD8<Int64>>) {
        self.log10.replace(with: SIMD8(repeating: log10), where: better)
        self.inverse.replace(with: SIMD8(repeating: inverse), where: better)
    }
}

/// Chooses lambda and writes the curve; the factors stay those of the curve.
@_transparent @inlinable
func whittakerFit(
    steps: Int, plan: WhittakerPlan,
    weights: UnsafePointer<SIMD8<Double>>, scratch: WhittakerScratch
) -> WhittakerChoice {
    var chosen = WhittakerChoice(log10: plan.chosenLog10[0], inverse: plan.chosenInverse[0])
    if plan.triedCount > 0 {
        chosen =
            plan.isVCurve
            ? whittakerVCurve(steps: steps, plan: plan, weights: weights, scratch: scratch)
            : whittakerCrossValidation(
                steps: steps, plan: plan, weights: weights, scratch: scratch)
    }
    if plan.isAsymmetric {
        whittakerStart(plan, steps: steps, weights: weights, scratch: scratch)
        _ = whittakerAsymmetric(
            plan.asymmetry, steps: steps, inverseLambda: chosen.inverse, weights: weights,
            scratch: scratch)
    } else {
        whittakerEliminate(
            steps: steps, inverseLambda: chosen.inverse, weights: weights, scratch: scratch)
        whittakerSolve(steps: steps, scratch: scratch)
    }
    return chosen
}

/// The first weights of an asymmetric fit.
@_transparent @inlinable
func whittakerStart(
    _ plan: WhittakerPlan, steps: Int, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) {
    for step in 0..<steps {
        var factor = SIMD8<Double>(repeating: 1)
        if plan.startsFromZero {
            factor = SIMD8(repeating: 1 - plan.asymmetry)
            factor.replace(
                with: SIMD8(repeating: plan.asymmetry),
                where: scratch.values[step] .> SIMD8<Double>(repeating: 0))
        }
        scratch.asymmetricWeights[step] = weights[step] * factor
    }
}

/// Solves until the asymmetric weights stay as they are, in every lane: a
/// solution by unchanged weights is the solution before, so lanes that are
/// ready stay ready. Returns misfit and roughness of the curve; the weights are
/// left as its solution had them.
@_transparent @inlinable
func whittakerAsymmetric(
    _ asymmetry: Double, steps: Int, inverseLambda: SIMD8<Double>,
    weights: UnsafePointer<SIMD8<Double>>, scratch: WhittakerScratch
) -> (misfit: SIMD8<Double>, roughness: SIMD8<Double>) {
    var round = 1
    while true {
        whittakerEliminate(
            steps: steps, inverseLambda: inverseLambda, weights: scratch.asymmetricWeights,
            scratch: scratch)
        let isLast = round == WhittakerRule.asymmetricRounds
        let found = whittakerReweigh(
            steps: steps, asymmetry: asymmetry, isLast: isLast, weights: weights,
            scratch: scratch)
        if !found.changes || isLast {
            return (found.misfit, found.roughness)
        }
        round &+= 1
    }
}
