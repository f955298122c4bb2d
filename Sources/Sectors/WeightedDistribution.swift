/// Values in ascending order with their weights, ready to be asked for
/// quantiles. The order in which values came does not matter.
public struct WeightedDistribution: Hashable, Sendable {
    private let sorted: [WeightedValue]
    /// Weight of all values up to and with the one at the index.
    private let runningWeight: [Double]

    /// Values without weight, and NaN, are left out; positive infinity (such
    /// as "not reached") is a value. Precondition: no negative weights.
    public init(_ values: some Sequence<WeightedValue>) {
        sorted = values.filter { $0.weight > 0 && !$0.value.isNaN }
            .sorted { ($0.value, $0.weight) < ($1.value, $1.weight) }
        var sum = 0.0
        runningWeight = sorted.map {
            sum += $0.weight
            return sum
        }
    }

    /// Whether there is no value, and so no quantile.
    public var isEmpty: Bool { sorted.isEmpty }

    /// Weight of all values.
    public var totalWeight: Double { runningWeight.last ?? 0 }

    /// The quantile that interpolates between neighbouring values: with n
    /// values in ascending order, value k (from 0) stands at
    /// `k w[k] + (n - 1) (w[0] + ... + w[k - 1])`, and the quantile lies at
    /// the fraction `q` of the last position. Equal weights give the common
    /// linear quantile. This is the weighted quantile of exactextract.
    ///
    /// - Parameter q: 0 ... 1.
    /// - Returns: nil when there are no values.
    public func interpolatedQuantile(_ q: Double) -> Double? {
        precondition(q >= 0 && q <= 1, "a quantile is between 0 and 1")
        guard let last = sorted.indices.last else { return nil }
        let target = q * position(last)
        // The first value at or beyond the target; positions never descend
        // by more than rounding.
        var low = 0
        var high = last
        while low < high {
            let middle = (low + high) / 2
            if position(middle) < target { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return sorted[0].value }
        let left = position(low - 1)
        let right = position(low)
        let share = right > left ? (target - left) / (right - left) : 1
        let (a, b) = (sorted[low - 1].value, sorted[low].value)
        if share >= 1 || a == b { return b }
        return share <= 0 ? a : a + share * (b - a)
    }

    /// The lower inverse of the cumulative distribution: the least value such
    /// that at least the share `q` of all weight lies at or below it. Always
    /// one of the values.
    ///
    /// - Parameter q: 0 ... 1.
    /// - Returns: nil when there are no values.
    public func lowerQuantile(_ q: Double) -> Double? {
        precondition(q >= 0 && q <= 1, "a quantile is between 0 and 1")
        guard let last = sorted.indices.last else { return nil }
        let target = q * totalWeight * (1 - Self.weightTolerance)
        var low = 0
        var high = last
        while low < high {
            let middle = (low + high) / 2
            if runningWeight[middle] < target { low = middle + 1 } else { high = middle }
        }
        return sorted[low].value
    }

    /// Running sums of weights round; a share met but for this is met.
    private static let weightTolerance = 1e-12

    private func position(_ k: Int) -> Double {
        let before = k > 0 ? runningWeight[k - 1] : 0
        return Double(k) * sorted[k].weight + Double(sorted.count - 1) * before
    }
}
