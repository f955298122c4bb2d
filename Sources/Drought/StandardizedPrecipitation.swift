import GridCore
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The standardized precipitation index of one series, in Float64, with the
/// distributions that it rests on.
///
/// McKee, Doesken and Kleist (1993); WMO (2012), No. 1090; see `spiKernel`.
public struct StandardizedPrecipitation: Hashable, Sendable {
    /// Sums of the last `accumulation` steps in mm; NaN where one is missing.
    public let sums: [Double]
    /// NaN = no value.
    public let values: [Double]
    public let reasons: [IndicatorReason]
    /// One for each slot of the year.
    public let fits: [PrecipitationFit]

    /// The index of every step of `rainfall` (mm, NaN = missing).
    public init(rainfall: [Double], rule: StandardizedPrecipitationRule) {
        let sums = Self.sums(of: rainfall, steps: rule.accumulation)
        let calibration = rule.calibration.clamped(to: 0..<sums.count)
        var fits: [PrecipitationFit] = []
        var values = [Double](repeating: .nan, count: sums.count)
        var reasons = [IndicatorReason](repeating: .inputNodata, count: sums.count)
        for slot in 0..<rule.periodsPerYear {
            let steps = Array(
                stride(from: rule.firstStep(ofSlot: slot), to: sums.count, by: rule.periodsPerYear))
            let sample = steps.filter { calibration.contains($0) }.map { sums[$0] }
            let fit = PrecipitationFit(slot: slot, sums: sample.filter { !$0.isNaN }, rule: rule)
            for step in steps where !sums[step].isNaN {
                (values[step], reasons[step]) = fit.index(of: sums[step], rule: rule)
            }
            fits.append(fit)
        }
        self.sums = sums
        self.values = values
        self.reasons = reasons
        self.fits = fits
    }

    /// Sums of the last `count` steps, negative amounts as 0; NaN where one of
    /// them is missing or before the first.
    public static func sums(of rainfall: [Double], steps count: Int) -> [Double] {
        rainfall.indices.map { step in
            guard step + 1 >= count else { return .nan }
            return rainfall[(step + 1 - count)...step].reduce(0) { $0 + ($1 < 0 ? 0 : $1) }
        }
    }
}

/// The distribution of the sums of one slot: zeros with the share q, and a
/// gamma distribution of the rest.
public struct PrecipitationFit: Hashable, Sendable {
    public let slot: Int
    /// Calibration sums, and those that are zero.
    public let count: Int
    public let zeros: Int
    /// Share of zeros; NaN without sums.
    public let q: Double
    /// `ln(mean) - mean(ln)` of the sums above zero.
    public let logDifference: Double
    /// Shape and scale (mm); NaN where there is no fit.
    public let alpha: Double
    public let beta: Double
    /// Why there is no fit, or `.ok`.
    public let reason: IndicatorReason
    /// Probability of a sum of zero by the rule.
    public let zeroProbability: Double

    init(slot: Int, sums: [Double], rule: StandardizedPrecipitationRule) {
        let positives = sums.filter { $0 > 0 }
        let n = Double(sums.count)
        let m = Double(sums.count - positives.count)
        let mean = positives.reduce(0, +) / Double(positives.count)
        let difference =
            log(mean) - positives.reduce(0) { $0 + log($1) } / Double(positives.count)
        var shape = (1 + (1 + 4 * difference / 3).squareRoot()) / (4 * difference)
        if rule.fit == .maximumLikelihood, difference > 0 {
            shape = GammaDistribution.mostLikelyShape(from: shape, difference: difference)
        }
        let isFit =
            difference > 0 && shape <= StandardizedPrecipitationRule.largestShape
            && positives.count >= rule.fewestPositives
        reason =
            if sums.count < rule.minimumCount {
                .insufficientBaseline
            } else if let most = rule.mostZeroShare, m / n > most {
                .arid
            } else if !isFit {
                .fitFailed
            } else {
                .ok
            }
        self.slot = slot
        count = sums.count
        zeros = sums.count - positives.count
        logDifference = difference
        alpha = isFit ? shape : .nan
        beta = isFit ? mean / shape : .nan
        (q, zeroProbability) =
            switch rule.zeros {
            case .classic: (m / n, m / n)
            case .centerOfMass: (m / n, m / n / 2)
            case .weibull: (m / n, (m + 1) / (2 * (n + 1)))
            }
    }

    /// The index of a sum that is not missing.
    func index(
        of sum: Double, rule: StandardizedPrecipitationRule
    ) -> (value: Double, reason: IndicatorReason) {
        guard reason == .ok else { return (.nan, reason) }
        var p = zeroProbability
        var complement = 1 - p
        if sum > 0 {
            let (lower, upper) = GammaDistribution(shape: alpha, scale: beta)
                .probabilities(of: sum)
            p = q + (1 - q) * lower
            complement = (1 - q) * upper
        }
        let value = vectorNormalQuantile(
            SIMD8(repeating: p), complement: SIMD8(repeating: complement))[0]
        guard abs(value) > rule.limit else { return (value, .ok) }
        return (value < 0 ? -rule.limit : rule.limit, .clipped)
    }
}
