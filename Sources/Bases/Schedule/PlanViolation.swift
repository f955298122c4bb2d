/// A rule that a plan breaks, and by how much.
public enum PlanViolation: Sendable, Hashable, Codable {
    /// The plan has not one decision per base.
    case decisionCount(found: Int, expected: Int)
    /// A decision names no phase, or one that does not exist, or keeps a base
    /// and names one.
    case phase(base: Int, found: Int?)
    /// The mission must not leave the base.
    case mustStay(base: Int)
    /// The base is closed, and it may only be kept or handed over.
    case mayNotClose(base: Int)
    /// The host cannot take over that early; nil: ever.
    case notReady(base: Int, phase: Int, readyPhase: Int?)
    /// No handover may happen at this base in this phase.
    case blocked(base: Int, phase: Int)
    /// Too many bases are left in a phase; by one contingent or by all.
    case leaving(phase: Int, contingent: Int?, found: Int, most: Int)
    /// More bases are handed over in a phase than host units exist.
    case hostUnits(phase: Int, found: Int, most: Int)
    /// Too many bases are held after the last phase; by one contingent or all.
    case heldAtEnd(contingent: Int?, found: Int, most: Int)
    /// The mission still holds `base`, and nobody holds `other` on the way.
    case dependence(base: Int, other: Int, phase: Int)
    /// Two neighbours are left in one phase.
    case neighbours(first: Int, second: Int, phase: Int)
    /// Less of a group is protected than its floor asks.
    case floor(group: Int, phase: Int, found: Double, least: Double)
    /// The plan claims another objective than it reaches.
    case value(claimed: Double, found: Double)

    /// How far the plan is from obeying: bases, or the group's units, or the
    /// difference of values.
    public var amount: Double {
        switch self {
        case .decisionCount(let found, let expected): return Double(abs(found - expected))
        case .leaving(_, _, let found, let most), .hostUnits(_, let found, let most),
            .heldAtEnd(_, let found, let most):
            return Double(found - most)
        case .floor(_, _, let found, let least): return least - found
        case .value(let claimed, let found): return abs(claimed - found)
        default: return 1
        }
    }

    /// One sentence, with the names of bases, groups and contingents; phases
    /// are counted from 1. A number stands where a name is missing.
    public func text(
        bases: [String] = [], groups: [String] = [], contingents: [String] = []
    ) -> String {
        func name(_ index: Int, _ names: [String], _ what: String) -> String {
            names.indices.contains(index) ? names[index] : "\(what) \(index)"
        }
        func base(_ index: Int) -> String { name(index, bases, "base") }
        func owner(_ contingent: Int?) -> String {
            contingent.map { " of " + name($0, contingents, "contingent") } ?? ""
        }
        switch self {
        case .decisionCount(let found, let expected):
            return "The plan decides on \(found) bases, and there are \(expected)."
        case .phase(let index, let found):
            let phase = found.map { "phase \($0 + 1)" } ?? "no phase"
            return "\(base(index)): \(phase) does not fit the decision."
        case .mustStay(let index): return "\(base(index)) must stay."
        case .mayNotClose(let index):
            return "\(base(index)): it is closed, and may only be kept or handed over."
        case .notReady(let index, let phase, let ready):
            let when = ready.map { "before phase \($0 + 1)" } ?? "in any phase"
            return "\(base(index)): handed over in phase \(phase + 1), and the host is not ready \(when)."
        case .blocked(let index, let phase):
            return "\(base(index)): no handover is possible in phase \(phase + 1)."
        case .leaving(let phase, let contingent, let found, let most):
            return "Phase \(phase + 1): \(found) bases\(owner(contingent)) are left, at most \(most) may be."
        case .hostUnits(let phase, let found, let most):
            return "Phase \(phase + 1): \(found) bases are handed over, and \(most) host units can take over."
        case .heldAtEnd(let contingent, let found, let most):
            return "\(found) bases\(owner(contingent)) are held at the end, at most \(most) may be."
        case .dependence(let index, let other, let phase):
            return "Phase \(phase + 1): \(base(index)) is held, and nobody holds \(base(other)) on its route."
        case .neighbours(let first, let second, let phase):
            return "Phase \(phase + 1): \(base(first)) and \(base(second)) are neighbours, and both are left."
        case .floor(let group, let phase, let found, let least):
            return "Phase \(phase + 1): \(name(group, groups, "group")) keeps \(rounded(found)) covered, "
                + "its floor is \(rounded(least)): \(rounded(least - found)) short."
        case .value(let claimed, let found):
            return "The plan claims a value of \(rounded(claimed)) and reaches \(rounded(found))."
        }
    }

    private func rounded(_ amount: Double) -> String {
        let hundredths = (amount * 100).rounded()
        guard abs(hundredths) < 1e15 else { return "\(amount)" }
        let whole = hundredths / 100
        return whole == whole.rounded() ? "\(Int(whole))" : "\(whole)"
    }
}
