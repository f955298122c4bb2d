/// Lambda by the V-curve. Asymmetric fits start from the weights of the lambda
/// before, in the grid's order: half the solutions, same fixed points.
@_transparent @inlinable
func whittakerVCurve(
    steps: Int, plan: WhittakerPlan, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) -> WhittakerChoice {
    var chosen = WhittakerChoice(log10: plan.chosenLog10[0], inverse: plan.chosenInverse[0])
    var best = SIMD8<Double>(repeating: .infinity)
    var misfitBefore = SIMD8<Double>(repeating: 0)
    var roughnessBefore = SIMD8<Double>(repeating: 0)
    if plan.isAsymmetric {
        whittakerStart(plan, steps: steps, weights: weights, scratch: scratch)
    }
    for index in 0..<plan.triedCount {
        let inverse = SIMD8<Double>(repeating: plan.triedInverse[index])
        let found: (misfit: SIMD8<Double>, roughness: SIMD8<Double>)
        if plan.isAsymmetric {
            found = whittakerAsymmetric(
                plan.asymmetry, steps: steps, inverseLambda: inverse, weights: weights,
                scratch: scratch)
        } else {
            whittakerEliminate(
                steps: steps, inverseLambda: inverse, weights: weights, scratch: scratch)
            found = whittakerMeasure(steps: steps, weights: weights, scratch: scratch)
        }
        let misfit = vectorLogarithm(found.misfit)
        let roughness = vectorLogarithm(found.roughness)
        if index > 0 {
            let across = misfit - misfitBefore
            let along = roughness - roughnessBefore
            let width = SIMD8<Double>(repeating: plan.segmentWidth[index &- 1])
            // Logarithms of 0 make it infinite or NaN: never better.
            let distance = (across * across + along * along).squareRoot() / width
            let isBetter = distance .< best
            best.replace(with: distance, where: isBetter)
            chosen.choose(
                log10: plan.chosenLog10[index &- 1], inverse: plan.chosenInverse[index &- 1],
                where: isBetter)
        }
        misfitBefore = misfit
        roughnessBefore = roughness
    }
    return chosen
}

/// Lambda by generalized cross-validation. Without asymmetry the score is that
/// of a linear smoother; with it, that of the last weighted solution.
@_transparent @inlinable
func whittakerCrossValidation(
    steps: Int, plan: WhittakerPlan, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) -> WhittakerChoice {
    var chosen = WhittakerChoice(log10: plan.chosenLog10[0], inverse: plan.chosenInverse[0])
    var best = SIMD8<Double>(repeating: .infinity)
    var count = SIMD8<Double>(repeating: 0)
    for step in 0..<steps {
        count.replace(with: count + 1, where: weights[step] .> SIMD8<Double>(repeating: 0))
    }
    if plan.isAsymmetric {
        whittakerStart(plan, steps: steps, weights: weights, scratch: scratch)
    }
    for index in 0..<plan.triedCount {
        let inverse = SIMD8<Double>(repeating: plan.triedInverse[index])
        let used: UnsafePointer<SIMD8<Double>>
        if plan.isAsymmetric {
            _ = whittakerAsymmetric(
                plan.asymmetry, steps: steps, inverseLambda: inverse, weights: weights,
                scratch: scratch)
            used = UnsafePointer(scratch.asymmetricWeights)
        } else {
            whittakerEliminate(
                steps: steps, inverseLambda: inverse, weights: weights, scratch: scratch)
            used = weights
        }
        let found = whittakerTrace(
            steps: steps, inverseLambda: inverse, weights: used, scratch: scratch)
        let free = count - found.trace
        let score = count * found.squares / (free * free)
        let isBetter = score .< best
        best.replace(with: score, where: isBetter)
        chosen.choose(
            log10: plan.chosenLog10[index], inverse: plan.chosenInverse[index], where: isBetter)
    }
    return chosen
}
