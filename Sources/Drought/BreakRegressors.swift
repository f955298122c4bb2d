#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The season-trend model's regressors of one step.
struct BreakRegressors {
    let order: Int
    let hasTrend: Bool
    let columns: Int
    /// Step at which the trend is 0, and steps in which it grows by 1.
    let trendOrigin: Double
    let trendUnit: Double

    /// Trend in years before and after the monitoring start: of the size of
    /// the other regressors, so that no digits are lost.
    init(_ rule: BreakRule) {
        order = rule.order
        hasTrend = rule.hasTrend
        columns = rule.columns
        trendOrigin = Double(rule.monitoringStart)
        trendUnit = rule.frequency
    }

    /// Writes 1, trend, cos(2 pi j t), sin(2 pi j t) for j = 1...order.
    ///
    /// - Parameter time: decimal year.
    func write(step: Int, time: Double, into row: UnsafeMutablePointer<Double>) {
        row[0] = 1
        var column = 1
        if hasTrend {
            row[1] = (Double(step) - trendOrigin) / trendUnit
            column = 2
        }
        // Whole years are left out, with their rounding.
        let angle = 2 * Double.pi * (time - time.rounded(.down))
        for harmonic in 1...order {
            row[column] = cos(Double(harmonic) * angle)
            column += 1
        }
        for harmonic in 1...order where column < columns {
            row[column] = sin(Double(harmonic) * angle)
            column += 1
        }
    }
}
