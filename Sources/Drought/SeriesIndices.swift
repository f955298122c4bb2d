import Diagnostics

/// VCI and z-score of every step of one series, each against the values of
/// the same time of the year in the baseline (Kogan 1995; Peters et al. 2002).
public struct SeriesIndices: Sendable, Hashable {
    /// Percent, not cut to 0...100; NaN without value.
    public let vci: [Double]
    /// Deviations with n - 1; NaN without value.
    public let zscore: [Double]

    /// - Parameters:
    ///   - values: what is not finite is a gap.
    ///   - slots: time of the year of each step.
    ///   - isBaseline: whether the step belongs to the baseline.
    ///   - minimumYears: fewer baseline values than this: no index.
    /// - Throws: `unsuitable-series` when the lists differ in length.
    public init(
        values: [Double], slots: [Int], isBaseline: [Bool], minimumYears: Int = 5
    ) throws(DroughtError) {
        guard values.count == slots.count, values.count == isBaseline.count else {
            throw DroughtError(
                .unsuitableSeries,
                "\(values.count) values, \(slots.count) slots, \(isBaseline.count) flags",
                mend: "Give one of each for every step")
        }
        var baseline: [Int: [Double]] = [:]
        for step in values.indices where isBaseline[step] && values[step].isFinite {
            baseline[slots[step], default: []].append(values[step])
        }
        let climatology = baseline.mapValues { sample -> (Double, Double, Double, Double) in
            let count = Double(sample.count)
            let mean = sample.reduce(0, +) / count
            let squares = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (
                sample.min() ?? .nan, sample.max() ?? .nan, mean,
                (squares / (count - 1)).squareRoot()
            )
        }
        var vci = Array(repeating: Double.nan, count: values.count)
        var zscore = vci
        for step in values.indices where values[step].isFinite {
            guard let (low, high, mean, deviation) = climatology[slots[step]],
                (baseline[slots[step]]?.count ?? 0) >= max(2, minimumYears)
            else { continue }
            if high > low { vci[step] = 100 * (values[step] - low) / (high - low) }
            if deviation > 0 { zscore[step] = (values[step] - mean) / deviation }
        }
        self.vci = vci
        self.zscore = zscore
    }
}
