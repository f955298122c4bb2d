import Synchronization

/// Gives size and SHA-256 of an input; called from any thread. One that
/// remembers the digests of unchanged files saves reading them again.
public typealias DigestReader = @Sendable (ConfiguredPath) throws -> Digest

/// Reads each file once in its life and remembers what it found.
public final class DigestMemo: Sendable {
    private let known = Mutex<[String: Digest]>([:])

    public init() {}

    /// - Throws: `PublishError` when the file cannot be read.
    public func digest(of file: ConfiguredPath) throws -> Digest {
        if let digest = known.withLock({ $0[file.path] }) { return digest }
        // Not under the lock: other files are read meanwhile.
        let digest = try Digest(ofFileAt: file.path)
        known.withLock { $0[file.path] = digest }
        return digest
    }

    public var reader: DigestReader { { [self] in try digest(of: $0) } }
}
