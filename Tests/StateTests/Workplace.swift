import Foundation
import State
import Tables
import TestSupport

/// A folder of its own with a state database in it.
final class Workplace {
    let folder: String

    init() throws {
        // SQLite is given a path without links.
        folder = try TestPaths.temporaryDirectory().resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var database: String { folder + "/" + StateDatabase.name }

    func open() throws -> StateDatabase { try StateDatabase(folder: folder) }

    func write(_ text: String, to name: String) throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}

enum Sample {
    static func beginning(at second: Int = 1_000) -> RunBeginning {
        RunBeginning(
            startedAtSecond: second, pipeline: "Test", pipelineSHA256: String(repeating: "a", count: 64),
            version: "0", asKnownOn: nil, process: 1)
    }

    static func table(_ text: String) throws -> RecordTable {
        try CSVReader.read(Array(text.utf8), file: "events.csv").requireTable()
    }

    static func observation(_ table: RecordTable, source: String = "events") -> SourceObservation {
        let content = SourceContent(table)
        return SourceObservation(
            source: source, table: table, keyColumn: table.column(named: "id"),
            files: [
                SourceFile(
                    path: "events.csv",
                    digest: FileDigest(bytes: content.bytes.count, sha256: content.sha256))
            ])
    }

    /// A night that publishes, having found `tables`.
    static func night(
        _ database: StateDatabase, day: Int, tables: [RecordTable] = [],
        files: [String: FileDigest] = [:]
    ) throws {
        let second = day * 86_400 + 10_800
        let token = try database.begin(beginning(at: second))
        var ending = RunEnding(
            outcome: .published(id: "night-\(day)"), finishedAtSecond: second + 60,
            knownAtSecond: second)
        ending.sources = tables.map { observation($0) }
        ending.filesSeen = files
        try database.finish(token, ending)
    }
}
