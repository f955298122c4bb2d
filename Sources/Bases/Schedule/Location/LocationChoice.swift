import Solver

/// Bases that a location model chose, what they achieve, and how much better
/// any other choice could be.
public struct LocationChoice: Sendable, Hashable {
    /// Ascending.
    public var bases: [Int]
    /// What the bases achieve, in the units of the model: weight covered, or
    /// weight times minutes, minutes, kilometres.
    public var value: Double
    /// What no choice can exceed (or, for minutes, fall below).
    public var bound: Double
    /// Nodes of the solver's search trees.
    public var nodes: Int

    public init(bases: [Int], value: Double, bound: Double, nodes: Int = 0) {
        self.bases = bases
        self.value = value
        self.bound = bound
        self.nodes = nodes
    }

    /// By which share of the value the bound lies away from it; 0 when proven.
    public var gap: Double {
        value == bound ? 0 : abs(bound - value) / abs(value)
    }
}

/// The bases that a covering needs.
public enum CoveringChoice: Sendable, Hashable {
    /// As few bases as possible, ascending, that reach every place.
    case bases([Int])
    /// Places that no base at all reaches within the limit, ascending.
    case impossible(uncovered: [Int])
}
