import Diagnostics
import Geo
import GridCore
import Synchronization
import Tables

/// Where a stage's files go, and the list of them for the manifest.
///
/// Callable from any thread; the manifest sorts its entries by path.
final class OutputSink: Sendable {
    let folder: StagingFolder
    private let entries = Mutex<[Entry]>([])

    private struct Entry {
        var path: String
        var title: String
        var mediaType: String
    }

    init(_ folder: StagingFolder) { self.folder = folder }

    func write(_ bytes: [UInt8], to path: String, title: String, mediaType: String) throws {
        try folder.write(bytes, to: path)
        note(path, title: title, mediaType: mediaType)
    }

    /// A CSV with its data dictionary beside it.
    func write(
        _ table: CSVTable, to path: String, title: String, description: String,
        sources: [DataDictionary.Source]
    ) throws {
        try write(CSVWriter().utf8(table), to: path, title: title, mediaType: "text/csv")
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let dictionary = DataDictionary(
            resourcePath: name, title: title, description: description, columns: table.columns,
            licences: [], sources: sources)
        let beside = path.dropLast(".csv".count) + ".datapackage.json"
        try write(
            Array(dictionary.text.utf8), to: String(beside),
            title: "Data dictionary of \(name)", mediaType: "application/json")
    }

    /// The absolute path of a file that a library writes.
    func path(of path: String) throws -> String { try folder.path(of: path) }

    /// Notes a file that a library has written.
    func note(_ path: String, title: String, mediaType: String) {
        entries.withLock {
            $0.append(Entry(path: path, title: title, mediaType: mediaType))
        }
    }

    /// The finished files with their hashes, hashed in parallel, in the order
    /// of their paths.
    func outputs(threads: Int) throws -> [StageRecord.Output] {
        let entries = entries.withLock { $0.sorted { $0.path < $1.path } }
        return try mapInParallel(count: entries.count, threads: threads) { [folder] _, index in
            let entry = entries[index]
            let digest = try Digest(ofFileAt: folder.path + "/" + entry.path)
            return StageRecord.Output(
                path: entry.path, bytes: digest.bytes, sha256: digest.sha256, title: entry.title,
                mediaType: entry.mediaType)
        }
    }
}

enum MediaType {
    static let csv = "text/csv"
    static let geoJSON = "application/geo+json"
    static let png = "image/png"
    static let svg = "image/svg+xml"
    static let cog = "image/tiff; application=geotiff; profile=cloud-optimized"
    static let json = "application/json"
}
