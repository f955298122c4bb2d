import Diagnostics

/// What can be wrong with a linear program or its solution.
public enum SolverFailureKind: String, FailureKind, CaseIterable {
    /// A name, factor, bound or column number of the program cannot be used.
    case unsuitableProgram = "unsuitable-program"
    /// A limit of the search is not a usable number.
    case unsuitableLimit = "unsuitable-limit"
    /// The solver gave up, or returned values that do not obey the rows.
    case solverFailed = "solver-failed"

    public var code: String { rawValue }
    public var exit: ExitStatus { self == .solverFailed ? .fault : .dataRefused }
}

/// The error of this module.
public typealias SolverError = Failure<SolverFailureKind>
