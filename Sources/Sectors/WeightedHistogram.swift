/// Weights of the values of one layer in one zone, on a fixed quantisation:
/// medians of any number of cells in memory that does not grow with them.
///
/// A value stands in the bin of its nearest multiple of `1 / binsPerUnit`
/// (halves away from zero); values beyond `limits` stand in the outermost
/// bin, and NaN is no value. Bins add up exactly as cells come, so that parts
/// merged in a fixed order give the same bits every time. Only the bins
/// between the least and the greatest value are kept.
public struct WeightedHistogram: Hashable, Sendable, WeightedCellSink {
    /// Number of bins in one unit of the layer, above 0.
    public let binsPerUnit: Int
    /// Least and greatest bin, as multiples of `1 / binsPerUnit`.
    public let limits: ClosedRange<Int>
    private var first = 0
    private var weights: [Double] = []

    /// Grown by as many bins at a time.
    private static let margin = 64
    /// Running sums of weights round; a half met but for this is met.
    private static let tolerance = 1e-12

    /// An empty zone.
    ///
    /// Precondition: `binsPerUnit` is above 0.
    public init(binsPerUnit: Int, limits: ClosedRange<Int>) {
        precondition(binsPerUnit > 0, "a histogram needs bins")
        self.binsPerUnit = binsPerUnit
        self.limits = limits
    }

    /// Occupied bins with their weights, ascending.
    public var bins: [(bin: Int, weight: Double)] {
        weights.indices.filter { weights[$0] > 0 }.map { (first + $0, weights[$0]) }
    }

    /// Weight of all values, added in ascending order of the values.
    public var totalWeight: Double { weights.reduce(0, +) }

    /// The weighted median of the quantised values, at most half a bin from
    /// that of the values themselves: the least bin with half of the weight
    /// at or below it, and, where that half is met exactly, the mean of it
    /// and the next occupied bin, as for an even number of equal weights.
    /// Nil when there is no value.
    public var median: Double? {
        let half = totalWeight / 2
        guard half > 0 else { return nil }
        let slack = half * Self.tolerance
        var sum = 0.0
        var lower: Int?
        for (index, weight) in weights.enumerated() where weight > 0 {
            if let lower { return (value(lower) + value(index)) / 2 }
            sum += weight
            if sum > half + slack { return value(index) }
            if sum >= half - slack { lower = index }
        }
        return lower.map { value($0) }
    }

    /// Adds one cell.
    public mutating func add(_ value: Float, weight: Double) {
        guard let bin = bin(of: value) else { return }
        reach(bin, bin)
        weights[bin - first] += weight
    }

    /// Adds `count` cells of the same weight.
    public mutating func add(run values: UnsafePointer<Float>, count: Int, weight: Double) {
        var low = Float.infinity
        var high = -Float.infinity
        for i in 0..<count {
            let value = values[i]
            low = value < low ? value : low
            high = value > high ? value : high
        }
        guard let lowest = bin(of: low), let highest = bin(of: high), lowest <= highest else {
            return
        }
        reach(lowest, highest)
        let (first, limits, scale) = (first, limits, Float(binsPerUnit))
        weights.withUnsafeMutableBufferPointer { weights in
            for i in 0..<count {
                let value = values[i]
                guard value == value else { continue }
                weights[Self.number(value, scale, limits) &- first] += weight
            }
        }
    }

    /// Takes in what another part of the same zone gave.
    ///
    /// Precondition: bins of the same size and limits.
    public mutating func merge(_ other: WeightedHistogram) {
        precondition(
            other.binsPerUnit == binsPerUnit && other.limits == limits, "histograms differ")
        guard !other.weights.isEmpty else { return }
        reach(other.first, other.first + other.weights.count - 1)
        for (index, weight) in other.weights.enumerated() {
            weights[other.first + index - first] += weight
        }
    }

    private func bin(of value: Float) -> Int? {
        value == value ? Self.number(value, Float(binsPerUnit), limits) : nil
    }

    /// Of a value that is not NaN.
    @inline(__always)
    private static func number(
        _ value: Float, _ scale: Float, _ limits: ClosedRange<Int>
    ) -> Int {
        let scaled = (value * scale).rounded()
        let low = Float(limits.lowerBound)
        let high = Float(limits.upperBound)
        return Int(scaled < low ? low : scaled > high ? high : scaled)
    }

    private func value(_ index: Int) -> Double {
        Double(first + index) / Double(binsPerUnit)
    }

    /// Makes room for the bins from `low` to `high`.
    private mutating func reach(_ low: Int, _ high: Int) {
        if weights.isEmpty {
            first = low
            weights = Array(repeating: 0, count: high - low + 1)
            return
        }
        if low < first {
            let start = max(limits.lowerBound, low - Self.margin)
            weights.insert(contentsOf: repeatElement(0, count: first - start), at: 0)
            first = start
        }
        if high >= first + weights.count {
            let end = min(limits.upperBound, high + Self.margin)
            weights.append(contentsOf: repeatElement(0, count: end - first - weights.count + 1))
        }
    }
}
