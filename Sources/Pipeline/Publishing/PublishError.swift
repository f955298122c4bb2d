import Diagnostics

/// Why outputs could not be written, published or read back.
public enum PublishFailureKind: String, FailureKind, CaseIterable {
    /// The output folder is a file, or cannot be made or opened.
    case cannotCreate = "cannot-create-output"
    /// A name that would leave the output folder, or something in it that
    /// is not what a run puts there.
    case unsafePath = "unsafe-output-path"
    /// Writing, syncing or renaming failed: disk full, device error.
    case inputOutput = "input-output"
    /// Another run holds the output folder.
    case locked = "output-locked"
    /// A file to be read is not there or is no regular file.
    case unreadable
    /// What was staged is not what the manifest lists.
    case manifestMismatch = "manifest-mismatch"
    /// No published run is at a path.
    case runMissing = "run-missing"
    /// A published run, or a file of it, is not as it was published.
    case runDamaged = "run-damaged"

    public var code: String { rawValue }
    public var exit: ExitStatus {
        switch self {
        case .cannotCreate, .unsafePath: .cannotCreateOutput
        case .inputOutput: .inputOutput
        case .locked: .temporary
        case .unreadable: .inputMissing
        case .manifestMismatch: .bug
        case .runMissing: .inputMissing
        case .runDamaged: .dataRefused
        }
    }
}

/// The error type of publishing.
public typealias PublishError = Failure<PublishFailureKind>
