import Diagnostics

/// What is known of a program before its search: it changes how long the
/// search takes, and which of equally good values it ends with, never the
/// optimum.
public struct SolverHints: Sendable, Hashable {
    /// The optimum of the relaxation is nearly whole, as where cover follows
    /// from decisions. The solver then goes straight to its tree: preparing
    /// the program and looking for first values takes most of its time
    /// otherwise.
    public var isRelaxationStrong: Bool
    /// The objective of values that are known to obey all rows; the solver
    /// looks for nothing worse. nil when there are none.
    public var reachedObjective: Double?

    public init(isRelaxationStrong: Bool = false, reachedObjective: Double? = nil) {
        self.isRelaxationStrong = isRelaxationStrong
        self.reachedObjective = reachedObjective
    }

    /// Nothing is known.
    public static let none = SolverHints()

    func check() throws(SolverError) {
        if let reachedObjective, !reachedObjective.isFinite {
            throw SolverError(
                .unsuitableLimit, "the reached objective is \(reachedObjective), expected a number",
                mend: "Give the objective of values that obey all rows, or none")
        }
    }
}
