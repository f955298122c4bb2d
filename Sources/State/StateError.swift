import Diagnostics

/// What can go wrong with the state database.
public enum StateFailureKind: String, FailureKind {
    /// It cannot be opened or made.
    case cannotOpen = "state-cannot-open"
    /// It is not a database, or a damaged one.
    case damaged = "state-damaged"
    /// Reading or writing failed.
    case inputOutput = "state-input-output"

    public var code: String { rawValue }

    public var exit: ExitStatus { .inputOutput }
}

public typealias StateError = Failure<StateFailureKind>
