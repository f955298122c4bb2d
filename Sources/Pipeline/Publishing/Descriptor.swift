import Diagnostics
import Faults
import Glibc

/// An open file or folder, closed when it goes out of scope.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    /// Opens `name`, seen from the folder `directory`. Never inherited by
    /// child processes; a call broken by a signal is repeated.
    init(
        opening name: String, in directory: Int32 = AT_FDCWD, flags: Int32, mode: mode_t = 0o666,
        kind: PublishFailureKind, shownAs shown: String
    ) throws(PublishError) {
        var result: Int32
        repeat {
            let point: FaultPoint = flags & O_CREAT == 0 ? .open : .create
            result =
                point.passes(shown) ? openat(directory, name, flags | O_CLOEXEC, mode) : -1
        } while result < 0 && errno == EINTR
        guard result >= 0 else {
            let system = SystemError.last
            // The path is right then, and the same call may work later.
            guard !system.isOfDevice else { throw .writing(shown, "opening") }
            throw PublishError(
                kind, at: Place(file: shown), "cannot be opened (\(system))",
                mend: "Check the path and its permissions")
        }
        number = result
    }

    /// Takes over an open descriptor.
    init(owning number: Int32) { self.number = number }

    deinit { close(number) }

    /// Closes, reporting what closing reports: some file systems only then
    /// say that the disk is full.
    consuming func finish(shownAs shown: String) throws(PublishError) {
        let number = self.number
        discard self
        let isPassed = FaultPoint.close.passes(shown)
        guard close(number) == 0, isPassed else { throw .writing(shown, "closing") }
    }

    /// Forces what was written down to the device.
    borrowing func synchronize(shownAs shown: String) throws(PublishError) {
        var result: Int32
        repeat {
            result = FaultPoint.fsync.passes(shown) ? fsync(number) : -1
        } while result != 0 && errno == EINTR
        // EINVAL: a file system without synchronization, such as some FUSE.
        guard result == 0 || errno == EINVAL else { throw .writing(shown, "syncing") }
    }

    /// Writes all bytes, however many calls it takes.
    borrowing func write(_ bytes: UnsafeRawBufferPointer, shownAs shown: String)
        throws(PublishError)
    {
        var rest = bytes
        while !rest.isEmpty {
            let count = FaultPoint.write(rest, to: number, shown)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count < 0, errno == EINTR {
                continue
            } else {
                throw .writing(shown, "writing")
            }
        }
    }

    /// Reads up to the count of `buffer`; 0 at the end of the file.
    borrowing func read(into buffer: UnsafeMutableRawBufferPointer, shownAs shown: String)
        throws(PublishError) -> Int
    {
        while true {
            let count =
                FaultPoint.read.passes(shown)
                ? Glibc.read(number, buffer.baseAddress, buffer.count) : -1
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw PublishError(
                    .inputOutput, at: Place(file: shown), "reading failed (\(SystemError.last))",
                    mend: "Check the device and run again")
            }
        }
    }

    /// Opens a regular file for reading; folders, devices and pipes are
    /// refused without waiting for them.
    static func regularFile(at path: String) throws(PublishError) -> Descriptor {
        let descriptor = try Descriptor(
            opening: path, flags: O_RDONLY | O_NONBLOCK, kind: .unreadable, shownAs: path)
        guard try descriptor.status(shownAs: path).isRegularFile else {
            throw PublishError(
                .unreadable, at: Place(file: path), "is not a regular file", mend: "Check the path")
        }
        return descriptor
    }

    /// The first `limit` bytes of a regular file.
    static func readFile(at path: String, limit: Int) throws(PublishError) -> [UInt8] {
        try regularFile(at: path).contents(limit: limit, shownAs: path)
    }

    /// The next bytes up to the end, at most `limit`.
    borrowing func contents(limit: Int, shownAs shown: String) throws(PublishError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < limit {
            var failure: PublishError?
            let count = chunk.withUnsafeMutableBytes { buffer in
                do throws(PublishError) {
                    return try read(into: buffer, shownAs: shown)
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return Array(bytes.prefix(limit))
    }

    /// What the descriptor refers to.
    borrowing func status(shownAs shown: String) throws(PublishError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else {
            throw PublishError(
                .inputOutput, at: Place(file: shown), "cannot be examined (\(SystemError.last))",
                mend: "Check the device and run again")
        }
        return FileStatus(status)
    }
}

/// Kind and size of a file.
struct FileStatus {
    var type: mode_t
    var bytes: Int

    init(_ status: stat) {
        type = status.st_mode & S_IFMT
        bytes = Int(status.st_size)
    }

    /// Of `name` in the folder `directory`, symbolic links not followed; nil
    /// when there is no such name.
    init?(of name: String, in directory: Int32) {
        var status = stat()
        guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        self.init(status)
    }

    var isRegularFile: Bool { type == S_IFREG }
    var isDirectory: Bool { type == S_IFDIR }
    var isSymbolicLink: Bool { type == S_IFLNK }
}

extension PublishError {
    /// For a call that just failed on the device of a file, mostly one that
    /// is being written.
    static func writing(_ shown: String, _ action: String) -> PublishError {
        let system = SystemError.last
        let mend =
            system.isOfSpace
            ? "Free space and run again" : "Check the device and run again"
        return PublishError(
            .inputOutput, at: Place(file: shown), "\(action) failed (\(system))", mend: mend)
    }
}

/// The folder that relative paths start from.
enum WorkingDirectory {
    /// Absolute; `/` when it was removed.
    static var path: String {
        guard let text = getcwd(nil, 0) else { return "/" }
        defer { free(text) }
        return String(cString: text)
    }
}
