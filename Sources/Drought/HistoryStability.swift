#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The reverse-ordered CUSUM of a history: the newest observation first.
public struct HistoryStability: Sendable, Hashable {
    /// C_0 = 0, C_1, ..., C_n: sums of the recursive residuals over their
    /// deviation and sqrt n.
    public let process: [Double]
    /// max |C_j| / (1 + 2 j / n).
    public let statistic: Double
    /// Probability of such a statistic in a stable history.
    public let pValue: Double
    /// Height lambda of the boundary lambda (1 + 2 j / n).
    public let limit: Double
    /// Height that locates the crossing.
    public let crossingLimit: Double
    /// First j beyond the boundary; nil = the history is stable.
    public let crossing: Int?

    /// Boundary at j.
    public func boundary(_ j: Int) -> Double {
        limit * (1 + 2 * Double(j) / Double(max(1, process.count - 1)))
    }

    /// - Parameter residuals: recursive residuals, at least 2, not all equal.
    init?(residuals: [Double], least: Double, limit: Double, crossingLimit: Double) {
        let count = Double(residuals.count)
        guard residuals.count >= 2 else { return nil }
        let mean = residuals.reduce(0, +) / count
        let squares = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / (count - 1)).squareRoot()
        guard deviation > least else { return nil }
        var process = [0.0]
        var statistic = 0.0
        var sum = 0.0
        var crossing: Int?
        for (index, residual) in residuals.enumerated() {
            sum += residual
            let height = sum / (deviation * count.squareRoot())
            process.append(height)
            let boundary = 1 + 2 * Double(index + 1) / count
            statistic = max(statistic, height.magnitude / boundary)
            if crossing == nil, height.magnitude > crossingLimit * boundary {
                crossing = index + 1
            }
        }
        self.process = process
        self.statistic = statistic
        self.limit = limit
        self.crossingLimit = crossingLimit
        pValue = Self.pValue(statistic)
        self.crossing = statistic > limit ? crossing : nil
    }

    /// Probability that a Brownian motion crosses x (1 + 2 t) in 0...1, on
    /// either side (Brown, Durbin and Evans 1975; the straight line below 0.3
    /// as in Zeileis et al. 2005).
    static func pValue(_ x: Double) -> Double {
        if x < 0.3 { return 1 - 0.1465 * x }
        func phi(_ z: Double) -> Double { erfc(-z * 0.5.squareRoot()) / 2 }
        return 2
            * (1 - phi(3 * x) + exp(-4 * x * x) * (phi(x) + phi(5 * x) - 1)
                - exp(-16 * x * x) * (1 - phi(x)))
    }
}
