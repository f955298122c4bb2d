/// The first bytes of a file, and numbers in them.
struct FileHead {
    let bytes: [UInt8]
    /// Of the whole file.
    let byteCount: Int

    /// nil when the file cannot be opened.
    init?(of path: String, atMost limit: Int) {
        guard let file = FileBytes(of: path) else { return nil }
        byteCount = file.count
        bytes = file.read(from: 0, length: limit)
    }

    func number(at offset: Int, count: Int, isBigEndian: Bool) -> Int? {
        bytes.number(at: offset, count: count, isBigEndian: isBigEndian)
    }
}
