import Diagnostics
import Faults
import Glibc

/// A file of its own that is there whole or not at all.
public enum WholeFile {
    /// Writes `bytes` aside, forces them to the device and puts them in the
    /// place of what `path` names; a symbolic link is replaced, not followed.
    ///
    /// - Throws: `PublishError`; what was at `path` is then as it was.
    public static func write(_ bytes: [UInt8], to path: String) throws(PublishError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let name = parts.last.map(String.init) ?? ""
        guard !name.isEmpty, name != ".", name != ".." else {
            throw PublishError(
                .unsafePath, at: Place(file: path), "names a folder (expected a file)",
                mend: "Add a name, such as plot.svg")
        }
        let parent = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
        let folder = try Descriptor(
            opening: parent, flags: O_RDONLY | O_DIRECTORY, kind: .cannotCreate, shownAs: path)
        if FileStatus(of: name, in: folder.number)?.type == S_IFDIR {
            throw PublishError(
                .cannotCreate, at: Place(file: path), "is a folder (expected a file or nothing)",
                mend: "Name a file in it")
        }
        let temporary = ".jilaal-\(getpid())-" + RunDirectory.randomName() + ".partial"
        do throws(PublishError) {
            var writer = try FileWriter(creating: temporary, in: folder.number, shownAs: path)
            try writer.write(bytes)
            try writer.finish()
            guard FaultPoint.rename.passes(path),
                renameat(folder.number, temporary, folder.number, name) == 0
            else { throw .writing(path, "renaming") }
        } catch {
            try? DirectoryTree.remove(temporary, in: folder.number, shownAs: path)
            throw error
        }
    }
}
