import Diagnostics
import Faults
import Glibc

/// Keeps a climatology as it is while it is read, and away from readers while
/// it is changed. The kernel releases it when the process ends.
final class BaselineLock: Sendable {
    static let name = ".lock"

    enum Use: Sendable {
        /// Several may read at a time.
        case reading
        /// Alone.
        case writing
    }

    private let descriptor: Descriptor

    /// - Throws: `PublishError` of kind `locked` when others use the folder.
    init(_ use: Use, in directory: borrowing Descriptor, shownAs shown: String)
        throws(PublishError)
    {
        let isWriting = use == .writing
        let descriptor = try Descriptor(
            opening: Self.name, in: directory.number,
            flags: (isWriting ? O_RDWR | O_CREAT : O_RDONLY) | O_NOFOLLOW,
            kind: isWriting ? .cannotCreate : .unreadable, shownAs: shown + "/" + Self.name)
        guard FaultPoint.lock.passes(shown + "/" + Self.name),
            flock(descriptor.number, (isWriting ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0
        else {
            guard errno == EWOULDBLOCK else {
                throw .writing(shown + "/" + Self.name, "locking")
            }
            throw PublishError(
                .locked, at: Place(file: shown),
                "the climatology is being \(isWriting ? "read or updated" : "updated") by another "
                    + "run",
                mend: "Wait until it has ended")
        }
        self.descriptor = descriptor
    }

    /// Unlocks before closing: a child process between its fork and its exec
    /// still holds a copy of the descriptor.
    deinit { flock(descriptor.number, LOCK_UN) }
}
