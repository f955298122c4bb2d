import Diagnostics
import Glibc

/// How long a GeoPackage says that it is.
///
/// SQLite reads a file of which the last pages are missing until somebody
/// asks for them. Source: Database File Format (SQLite), section 1.3.
enum GeoPackageExtent {
    /// - Throws: `GeoError` of kind `truncated` when the file is shorter than
    ///   its pages; nothing for other formats.
    static func check(_ file: LocalFile, writtenAs name: String) throws(GeoError) {
        guard let head = FileHead(of: file.text, atMost: 100),
            head.bytes.starts(with: "SQLite format 3\0".utf8),
            let size = head.number(at: 16, count: 2, isBigEndian: true),
            let pages = head.number(at: 28, count: 4, isBigEndian: true),
            // The number of pages holds for one state of the file.
            head.number(at: 24, count: 4, isBigEndian: true)
                == head.number(at: 92, count: 4, isBigEndian: true)
        else { return }
        var log = stat()
        // Pages may still lie in the log of a writer that was killed.
        guard stat(file.text + "-wal", &log) != 0 || log.st_size == 0 else { return }
        let expected = pages * (size == 1 ? 65_536 : size)
        guard expected <= head.byteCount else {
            throw GeoError(
                .truncated, at: Place(file: name),
                "the GeoPackage ends early (expected \(expected) bytes, found \(head.byteCount))",
                mend: "The file is truncated: fetch it again")
        }
    }
}
