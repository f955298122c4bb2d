import Diagnostics
import Faults
import Glibc

/// The right to write in an output folder, held by one process at a time.
///
/// The kernel releases it when the process ends, however it ends: there is
/// no stale lock to remove by hand.
struct OutputLock: ~Copyable, Sendable {
    static let name = ".lock"

    private let descriptor: Descriptor

    /// - Throws: `PublishError` of kind `locked`, naming the process that
    ///   holds it.
    init(in directory: Int32, shownAs root: String) throws(PublishError) {
        let shown = root + "/" + Self.name
        let descriptor = try Descriptor(
            opening: Self.name, in: directory, flags: O_RDWR | O_CREAT | O_NOFOLLOW,
            kind: .cannotCreate, shownAs: shown)
        guard FaultPoint.lock.passes(shown), flock(descriptor.number, LOCK_EX | LOCK_NB) == 0
        else {
            guard errno == EWOULDBLOCK else { throw .writing(shown, "locking") }
            throw PublishError(
                .locked, at: Place(file: root),
                "another run writes there\(Self.holder(descriptor, shown))",
                mend: "Wait until it has ended, or give another --output")
        }
        guard FaultPoint.truncate.passes(shown), ftruncate(descriptor.number, 0) == 0 else {
            throw .writing(shown, "writing")
        }
        var failure: PublishError?
        Array("\(getpid())\n".utf8).withUnsafeBytes { bytes in
            do throws(PublishError) {
                try descriptor.write(bytes, shownAs: shown)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        self.descriptor = descriptor
    }

    /// Unlocks before closing: a child process that is between its fork and
    /// its exec still holds a copy of the descriptor, and the kernel keeps
    /// the lock until the last copy is closed.
    deinit { flock(descriptor.number, LOCK_UN) }

    private static func holder(_ descriptor: borrowing Descriptor, _ shown: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor.number, $0.baseAddress, 32, 0) }
        guard count > 0,
            let process = Int(
                String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
        else { return "" }
        return " (process \(process))"
    }
}
