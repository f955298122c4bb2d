/// Tests that allow for autocorrelation. All take the gaps out first: their
/// autocorrelations are between neighbours of what is left.
extension MannKendall {
    /// Hamed and Rao (1998), Journal of Hydrology 204: the variance is
    /// corrected by the autocorrelations of the ranks of the detrended values
    /// that are significant at `significance`.
    public static func hamedRao(
        _ series: [Double], significance: Double = 0.05
    ) -> MannKendall {
        let plain = original(series)
        let n = Double(plain.count)
        guard plain.count > 3 else { return plain }
        let quantile = vectorNormalQuantile(
            SIMD8(repeating: 1 - significance / 2), complement: SIMD8(repeating: significance / 2))
        let bound = quantile[0] / n.squareRoot()
        let correlations = autocorrelations(averageRanks(detrended(series, plain.slope)))
        var sum = 0.0
        for lag in 1..<plain.count where !(correlations[lag].magnitude <= bound) {
            let rest = n - Double(lag)
            sum += rest * (rest - 1) * (rest - 2) * correlations[lag]
        }
        return plain.corrected(by: 1 + 2 / (n * (n - 1) * (n - 2)) * sum, series)
    }

    /// Yue and Wang (2004), Water Resources Management 18: the variance is
    /// corrected by the autocorrelations of the detrended values at all lags.
    public static func yueWang(_ series: [Double]) -> MannKendall {
        let plain = original(series)
        guard plain.count > 3 else { return plain }
        let correlations = autocorrelations(detrended(series, plain.slope))
        var sum = 0.0
        for lag in 1..<plain.count {
            sum += (1 - Double(lag) / Double(plain.count)) * correlations[lag]
        }
        return plain.corrected(by: 1 + 2 * sum, series)
    }

    /// Yue and others (2002), Hydrological Processes 16, trend-free
    /// prewhitening: the test is made of the detrended values less their lag-1
    /// autocorrelation, with the trend added again; slope and intercept are
    /// those of the series itself.
    public static func trendFreePrewhitening(_ series: [Double]) -> MannKendall {
        let plain = original(series)
        guard plain.count > 3 else { return plain }
        let rest = detrended(series, plain.slope)
        let correlation = autocorrelations(rest)[1]
        let whitened = (1..<rest.count).map {
            rest[$0] - rest[$0 - 1] * correlation + Double($0) * plain.slope
        }
        let (statistic, variance) = score(whitened)
        return MannKendall(
            statistic: statistic, variance: variance,
            pairs: whitened.count * (whitened.count - 1) / 2, line: SenLine(series, period: 1),
            count: plain.count)
    }

    /// Prewhitening: the test is made of the values less their lag-1
    /// autocorrelation times the value before; slope and intercept are those
    /// of the series itself. A strong trend is itself autocorrelation and is
    /// weakened; see `trendFreePrewhitening`. Kulkarni and von Storch (1995),
    /// Meteorologische Zeitschrift 4.
    public static func prewhitening(_ series: [Double]) -> MannKendall {
        let plain = original(series)
        guard plain.count > 2 else { return plain }
        let values = series.filter { !$0.isNaN }
        let correlation = autocorrelations(values)[1]
        guard !correlation.isNaN else { return plain }
        let whitened = (1..<values.count).map { values[$0] - values[$0 - 1] * correlation }
        let (statistic, variance) = score(whitened)
        return MannKendall(
            statistic: statistic, variance: variance,
            pairs: whitened.count * (whitened.count - 1) / 2, line: SenLine(series, period: 1),
            count: plain.count)
    }

    /// Autocorrelation at lag 1 of the values without gaps, with the divisor
    /// n; NaN for fewer than two values or equal ones.
    public static func lagOneAutocorrelation(_ series: [Double]) -> Double {
        let values = series.filter { !$0.isNaN }
        return values.count < 2 ? .nan : autocorrelations(values)[1]
    }

    private func corrected(by factor: Double, _ series: [Double]) -> MannKendall {
        MannKendall(
            statistic: statistic, variance: factor.isNaN ? variance : variance * factor,
            pairs: count * (count - 1) / 2, line: SenLine(series, period: 1), count: count)
    }

    /// The values without gaps, less their trend by place.
    private static func detrended(_ series: [Double], _ slope: Double) -> [Double] {
        series.filter { !$0.isNaN }.enumerated().map { $1 - Double($0 + 1) * slope }
    }

    /// Autocorrelations from lag 0, with the divisor n; NaN for equal values.
    private static func autocorrelations(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        let departures = values.map { $0 - mean }
        let sums = values.indices.map { lag in
            zip(departures, departures.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return sums.map { $0 / sums[0] }
    }

    /// Ranks from 1; equal values share the mean of theirs.
    private static func averageRanks(_ values: [Double]) -> [Double] {
        values.map { value in
            let below = values.count { $0 < value }
            let equal = values.count { $0 == value }
            return Double(below) + Double(equal + 1) / 2
        }
    }
}
