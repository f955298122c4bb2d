import Calendar
import Diagnostics

/// How ready the host unit of a base is: for ranking and for the cover that
/// is expected of it, never in place of a gate.
public struct HostReadiness: Sendable, Hashable {
    /// Mean of the known ratios, each at most 1; nil when none is known.
    public var score: Double?
    /// Ratios and shares that are known and young enough.
    public var known: Int
    /// Those that are not: left out of the mean.
    public var unknown: Int

    public init(
        of evidence: BaseEvidence, asOf: CalendarDate, rules: GateRules = .standard
    ) {
        let values = EvidenceItem.readinessItems.compactMap { item -> Double? in
            guard let entry = evidence[item], entry.counts(on: asOf, rules),
                case .number(let value) = entry.value
            else { return nil }
            return min(1, value)
        }
        known = values.count
        unknown = EvidenceItem.readinessItems.count - values.count
        score = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The share of the mission's cover that the host unit is counted with
    /// after a handover: what the user says, else the score, else 0. Of a
    /// host that nobody has assessed no cover is expected.
    ///
    /// - Throws: `AssessmentError` when `override` is outside 0...1.
    public func effectiveness(override: Double? = nil) throws(AssessmentError) -> Double {
        guard let override else { return score ?? 0 }
        guard (0...1).contains(override) else {
            throw AssessmentError(
                .unsuitableParameter, "the effectiveness of a host unit cannot be \(override)",
                mend: override > 1 && override <= 100
                    ? "Write 75 % as 0.75" : "Give a number from 0 to 1")
        }
        return override
    }

    /// What it costs to keep a base supplied: its exposure over a fixed total
    /// of the mission; nil without a route, 0 when the total is 0.
    public static func burden(exposure: Double?, total: Double) -> Double? {
        exposure.map { total > 0 ? $0 / total : 0 }
    }
}
