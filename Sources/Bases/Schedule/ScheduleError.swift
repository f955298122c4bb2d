import Diagnostics
import Solver

/// What can be wrong with the input of a location model or schedule.
public enum ScheduleFailureKind: String, FailureKind, CaseIterable {
    /// A weight, time, share or cap is not a usable number.
    case unsuitableValue = "unsuitable-value"
    /// A base, group, phase or contingent that does not exist is named.
    case unknownIndex = "unknown-index"
    /// Lists that belong together differ in length.
    case mismatch = "size-mismatch"
    /// The solver gave up.
    case solverFailed = "solver-failed"

    public var code: String { rawValue }
    public var exit: ExitStatus { self == .solverFailed ? .fault : .dataRefused }
}

/// The error of location models and schedules.
public typealias ScheduleError = Failure<ScheduleFailureKind>

extension Failure where Kind == ScheduleFailureKind {
    /// What the solver said, in the words of this module.
    init(_ error: SolverError) {
        let kind: ScheduleFailureKind =
            error.kind == .solverFailed ? .solverFailed : .unsuitableValue
        self.init(kind, at: error.place, error.cause, mend: error.mend)
    }

    static func value(_ field: String, _ cause: String, mend: String) -> Self {
        Self(.unsuitableValue, at: Place(field: field), cause, mend: mend)
    }

    static func index(_ field: String, _ cause: String, mend: String) -> Self {
        Self(.unknownIndex, at: Place(field: field), cause, mend: mend)
    }
}

/// Calls the solver with this module's error.
func solve(
    _ program: LinearProgram, limits: SolverLimits = .none, hints: SolverHints = .none
) throws(ScheduleError) -> ProgramSolution {
    do { return try CBCSolver.solve(program, limits: limits, hints: hints) } catch {
        throw ScheduleError(error)
    }
}
