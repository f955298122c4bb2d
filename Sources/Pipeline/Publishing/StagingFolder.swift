import Diagnostics
import Faults
import Glibc
import Synchronization

/// A folder in which files are written before anybody sees them.
///
/// It is removed with this object unless it was handed over by a rename.
/// Symbolic links inside it are never followed.
final class StagingFolder: Sendable {
    /// Absolute.
    let path: String
    let name: String
    /// The folder that it lies in.
    let parent: Descriptor
    /// Whether each file is forced to the device when it is finished.
    private let synchronizes: Bool
    /// Whether it is still there, and this object's.
    private let isThere = Mutex(true)

    /// Makes the folder.
    ///
    /// - Parameters:
    ///   - parent: an open folder.
    ///   - parentPath: its absolute path.
    init(
        making name: String, in parent: borrowing Descriptor, at parentPath: String,
        synchronizes: Bool
    ) throws(PublishError) {
        self.name = name
        self.synchronizes = synchronizes
        path = parentPath + "/" + name
        self.parent = try Descriptor(
            opening: ".", in: parent.number, flags: O_RDONLY | O_DIRECTORY, kind: .cannotCreate,
            shownAs: parentPath)
        guard FaultPoint.mkdir.passes(path), mkdirat(parent.number, name, 0o777) == 0 else {
            throw PublishError(
                .cannotCreate, at: Place(file: parentPath),
                "a folder cannot be made in it (\(SystemError.last))",
                mend: "Check its permissions and free space")
        }
    }

    deinit { discard() }

    /// Removes the folder. What cannot be removed now is removed at the next
    /// run.
    func discard() {
        isThere.withLock { there in
            guard there else { return }
            there = false
            try? DirectoryTree.remove(name, in: parent.number, shownAs: path)
        }
    }

    /// Hands the folder over to `body` unless it is gone already; it is gone
    /// afterwards when `body` returns.
    func leave<Result>(
        _ body: () throws(PublishError) -> Result
    ) throws(PublishError) -> Result {
        try isThere.withLock { there throws(PublishError) in
            guard there else {
                throw PublishError(
                    .manifestMismatch, at: Place(file: path),
                    "the folder was published or discarded before", mend: "Report this fault")
            }
            let result = try body()
            there = false
            return result
        }
    }

    /// The absolute path of an output, for libraries that write by path. Its
    /// folder is there afterwards.
    ///
    /// - Parameter path: relative, with `/` between names; names from data
    ///   go through `Slug` first.
    /// - Throws: `PublishError` of kind `unsafePath` or `cannotCreate`.
    func path(of path: String) throws(PublishError) -> String {
        _ = try stagedName(of: path)
        return self.path + "/" + path
    }

    /// A writer of a new output.
    ///
    /// - Throws: `PublishError`; `cannotCreate` when the name is taken.
    func writer(of path: String) throws(PublishError) -> FileWriter {
        let staged = try stagedName(of: path)
        return try FileWriter(
            creating: staged.name, in: staged.folder.number, shownAs: path,
            synchronizes: synchronizes)
    }

    /// Writes a new output at once.
    func write(_ bytes: [UInt8], to path: String) throws(PublishError) {
        var writer = try writer(of: path)
        try writer.write(bytes)
        try writer.finish()
    }

    /// Removes an output, or does nothing when there is none.
    func remove(_ path: String) throws(PublishError) {
        let staged = try stagedName(of: path)
        try DirectoryTree.remove(staged.name, in: staged.folder.number, shownAs: path)
    }

    /// Opens the folder itself.
    func open() throws(PublishError) -> Descriptor {
        try DirectoryTree.open(name, in: parent.number, shownAs: path)
    }

    /// Every file in it, relative, in the order of their names' bytes.
    func files() throws(PublishError) -> [DirectoryTree.File] {
        let folder = try open()
        return try DirectoryTree.files(in: folder.number, shownAs: path)
    }
}
