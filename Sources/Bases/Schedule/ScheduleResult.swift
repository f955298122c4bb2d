import Solver

/// How a schedule is made.
public enum ScheduleMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// By the solver: the best plan, proven.
    case optimal
    /// Without it: a good plan, and a bound that no plan exceeds.
    case heuristic
}

/// A schedule, how good it is, and what it breaks when it cannot be kept.
public struct ScheduleResult: Sendable, Hashable, Codable {
    public enum Status: String, Sendable, Hashable, Codable {
        /// The plan obeys all rules, and no other protects more.
        case optimal
        /// The plan obeys all rules; none protects more than the bound.
        case feasible
        /// No plan meets all floors: this one falls short the least.
        case floorsMissed = "floors-missed"
        /// The rules contradict each other even without floors: this plan
        /// breaks them the least.
        case rulesContradict = "rules-contradict"
        /// None was found that obeys all rules, and it is not proven that
        /// there is none.
        case notFound = "not-found"
    }

    public var status: Status
    public var method: ScheduleMethod
    /// Who made it, with its version.
    public var solver: String
    public var plan: SchedulePlan
    /// No plan that obeys all rules has a larger value; `-infinity`, null in
    /// JSON, when there is none, and `+infinity`, null as well, when unknown.
    public var bound: Double?
    public var nodes: Int
    /// What the plan breaks: nothing unless floors or rules cannot be kept.
    public var violations: [PlanViolation]
    /// What it leaves protected, phase by phase.
    public var outcomes: [PhaseOutcome]

    /// The plan's objective, from the places themselves.
    public var value: Double { plan.value }

    /// By which share of the value the bound lies above it; 0 when proven;
    /// nil when the plan breaks rules.
    public var gap: Double? {
        guard violations.isEmpty, let bound else { return nil }
        return relativeGap(value: value, bound: bound)
    }

    /// Floors that are missed, by phase and group.
    public var missedFloors: [PlanViolation] {
        violations.filter { if case .floor = $0 { true } else { false } }
    }
}
