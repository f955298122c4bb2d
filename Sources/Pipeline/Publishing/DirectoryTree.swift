import Diagnostics
import Faults
import Glibc

/// Operations on everything below a folder, by descriptors, so that a
/// symbolic link is never followed.
enum DirectoryTree {
    /// Names in a folder but `.` and `..`, in the order of their bytes.
    static func names(in directory: Int32, shownAs shown: String) throws(PublishError) -> [String] {
        // A descriptor of its own: reading moves the position of an open folder.
        let own =
            FaultPoint.list.passes(shown)
            ? openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1
        guard own >= 0, let stream = fdopendir(own) else {
            let error = unreadable(shown)
            if own >= 0 { close(own) }
            throw error
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw unreadable(shown) }
                break
            }
            let name = entryName(entry)
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The name in an entry that `readdir` gave.
    static func entryName(_ entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
    }

    /// Opens a folder inside `directory`; a symbolic link is refused.
    static func open(
        _ name: String, in directory: Int32, shownAs shown: String
    ) throws(PublishError) -> Descriptor {
        try Descriptor(
            opening: name, in: directory, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW,
            kind: .unsafePath, shownAs: shown)
    }

    /// Removes a file, or a folder and all below it; nothing when there is
    /// no such name.
    static func remove(
        _ name: String, in directory: Int32, shownAs shown: String
    ) throws(PublishError) {
        guard let status = FileStatus(of: name, in: directory) else { return }
        if status.isDirectory {
            let folder = try open(name, in: directory, shownAs: shown)
            for child in try names(in: folder.number, shownAs: shown) {
                try remove(child, in: folder.number, shownAs: shown + "/" + child)
            }
        }
        guard FaultPoint.unlink.passes(shown),
            unlinkat(directory, name, status.isDirectory ? AT_REMOVEDIR : 0) == 0
        else {
            throw .writing(shown, "removing")
        }
    }

    /// A file below a folder.
    struct File: Hashable {
        /// Relative, with `/` between names.
        var path: String
        var bytes: Int
    }

    /// The files below a folder, in the order of their names' bytes, folder
    /// by folder.
    ///
    /// - Parameter synchronizing: force every file and folder below to the
    ///   device as well.
    /// - Throws: of kind `unsafePath` for what is neither file nor folder.
    static func files(
        in directory: Int32, path: String = "", synchronizing: Bool = false, shownAs shown: String
    ) throws(PublishError) -> [File] {
        var files: [File] = []
        for name in try names(in: directory, shownAs: shown) {
            let childShown = shown + "/" + name
            let childPath = path.isEmpty ? name : path + "/" + name
            guard let status = FileStatus(of: name, in: directory),
                status.isRegularFile || status.isDirectory
            else {
                throw PublishError(
                    .unsafePath, at: Place(file: childShown),
                    "is neither a file nor a folder, and is not published",
                    mend: "Find out which program put it there")
            }
            if status.isDirectory {
                let folder = try open(name, in: directory, shownAs: childShown)
                files += try Self.files(
                    in: folder.number, path: childPath, synchronizing: synchronizing,
                    shownAs: childShown)
                if synchronizing { try folder.synchronize(shownAs: childShown) }
                continue
            }
            if synchronizing {
                let file = try Descriptor(
                    opening: name, in: directory, flags: O_RDONLY | O_NOFOLLOW,
                    kind: .inputOutput, shownAs: childShown)
                try file.synchronize(shownAs: childShown)
            }
            files.append(File(path: childPath, bytes: status.bytes))
        }
        return files
    }

    private static func unreadable(_ shown: String) -> PublishError {
        PublishError(
            .inputOutput, at: Place(file: shown), "cannot be listed (\(SystemError.last))",
            mend: "Check its permissions")
    }
}
