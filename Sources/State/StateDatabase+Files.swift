import Calendar
import GRDB

/// One content of a file, as it was first seen.
public struct FileVersion: Hashable, Sendable {
    public var digest: FileDigest
    /// Seconds since 1970-01-01T00:00:00Z.
    public var firstSeenAtSecond: Int

    public init(digest: FileDigest, firstSeenAtSecond: Int) {
        self.digest = digest
        self.firstSeenAtSecond = firstSeenAtSecond
    }
}

extension CalendarDate {
    /// The last second of the day in UTC, since 1970-01-01T00:00:00Z.
    var lastSecond: Int { (dayNumber + 1) * 86_400 - 1 }

    /// The day in UTC of a second since 1970-01-01T00:00:00Z.
    public init(secondSince1970 second: Int) {
        self.init(dayNumber: (second - (second % 86_400 + 86_400) % 86_400) / 86_400)
    }
}

extension StateDatabase {
    /// Every content that a file was seen with, oldest first.
    public func versions(ofFileAt path: String) throws(StateError) -> [FileVersion] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM file_history WHERE path = ? ORDER BY version",
                arguments: [path]
            ).map(Self.version)
        }
    }

    /// Of each file the content that was the newest at the end of a day in
    /// UTC, by absolute path; files first seen later are not in it.
    public func filesKnown(on date: CalendarDate) throws(StateError) -> [String: FileVersion] {
        try read { db in
            var known: [String: FileVersion] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM file_history WHERE first_seen <= ? ORDER BY path, version",
                arguments: [date.lastSecond])
            while let row = try rows.next() { known[try row.value("path")] = try Self.version(row) }
            return known
        }
    }

    private static func version(_ row: Row) throws -> FileVersion {
        FileVersion(
            digest: FileDigest(bytes: try row.value("bytes"), sha256: try row.value("sha256")),
            firstSeenAtSecond: try row.value("first_seen"))
    }

    /// Notes each file whose content is not the newest that was noted.
    static func store(seen files: [String: FileDigest], at second: Int, in db: Database) throws {
        let newest = try db.makeStatement(
            sql: """
                SELECT version, sha256 FROM file_history WHERE path = ?
                ORDER BY version DESC LIMIT 1
                """)
        let insert = try db.makeStatement(sql: "INSERT INTO file_history VALUES (?, ?, ?, ?, ?)")
        for (path, digest) in files.sorted(by: { $0.key < $1.key }) {
            let row = try Row.fetchOne(newest, arguments: [path])
            let sha256: String? = try row?.value("sha256")
            if sha256 == digest.sha256 { continue }
            let version: Int = try row?.value("version") ?? 0
            try insert.execute(arguments: [
                path, version + 1, digest.bytes, digest.sha256, second,
            ])
        }
    }
}
