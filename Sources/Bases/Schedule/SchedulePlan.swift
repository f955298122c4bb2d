/// What happens with every base, and when.
public struct SchedulePlan: Sendable, Hashable, Codable {
    public enum Action: String, Sendable, Hashable, Codable, CaseIterable {
        /// The mission holds the base throughout.
        case keep
        /// The mission leaves it to the host.
        case handOver = "hand-over"
        /// The mission leaves it and nobody follows.
        case close
    }

    /// What happens with one base.
    public struct Decision: Sendable, Hashable, Codable {
        public var action: Action
        /// From this phase on the mission is gone; nil when it stays.
        public var phase: Int?

        public init(_ action: Action, phase: Int? = nil) {
            self.action = action
            self.phase = phase
        }

        public static let keep = Decision(.keep)
        public static func handOver(_ phase: Int) -> Decision { Decision(.handOver, phase: phase) }
        public static func close(_ phase: Int) -> Decision { Decision(.close, phase: phase) }

        /// The share of its protection that the base gives in a phase.
        func quality(inPhase phase: Int, effectiveness: Double) -> Double {
            guard action != .keep, let leaving = self.phase, phase >= leaving else { return 1 }
            return action == .handOver ? effectiveness : 0
        }
    }

    /// One per base, in the order of the bases.
    public var decisions: [Decision]
    /// The objective that the plan claims to reach.
    public var value: Double

    public init(decisions: [Decision], value: Double) {
        self.decisions = decisions
        self.value = value
    }

    /// Indices of the bases that the mission leaves in a phase, ascending.
    public func leaving(inPhase phase: Int) -> [Int] {
        decisions.indices.filter {
            decisions[$0].action != .keep && decisions[$0].phase == phase
        }
    }
}
