/// One cell whose model is fitted.
@usableFromInline
struct BreakLane {
    /// Lane in the scratch and cell in the output.
    @usableFromInline var lane: Int
    @usableFromInline var cell: Int
    /// Observations of the history and of the monitored steps together.
    @usableFromInline var observations: Int
    @usableFromInline var history: Int
    @usableFromInline var sigma: Double
    @usableFromInline var isFitted: Bool

    @inlinable @inline(__always)
    init(
        lane: Int, cell: Int, observations: Int, history: Int, sigma: Double, isFitted: Bool
    ) {
        self.lane = lane
        self.cell = cell
        self.observations = observations
        self.history = history
        self.sigma = sigma
        self.isFitted = isFitted
    }
}

/// Monitors one cell and writes its findings.
@inlinable @inline(__always)
func breakMonitor(
    _ lane: BreakLane, rule: BreakKernelRule, scratch: BreakScratch, into output: BreakOutput,
    reasons: UnsafeMutablePointer<UInt8>
) {
    let cell = lane.cell
    let history = lane.history
    let window = Int(rule.windowShare * Double(history))
    output.breakStep[cell] = -1
    output.magnitude[cell] = .nan
    output.sigma[cell] = .nan
    output.seasonResidual[cell] = .nan
    output.historyCount[cell] = Int32(truncatingIfNeeded: history)
    output.historyStart[cell] = history > 0 ? scratch.residualSteps[lane.lane] : -1
    if lane.observations <= history {
        reasons[cell] = 1
        return
    }
    if history <= rule.columns || window < 2 {
        reasons[cell] = 2
        return
    }
    if !lane.isFitted {
        reasons[cell] = 7
        return
    }
    reasons[cell] = 0
    output.sigma[cell] = Float(lane.sigma)
    let found = breakObservation(lane, window: window, rule: rule, scratch: scratch)
    let monitored = lane.observations &- history
    for index in 0..<monitored {
        scratch.sorted[index] = scratch.residuals[(history &+ index) &* 8 &+ lane.lane]
    }
    output.magnitude[cell] = Float(breakMedian(scratch.sorted, monitored))
    guard found >= 0 else { return }
    let step = scratch.residualSteps[found &* 8 &+ lane.lane]
    output.breakStep[cell] = step
    output.seasonResidual[cell] = Float(
        breakSeasonMean(lane, season: scratch.seasons[Int(step)], scratch: scratch))
}

/// The first observation whose moving sum leaves the boundary; -1 = none.
@inlinable @inline(__always)
func breakObservation(
    _ lane: BreakLane, window: Int, rule: BreakKernelRule, scratch: BreakScratch
) -> Int {
    let residuals = scratch.residuals + lane.lane
    let history = lane.history
    let scale = lane.sigma * Double(history).squareRoot()
    let lowest = rule.criticalValue * 2.0.squareRoot() * scale
    var sum = 0.0
    for index in (history &- window)..<history { sum += residuals[index &* 8] }
    for index in history..<lane.observations {
        sum += residuals[index &* 8] - residuals[(index &- window) &* 8]
        guard sum.magnitude > lowest else { continue }
        // log+ is 1 up to e, and then the logarithm.
        let growth = scratch.logarithms[index &+ 1] - scratch.logarithms[history]
        if growth <= 1 { return index }
        let boundary = rule.criticalValue * (2 * growth).squareRoot() * scale
        if sum.magnitude > boundary { return index }
    }
    return -1
}

/// Mean difference over the monitored observations of a season; NaN when the
/// break lies in none.
@inlinable @inline(__always)
func breakSeasonMean(_ lane: BreakLane, season: Int32, scratch: BreakScratch) -> Double {
    guard season >= 0 else { return .nan }
    var sum = 0.0
    var count = 0.0
    for index in lane.history..<lane.observations {
        let at = index &* 8 &+ lane.lane
        if scratch.seasons[Int(scratch.residualSteps[at])] == season {
            sum += scratch.residuals[at]
            count += 1
        }
    }
    return sum / count
}

/// Median of `count` numbers, which are put in another order: the mean of the
/// middle two when there is no middle one.
@inlinable @inline(__always)
func breakMedian(_ values: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
    let middle = count / 2
    // Quickselect (Hoare 1961).
    var low = 0
    var high = count &- 1
    while low < high {
        let pivot = values[(low &+ high) / 2]
        var left = low
        var right = high
        while left <= right {
            while values[left] < pivot { left &+= 1 }
            while values[right] > pivot { right &-= 1 }
            if left <= right {
                let kept = values[left]
                values[left] = values[right]
                values[right] = kept
                left &+= 1
                right &-= 1
            }
        }
        if middle <= right {
            high = right
        } else if middle >= left {
            low = left
        } else {
            break
        }
    }
    let upper = values[middle]
    guard count % 2 == 0 else { return upper }
    var lower = values[0]
    for index in 1..<max(1, middle) where values[index] > lower { lower = values[index] }
    return (lower + upper) / 2
}
