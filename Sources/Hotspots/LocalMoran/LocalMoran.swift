import GridCore

/// Local Moran statistics of observations or cells, in their order (cells row
/// after row).
public struct LocalMoran: Sendable {
    /// I_i: above 0 among one's like, below 0 among one's opposite; NaN where
    /// masked, 0 for islands and for constant values.
    public internal(set) var statistic: [Double]
    /// The weighted mean (or sum) of the neighbours' deviations from the
    /// mean, in units of the values, of standard deviations if bivariate.
    public internal(set) var lag: [Double]
    /// Mean and variance of I_i under the null hypothesis.
    public internal(set) var expected: [Double]
    public internal(set) var variance: [Double]
    /// (I_i - mean) / standard deviation; NaN where the status says so.
    public internal(set) var z: [Double]
    /// `constant`: all values, or all others, are equal, z is 0. `saturated`:
    /// the neighbourhood holds all others with equal weights, so that I_i
    /// cannot vary, z is NaN. `isolated`: an island, z is 0.
    public internal(set) var status: [LocalStatisticStatus]
    /// The corner of the scatterplot whatever the significance; values and
    /// lags equal to the mean count as low; `notSignificant` where constant.
    public internal(set) var quadrant: [LocalMoranLabel]
    /// Permutations whose statistic was at least (`upper`) or at most
    /// (`lower`) the observed one; empty without permutations.
    public internal(set) var tails: [TailCounts]
    /// The number of permutations, R.
    public let permutations: Int
    /// Number of observations in the analysis, n.
    public let count: Int

    /// P-values, uncorrected; NaN where masked, 1 for islands and constant
    /// values, and NaN for the normal test of a saturated observation.
    ///
    /// Precondition: the tests by permutation need permutations.
    public func p(_ test: LocalMoranTest = .permutation) -> [Double] {
        precondition(test == .normal || !tails.isEmpty, "p-values of no permutations")
        return z.indices.map { i in
            switch (status[i], test) {
            case (.masked, _): .nan
            case (.isolated, _), (.constant, _): 1
            case (_, .normal): normalTwoSidedP(z[i])
            case (_, .permutation):
                min(1, 2 * Double(min(tails[i].upper, tails[i].lower) + 1) / total)
            case (_, .directedPermutation):
                Double(min(tails[i].upper, permutations - tails[i].upper) + 1) / total
            }
        }
    }

    private var total: Double { Double(permutations + 1) }

    /// Quadrants of the observations that are significant at `level`.
    ///
    /// Islands, constant and masked observations are no tests and do not
    /// weaken the correction.
    public func labels(
        level: Double = 0.05, test: LocalMoranTest = .permutation,
        correction: MultipleTesting = .benjaminiHochberg
    ) -> [LocalMoranLabel] {
        let tested = zip(p(test), status).map { p, status in
            status == .isolated || status == .constant ? .nan : p
        }
        let threshold = correction.threshold(of: tested, level: level)
        return tested.indices.map { i in
            switch status[i] {
            case .masked: return .masked
            case .isolated: return .island
            default:
                guard let threshold, tested[i] <= threshold else { return .notSignificant }
                return quadrant[i]
            }
        }
    }
}
