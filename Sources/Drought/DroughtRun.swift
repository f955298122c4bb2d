import GridCore

/// One drought of one series.
public struct DroughtRun: Hashable, Sendable {
    /// Step of the first value below the threshold.
    public let onset: Int
    /// Last step in drought.
    public let end: Int
    /// Whether nothing has ended it up to the last step of the series.
    public let isOngoing: Bool
    /// Sum of `threshold - x` over the values below the threshold.
    public let severity: Double
    /// Lowest value.
    public let peak: Double

    /// Steps from the first to the last, with those pooled and bridged.
    public var duration: Int { end - onset + 1 }
}

/// The droughts of one series, in order of time.
public struct DroughtRunSeries: Hashable, Sendable {
    public let runs: [DroughtRun]

    /// The drought that nothing has ended yet; nil when there is none.
    public var current: DroughtRun? { runs.last.flatMap { $0.isOngoing ? $0 : nil } }

    /// The drought of the largest severity, the earliest of equals.
    public var worst: DroughtRun? {
        runs.reduce(nil) { best, run in
            best.map { run.severity > $0.severity } ?? true ? run : best
        }
    }

    /// Steps of the longest; 0 when there is none.
    public var longest: Int { runs.map(\.duration).max() ?? 0 }

    /// - Parameter series: NaN = no value.
    public init(of series: [Double], rule: DroughtRunRule) {
        // First the stretches that the thresholds and gaps cut out of the
        // series, then pooling, then the shortest length.
        let stretches = Self.stretches(of: series, rule: rule)
        runs = Self.pooled(stretches, rule: rule).compactMap { stretch in
            guard stretch.end - stretch.onset + 1 >= rule.minimumLength else { return nil }
            let below = stretch.steps.map { series[$0] }.filter { $0 < rule.threshold }
            return DroughtRun(
                onset: stretch.onset, end: stretch.end, isOngoing: stretch.isOngoing,
                severity: below.reduce(0) { $0 + (rule.threshold - $1) },
                peak: below.min() ?? .nan)
        }
    }

    private struct Stretch {
        var onset: Int
        var end: Int
        var isOngoing = false
        /// Steps from onset to end, and those of the stretches pooled with it.
        var steps: [Int] = []
        /// Whether missing steps ended it, so that nothing is pooled with it.
        var isBroken = false
    }

    private static func stretches(of series: [Double], rule: DroughtRunRule) -> [Stretch] {
        var found: [Stretch] = []
        var open: Stretch?
        var leaving = 0
        var missing = 0
        for (step, x) in series.enumerated() {
            missing = x.isNaN ? missing + 1 : 0
            if missing > rule.bridgedGap {
                if open != nil || found.last.map({ !$0.isBroken }) ?? false {
                    if let stretch = open { found.append(stretch) }
                    found[found.count - 1].isBroken = true
                }
                open = nil
            }
            guard !x.isNaN else { continue }
            if var stretch = open {
                if x < rule.leaveThreshold {
                    stretch.end = step
                    leaving = 0
                    open = stretch
                } else {
                    leaving += 1
                    if leaving >= rule.leavingSteps {
                        found.append(stretch)
                        open = nil
                    }
                }
            } else if x < rule.threshold {
                open = Stretch(onset: step, end: step)
                leaving = 0
            }
        }
        if var stretch = open {
            stretch.isOngoing = true
            found.append(stretch)
        }
        return found.map { stretch in
            var stretch = stretch
            stretch.steps = Array(stretch.onset...stretch.end)
            return stretch
        }
    }

    private static func pooled(_ stretches: [Stretch], rule: DroughtRunRule) -> [Stretch] {
        stretches.reduce(into: []) { result, next in
            guard let last = result.last, !last.isBroken,
                next.onset - last.end - 1 <= rule.poolingGap
            else {
                result.append(next)
                return
            }
            result[result.count - 1] = Stretch(
                onset: last.onset, end: next.end, isOngoing: next.isOngoing,
                steps: last.steps + next.steps, isBroken: next.isBroken)
        }
    }
}
