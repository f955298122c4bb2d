import Diagnostics

/// When a search for the optimum may end before it is proven.
public struct SolverLimits: Sendable, Hashable {
    /// Seconds of search; nil without limit. A search that this stops may end
    /// elsewhere on another machine: use `nodes` where results must repeat.
    public var seconds: Double?
    /// Nodes of the search tree; nil without limit.
    public var nodes: Int?
    /// The search ends when bound and value differ by at most this share of
    /// the value.
    public var relativeGap: Double

    public init(seconds: Double? = nil, nodes: Int? = nil, relativeGap: Double = 0) {
        self.seconds = seconds
        self.nodes = nodes
        self.relativeGap = relativeGap
    }

    /// Until the optimum is proven.
    public static let none = SolverLimits()

    func check() throws(SolverError) {
        if let seconds, !(seconds > 0) || seconds.isInfinite {
            throw SolverError(
                .unsuitableLimit, "the time limit is \(seconds) s, expected a positive number",
                mend: "Give a limit above 0 s, or none")
        }
        if let nodes, !(0...Int(Int32.max)).contains(nodes) {
            throw SolverError(
                .unsuitableLimit, "the node limit is \(nodes), expected 0 ... \(Int32.max)",
                mend: "Give a limit in that range, or none")
        }
        if !(relativeGap >= 0) || relativeGap.isInfinite {
            throw SolverError(
                .unsuitableLimit, "the gap is \(relativeGap), expected a share from 0",
                mend: "Give a gap such as 0.01, or 0 for a proven optimum")
        }
    }
}
