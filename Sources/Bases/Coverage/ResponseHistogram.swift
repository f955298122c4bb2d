import GridCore

/// Finds quantiles of times weighted by people in two passes without keeping
/// a cell: the first weighs bins of time, the second sorts the cells of the
/// few bins in which a quantile lies.
struct ResponseHistogram {
    private static let bins = 4096
    /// Running sums of weights round; a share met but for this is met.
    private static let weightTolerance = 1e-12
    static let probabilities = [0.5, 0.75, 0.9, 0.95]

    private let binsPerMinute: Double
    /// The last is for what no base reaches.
    private var weights = [Double](repeating: 0, count: bins + 1)

    /// `longest` is the longest finite time.
    init(longest: Double) {
        binsPerMinute = longest > 0 ? Double(Self.bins) / longest : 0
    }

    @inline(__always)
    func bin(of minutes: Double) -> Int {
        guard minutes < .infinity else { return Self.bins }
        return min(Self.bins - 1, Int(minutes * binsPerMinute))
    }

    @inline(__always)
    mutating func add(_ minutes: Double, weight: Double) { weights[bin(of: minutes)] += weight }

    /// - Parameter forEachCell: calls its argument with time and weight of
    ///   every cell that was added.
    func quantiles(forEachCell: ((_ minutes: Double, _ weight: Double) -> Void) -> Void)
        -> ResponseTimes
    {
        let total = weights.reduce(0, +)
        guard total > 0 else { return ResponseTimes() }
        let targets = Self.probabilities.map { $0 * total * (1 - Self.weightTolerance) }
        let before = targets.map { target -> (bin: Int, weight: Double) in
            var sum = 0.0
            for (bin, weight) in weights.enumerated() {
                if sum + weight >= target { return (bin, sum) }
                sum += weight
            }
            return (Self.bins, sum)
        }
        var slots = [Int](repeating: -1, count: Self.bins + 1)
        for (index, entry) in before.enumerated()
        where slots[entry.bin] < 0 && entry.bin < Self.bins {
            slots[entry.bin] = index
        }
        var cells = [[(minutes: Double, weight: Double)]](repeating: [], count: before.count)
        forEachCell { minutes, weight in
            let slot = slots[bin(of: minutes)]
            if slot >= 0 { cells[slot].append((minutes, weight)) }
        }
        for slot in cells.indices {
            cells[slot].sort { ($0.minutes, $0.weight) < ($1.minutes, $1.weight) }
        }
        let times = before.enumerated().map { index, entry -> Double in
            guard entry.bin < Self.bins else { return .infinity }
            var sum = entry.weight
            for cell in cells[slots[entry.bin]] {
                sum += cell.weight
                if sum >= targets[index] { return cell.minutes }
            }
            return cells[slots[entry.bin]].last?.minutes ?? .infinity
        }
        return ResponseTimes(p50: times[0], p75: times[1], p90: times[2], p95: times[3])
    }
}
