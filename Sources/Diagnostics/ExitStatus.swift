/// The exit codes of `jilaal`: a promise to cron jobs and scripts,
/// documented in `docs/exit-codes.md`.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Finished, also when there was nothing to do.
    case ok = 0
    /// An internal fault that is not the user's data.
    case fault = 1
    /// An input was read and refused.
    case dataRefused = 2
    /// The command line was wrong.
    case usage = 64
    /// The pipeline file was wrong.
    case badConfiguration = 65
    /// A named input does not exist or cannot be opened for reading.
    case inputMissing = 66
    /// A broken invariant in Jilaal itself.
    case bug = 70
    /// The output directory or file cannot be created.
    case cannotCreateOutput = 73
    /// Reading or writing failed half-way (disk full, device error).
    case inputOutput = 74
    /// Somebody else holds the output directory; trying again is sensible.
    case temporary = 75
}
