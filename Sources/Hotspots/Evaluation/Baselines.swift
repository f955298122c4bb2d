import Diagnostics
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A count of a past step, and when it was known.
public struct KnownCount: Hashable, Sendable {
    /// Steps since any start; a month or dekad.
    public var step: Int
    /// NaN = not recorded.
    public var count: Double
    /// The step by whose end the count was known: the step itself at the
    /// earliest.
    public var knownAt: Int

    public init(step: Int, count: Double, knownAt: Int) {
        self.step = step
        self.count = count
        self.knownAt = knownAt
    }
}

/// Simple forecasts of the next counts that every forecast has to beat.
///
/// Only what was known at the end of the issue step is used: rows known
/// later, and revisions made later, would be foresight. Of several rows of a
/// step the latest known counts, the last in order among equals.
public struct Baselines: Sendable {
    /// Forecasts are made at the end of this step.
    public let issueStep: Int
    /// Steps with a record by then, ascending, and their counts.
    public let steps: [Int]
    public let counts: [Double]

    /// - Parameter rows: in any order; later revisions of a step are rows of
    ///   the same step.
    /// - Throws: `.unsuitableValue` for a count that is infinite or below 0,
    ///   or a row known before its step.
    public init(_ rows: [KnownCount], issuedAt issueStep: Int) throws(HotspotError) {
        for row in rows {
            guard row.count.isNaN || (row.count >= 0 && row.count.isFinite),
                row.knownAt >= row.step
            else {
                throw HotspotError(
                    .unsuitableValue,
                    "step \(row.step) has the count \(row.count), known at step "
                        + "\(row.knownAt) (expected 0 or more, known at the step or later)",
                    mend: "Correct the row, or leave it out")
            }
        }
        let known = rows.enumerated().filter { $0.element.knownAt <= issueStep }
            .sorted {
                ($0.element.step, $0.element.knownAt, $0.offset)
                    < ($1.element.step, $1.element.knownAt, $1.offset)
            }.map(\.element)
        let latest = known.indices.filter {
            $0 + 1 == known.count || known[$0 + 1].step != known[$0].step
        }.map { known[$0] }.filter { !$0.count.isNaN }
        self.issueStep = issueStep
        steps = latest.map(\.step)
        counts = latest.map(\.count)
    }

    /// Nothing happens.
    public var zero: Double { 0 }

    /// The last known count; nil without one.
    public var persistence: Double? { counts.last }

    /// The mean of all known counts; nil without one.
    public var mean: Double? {
        counts.isEmpty ? nil : counts.reduce(0, +) / Double(counts.count)
    }

    /// The mean of the known counts of the same part of the year as the
    /// target step; nil without one.
    ///
    /// - Parameter stepsPerYear: 12 for months, 36 for dekads; above 0.
    public func seasonalMean(target: Int, stepsPerYear: Int) -> Double? {
        precondition(stepsPerYear > 0, "a year has steps")
        let same = steps.indices.filter { (steps[$0] - target) % stepsPerYear == 0 }
        guard !same.isEmpty else { return nil }
        return same.reduce(0) { $0 + counts[$1] } / Double(same.count)
    }

    /// The exponentially weighted mean, which starts at the first count and
    /// moves by 1 - 2^(-1 / halfLife) of the difference per step; a step
    /// without a record moves nothing. nil without a count.
    ///
    /// Brown 1959, Statistical Forecasting for Inventory Control.
    ///
    /// - Parameter halfLife: in steps, above 0.
    /// - Throws: `.unsuitableParameter` for another half-life.
    public func weightedMean(halfLifeInSteps halfLife: Double) throws(HotspotError) -> Double? {
        guard halfLife > 0, halfLife.isFinite else {
            throw HotspotError(
                .unsuitableParameter,
                "\(halfLife) steps is no half-life (expected above 0 and finite)",
                mend: "Give the steps after which a count weighs half")
        }
        guard let first = counts.first else { return nil }
        let gain = 1 - exp(-log(2) / halfLife)
        return counts.dropFirst().reduce(first) { gain * $1 + (1 - gain) * $0 }
    }

    /// The last known counts as equally likely values, called
    /// "conflictology" in the forecasting literature; nil without one.
    ///
    /// - Parameter window: at most so many counts, above 0.
    public func recentDistribution(window: Int = 12) throws(HotspotError) -> EnsembleForecast? {
        guard window > 0 else {
            throw HotspotError(
                .unsuitableParameter, "a window of \(window) steps (expected above 0)",
                mend: "Use 12 steps")
        }
        guard !counts.isEmpty else { return nil }
        return try EnsembleForecast(Array(counts.suffix(window)))
    }
}
