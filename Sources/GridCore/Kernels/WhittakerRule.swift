/// How series are smoothed by the Whittaker smoother with second differences
/// (Whittaker 1923; Eilers 2003, Analytical Chemistry 75, 3631-3636):
/// the z that minimises `sum w (y - z)^2 + lambda sum (D2 z)^2`, where w is 0
/// at steps without value.
public struct WhittakerRule: Hashable, Sendable {
    /// The weight of smoothness against closeness, and who chooses it.
    public enum Lambda: Hashable, Sendable {
        /// The same for every cell; above 0.
        case fixed(Double)
        /// The V-curve (Frasso and Eilers 2015, Statistical Modelling 15,
        /// 91-111): of the grid's segments, the one along which the logarithms
        /// of misfit `sum (w (y - z))^2` and roughness `sum (D2 z)^2` move
        /// least; lambda is its middle, ties go to the smaller lambda. At
        /// least two logarithms (base 10), ascending. A segment with a misfit
        /// or roughness of 0 is passed over; when all are, the first counts.
        case vCurve(log10: [Double])
        /// The grid's lambda with the least generalized cross-validation
        /// score `n sum w (y - z)^2 / (n - tr H)^2` (Craven and Wahba 1979),
        /// ties to the earlier; the trace of the hat matrix is exact, by
        /// Hutchinson and de Hoog 1985 (Numerische Mathematik 47, 99-106).
        case generalizedCrossValidation(log10: [Double])
    }

    /// What the first weights of an asymmetric fit are taken from.
    public enum AsymmetricStart: Hashable, Sendable {
        /// A curve of zeros, as in the published NDVI processing chains:
        /// positive values get the weight p. Not symmetric about 0.
        case zero
        /// The symmetric fit.
        case symmetricFit
    }

    public var lambda: Lambda
    /// The p of expectile smoothing (Eilers 2005; Newey and Powell 1987),
    /// between 0 and 1: values above the curve weigh p, others 1 - p; nil =
    /// symmetric. 0.9 follows the upper envelope of NDVI. Note that weights
    /// below 1 smooth more at the same lambda.
    public var asymmetry: Double?
    public var asymmetricStart: AsymmetricStart
    /// Whether outliers lose weight: three more fits, each with lambda chosen
    /// anew, with the bisquare weights of the studentized residuals of the fit
    /// before (Garcia 2010, Computational Statistics and Data Analysis 54,
    /// 1167-1178).
    public var isRobust: Bool
    /// Cells with fewer values get no fit; below 2 it counts as 2.
    public var smallestCount: Int
    /// Steps without value in a row that are filled by the curve, at the ends
    /// of the series too; all steps of a longer gap stay without value. nil:
    /// every step gets one.
    public var maximumGap: Int?

    public init(
        lambda: Lambda, asymmetry: Double? = nil, asymmetricStart: AsymmetricStart = .zero,
        isRobust: Bool = false, smallestCount: Int = 2, maximumGap: Int? = nil
    ) {
        self.lambda = lambda
        self.asymmetry = asymmetry
        self.asymmetricStart = asymmetricStart
        self.isRobust = isRobust
        self.smallestCount = smallestCount
        self.maximumGap = maximumGap
    }

    /// Solutions of one asymmetric fit at most; most need two or three.
    public static let asymmetricRounds = 10
    /// Fits of a robust rule: the first and its repetitions.
    public static let robustRounds = 4
    /// Series shorter than this get no fit.
    public static let smallestSteps = 4

    /// What is wrong with the rule, for whoever reads it from a file; nil =
    /// nothing. Smoothing traps on a rule with a problem.
    public var problem: String? {
        switch lambda {
        case .fixed(let value):
            if !(value > 0 && value.isFinite) { return "lambda \(value) is not above 0" }
        case .vCurve(let grid):
            if grid.count < 2 { return "the V-curve has \(grid.count) lambdas (at least 2)" }
            if let problem = Self.problem(of: grid) { return problem }
        case .generalizedCrossValidation(let grid):
            if grid.isEmpty { return "cross-validation has no lambdas (at least 1)" }
            if let problem = Self.problem(of: grid) { return problem }
        }
        if let asymmetry, !(asymmetry > 0 && asymmetry < 1) {
            return "asymmetry \(asymmetry) is not between 0 and 1"
        }
        if let maximumGap, maximumGap < 0 { return "the longest gap \(maximumGap) is below 0" }
        return nil
    }

    private static func problem(of grid: [Double]) -> String? {
        // Beyond this the system is singular in Float64.
        if let bad = grid.first(where: { !(abs($0) <= 12) }) {
            return "the logarithm of lambda \(bad) is outside -12...12"
        }
        return zip(grid, grid.dropFirst()).allSatisfy({ $0 < $1 })
            ? nil : "the logarithms of lambda do not ascend"
    }
}

/// The lambdas that a rule tries and those that it may choose, as numbers.
public struct WhittakerGrid: Hashable, Sendable {
    /// log10 and 1 / lambda of the fits that are compared; none when lambda is
    /// fixed.
    public var triedLog10: [Double]
    public var triedInverse: [Double]
    /// The same of what can be chosen: the middles of a V-curve's segments,
    /// the tried ones of cross-validation, or the fixed one.
    public var chosenLog10: [Double]
    public var chosenInverse: [Double]
    /// Widths of the segments of a V-curve in natural logarithms.
    public var segmentWidth: [Double]

    public init(
        triedLog10: [Double], triedInverse: [Double], chosenLog10: [Double],
        chosenInverse: [Double], segmentWidth: [Double]
    ) {
        self.triedLog10 = triedLog10
        self.triedInverse = triedInverse
        self.chosenLog10 = chosenLog10
        self.chosenInverse = chosenInverse
        self.segmentWidth = segmentWidth
    }
}
