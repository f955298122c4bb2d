import Glibc

/// The first bytes of a file, and numbers in them.
struct FileHead {
    let bytes: [UInt8]
    /// Of the whole file.
    let byteCount: Int

    /// nil when the file cannot be read.
    init?(of path: String, atMost limit: Int) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { Glibc.close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        byteCount = Int(status.st_size)
        var bytes = [UInt8](repeating: 0, count: min(limit, byteCount))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        self.bytes = Array(bytes.prefix(filled))
    }

    /// An unsigned number of `count` bytes; nil beyond the end, or when it is
    /// too large for an Int.
    func number(at offset: Int, count: Int, isBigEndian: Bool) -> Int? {
        guard offset >= 0, count > 0, offset <= bytes.count - count else { return nil }
        let slice = bytes[offset..<offset + count]
        var value: UInt64 = 0
        for byte in isBigEndian ? Array(slice) : slice.reversed() {
            value = value << 8 | UInt64(byte)
        }
        return Int(exactly: value)
    }
}
