import Crypto
import Glibc

/// Size and SHA-256 of one file.
public struct Digest: Hashable, Sendable {
    /// Size of the file.
    public var bytes: Int
    /// 64 hexadecimal digits.
    public var sha256: String

    /// Of a regular file, read once in pieces.
    ///
    /// - Throws: `PublishError` of kind `unreadable` (no such file, or no
    ///   regular file) or `inputOutput`.
    public init(ofFileAt path: String) throws(PublishError) {
        try self.init(of: Descriptor.regularFile(at: path), shownAs: path)
    }

    /// Of what is left to read of an open file.
    init(of descriptor: borrowing Descriptor, shownAs path: String) throws(PublishError) {
        var hash = SHA256()
        var total = 0
        // One read of a mebibyte hides the cost of the call.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try descriptor.read(into: buffer, shownAs: path)
            if count == 0 { break }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            total += count
        }
        bytes = total
        sha256 = Self.text(hash.finalize())
    }

    /// As a manifest states it.
    init(bytes: Int, sha256: String) {
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// Of bytes in memory.
    public init(of data: [UInt8]) {
        bytes = data.count
        sha256 = Self.text(SHA256.hash(data: data))
    }

    /// 64 hexadecimal digits.
    static func text(_ digest: SHA256Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}

/// A digest of bytes that come piece by piece.
struct StreamingDigest {
    private var hash = SHA256()
    private var bytes = 0

    mutating func update(_ piece: ArraySlice<UInt8>) {
        piece.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes += piece.count
    }

    var digest: Digest { Digest(bytes: bytes, sha256: Digest.text(hash.finalize())) }
}

/// The files beside an input that are read with it.
public enum Sidecars {
    /// By extension: the parts of a shapefile; the log of a GeoPackage whose
    /// writer was killed, which SQLite reads as part of the file.
    private static let extensions: [String: [String]] = [
        "shp": ["shx", "dbf", "prj", "cpg"]
    ]
    private static let suffixes: [String: [String]] = ["gpkg": ["-wal"]]

    /// `path`, then those of its sidecars that exist, in a fixed order.
    /// Either case of an extension is found.
    public static func files(of path: String) -> [String] {
        let (_, name) = ConfiguredPattern.split(path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return [path] }
        let written = String(name[name.index(after: dot)...])
        let stem = String(path.dropLast(written.count))
        let key = written.lowercased()
        var candidates: [String] = []
        for part in extensions[key] ?? [] {
            let spellings = [part, part.uppercased()]
            candidates += spellings.first { exists(stem + $0) }.map { [stem + $0] } ?? []
        }
        candidates += (suffixes[key] ?? []).map { path + $0 }.filter(exists)
        return [path] + candidates
    }

    private static func exists(_ path: String) -> Bool {
        FileStatus(of: path, in: AT_FDCWD)?.isDirectory == false
    }
}
