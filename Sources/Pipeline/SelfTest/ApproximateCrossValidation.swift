import Drought
import Glibc
import GridCore

/// Lambda by generalized cross-validation with the approximate trace that
/// hdc-algo uses in place of the exact one.
///
/// For a series of m steps without gaps the eigenvalues of D2'D2 are nearly
/// (2 - 2 cos(i pi / m))^2, i = 0 ..< m, and the trace of the hat matrix is
/// the sum of 1 / (1 + lambda times those) (Eilers 2003, Analytical Chemistry
/// 75, 3631-3636; Garcia 2010, Computational Statistics and Data Analysis 54,
/// 1167-1178). With gaps the weight w of step i is put to the eigenvalue of
/// frequency i, w / (w + lambda times it), although the one has nothing to do
/// with the other: which frequencies count then depends on where the gaps
/// lie.
struct ApproximateCrossValidation {
    let log10Lambda: Double
    let curve: [Double]

    /// The first of the grid's lambdas with the least score; nil where the
    /// series cannot be smoothed.
    init?(_ series: [Double], log10 grid: [Double]) {
        var best: (score: Double, log10Lambda: Double, curve: [Double])?
        for log10 in grid {
            let lambda = pow(10, log10)
            guard let fit = Whittaker.smooth(series, rule: WhittakerRule(lambda: .fixed(lambda)))
            else { return nil }
            let score = Self.score(series, fit.values, lambda)
            if best.map({ score < $0.score }) ?? true { best = (score, log10, fit.values) }
        }
        guard let best else { return nil }
        log10Lambda = best.log10Lambda
        curve = best.curve
    }

    private static func score(_ series: [Double], _ curve: [Double], _ lambda: Double) -> Double {
        var count = 0.0
        var squares = 0.0
        var trace = 0.0
        for step in series.indices where series[step].isFinite {
            let residual = series[step] - curve[step]
            let root = 2 - 2 * cos(Double(step) * .pi / Double(series.count))
            count += 1
            squares += residual * residual
            trace += 1 / (1 + lambda * root * root)
        }
        let free = 1 - trace / count
        return squares / count / (free * free)
    }
}
