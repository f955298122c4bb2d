/// What a plan leaves protected in one phase.
public struct PhaseOutcome: Sendable, Hashable, Codable {
    public var phase: Int
    /// Weight covered before the phase and in it.
    public var coverageBefore: Double
    public var coverageAfter: Double
    /// Covered in every group in this phase, in its units.
    public var groupCoverage: [Double]
    /// The share of today's cover that every group keeps; 1 where nothing is
    /// covered today.
    public var groupShares: [Double]
    /// The group that keeps the least share, the lower index of equals; nil
    /// without groups.
    public var worstGroup: Int?
    public var handedOver: [Int]
    public var closed: [Int]

    /// The share that the worst group keeps; nil without groups.
    public var worstShare: Double? { worstGroup.map { groupShares[$0] } }
}

extension PlanChecker {
    /// Phase by phase what the plan leaves protected.
    ///
    /// - Precondition: the plan has one sensible decision per base.
    public func outcomes(of plan: SchedulePlan, phases: Int) -> [PhaseOutcome] {
        let today = groupCoverage(of: plan, inPhase: nil)
        var before = coverage(of: plan, inPhase: nil)
        return (0..<phases).map { phase in
            let after = coverage(of: plan, inPhase: phase)
            let groups = groupCoverage(of: plan, inPhase: phase)
            let shares = zip(groups, today).map { $1 > 0 ? $0 / $1 : 1 }
            let leaving = plan.leaving(inPhase: phase)
            let outcome = PhaseOutcome(
                phase: phase, coverageBefore: before, coverageAfter: after, groupCoverage: groups,
                groupShares: shares,
                worstGroup: shares.indices.min { shares[$0] < shares[$1] },
                handedOver: leaving.filter { plan.decisions[$0].action == .handOver },
                closed: leaving.filter { plan.decisions[$0].action == .close })
            before = after
            return outcome
        }
    }
}
