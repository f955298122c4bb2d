import GridCore

/// One series, smoothed.
public struct WhittakerFit: Equatable, Sendable {
    /// A lambda that was tried.
    public struct Trial: Equatable, Sendable {
        public let log10Lambda: Double
        /// `ln sum (w (y - z))^2` and `ln sum (D2 z)^2`; -infinity for 0.
        public let logMisfit: Double
        public let logRoughness: Double
        /// The cross-validation score; nil for a V-curve.
        public let score: Double?
    }

    /// A segment of the V-curve.
    public struct Segment: Equatable, Sendable {
        /// log10 of its middle.
        public let log10Lambda: Double
        /// How far the logarithms move along it, per unit of ln lambda; not
        /// finite where misfit or roughness is 0.
        public let distance: Double
    }

    /// The curve; NaN in gaps that are longer than the rule fills.
    public let values: [Double]
    /// Which steps have a value from the curve alone.
    public let isFilled: [Bool]
    public let log10Lambda: Double
    /// The weights of the last solution: as given, times the asymmetric and
    /// robust ones.
    public let weights: [Double]
    /// Trace of the hat matrix: the parameters that the curve amounts to.
    public let effectiveParameters: Double
    /// In the grid's order; empty for a fixed lambda. Of a robust rule, those
    /// of the last fit.
    public let trials: [Trial]
    /// In the grid's order; empty unless lambda is chosen by the V-curve.
    public let vCurve: [Segment]
}

/// The Whittaker smoother for one series in Float64: what
/// `Kernels.smooth` computes for every cell of a block, with the steps on the
/// way.
public enum Whittaker {
    /// Smooths `values`, equally spaced in time, NaN = none.
    ///
    /// `weights`: one per value, at least 0; a value without positive finite
    /// weight counts as none. nil = all 1. Returns nil with fewer values than
    /// `rule.smallestCount` (2 at least) or fewer than 4 steps.
    ///
    /// - Precondition: as many weights as values; `rule.problem == nil`.
    /// - Complexity: O(steps) per solution.
    public static func smooth(
        _ values: [Double], weights: [Double]? = nil, rule: WhittakerRule
    ) -> WhittakerFit? {
        precondition(rule.problem == nil, rule.problem ?? "")
        precondition(weights == nil || weights?.count == values.count, "a weight per value")
        let given = values.indices.map { step in
            let weight = weights?[step] ?? 1
            return values[step].isFinite && weight > 0 && weight.isFinite ? weight : 0
        }
        let count = given.count(where: { $0 > 0 })
        if count < max(2, rule.smallestCount) || values.count < WhittakerRule.smallestSteps {
            return nil
        }
        let series = WhittakerSeries(
            values: zip(values, given).map { $1 > 0 ? $0 : 0 }, rule: rule,
            grid: WhittakerGrid(of: rule.lambda))
        var weights = given
        var fit = series.fit(weights)
        for _ in 1..<(rule.isRobust ? WhittakerRule.robustRounds : 1) {
            weights = series.robustWeights(given, present: weights, after: fit)
            fit = series.fit(weights)
        }
        let kept = keptSteps(given, maximumGap: rule.maximumGap)
        return WhittakerFit(
            values: zip(fit.solution.curve, kept).map { $1 ? $0 : .nan },
            isFilled: zip(given, kept).map { $0 == 0 && $1 }, log10Lambda: fit.log10Lambda,
            weights: fit.weights, effectiveParameters: fit.solution.trace, trials: fit.trials,
            vCurve: fit.segments)
    }

    /// Steps that have a value or lie in a gap of at most `maximumGap`.
    static func keptSteps(_ weights: [Double], maximumGap: Int?) -> [Bool] {
        var kept = [Bool](repeating: true, count: weights.count)
        guard let maximumGap else { return kept }
        var step = 0
        while step < weights.count {
            guard weights[step] == 0 else {
                step += 1
                continue
            }
            let end = weights[step...].firstIndex(where: { $0 > 0 }) ?? weights.count
            if end - step > maximumGap {
                for missing in step..<end { kept[missing] = false }
            }
            step = end
        }
        return kept
    }
}
