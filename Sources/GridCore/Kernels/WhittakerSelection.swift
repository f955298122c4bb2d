/// Lambda by the V-curve. Asymmetric fits start from the weights of the lambda
/// before, in the grid's order: half the solutions, same fixed points.
@inlinable @inline(__always)
func whittakerVCurve(
    steps: Int, rule: WhittakerRule, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) -> WhittakerChoice {
    let grid = scratch.grid
    var chosen = WhittakerChoice(log10: grid.chosenLog10[0], inverse: grid.chosenInverse[0])
    var best = SIMD8<Double>(repeating: .infinity)
    var misfitBefore = SIMD8<Double>(repeating: 0)
    var roughnessBefore = SIMD8<Double>(repeating: 0)
    if let asymmetry = rule.asymmetry {
        whittakerStart(
            asymmetry, rule.asymmetricStart, steps: steps, weights: weights, scratch: scratch)
    }
    for index in 0..<grid.triedInverse.count {
        let inverse = SIMD8<Double>(repeating: grid.triedInverse[index])
        let found: (misfit: SIMD8<Double>, roughness: SIMD8<Double>)
        if let asymmetry = rule.asymmetry {
            found = whittakerAsymmetric(
                asymmetry, steps: steps, inverseLambda: inverse, weights: weights,
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
            let width = SIMD8<Double>(repeating: grid.segmentWidth[index &- 1])
            // Logarithms of 0 make it infinite or NaN: never better.
            let distance = (across * across + along * along).squareRoot() / width
            let isBetter = distance .< best
            best.replace(with: distance, where: isBetter)
            chosen.choose(
                log10: grid.chosenLog10[index &- 1], inverse: grid.chosenInverse[index &- 1],
                where: isBetter)
        }
        misfitBefore = misfit
        roughnessBefore = roughness
    }
    return chosen
}

/// Lambda by generalized cross-validation. Without asymmetry the score is that
/// of a linear smoother; with it, that of the last weighted solution.
@inlinable @inline(__always)
func whittakerCrossValidation(
    steps: Int, rule: WhittakerRule, weights: UnsafePointer<SIMD8<Double>>,
    scratch: WhittakerScratch
) -> WhittakerChoice {
    let grid = scratch.grid
    var chosen = WhittakerChoice(log10: grid.chosenLog10[0], inverse: grid.chosenInverse[0])
    var best = SIMD8<Double>(repeating: .infinity)
    var count = SIMD8<Double>(repeating: 0)
    for step in 0..<steps {
        count.replace(with: count + 1, where: weights[step] .> SIMD8(repeating: 0))
    }
    if let asymmetry = rule.asymmetry {
        whittakerStart(
            asymmetry, rule.asymmetricStart, steps: steps, weights: weights, scratch: scratch)
    }
    for index in 0..<grid.triedInverse.count {
        let inverse = SIMD8<Double>(repeating: grid.triedInverse[index])
        let used: UnsafePointer<SIMD8<Double>>
        if let asymmetry = rule.asymmetry {
            _ = whittakerAsymmetric(
                asymmetry, steps: steps, inverseLambda: inverse, weights: weights,
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
            log10: grid.chosenLog10[index], inverse: grid.chosenInverse[index], where: isBetter)
    }
    return chosen
}
