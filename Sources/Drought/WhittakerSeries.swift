import GridCore

/// The solution z of `(W + lambda D'D) z = W y` for one series.
///
/// Written from the definition; the operations come in the kernel's order, so
/// that the numbers have the same bits.
struct WhittakerSolution {
    let curve: [Double]
    /// `sum w (y - z)^2`.
    let squares: Double
    /// Of the hat matrix.
    let trace: Double

    init(values: [Double], weights: [Double], inverseLambda: Double) {
        let steps = values.count
        // Rows of D'D: 1 -2 1 | -2 5 -4 1 | 1 -4 6 -4 1 | ...
        func diagonal(_ step: Int) -> Double {
            let fromEnd = min(step, steps - 1 - step)
            return fromEnd == 0 ? 1 : fromEnd == 1 ? 5 : 6
        }
        func beside(_ step: Int) -> Double {
            step == steps - 1 ? 0 : step == 0 || step == steps - 2 ? -2 : -4
        }
        // L D L': the rows of L are (second[i-2], first[i-1], 1).
        var first = [Double](repeating: 0, count: steps)
        var second = first
        var right = first
        var scaled = first
        var uneliminated = first
        for step in 0..<steps {
            let weight = weights[step] * inverseLambda
            let c = step > 0 ? first[step - 1] : 0
            let cTimesDiagonal = step > 0 ? uneliminated[step - 1] : 0
            let e = step > 1 ? second[step - 2] : 0
            let pivot = ((weight + diagonal(step)) - e) - c * cTimesDiagonal
            second[step] = 1 / pivot
            uneliminated[step] = beside(step) - c
            first[step] = uneliminated[step] * second[step]
            right[step] =
                (weight * values[step] - e * (step > 1 ? right[step - 2] : 0))
                - c * (step > 0 ? right[step - 1] : 0)
            scaled[step] = right[step] * second[step]
        }
        var z = [Double](repeating: 0, count: steps + 2)
        // Central bands of the inverse of L D L'.
        var own = [Double](repeating: 0, count: steps + 2)
        var next = [Double](repeating: 0, count: steps + 2)
        var squares = 0.0
        var trace = 0.0
        for step in (0..<steps).reversed() {
            let (c, e) = (first[step], second[step])
            z[step] = (scaled[step] - e * z[step + 2]) - c * z[step + 1]
            let residual = values[step] - z[step]
            squares += weights[step] * residual * residual
            let overNext = 0 - c * next[step + 1] - e * own[step + 2]
            next[step] = 0 - c * own[step + 1] - e * next[step + 1]
            own[step] = e - c * next[step] - e * overNext
            trace += weights[step] * inverseLambda * own[step]
        }
        curve = Array(z[..<steps])
        self.squares = squares
        self.trace = trace
    }
}

/// A series with a rule: what a fit with given weights gives.
struct WhittakerSeries {
    /// 0 where there is none.
    let values: [Double]
    let rule: WhittakerRule
    let grid: WhittakerGrid

    struct Fit {
        var solution: WhittakerSolution
        /// Of the solution, the asymmetric ones included.
        var weights: [Double]
        var log10Lambda: Double
        var trials: [WhittakerFit.Trial] = []
        var segments: [WhittakerFit.Segment] = []
    }

    /// Chooses lambda for the weights and solves.
    func fit(_ weights: [Double]) -> Fit {
        let (trials, segments, chosen) = choose(weights)
        let (solution, used) = solve(
            weights, inverseLambda: grid.chosenInverse[chosen], start: firstWeights(weights))
        return Fit(
            solution: solution, weights: used, log10Lambda: grid.chosenLog10[chosen],
            trials: trials, segments: segments)
    }

    /// What an asymmetric fit begins with; the weights themselves without
    /// asymmetry.
    func firstWeights(_ weights: [Double]) -> [Double] {
        guard let asymmetry = rule.asymmetry, rule.asymmetricStart == .zero else {
            return weights
        }
        return zip(values, weights).map { $1 * ($0 > 0 ? asymmetry : 1 - asymmetry) }
    }

    /// The solution, repeated until its asymmetric weights are those that made
    /// it.
    func solve(
        _ weights: [Double], inverseLambda: Double, start: [Double]
    ) -> (WhittakerSolution, [Double]) {
        var used = start
        var solution = WhittakerSolution(
            values: values, weights: used, inverseLambda: inverseLambda)
        guard let asymmetry = rule.asymmetry else { return (solution, used) }
        for _ in 1..<WhittakerRule.asymmetricRounds {
            let next = values.indices.map { step in
                weights[step] * (values[step] > solution.curve[step] ? asymmetry : 1 - asymmetry)
            }
            if next == used { break }
            used = next
            solution = WhittakerSolution(
                values: values, weights: used, inverseLambda: inverseLambda)
        }
        return (solution, used)
    }

    /// The fits of the grid, and the index of the chosen lambda.
    private func choose(
        _ weights: [Double]
    ) -> ([WhittakerFit.Trial], [WhittakerFit.Segment], Int) {
        if case .fixed = rule.lambda { return ([], [], 0) }
        let count = Double(weights.count(where: { $0 > 0 }))
        var trials: [WhittakerFit.Trial] = []
        var used = firstWeights(weights)
        for (log10, inverse) in zip(grid.triedLog10, grid.triedInverse) {
            let solution: WhittakerSolution
            (solution, used) = solve(weights, inverseLambda: inverse, start: used)
            var score: Double?
            if case .generalizedCrossValidation = rule.lambda {
                let free = count - solution.trace
                score = count * solution.squares / (free * free)
            }
            trials.append(
                WhittakerFit.Trial(
                    log10Lambda: log10, logMisfit: logarithm(misfit(solution, weights)),
                    logRoughness: logarithm(roughness(solution)), score: score))
        }
        if case .generalizedCrossValidation = rule.lambda {
            return (trials, [], firstLeast(trials.map { $0.score ?? .nan }))
        }
        let segments = trials.indices.dropLast().map { index in
            let across = trials[index + 1].logMisfit - trials[index].logMisfit
            let along = trials[index + 1].logRoughness - trials[index].logRoughness
            return WhittakerFit.Segment(
                log10Lambda: grid.chosenLog10[index],
                distance: (across * across + along * along).squareRoot()
                    / grid.segmentWidth[index])
        }
        return (trials, segments, firstLeast(segments.map(\.distance)))
    }

    /// Index of the first of the least numbers; 0 when none is finite.
    private func firstLeast(_ numbers: [Double]) -> Int {
        var chosen = 0
        var least = Double.infinity
        for (index, number) in numbers.enumerated() where number < least {
            least = number
            chosen = index
        }
        return chosen
    }

    private func misfit(_ solution: WhittakerSolution, _ weights: [Double]) -> Double {
        values.indices.reversed().reduce(0) { sum, step in
            let residual = weights[step] * (values[step] - solution.curve[step])
            return sum + residual * residual
        }
    }

    private func roughness(_ solution: WhittakerSolution) -> Double {
        let z = solution.curve
        return z.indices.dropLast(2).reversed().reduce(0) { sum, step in
            let bend = (z[step] - z[step + 1]) - (z[step + 1] - z[step + 2])
            return sum + bend * bend
        }
    }

    private func logarithm(_ x: Double) -> Double { vectorLogarithm(SIMD8(repeating: x))[0] }

    /// The given weights times the bisquare weights of the fit's residuals;
    /// the present ones when their scale is 0 or too few values would be left.
    func robustWeights(_ given: [Double], present: [Double], after fit: Fit) -> [Double] {
        let residuals = values.indices.map { values[$0] - fit.solution.curve[$0] }
        let known = residuals.indices.filter { given[$0] > 0 }
        let middle = median(known.map { residuals[$0] })
        let deviation = median(known.map { abs(residuals[$0] - middle) })
        let leverage = fit.solution.trace / Double(known.count)
        let unit = 4.685 * 1.4826 * deviation * (1 - leverage).squareRoot()
        guard unit > 0,
            known.count(where: { abs(residuals[$0]) < unit }) >= max(2, rule.smallestCount)
        else { return present }
        return residuals.indices.map { step in
            let share = residuals[step] / unit
            return abs(residuals[step]) < unit
                ? given[step] * ((1 - share * share) * (1 - share * share)) : 0
        }
    }

    private func median(_ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
