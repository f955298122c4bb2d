import Diagnostics
import Faults
import Glibc

extension RunDirectory {
    static let runsName = "runs"
    static let latestName = "latest"
    /// Folders of what is kept for later nights.
    static let cacheNames = [
        "cache", StageStore.folderName, SeriesCache.folderName, TileJournal.folderName,
    ]

    /// Makes a folder and those above it.
    static func makeFolders(_ path: String) throws(PublishError) {
        var status = stat()
        if stat(path, &status) == 0, FileStatus(status).isDirectory { return }
        var end = path.startIndex
        repeat {
            end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
            let prefix = String(path[..<end])
            guard prefix.isEmpty || makeFolder(prefix) || errno == EEXIST else {
                throw PublishError(
                    .cannotCreate, at: Place(file: path),
                    "cannot be made (\(SystemError.last) at \(prefix))",
                    mend: "Check the path and its permissions")
            }
        } while end != path.endIndex
        guard stat(path, &status) == 0, FileStatus(status).isDirectory else {
            throw PublishError(
                .cannotCreate, at: Place(file: path), "is a file (expected a folder)",
                mend: "Give another --output")
        }
    }

    private static func makeFolder(_ path: String) -> Bool {
        FaultPoint.mkdir.passes(path) && mkdir(path, 0o777) == 0
    }

    /// Makes `runs`, and refuses what could not be published over.
    static func checkLayout(
        of root: borrowing Descriptor, shownAs shown: String
    ) throws(PublishError) {
        let isMade =
            FaultPoint.mkdir.passes(shown + "/" + runsName)
            && mkdirat(root.number, runsName, 0o777) == 0
        if !isMade, errno != EEXIST {
            throw PublishError(
                .cannotCreate, at: Place(file: shown),
                "the folder \"\(runsName)\" cannot be made in it (\(SystemError.last))",
                mend: "Check its permissions and free space")
        }
        guard FileStatus(of: runsName, in: root.number)?.isDirectory == true else {
            throw PublishError(
                .unsafePath, at: Place(file: shown + "/" + runsName),
                "is not a folder of its own (a link or a file)",
                mend: "Remove it or give another --output")
        }
        // Results are kept in them and removed from them, by path.
        for name in cacheNames {
            guard FileStatus(of: name, in: root.number)?.isDirectory ?? true else {
                throw PublishError(
                    .unsafePath, at: Place(file: shown + "/" + name),
                    "is not a folder of its own (a link or a file)",
                    mend: "Remove it or give another --output")
            }
        }
        guard FileStatus(of: latestName, in: root.number)?.isSymbolicLink ?? true else {
            throw PublishError(
                .unsafePath, at: Place(file: shown + "/" + latestName),
                "is not the link to the newest run (found a file or folder)",
                mend: "Move it away or give another --output")
        }
    }

    /// Removes the staging folders and links of processes that have ended,
    /// the runs that they were removing, and what they left in the cache.
    /// The lock is held, so that none of them is in use.
    static func removeLeftovers(
        in root: borrowing Descriptor, shownAs shown: String
    ) throws(PublishError) {
        for name in try DirectoryTree.names(in: root.number, shownAs: shown) {
            if isLeftover(name) {
                try DirectoryTree.remove(name, in: root.number, shownAs: shown + "/" + name)
            }
        }
        try CacheLeftovers.remove(in: root, shownAs: shown)
    }

    /// Whether a name is that of something that a process which has ended,
    /// or this one, did not finish.
    static func isLeftover(_ name: String) -> Bool {
        let pattern = #/\.(?:staging|latest|removed)-([0-9]+)-[0-9a-f]+/#
        guard let match = name.wholeMatch(of: pattern), let process = pid_t(match.output.1) else {
            return false
        }
        let isAlive = kill(process, 0) == 0 || errno == EPERM
        return !isAlive || process == getpid()
    }

    /// Sixteen hexadecimal digits that no other run uses.
    static func randomName() -> String {
        let text = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
