/// Verifies plans, whoever made them, without the model and without the
/// solver: place by place, rule by rule.
public struct PlanChecker: Sendable {
    /// A plan's claim may be off by this share of the value, and a floor be
    /// missed by this share of today's cover: sums in another order, and
    /// solvers that obey rows to about 1e-7.
    public static let tolerance = 1e-6

    private let problem: ScheduleProblem
    private let today: [Double]

    public init(_ problem: ScheduleProblem) {
        self.problem = problem
        var today = [Double](repeating: 0, count: problem.groupCount)
        for demand in problem.demands where !demand.reach.isEmpty {
            for share in demand.groups { today[share.group] += share.weight }
        }
        self.today = today
    }

    /// All rules that the plan breaks, in a fixed order; none when it is
    /// right. Decisions that make no sense are reported alone.
    public func violations(in plan: SchedulePlan) -> [PlanViolation] {
        guard plan.decisions.count == problem.bases.count else {
            return [
                .decisionCount(found: plan.decisions.count, expected: problem.bases.count)
            ]
        }
        let senseless = plan.decisions.indices.filter { !makesSense(plan.decisions[$0]) }
        guard senseless.isEmpty else {
            return senseless.map { .phase(base: $0, found: plan.decisions[$0].phase) }
        }
        var found = baseViolations(plan)
        for phase in problem.phases.indices { found += phaseViolations(plan, phase) }
        found += endViolations(plan)
        let value = value(of: plan)
        if !(abs(value - plan.value) <= Self.tolerance * max(1, abs(value))) {
            found.append(.value(claimed: plan.value, found: value))
        }
        return found
    }

    /// The objective: discounted weight times the best protection within
    /// reach, summed over phases and places, less the cost of moves.
    ///
    /// - Precondition: the plan has one sensible decision per base.
    public func value(of plan: SchedulePlan) -> Double {
        var total = 0.0
        for phase in problem.phases.indices {
            total += problem.phases[phase].discount * coverage(of: plan, inPhase: phase)
        }
        let moves = plan.decisions.count { $0.action != .keep }
        return total - problem.costPerMove * Double(moves)
    }

    /// The weight covered in a phase, each place with the best protection
    /// that reaches it; nil for today.
    public func coverage(of plan: SchedulePlan, inPhase phase: Int?) -> Double {
        let qualities = qualities(of: plan, inPhase: phase)
        var total = 0.0
        for demand in problem.demands { total += demand.weight * best(demand, qualities) }
        return total
    }

    /// The same for every group, in its own units.
    public func groupCoverage(of plan: SchedulePlan, inPhase phase: Int?) -> [Double] {
        let qualities = qualities(of: plan, inPhase: phase)
        var totals = [Double](repeating: 0, count: problem.groupCount)
        for demand in problem.demands where !demand.groups.isEmpty {
            let quality = best(demand, qualities)
            for share in demand.groups { totals[share.group] += share.weight * quality }
        }
        return totals
    }

    private func qualities(of plan: SchedulePlan, inPhase phase: Int?) -> [Double] {
        zip(plan.decisions, problem.bases).map { decision, base in
            phase.map { decision.quality(inPhase: $0, effectiveness: base.effectiveness) } ?? 1
        }
    }

    private func best(_ demand: ScheduleProblem.Demand, _ qualities: [Double]) -> Double {
        var best = 0.0
        for base in demand.reach { best = max(best, qualities[base]) }
        return best
    }

    private func makesSense(_ decision: SchedulePlan.Decision) -> Bool {
        guard let phase = decision.phase else { return decision.action == .keep }
        return decision.action != .keep && problem.phases.indices.contains(phase)
    }

    private func baseViolations(_ plan: SchedulePlan) -> [PlanViolation] {
        var found: [PlanViolation] = []
        for (index, base) in problem.bases.enumerated() {
            let decision = plan.decisions[index]
            guard let phase = decision.phase else { continue }
            if base.mustStay { found.append(.mustStay(base: index)) }
            guard decision.action == .handOver else {
                if !base.mayClose { found.append(.mayNotClose(base: index)) }
                continue
            }
            if base.readyPhase.map({ phase < $0 }) ?? true {
                found.append(
                    .notReady(base: index, phase: phase, readyPhase: base.readyPhase))
            }
            if base.blockedPhases.contains(phase) {
                found.append(.blocked(base: index, phase: phase))
            }
        }
        return found
    }

    private func phaseViolations(_ plan: SchedulePlan, _ phase: Int) -> [PlanViolation] {
        var found: [PlanViolation] = []
        let rules = problem.phases[phase]
        let leaving = plan.leaving(inPhase: phase)
        if let most = rules.mostLeaving, leaving.count > most {
            found.append(
                .leaving(phase: phase, contingent: nil, found: leaving.count, most: most))
        }
        for (contingent, most) in rules.mostLeavingByContingent.enumerated() {
            let count = leaving.count { problem.bases[$0].contingent == contingent }
            if let most, count > most {
                found.append(
                    .leaving(phase: phase, contingent: contingent, found: count, most: most))
            }
        }
        let handovers = leaving.count { plan.decisions[$0].action == .handOver }
        if let most = rules.hostUnits, handovers > most {
            found.append(.hostUnits(phase: phase, found: handovers, most: most))
        }
        for pair in problem.dependences
        where isHeld(plan.decisions[pair.base], phase)
            && !isHeld(plan.decisions[pair.other], phase)
            && plan.decisions[pair.other].action != .handOver
        {
            found.append(.dependence(base: pair.base, other: pair.other, phase: phase))
        }
        for pair in problem.neighbours
        where plan.decisions[pair.first].phase == phase
            && plan.decisions[pair.second].phase == phase
        {
            found.append(.neighbours(first: pair.first, second: pair.second, phase: phase))
        }
        return found + floorViolations(plan, phase)
    }

    private func floorViolations(_ plan: SchedulePlan, _ phase: Int) -> [PlanViolation] {
        let floors = problem.floors.filter { $0.phases?.contains(phase) ?? true }
        guard !floors.isEmpty else { return [] }
        let covered = groupCoverage(of: plan, inPhase: phase)
        return floors.compactMap { floor in
            let today = today[floor.group]
            let least =
                switch floor.least {
                case .shareOfToday(let share): share * today
                case .todayLess(let tolerance): today - tolerance
                case .amount(let amount): amount
                }
            let isMet = covered[floor.group] >= least - Self.tolerance * max(1, today)
            return isMet
                ? nil
                : .floor(
                    group: floor.group, phase: phase, found: covered[floor.group], least: least)
        }
    }

    private func endViolations(_ plan: SchedulePlan) -> [PlanViolation] {
        var found: [PlanViolation] = []
        let held = plan.decisions.indices.filter { plan.decisions[$0].action == .keep }
        if let most = problem.mostHeldAtEnd, held.count > most {
            found.append(.heldAtEnd(contingent: nil, found: held.count, most: most))
        }
        for (contingent, most) in problem.mostHeldAtEndByContingent.enumerated() {
            let count = held.count { problem.bases[$0].contingent == contingent }
            if let most, count > most {
                found.append(.heldAtEnd(contingent: contingent, found: count, most: most))
            }
        }
        return found
    }

    private func isHeld(_ decision: SchedulePlan.Decision, _ phase: Int) -> Bool {
        decision.phase.map { phase < $0 } ?? true
    }
}
