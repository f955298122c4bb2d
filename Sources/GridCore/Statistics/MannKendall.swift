/// The trend of one series: Mann-Kendall test and Theil-Sen slope, in
/// Float64.
///
/// Missing values are NaN and left out; the others keep their true times.
/// Source: Mann (1945), Econometrica 13; Kendall (1975), Rank Correlation
/// Methods; Sen (1968), JASA 63.
public struct MannKendall: Hashable, Sendable {
    /// S, the rising pairs less the falling ones.
    public let statistic: Double
    /// Of S, with ties and, where the method asks for it, autocorrelation.
    public let variance: Double
    public let z: Double
    /// Two-sided.
    public let p: Double
    /// Kendall's tau-a: S over the number of pairs.
    public let tau: Double
    /// Units of the series per step; per period when seasonal. NaN without
    /// a pair.
    public let slope: Double
    /// Median of the values minus slope times the median of their times.
    public let intercept: Double
    /// Values that are not missing.
    public let count: Int

    /// Which way the series goes where p is below `significance`: -1 falling,
    /// 1 rising, 0 neither.
    public func direction(significance: Double = 0.05) -> Int {
        p < significance ? (z < 0 ? -1 : 1) : 0
    }

    /// The test as first published.
    public static func original(_ series: [Double]) -> MannKendall {
        let values = series.filter { !$0.isNaN }
        let (statistic, variance) = score(values)
        let pairs = values.count * (values.count - 1) / 2
        return MannKendall(
            statistic: statistic, variance: variance, pairs: pairs,
            line: SenLine(series, period: 1), count: values.count)
    }

    /// Hirsch, Slack and Smith (1982), Water Resources Research 18: pairs of
    /// the same season only. `period` is in steps, at least 1; the slope is
    /// per period.
    public static func seasonal(_ series: [Double], period: Int) -> MannKendall {
        let period = max(1, period)
        var statistic = 0.0
        var variance = 0.0
        var pairs = 0
        for season in 0..<min(period, series.count) {
            let values = stride(from: season, to: series.count, by: period)
                .map { series[$0] }.filter { !$0.isNaN }
            let part = score(values)
            statistic += part.statistic
            variance += part.variance
            pairs += values.count * (values.count - 1) / 2
        }
        return MannKendall(
            statistic: statistic, variance: variance, pairs: pairs,
            line: SenLine(series, period: period), count: series.filter { !$0.isNaN }.count)
    }

    init(statistic: Double, variance: Double, pairs: Int, line: SenLine, count: Int) {
        self.statistic = statistic
        self.variance = variance
        let step: Double = statistic > 0 ? 1 : statistic < 0 ? -1 : 0
        z = variance > 0 ? (statistic - step) / variance.squareRoot() : 0
        p = vectorNormalTwoSidedP(SIMD8(repeating: z))[0]
        tau = statistic / Double(pairs)
        slope = line.slope
        intercept = line.intercept
        self.count = count
    }

    /// S and its variance for values without gaps.
    static func score(_ values: [Double]) -> (statistic: Double, variance: Double) {
        var statistic = 0
        for j in values.indices {
            for i in 0..<j {
                statistic += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0
            }
        }
        func term(_ n: Int) -> Double { Double(n * (n - 1) * (2 * n + 5)) }
        var variance = term(values.count)
        var run = 0
        let sorted = values.sorted()
        for i in sorted.indices {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1
            // The group one larger in place of the group as it was.
            variance -= term(run) - term(run - 1)
        }
        return (Double(statistic), variance / 18)
    }
}

/// The line of Theil and Sen: the median of the slopes of all pairs, through
/// the medians of times and values (Conover 1980).
struct SenLine: Hashable, Sendable {
    let slope: Double
    let intercept: Double

    /// Pairs are multiples of `period` steps apart, times are in periods.
    init(_ series: [Double], period: Int) {
        var slopes: [Double] = []
        for j in series.indices where !series[j].isNaN {
            for i in stride(from: j % period, to: j, by: period) where !series[i].isNaN {
                slopes.append((series[j] - series[i]) / Double((j - i) / period))
            }
        }
        slope = Self.median(slopes)
        let times = series.indices.filter { !series[$0].isNaN }.map { Double($0) }
        intercept =
            Self.median(series.filter { !$0.isNaN })
            - slope * (Self.median(times) / Double(period))
    }

    /// NaN for no numbers.
    static func median(_ numbers: [Double]) -> Double {
        guard !numbers.isEmpty else { return .nan }
        let sorted = numbers.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) * 0.5
    }
}
