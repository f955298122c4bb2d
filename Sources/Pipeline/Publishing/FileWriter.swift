import Glibc

/// Writes one new file, piece by piece, through a buffer.
///
/// The file must not exist yet; it is complete only after `finish()`.
public struct FileWriter: ~Copyable {
    /// Written to the file when the buffer is this full.
    private static let bufferBytes = 256 * 1024

    private let descriptor: Descriptor
    private let shown: String
    private let synchronizes: Bool
    private var buffer: [UInt8] = []
    /// Bytes written so far, the buffer included.
    public private(set) var count = 0

    /// - Parameter synchronizes: force the file to the device at the end;
    ///   not needed where it is checked before it is used.
    /// - Throws: `PublishError` when there is such a name already, even a
    ///   symbolic link.
    init(
        creating name: String, in directory: Int32, shownAs shown: String,
        synchronizes: Bool = true
    ) throws(PublishError) {
        let descriptor = try Descriptor(
            opening: name, in: directory, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
            kind: .cannotCreate, shownAs: shown)
        self.init(descriptor, shownAs: shown, synchronizes: synchronizes)
    }

    init(_ descriptor: consuming Descriptor, shownAs shown: String, synchronizes: Bool = true) {
        self.descriptor = descriptor
        self.shown = shown
        self.synchronizes = synchronizes
    }

    /// Appends bytes.
    ///
    /// - Throws: `PublishError` of kind `inputOutput`, such as on a full disk.
    public mutating func write(_ bytes: [UInt8]) throws(PublishError) {
        count += bytes.count
        buffer += bytes
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Appends text as UTF-8.
    public mutating func write(_ text: String) throws(PublishError) {
        try write(Array(text.utf8))
    }

    /// Writes what is buffered, forces it to the device and closes.
    ///
    /// - Throws: `PublishError` of kind `inputOutput`; the file is then not
    ///   to be published.
    public consuming func finish() throws(PublishError) {
        try flush()
        if synchronizes { try descriptor.synchronize(shownAs: shown) }
        try descriptor.finish(shownAs: shown)
    }

    private mutating func flush() throws(PublishError) {
        var failure: PublishError?
        buffer.withUnsafeBytes { bytes in
            do throws(PublishError) {
                try descriptor.write(bytes, shownAs: shown)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        buffer.removeAll(keepingCapacity: true)
    }
}
