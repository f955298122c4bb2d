import Glibc

/// An open file of which pieces are read, closed when it goes out of scope.
struct FileBytes: ~Copyable {
    private let descriptor: Int32
    let count: Int

    /// nil when the file cannot be opened.
    init?(of path: String) {
        let opened = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { return nil }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            Glibc.close(opened)
            return nil
        }
        descriptor = opened
        count = Int(status.st_size)
    }

    deinit { Glibc.close(descriptor) }

    /// Up to `length` bytes from `offset` on; fewer at the end of the file.
    borrowing func read(from offset: Int, length: Int) -> [UInt8] {
        guard offset >= 0, offset < count, length > 0 else { return [] }
        let wanted = min(length, count - offset)
        return [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted, let base = buffer.baseAddress {
                let got = pread(descriptor, base + filled, wanted - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                filled += got
            }
        }
    }
}

extension [UInt8] {
    /// An unsigned number of `count` bytes; nil beyond the end, or when it is
    /// too large for an Int.
    func number(at offset: Int, count length: Int, isBigEndian: Bool) -> Int? {
        guard offset >= 0, length > 0, offset <= count - length else { return nil }
        var value: UInt64 = 0
        for index in 0..<length {
            value = value << 8 | UInt64(self[isBigEndian ? offset + index : offset + length - 1 - index])
        }
        return Int(exactly: value)
    }
}
