/// How likely a number of successes is when trials succeed by chance.
///
/// The binomial distribution, continued to trials and counts that are no
/// whole numbers by the incomplete beta function: an incident that is spread
/// over several cells leaves fractions. At whole numbers it is exact, and
/// between them it rises and falls without a step.
///
/// NIST Digital Library of Mathematical Functions, 8.17.5.
public struct BinomialTail: Hashable, Sendable {
    /// The number of trials, N; finite, 0 or more.
    public let trials: Double
    /// The chance that a trial succeeds is `part / whole`.
    public let part: Int
    public let whole: Int

    /// Chances are given as a fraction, so that a chance near 1 keeps its
    /// digits. Precondition: 0 <= part <= whole, whole > 0, and trials finite
    /// and not negative.
    public init(trials: Double, part: Int, of whole: Int) {
        precondition(whole > 0 && (0...whole).contains(part), "no chance")
        precondition(trials >= 0 && trials.isFinite, "no number of trials")
        self.trials = trials
        self.part = part
        self.whole = whole
    }

    private var success: Double { Double(part) / Double(whole) }
    private var failure: Double { Double(whole - part) / Double(whole) }

    /// The chance of `count` or more successes: I_p(k, N - k + 1).
    ///
    /// 1 for counts of 0 or less, 0 for counts above the trials. NaN for NaN.
    /// Relative error about 1e-13; 0 where the chance is below 1e-308.
    public func orMore(_ count: Double) -> Double {
        if count.isNaN { return .nan }
        if count <= 0 { return 1 }
        if count > trials { return 0 }
        return regularizedIncompleteBeta(
            count, trials - count + 1, x: success, complement: failure)
    }

    /// The chance of `count` or fewer successes: I_q(N - k, k + 1).
    ///
    /// 0 for counts below 0, 1 for counts of the trials or more. NaN for NaN.
    public func orFewer(_ count: Double) -> Double {
        if count.isNaN { return .nan }
        if count < 0 { return 0 }
        if count >= trials { return 1 }
        return regularizedIncompleteBeta(
            trials - count, count + 1, x: failure, complement: success)
    }
}
