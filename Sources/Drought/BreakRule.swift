import Diagnostics
import GridCore

/// How breaks are looked for (BFAST-monitor; Verbesselt, Zeileis and Herold
/// 2012). A rule that exists has its critical values.
public struct BreakRule: Hashable, Sendable {
    /// Which observations before the monitoring start the model is fitted to.
    public enum History: Hashable, Sendable {
        case all
        /// The newest stable part, found by the reverse-ordered CUSUM of
        /// recursive residuals (Pesaran and Timmermann 2002).
        case reverseOrderedCUSUM
        /// Those from a step on.
        case from(step: Int)
    }

    /// Harmonics of the year.
    public let order: Int
    /// Whether the model has a linear trend. It is carried on into the
    /// monitored steps; with less than ten years of history better not.
    public let hasTrend: Bool
    /// Steps in a year.
    public let frequency: Double
    /// Width of the moving sums, as a share of the history's observations.
    public let h: Double
    /// Probability of a false alarm over `period` times the history, and of
    /// cutting a stable history.
    public let level: Double
    public let history: History
    /// First monitored step, 0-based.
    public let monitoringStart: Int
    /// Multiple of the history for which the boundary is made.
    public let period: Int
    /// Whether the start of the history is located with the 5 % boundary at
    /// any level, as the R packages do; otherwise with that of `level`.
    public let locatesAtFivePercent: Bool

    /// Height of the monitoring boundary.
    public let criticalValue: Double
    /// Height of the boundary of the history's recursive CUSUM; NaN when the
    /// history is not selected by it.
    public let instabilityLimit: Double
    /// The height that locates the crossing.
    let crossingLimit: Double

    /// - Throws: `unsuitable-parameter`; `unlisted-critical-value` when no
    ///   published value exists for `h`, `period` and `level`: nothing is
    ///   interpolated.
    public init(
        order: Int = 3, hasTrend: Bool = true, frequency: Double = 23, h: Double = 0.25,
        level: Double = 0.05, history: History = .reverseOrderedCUSUM, monitoringStart: Int,
        period: Int = 10, locatesAtFivePercent: Bool = false
    ) throws(DroughtError) {
        guard frequency.isFinite, frequency >= 2, order >= 1, 2 * Double(order) <= frequency
        else {
            throw DroughtError(
                .unsuitableParameter,
                "the model's order and frequency do not fit (found order \(order), frequency "
                    + "\(frequency), expected 1 <= order <= frequency / 2)",
                mend: "Write a smaller order or the number of steps in a year")
        }
        guard monitoringStart >= 0 else {
            throw DroughtError(
                .unsuitableParameter,
                "the monitoring starts before the series (found step \(monitoringStart))",
                mend: "Write a step of the series")
        }
        if case .from(let step) = history, step < 0 || step > monitoringStart {
            throw DroughtError(
                .unsuitableParameter,
                "the history starts outside the series before the monitoring (found step "
                    + "\(step), expected 0 to \(monitoringStart))",
                mend: "Write a step before the monitoring start")
        }
        guard
            let critical = BreakCriticalValues.movingSum(window: h, period: period, level: level)
        else {
            throw DroughtError(
                .unlistedCriticalValue,
                "no critical value for h \(h), period \(period), level \(level)",
                mend: "Use h 0.25, 0.5 or 1, period 2, 4, 6, 8 or 10, level 0.01 or 0.05")
        }
        var limit = Double.nan
        var crossing = Double.nan
        if history == .reverseOrderedCUSUM {
            guard let listed = BreakCriticalValues.recursiveSum(level: level),
                let fivePercent = BreakCriticalValues.recursiveSum(level: 0.05)
            else {
                throw DroughtError(
                    .unlistedCriticalValue, "no CUSUM boundary for level \(level)",
                    mend: "Use level 0.01, 0.05 or 0.1")
            }
            limit = listed
            crossing = locatesAtFivePercent ? fivePercent : listed
        }
        self.order = order
        self.hasTrend = hasTrend
        self.frequency = frequency
        self.h = h
        self.level = level
        self.history = history
        self.monitoringStart = monitoringStart
        self.period = period
        self.locatesAtFivePercent = locatesAtFivePercent
        criticalValue = critical
        instabilityLimit = limit
        crossingLimit = crossing
    }

    /// Regressors of the model. The sine of a harmonic with two steps to its
    /// period is 0 at every step and left out.
    public var columns: Int {
        1 + (hasTrend ? 1 : 0) + 2 * order - (2 * Double(order) == frequency ? 1 : 0)
    }

    /// The rule for another monitoring start.
    public func monitoring(from step: Int) throws(DroughtError) -> BreakRule {
        try BreakRule(
            order: order, hasTrend: hasTrend, frequency: frequency, h: h, level: level,
            history: history, monitoringStart: step, period: period,
            locatesAtFivePercent: locatesAtFivePercent)
    }

    /// What the kernel needs of it.
    var kernelRule: BreakKernelRule {
        var from = 0
        if case .from(let step) = history { from = step }
        return BreakKernelRule(
            columns: columns, monitoringStart: monitoringStart, historyFrom: from,
            selectsHistory: history == .reverseOrderedCUSUM,
            instabilityLimit: instabilityLimit, crossingLimit: crossingLimit,
            criticalValue: criticalValue, windowShare: h)
    }
}
