import Diagnostics
import Faults
import Glibc

/// The file of the state database and those that SQLite keeps beside it.
enum StateFiles {
    private static let suffixes = ["", "-wal", "-shm", "-journal"]
    private static let signature = Array("SQLite format 3\0".utf8)

    /// Makes the file when it is not there, readable by its owner alone, and
    /// refuses what SQLite would follow or misread.
    ///
    /// - Throws: of kind `cannotOpen`, or `damaged` for a file that is no
    ///   database at all.
    static func prepare(_ path: String) throws(StateError) {
        for suffix in suffixes { try refuseLinks(path + suffix) }
        guard FaultPoint.open.passes(path) else { throw cannotOpen(path, reason: reason(errno)) }
        let created = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if created >= 0 {
            // Whatever the umask, nobody else reads rows of events.
            fchmod(created, 0o600)
            close(created)
            return
        }
        guard errno == EEXIST else { throw cannotOpen(path, reason: reason(errno)) }
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotOpen(path, reason: reason(errno)) }
        defer { close(descriptor) }
        // Fails for a file of somebody else, which then stays as it is.
        fchmod(descriptor, 0o600)
        var head = [UInt8](repeating: 0, count: signature.count)
        let count = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == 0 || head == signature else {
            throw StateError(
                .damaged, at: Place(file: path), "is not a database",
                mend: "Move it away; a new one is begun")
        }
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Renames the file and those beside it to the first free
    /// `state.sqlite.damaged-N`, and returns that name without its folder.
    static func moveAside(_ path: String) throws(StateError) -> String {
        var number = 1
        var status = stat()
        while lstat("\(path).damaged-\(number)", &status) == 0 { number += 1 }
        let target = "\(path).damaged-\(number)"
        for suffix in suffixes where rename(path + suffix, target + suffix) != 0 {
            guard errno == ENOENT else { throw cannotOpen(path, reason: reason(errno)) }
        }
        return String(target[(target.lastIndex(of: "/").map(target.index(after:)) ?? target.startIndex)...])
    }

    private static func refuseLinks(_ path: String) throws(StateError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw cannotOpen(path, reason: "it is a link, folder or device; expected a file")
        }
    }

    private static func cannotOpen(_ path: String, reason: String) -> StateError {
        StateError(
            .cannotOpen, at: Place(file: path), "cannot be opened (\(reason))",
            mend: "Check the path and its permissions")
    }

    static func reason(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
