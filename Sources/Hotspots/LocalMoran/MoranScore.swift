import GridCore

/// What the neighbours of a member add up to, before any standardisation.
struct MoranRow {
    var count = 0
    var weightSum = 0.0
    var squares = 0.0
    /// Weighted sum of the neighbours' values.
    var sum = 0.0
    /// Whether all weights are equal.
    var isEven = true
}

/// The statistic of one member; as made, that of one left out.
struct MoranScore {
    var statistic = Double.nan
    var lag = Double.nan
    var expected = Double.nan
    var variance = Double.nan
    var z = Double.nan
    var status = LocalStatisticStatus.masked
    var quadrant = LocalMoranLabel.masked
    var tails = TailCounts(upper: 0, lower: 0)

    /// Moments over all arrangements of all values; Anselin 1995, equations
    /// 13 and 14, in the form of Sokal, Oden and Thomson 1998.
    mutating func setTotal(weightSum: Double, squares: Double, n: Double, kurtosis b2: Double) {
        expected = -weightSum / (n - 1)
        variance =
            squares * (n - b2) / (n - 1)
            + (weightSum * weightSum - squares) * (2 * b2 - n) / ((n - 1) * (n - 2))
            - weightSum * weightSum / ((n - 1) * (n - 1))
        status = n > 2 && variance > 0 ? .ok : .saturated
    }
}

/// The memory of a thread.
///
/// `@unchecked Sendable`: each is used by one worker of a parallel loop only.
final class MoranWorkspace: @unchecked Sendable {
    /// A copy of all values, in which a member may be replaced for a while.
    let values: UnsafeMutablePointer<Double>
    let weights: UnsafeMutablePointer<Double>
    let scratch: PermutationScratch
    private let lanes: UnsafeMutablePointer<SIMD8<UInt32>>
    private let places: UnsafeMutablePointer<UInt32>
    private let order: UnsafeMutablePointer<UInt32>
    private let words: UnsafeMutablePointer<UInt32>

    init(values numbers: [Double], mostDraws: Int) {
        values = .allocate(capacity: max(1, numbers.count))
        for (i, number) in numbers.enumerated() { (values + i).initialize(to: number) }
        weights = .allocate(capacity: mostDraws)
        weights.initialize(repeating: 0, count: mostDraws)
        let laneCount = (mostDraws + 3) / 4 * 4
        lanes = .allocate(capacity: laneCount)
        lanes.initialize(repeating: SIMD8(), count: laneCount)
        places = .allocate(capacity: mostDraws)
        places.initialize(repeating: 0, count: mostDraws)
        order = .allocate(capacity: max(1, numbers.count))
        for i in numbers.indices { (order + i).initialize(to: UInt32(i)) }
        words = .allocate(capacity: 32)
        words.initialize(repeating: 0, count: 32)
        scratch = PermutationScratch(
            lanes: lanes, places: places, order: order, words: words)
    }

    deinit {
        values.deallocate()
        weights.deallocate()
        lanes.deallocate()
        places.deallocate()
        order.deallocate()
        words.deallocate()
    }
}
