/// How local Moran statistics are computed and tested.
public struct LocalMoranOptions: Hashable, Sendable {
    /// Whether the weights of each observation are made to add up to 1, so
    /// that the lag is a mean of the neighbours. The default.
    public var isRowStandardized: Bool
    /// Number of conditional permutations, R; 0 = none, 99 for a first look,
    /// 999 by default, 9999 where p-values below .001 matter.
    public var permutations: Int
    /// Names the sequence of random numbers.
    public var seed: UInt64

    public init(isRowStandardized: Bool = true, permutations: Int = 999, seed: UInt64 = 0) {
        self.isRowStandardized = isRowStandardized
        self.permutations = permutations
        self.seed = seed
    }

    /// More would not fit the counter that numbers them.
    static let mostPermutations = 1 << 24
}

/// Against what the mean and variance of a local Moran statistic are taken.
public enum LocalMoranMoments: String, Hashable, Sendable, CaseIterable {
    /// The value of the observation stays, the others change places: exact
    /// for the statistic. The default.
    case conditional
    /// All values change places: Anselin 1995, equations 13 and 14.
    case total
}

/// The p-values of a local Moran statistic.
public enum LocalMoranTest: String, Hashable, Sendable, CaseIterable {
    /// `min(1, 2 (min(#>=, #<=) + 1) / (R + 1))` over the permutations, the
    /// observed arrangement counting as one of them. The default.
    case permutation
    /// `(min(#>=, #<) + 1) / (R + 1)`: the smaller tail, as GeoDa and esda
    /// print it. It is half as large as a test of both sides should be.
    case directedPermutation = "directed-permutation"
    /// Two-sided normal p of the z-score.
    case normal
}

/// In which corner of the Moran scatterplot an observation lies, and what
/// became of it. Raw values 1 to 4 are those of esda; GeoDa has 2 and 3 the
/// other way round.
public enum LocalMoranLabel: UInt8, Hashable, Sendable, CaseIterable {
    case notSignificant = 0
    /// High among high: part of a cluster.
    case highHigh = 1
    /// Low among high: an outlier.
    case lowHigh = 2
    /// Low among low.
    case lowLow = 3
    /// High among low: an outlier.
    case highLow = 4
    /// No neighbour.
    case island = 5
    /// Not part of the analysis.
    case masked = 255
}
