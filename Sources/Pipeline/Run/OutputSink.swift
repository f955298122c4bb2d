import Diagnostics
import Geo
import GridCore
import Synchronization
import Tables

/// Where a run's files go, and the list of them for the manifest.
///
/// Callable from any thread; the manifest sorts its entries by path.
final class OutputSink: Sendable {
    let run: RunDirectory
    private let entries = Mutex<[Entry]>([])

    private struct Entry {
        var path: String
        var title: String
        var mediaType: String
    }

    init(_ run: RunDirectory) { self.run = run }

    func write(_ bytes: [UInt8], to path: String, title: String, mediaType: String) throws {
        try run.write(bytes, to: path)
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
    func path(of path: String) throws -> String { try run.path(of: path) }

    /// Notes a file that a library has written.
    func note(_ path: String, title: String, mediaType: String) {
        entries.withLock {
            $0.append(Entry(path: path, title: title, mediaType: mediaType))
        }
    }

    /// The finished files with their hashes, hashed in parallel, those that
    /// are `known` left out.
    func manifestOutputs(
        threads: Int, without known: Set<String> = []
    ) throws -> [Manifest.Output] {
        let entries = entries.withLock { $0 }.filter { !known.contains($0.path) }
        return try mapInParallel(count: entries.count, threads: threads) { [run] _, index in
            try Manifest.Output(
                of: entries[index].path, in: run, title: entries[index].title,
                mediaType: entries[index].mediaType)
        }
    }
}

enum MediaType {
    static let csv = "text/csv"
    static let geoJSON = "application/geo+json"
    static let png = "image/png"
    static let cog = "image/tiff; application=geotiff; profile=cloud-optimized"
    static let json = "application/json"
}
