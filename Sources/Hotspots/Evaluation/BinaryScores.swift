import Diagnostics
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How well probabilities (or, for ranks, any scores) foretold events.
///
/// Cases whose score is NaN are refused: a forecast that is missing must be
/// made or left out on purpose, or systems are not compared on the same
/// cases.
public struct BinaryForecast: Sendable {
    /// The higher, the likelier.
    public let scores: [Double]
    /// Whether the event came, per case.
    public let outcomes: [Bool]

    /// - Throws: `.mismatch` when the counts differ, `.unsuitableValue` when
    ///   a score is not finite.
    public init(scores: [Double], outcomes: [Bool]) throws(HotspotError) {
        guard scores.count == outcomes.count else {
            throw HotspotError(
                .mismatch, "\(outcomes.count) outcomes for \(scores.count) forecasts",
                mend: "Give each forecast its outcome")
        }
        if let i = scores.firstIndex(where: { !$0.isFinite }) {
            throw HotspotError(
                .unsuitableValue, "forecast \(i) is \(scores[i]) (expected a finite number)",
                mend: "Leave the case out of all systems that are compared")
        }
        self.scores = scores
        self.outcomes = outcomes
    }

    /// Cases with the event.
    public var events: Int { outcomes.count { $0 } }

    /// Share of cases with the event; nil without cases.
    public var baseRate: Double? {
        outcomes.isEmpty ? nil : Double(events) / Double(outcomes.count)
    }

    /// The chance that a case with the event has a higher score than one
    /// without, ties counting one half; nil unless there are both.
    ///
    /// Hanley and McNeil 1982, Radiology 143(1).
    public var areaUnderCurve: Double? {
        let without = outcomes.count - events
        guard events > 0, without > 0 else { return nil }
        // Twice the pairs won, in whole numbers; cases by ascending score.
        var won = 0
        var beaten = 0
        for group in groupsByScore.reversed() {
            won += group.events * (2 * beaten + group.others)
            beaten += group.others
        }
        return Double(won) / (2 * Double(events) * Double(without))
    }

    /// Sum over the different scores, highest first, of the gain in recall
    /// times the precision there: no interpolation; nil without events.
    public var averagePrecision: Double? {
        guard events > 0 else { return nil }
        var sum = 0.0
        var found = 0
        var taken = 0
        for group in groupsByScore {
            found += group.events
            taken += group.events + group.others
            let gain = Double(group.events) / Double(events)
            sum += gain * (Double(found) / Double(taken))
        }
        return sum
    }

    /// Mean of (probability - outcome)^2; nil without cases.
    ///
    /// - Throws: `.unsuitableValue` when a score is no probability.
    /// - Source: Brier 1950, Monthly Weather Review 78(1).
    public func brierScore() throws(HotspotError) -> Double? {
        try checkProbabilities()
        guard !scores.isEmpty else { return nil }
        let sum = zip(scores, outcomes).reduce(0.0) {
            let error = $1.0 - ($1.1 ? 1 : 0)
            return $0 + error * error
        }
        return sum / Double(scores.count)
    }

    /// 1 - Brier score / Brier score of a reference; nil without cases or
    /// when the reference is perfect.
    ///
    /// - Parameter climatology: the probability that the reference always
    ///   gives; nil = the base rate of these very cases, which no forecaster
    ///   knew and which is therefore hard to beat.
    /// - Throws: `.unsuitableValue` when a score is no probability.
    public func brierSkill(climatology: Double? = nil) throws(HotspotError) -> Double? {
        guard let own = try brierScore(), let rate = climatology ?? baseRate else { return nil }
        let reference = try BinaryForecast(
            scores: scores.map { _ in rate }, outcomes: outcomes
        ).brierScore()
        guard let reference, reference > 0 else { return nil }
        return 1 - own / reference
    }

    /// Mean of -ln(probability given to what happened), and how many
    /// probabilities had to be moved off 0 and 1 for it; nil without cases.
    ///
    /// - Throws: `.unsuitableValue` when a score is no probability.
    /// - Source: Good 1952, J. R. Stat. Soc. B 14(1).
    public func logScore() throws(HotspotError) -> LogScore? {
        try checkProbabilities()
        guard !scores.isEmpty else { return nil }
        var clipped = 0
        var sum = 0.0
        for (score, outcome) in zip(scores, outcomes) {
            let probability = min(1 - LogScore.clip, max(LogScore.clip, score))
            clipped += probability == score ? 0 : 1
            sum -= outcome ? log(probability) : log(1 - probability)
        }
        return LogScore(value: sum / Double(scores.count), clipped: clipped)
    }

    /// Only the cases for which `isIncluded` holds, such as onsets.
    public func filtered(_ isIncluded: (Int) -> Bool) throws(HotspotError) -> BinaryForecast {
        let kept = scores.indices.filter(isIncluded)
        return try BinaryForecast(
            scores: kept.map { scores[$0] }, outcomes: kept.map { outcomes[$0] })
    }

    private func checkProbabilities() throws(HotspotError) {
        guard let i = scores.firstIndex(where: { $0 < 0 || $0 > 1 }) else { return }
        throw HotspotError(
            .unsuitableValue, "forecast \(i) is \(scores[i]) (expected a probability, 0 to 1)",
            mend: "Use ranks (AUC, average precision) for scores that are no probabilities")
    }

    private struct ScoreGroup {
        var events = 0
        var others = 0
    }

    /// Cases of equal scores, highest score first.
    private var groupsByScore: [ScoreGroup] {
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        var groups: [ScoreGroup] = []
        var last: Double?
        for i in order {
            if last != scores[i] { groups.append(ScoreGroup()) }
            last = scores[i]
            if outcomes[i] {
                groups[groups.count - 1].events += 1
            } else {
                groups[groups.count - 1].others += 1
            }
        }
        return groups
    }
}

/// A mean log score and what was done to make it finite.
public struct LogScore: Hashable, Sendable {
    /// In nats; smaller is better.
    public let value: Double
    /// Probabilities that were below `clip` or above 1 - `clip`.
    public let clipped: Int

    public static let clip = 1e-15
}
