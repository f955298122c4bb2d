import Diagnostics
import GridCore

/// The two local statistics of Getis and Ord.
public enum LocalGStatistic: Hashable, Sendable, CaseIterable {
    /// Oneself left out: is the surrounding high or low?
    case gi
    /// Oneself included: is one part of a high or low surrounding?
    case giStar
}

/// A local statistic of one observation.
public struct LocalScore: Hashable, Sendable {
    /// NaN where the status says so.
    public var z: Double
    public var status: LocalStatisticStatus
}

/// Gi or Gi* of irregular observations with any weights.
///
/// For Gi*: `z_i = (sum_j w_ij x_j - mean W_i) / (S sqrt((n Q_i - W_i^2) /
/// (n - 1)))` with W_i = sum_j w_ij, Q_i = sum_j w_ij^2, and mean and S
/// (divisor n) over all n. For Gi, weights of an observation to itself are
/// left out, and n, mean and S are those of the n - 1 others. Multiplying a
/// row of weights by a number does not change its z, so standardised rows
/// and raw ones give the same.
///
/// For grids and distance bands
/// `getisOrdGiStar(values:valid:radiusInMeters:threads:)` is faster.
///
/// - Parameters:
///   - values: NaN = left out of everything, as a neighbour too.
///   - weights: a row per value. For Gi*, rows should include the
///     observation itself.
/// - Returns: a score per value. `isolated` (NaN) when no neighbour is left,
///   `constant` (0) when the values compared with are all equal, `saturated`
///   (NaN) when the neighbourhood holds all of them with equal weights.
/// - Throws: `.mismatch` when the counts differ, `.unsuitableValue` when a
///   value is infinite.
/// - Complexity: O(n + weights).
///
/// Ord and Getis 1995, Geographical Analysis 27(4), equations 13 and 14.
public func localG(
    _ statistic: LocalGStatistic, of values: [Double], weights: SpatialWeights
) throws(HotspotError) -> [LocalScore] {
    guard weights.rows.count == values.count else {
        throw HotspotError(
            .mismatch, "\(weights.rows.count) rows of weights for \(values.count) values",
            mend: "Make the weights from the observations themselves")
    }
    if let i = values.firstIndex(where: \.isInfinite) {
        throw HotspotError(
            .unsuitableValue, "value \(i) is infinite (expected a number, or NaN for none)",
            mend: "Correct the value or set it to NaN")
    }
    let observed = values.filter { !$0.isNaN }
    let n = observed.count
    // z does not change when a number is taken from all values; taking the
    // mean keeps the digits of small deviations from a large mean.
    let center = n == 0 ? 0 : observed.reduce(0, +) / Double(n)
    let deviations = values.map { $0 - center }
    let isConstant = observed.allSatisfy { $0 == observed[0] }
    let sample = Sample(
        count: n, sum: deviations.filter { !$0.isNaN }.reduce(0, +),
        squares: deviations.filter { !$0.isNaN }.reduce(0) { $0 + $1 * $1 })
    return values.indices.map { i in
        guard !deviations[i].isNaN else { return LocalScore(z: .nan, status: .masked) }
        var row = NeighbourSums()
        for neighbour in weights.rows[i] where !deviations[neighbour.index].isNaN {
            if statistic == .gi && neighbour.index == i { continue }
            row.add(neighbour.weight, deviations[neighbour.index])
        }
        return row.score(
            in: statistic == .gi ? sample.without(deviations[i]) : sample,
            isConstant: isConstant)
    }
}

/// Count, sum and sum of squares of deviations from the overall mean.
struct Sample {
    var count: Int
    var sum: Double
    var squares: Double

    func without(_ value: Double) -> Sample {
        Sample(count: count - 1, sum: sum - value, squares: squares - value * value)
    }

    var mean: Double { sum / Double(count) }

    /// What is left of the variance by subtraction; what rounding leaves of
    /// one that is 0 counts as 0.
    var variance: Double {
        let meanSquare = squares / Double(count)
        let variance = meanSquare - mean * mean
        return variance > 8 * Double(count) * meanSquare.ulp ? variance : 0
    }
}

/// What the weights of one row add up to.
struct NeighbourSums {
    var lag = 0.0
    var weights = 0.0
    var squares = 0.0

    mutating func add(_ weight: Double, _ value: Double) {
        lag += weight * value
        weights += weight
        squares += weight * weight
    }

    func score(in sample: Sample, isConstant: Bool) -> LocalScore {
        guard weights > 0 else { return LocalScore(z: .nan, status: .isolated) }
        let variance = sample.variance
        guard !isConstant, sample.count > 1, variance > 0 else {
            return LocalScore(z: 0, status: .constant)
        }
        let n = Double(sample.count)
        let spread = n * squares - weights * weights
        // Rounding of equal weights may leave a trace where nothing is.
        guard spread > 8 * n * (weights * weights).ulp else {
            return LocalScore(z: .nan, status: .saturated)
        }
        let error = (variance * spread / (n - 1)).squareRoot()
        return LocalScore(z: (lag - sample.mean * weights) / error, status: .ok)
    }
}
