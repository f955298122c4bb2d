#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Diagnostics
import GridCore

/// BFAST-monitor of one series in Float64, with everything on the way
/// (Verbesselt, Zeileis and Herold 2012): what `Kernels.breaks` does for many.
public struct BreakMonitor: Sendable, Hashable {
    /// One observation under the model.
    public struct Observation: Sendable, Hashable {
        public let step: Int
        public let value: Double
        /// What the season-trend model expects.
        public let expected: Double
        public var residual: Double { value - expected }
    }

    /// One monitored observation.
    public struct Sum: Sendable, Hashable {
        public let step: Int
        /// Sum of the last residuals over sigma sqrt n.
        public let process: Double
        public let boundary: Double
        public var isBeyond: Bool { process.magnitude > boundary }
    }

    public let rule: BreakRule
    /// `ok`, or why there is no break to be sought.
    public let reason: IndicatorReason
    /// The CUSUM that selected the history; nil when the rule asks for none
    /// or fewer than two recursive residuals are there.
    public let stability: HistoryStability?
    /// First step of the stable history; nil without any observation.
    public let historyStart: Int?
    /// Its observations.
    public let historyCount: Int
    /// Constant, trend per step (the first step of the series counts 1), then
    /// the cosines and the sines of the harmonics; empty without a fit.
    public let coefficients: [Double]
    /// Residual standard deviation of the history; NaN without a fit.
    public let sigma: Double
    /// Observations of a moving sum.
    public let window: Int
    /// History and monitored observations from `historyStart` on; empty
    /// without a fit.
    public let observations: [Observation]
    /// The monitoring process; empty without a fit.
    public let sums: [Sum]
    /// Step of the first observation beyond the boundary.
    public let breakStep: Int?
    /// Median residual over all monitored observations; NaN without a fit.
    public let magnitude: Double
    /// Mean residual over the monitored observations of the break's season;
    /// NaN without a break.
    public let seasonResidual: Double

    /// - Parameters:
    ///   - values: one per step; what is not finite is a gap.
    ///   - times: decimal year of each step, ascending.
    ///   - seasons: number of the season of each step, -1 = none; nil = the
    ///     quarters of the year.
    /// - Throws: `unsuitable-series` when the lists differ in length or the
    ///   monitoring starts after the end.
    /// - Complexity: O(n columns^2).
    public init(
        values: [Double], times: [Double], rule: BreakRule, seasons: [Int32]? = nil
    ) throws(DroughtError) {
        guard values.count == times.count, seasons.map({ $0.count == values.count }) ?? true,
            rule.monitoringStart <= values.count
        else {
            throw DroughtError(
                .unsuitableSeries,
                "\(values.count) values, \(times.count) times, monitoring from step "
                    + "\(rule.monitoringStart): they do not belong together",
                mend: "Give as many times as values, and a start among them")
        }
        self.rule = rule
        let model = BreakRegressors(rule)
        let observed = values.indices.filter { values[$0].isFinite }
        func row(_ step: Int) -> [Double] {
            var row = Array(repeating: 0.0, count: model.columns)
            row.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                model.write(step: step, time: times[step], into: base)
            }
            return row
        }
        let history = Self.history(observed, values, rule, row)
        stability = history.stability
        historyStart = history.steps.first
        historyCount = history.steps.count
        window = Int(rule.h * Double(historyCount))
        let monitored = observed.filter { $0 >= rule.monitoringStart }

        var regression = HistoryRegression(columns: model.columns)
        for step in history.steps.reversed() { _ = regression.add(row(step), values[step]) }
        let fitted = regression.coefficients
        func expected(_ step: Int) -> Double {
            zip(fitted, row(step)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let observations = (history.steps + monitored).map {
            Observation(step: $0, value: values[$0], expected: expected($0))
        }
        let squares = observations.prefix(historyCount).reduce(0) {
            $0 + $1.residual * $1.residual
        }
        let sigma = (squares / Double(historyCount - model.columns)).squareRoot()
        let least =
            BreakKernelRule.deviationTolerance
            * (regression.valueSquares / Double(historyCount)).squareRoot()
        reason =
            if monitored.isEmpty {
                .inputNodata
            } else if historyCount <= model.columns || window < 2 {
                .insufficientBaseline
            } else if !regression.hasFullRank || !(sigma > least) {
                .fitFailed
            } else {
                .ok
            }
        guard reason == .ok else {
            coefficients = []
            self.sigma = .nan
            self.observations = []
            sums = []
            breakStep = nil
            magnitude = .nan
            seasonResidual = .nan
            return
        }
        coefficients = model.published(fitted)
        self.sigma = sigma
        self.observations = observations
        sums = Self.sums(
            observations, history: historyCount, window: window, sigma: sigma,
            critical: rule.criticalValue)
        breakStep = sums.first(where: \.isBeyond)?.step
        let after = observations.dropFirst(historyCount)
        magnitude = Self.median(after.map(\.residual))
        seasonResidual = breakStep.map { found in
            let season = { (step: Int) in
                seasons.map { Int($0[step]) } ?? quarter(times[step])
            }
            guard season(found) >= 0 else { return .nan }
            let same = after.filter { season($0.step) == season(found) }
            return same.reduce(0) { $0 + $1.residual } / Double(same.count)
        } ?? .nan
    }

    /// max |M_i| over the monitored observations; NaN without a fit.
    public var statistic: Double { sums.map(\.process.magnitude).max() ?? .nan }

    private static func history(
        _ observed: [Int], _ values: [Double], _ rule: BreakRule, _ row: (Int) -> [Double]
    ) -> (steps: [Int], stability: HistoryStability?) {
        let before = observed.filter { $0 < rule.monitoringStart }
        switch rule.history {
        case .all: return (before, nil)
        case .from(let step): return (before.filter { $0 >= step }, nil)
        case .reverseOrderedCUSUM:
            var regression = HistoryRegression(columns: rule.columns)
            var residuals: [Double] = []
            for step in before.reversed() {
                let residual = regression.add(row(step), values[step])
                if regression.count > rule.columns { residuals.append(residual) }
            }
            let least =
                BreakKernelRule.deviationTolerance
                * (regression.valueSquares / Double(max(1, before.count))).squareRoot()
            guard
                let stability = HistoryStability(
                    residuals: residuals, least: least, limit: rule.instabilityLimit,
                    crossingLimit: rule.crossingLimit)
            else { return (before, nil) }
            // The history starts after the observation that crosses.
            let cut = stability.crossing.map { residuals.count + 1 - $0 } ?? 0
            return (Array(before.dropFirst(cut)), stability)
        }
    }

    private static func sums(
        _ observations: [Observation], history: Int, window: Int, sigma: Double,
        critical: Double
    ) -> [Sum] {
        (history..<observations.count).map { index in
            let sum = observations[(index - window + 1)...index].reduce(0) { $0 + $1.residual }
            let growth = Double(index + 1) / Double(history)
            let logarithm = growth <= exp(1) ? 1 : log(growth)
            return Sum(
                step: observations[index].step,
                process: sum / (sigma * Double(history).squareRoot()),
                boundary: critical * (2 * logarithm).squareRoot())
        }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

extension BreakRegressors {
    /// The coefficients for a trend that counts steps, the first as 1.
    func published(_ fitted: [Double]) -> [Double] {
        guard hasTrend else { return fitted }
        var result = fitted
        result[1] = fitted[1] / trendUnit
        result[0] = fitted[0] - result[1] * (trendOrigin + 1)
        return result
    }
}
