import Diagnostics

/// What can go wrong with the state database.
public enum StateFailureKind: String, FailureKind, CaseIterable {
    /// It cannot be opened or made, or is no file of its own.
    case cannotOpen = "state-cannot-open"
    /// It is not a database of Jilaal, or a damaged one.
    case damaged = "state-damaged"
    /// It can be read but not written.
    case readOnly = "state-read-only"
    /// A newer program made it.
    case newer = "state-newer"
    /// Another process has held it for too long.
    case busy = "state-busy"
    /// Reading or writing failed.
    case inputOutput = "state-input-output"
    /// What is asked for was not known on that day, or not kept.
    case notKnownThen = "not-known-then"
    /// There is no such event.
    case noSuchEvent = "no-such-event"

    public var code: String { rawValue }

    public var exit: ExitStatus {
        switch self {
        case .notKnownThen, .noSuchEvent: .dataRefused
        case .busy: .temporary
        case .cannotOpen, .damaged, .readOnly, .newer, .inputOutput: .inputOutput
        }
    }
}

public typealias StateError = Failure<StateFailureKind>
