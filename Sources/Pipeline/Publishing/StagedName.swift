import Diagnostics
import Faults
import Glibc

/// The last component of a checked output path, and its open folder.
struct StagedName: ~Copyable {
    let folder: Descriptor
    let name: String
}

extension StagingFolder {
    /// Checks a relative path and opens its folder, which is made when it is
    /// not there.
    func stagedName(of path: String) throws(PublishError) -> StagedName {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for part in parts {
            guard Self.isSafe(part) else {
                throw PublishError(
                    .unsafePath, at: Place(file: Quoted(path).description),
                    "is not a name for an output (found \(Quoted(part)), expected a plain name)",
                    mend: "Use a slug of the name")
            }
        }
        var folder = try open()
        for part in parts.dropLast() {
            let isThere =
                FileStatus(of: part, in: folder.number) != nil
                || FaultPoint.mkdir.passes(path) && mkdirat(folder.number, part, 0o777) == 0
            guard isThere || errno == EEXIST else {
                throw PublishError(
                    .cannotCreate, at: Place(file: path),
                    "its folder cannot be made (\(SystemError.last))",
                    mend: "Check permissions and free space")
            }
            folder = try DirectoryTree.open(part, in: folder.number, shownAs: path)
        }
        return StagedName(folder: folder, name: parts.last ?? "")
    }

    /// Not empty, hidden, longer than file systems allow, or with characters
    /// that terminals and shells take for something else.
    static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 255 && !name.hasPrefix(".") && !name.hasPrefix("-")
            && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
