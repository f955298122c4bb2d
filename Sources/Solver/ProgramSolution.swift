/// What a solver found for a linear program.
public struct ProgramSolution: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable, Codable {
        /// The values are proven to be the best.
        case optimal
        /// A limit ended the search; the values obey all rows.
        case feasible
        /// No values obey all rows.
        case infeasible
        /// The objective grows without end.
        case unbounded
        /// A limit ended the search before any values were found.
        case limitReached
    }

    public var status: Status
    /// One per column, integers whole; empty when there are none.
    public var values: [Double]
    /// The objective of `values`; NaN without.
    public var objective: Double
    /// No values reach a larger objective; `+infinity` when unknown, and
    /// `-infinity` when no values exist.
    public var bound: Double
    /// Nodes of the search tree.
    public var nodes: Int

    public init(
        status: Status, values: [Double] = [], objective: Double = .nan, bound: Double, nodes: Int
    ) {
        self.status = status
        self.values = values
        self.objective = objective
        self.bound = bound
        self.nodes = nodes
    }

    /// By which share of the objective the bound lies above it; 0 when proven,
    /// `+infinity` without values or bound.
    public var gap: Double {
        guard !values.isEmpty || status == .optimal else { return .infinity }
        return relativeGap(value: objective, bound: bound)
    }
}

/// By which share of `value` the upper bound lies above it: never negative,
/// `+infinity` when the bound is, or when the value is 0 and the bound is not.
public func relativeGap(value: Double, bound: Double) -> Double {
    let difference = bound - value
    guard difference > 0 else { return 0 }
    return difference / abs(value)
}
