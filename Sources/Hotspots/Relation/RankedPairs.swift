/// Pairs of numbers with their places in either order, so that correlations
/// of many resamples need no sorting.
struct RankedPairs: Sendable {
    struct Pair: Sendable {
        var x: Double
        var y: Double
        /// The pair is in a resample as often as its block.
        var block: Int
    }

    private let x: [Double]
    private let y: [Double]
    private let blocks: [Int]
    private let orderOfX: TiedOrder
    private let orderOfY: TiedOrder

    init(_ pairs: [Pair]) {
        x = pairs.map(\.x)
        y = pairs.map(\.y)
        blocks = pairs.map(\.block)
        orderOfX = TiedOrder(x)
        orderOfY = TiedOrder(y)
    }

    var count: Int { blocks.count }

    /// Pearson's correlation and that of the ranks (Spearman's, ties having
    /// their mean rank) of the resample in which block b is `weights[b]`
    /// times; NaN when either variable does not vary.
    func correlations(_ weights: [Int]) -> (pearson: Double, spearman: Double) {
        let times = blocks.map { weights[$0] }
        let mass = times.map { Double($0) }
        return (
            weightedCorrelation(x, y, mass),
            weightedCorrelation(orderOfX.ranks(times), orderOfY.ranks(times), mass)
        )
    }
}

/// Numbers in ascending order, equal ones together.
private struct TiedOrder: Sendable {
    private let order: [Int]
    /// One after the last of each group of equal numbers.
    private let ends: [Int]

    /// Anomalies that are equal by their formula differ in their last bits
    /// when they come of different means; numbers are compared in steps of
    /// 2^-32, which tells apart all that data can.
    private static let step = 0x1p-32

    init(_ numbers: [Double]) {
        let keys = numbers.map { ($0 / Self.step).rounded() }
        let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        self.order = order
        ends = order.indices.filter {
            $0 + 1 == order.count || keys[order[$0 + 1]] != keys[order[$0]]
        }.map { $0 + 1 }
    }

    /// The rank of each number when number i is there `times[i]` times.
    func ranks(_ times: [Int]) -> [Double] {
        var ranks = [Double](repeating: 0, count: order.count)
        var before = 0
        var first = 0
        for end in ends {
            var tied = 0
            for place in first..<end { tied += times[order[place]] }
            let rank = Double(before) + Double(tied + 1) / 2
            for place in first..<end { ranks[order[place]] = rank }
            before += tied
            first = end
        }
        return ranks
    }
}

/// The correlation of x and y, pair i counting `mass[i]` times.
private func weightedCorrelation(_ x: [Double], _ y: [Double], _ mass: [Double]) -> Double {
    var (n, sumX, sumY) = (0.0, 0.0, 0.0)
    var (rawX, rawY) = (0.0, 0.0)
    for i in mass.indices where mass[i] != 0 {
        let weight = mass[i]
        n += weight
        sumX += weight * x[i]
        sumY += weight * y[i]
        rawX += weight * x[i] * x[i]
        rawY += weight * y[i] * y[i]
    }
    guard n > 1 else { return .nan }
    let meanX = sumX / n
    let meanY = sumY / n
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for i in mass.indices where mass[i] != 0 {
        let dx = x[i] - meanX
        let dy = y[i] - meanY
        xx += mass[i] * dx * dx
        yy += mass[i] * dy * dy
        xy += mass[i] * dx * dy
    }
    // What rounding leaves of numbers that are all equal is no variation.
    guard xx > n * rawX.ulp, yy > n * rawY.ulp else { return .nan }
    return max(-1, min(1, xy / (xx * yy).squareRoot()))
}
