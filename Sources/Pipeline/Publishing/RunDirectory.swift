import Calendar
import Diagnostics
import Glibc

/// The outputs of one run: staged aside, then published by a rename.
///
///     ROOT/runs/2010-12-19-001/...   published runs, never touched again
///     ROOT/latest -> runs/...        the newest of them
///     ROOT/.staging-PID-RANDOM/...   what a run is writing
///     ROOT/.lock                     held while a run writes
///
/// A run that does not publish leaves nothing: its staging folder goes when
/// this object does, or, when the process was killed, at the next run. ROOT
/// may be a symbolic link; nothing inside it is followed.
public final class RunDirectory: Sendable {
    /// The deterministic record of a run; what makes it published.
    public static let manifestName = "manifest.json"
    /// Times and host facts.
    public static let recordName = "run.json"
    /// What the run printed.
    public static let logName = "log.txt"

    /// The output folder, absolute, links resolved.
    public let root: String
    /// What the run is writing.
    let folder: StagingFolder

    let rootDescriptor: Descriptor
    private let lock: OutputLock

    /// The staging folder, absolute.
    public var staging: String { folder.path }

    /// Makes the output folder when it is not there, locks it, removes what
    /// killed runs left, and makes an empty staging folder.
    ///
    /// - Throws: `PublishError` of kind `cannotCreate`, `unsafePath`,
    ///   `inputOutput` or `locked`.
    public init(root path: String) throws(PublishError) {
        try Self.makeFolders(path)
        let descriptor = try Descriptor(
            opening: path, flags: O_RDONLY | O_DIRECTORY, kind: .cannotCreate, shownAs: path)
        guard let resolved = realpath(path, nil) else {
            throw PublishError(
                .cannotCreate, at: Place(file: path), "cannot be resolved (\(SystemError.last))",
                mend: "Check the path")
        }
        defer { free(resolved) }
        root = String(cString: resolved)
        lock = try OutputLock(in: descriptor.number, shownAs: path)
        try Self.checkLayout(of: descriptor, shownAs: path)
        try Self.removeLeftovers(in: descriptor, shownAs: path)
        // Files are forced to the device all together when the run is published.
        folder = try StagingFolder(
            making: ".staging-\(getpid())-" + Self.randomName(), in: descriptor, at: root,
            synchronizes: false)
        rootDescriptor = descriptor
    }

    // While the lock is still held.
    deinit { discard() }

    /// Removes the staging folder; the output folder is as before the run.
    /// What cannot be removed now is removed at the next run.
    public func discard() { folder.discard() }

    /// The absolute path of an output, for libraries that write by path. Its
    /// folder is there afterwards; the file must be closed before `publish`.
    ///
    /// - Parameter path: relative, with `/` between names; names from data
    ///   go through `Slug` first.
    /// - Throws: `PublishError` of kind `unsafePath` or `cannotCreate`.
    public func path(of path: String) throws(PublishError) -> String {
        try folder.path(of: path)
    }

    /// A writer of a new output.
    ///
    /// - Throws: `PublishError`; `cannotCreate` when the name is taken.
    public func writer(of path: String) throws(PublishError) -> FileWriter {
        try folder.writer(of: path)
    }

    /// Writes a new output at once.
    public func write(_ bytes: [UInt8], to path: String) throws(PublishError) {
        try folder.write(bytes, to: path)
    }

    /// Every staged file, relative, in the order of their names' bytes.
    public func files() throws(PublishError) -> [String] { try folder.files().map(\.path) }
}
