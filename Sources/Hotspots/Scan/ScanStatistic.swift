#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Log likelihood ratio of more cases than expected inside a cylinder:
/// `c ln(c / mu) + (C - c) ln((C - c) / (C - mu))`, with 0 ln 0 = 0, and 0
/// when `cases <= expected`.
///
/// For Poisson counts given their total it is exact; for the space-time
/// permutation it is the approximation that Kulldorff et al. 2005 use, close
/// while a cylinder expects a small part of all cases.
///
/// - Parameters:
///   - cases: c, inside, at most `total`.
///   - expected: mu, inside, of the same total; with no cases expected and
///     one there, the ratio is infinite.
///   - total: C, everywhere.
///
/// Kulldorff 1997, Communications in Statistics 26(6), 1481-1496.
public func scanLogLikelihoodRatio(cases: Int, expected: Double, total: Int) -> Double {
    let c = Double(cases)
    guard c > expected else { return 0 }
    let inside = c * log(c / expected)
    guard cases < total else { return inside }
    let outside = Double(total) - c
    return inside + outside * log(outside / (Double(total) - expected))
}

/// What chance makes of the largest ratio: p-values of scan clusters.
public struct ScanSignificance: Hashable, Sendable {
    /// The largest log likelihood ratio of each replicate, in their order.
    public let replicateMaxima: [Double]
    /// Gumbel distribution fitted to the maxima by moments; NaN with fewer
    /// than two replicates or when all maxima are equal.
    public let gumbelScale: Double
    public let gumbelLocation: Double

    /// Two ratios that differ by less than this part are the same: the sums
    /// of expectations that they come from were added in another order.
    static let relativeTolerance = 1e-12

    public init(replicateMaxima: [Double]) {
        self.replicateMaxima = replicateMaxima
        let n = Double(replicateMaxima.count)
        let mean = replicateMaxima.reduce(0, +) / n
        let squares = replicateMaxima.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / (n - 1)).squareRoot()
        let scale = deviation * 6.0.squareRoot() / .pi
        gumbelScale = scale > 0 ? scale : .nan
        // Euler's constant.
        gumbelLocation = scale > 0 ? mean - 0.577_215_664_901_532_9 * scale : .nan
    }

    /// `(1 + replicates whose maximum is not below) / (1 + replicates)`: the
    /// chance of so high a ratio anywhere, whichever cluster it is asked
    /// for, so that for clusters after the first it errs to the safe side.
    public func monteCarloP(_ ratio: Double) -> Double {
        let limit = ratio * (1 - Self.relativeTolerance)
        let reached = replicateMaxima.count { $0 >= limit }
        return Double(1 + reached) / Double(1 + replicateMaxima.count)
    }

    /// `1 - exp(-exp(-(x - location) / scale))`, which goes on below the
    /// smallest p that so many replicates can give; NaN without a fit.
    ///
    /// Abrams, Kleinman and Kulldorff 2010, International Journal of Health
    /// Geographics 9:61.
    public func gumbelP(_ ratio: Double) -> Double {
        -expm1(-exp(-(ratio - gumbelLocation) / gumbelScale))
    }

    /// The Gumbel p where the Monte Carlo p can get no smaller, and the
    /// Monte Carlo p elsewhere.
    public func p(_ ratio: Double) -> Double {
        let simulated = monteCarloP(ratio)
        guard simulated <= 1 / Double(1 + replicateMaxima.count) else { return simulated }
        let fitted = gumbelP(ratio)
        return fitted.isNaN ? simulated : min(simulated, fitted)
    }
}
