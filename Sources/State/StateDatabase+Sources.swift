import Calendar
import Diagnostics
import Foundation
import GRDB

extension StateDatabase {
    /// The newest stored state of a source; nil when there is none.
    public func newestSnapshot(of source: String) throws(StateError) -> SnapshotSummary? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT snapshot.* FROM snapshot JOIN source ON source.id = source_id
                    WHERE source.name = ? ORDER BY snapshot.id DESC LIMIT 1
                    """, arguments: [source]
            ).map { try Self.summary($0, in: db) }
        }
    }

    static func summary(_ row: Row, in db: Database) throws -> SnapshotSummary {
        SnapshotSummary(
            sha256: try row.value("sha256"), files: try files(of: row, in: db),
            knownAtSecond: try row.value("known_on"))
    }

    private static func files(of row: Row, in db: Database) throws -> [SourceFile] {
        let id: Int64 = try row.value("id")
        return try Row.fetchAll(
            db, sql: "SELECT * FROM snapshot_file WHERE snapshot_id = ? ORDER BY position",
            arguments: [id]
        ).map {
            SourceFile(
                path: try $0.value("path"),
                digest: FileDigest(bytes: try $0.value("bytes"), sha256: try $0.value("sha256")))
        }
    }

    static func order(of row: Row) throws -> RowOrder {
        let bytes: Data = try row.value("row_order")
        guard let order = RowOrder([UInt8](bytes), count: try row.value("row_count")) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        return order
    }

    /// A source as it was known at the end of a day in UTC, byte for byte.
    ///
    /// - Parameter file: as the user wrote it, for messages.
    /// - Throws: of kind `notKnownThen` when the store begins later, saying
    ///   from when on it can; `damaged` when the rows do not give the bytes
    ///   that were stored.
    public func snapshot(
        of source: String, asKnownOn date: CalendarDate, file: String
    ) throws(StateError) -> KnownSource {
        try read { db in
            let found = try Row.fetchOne(
                db,
                sql: """
                    SELECT snapshot.* FROM snapshot JOIN source ON source.id = source_id
                    WHERE source.name = ? AND known_on <= ? ORDER BY snapshot.id DESC LIMIT 1
                    """, arguments: [source, date.lastSecond])
            guard let found else {
                let first = try Int.fetchOne(
                    db,
                    sql: """
                        SELECT min(known_on) FROM snapshot JOIN source ON source.id = source_id
                        WHERE source.name = ?
                        """, arguments: [source])
                throw Self.notKnown(file, on: date, first: first)
            }
            let content = try Self.content(of: found, in: db)
            let sha256: String = try found.value("sha256")
            guard content.sha256 == sha256 else { throw SourceContent.damaged(file) }
            return KnownSource(
                content: content, files: try Self.files(of: found, in: db),
                knownAtSecond: try found.value("known_on"))
        }
    }

    static func notKnown(_ file: String, on date: CalendarDate, first: Int?) -> StateError {
        let begin = first.map { CalendarDate(secondSince1970: $0) }
        return StateError(
            .notKnownThen, at: Place(file: file),
            begin.map { "what was known of it on \(date) was not kept (the state begins on \($0))" }
                ?? "what was known of it on \(date) was not kept (no run has published from it)",
            mend: begin.map { "Give --as-known-on \($0) or later" }
                ?? "Run without --as-known-on")
    }

    private static func content(of snapshot: Row, in db: Database) throws -> SourceContent {
        let order = try order(of: snapshot)
        let head: Data = try snapshot.value("head")
        let terminator: Data = try snapshot.value("terminator")
        let form: Int = try snapshot.value("form")
        let byteCount: Int = try snapshot.value("byte_count")
        guard let form = SourceContent.Form(rawValue: form) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        var bytes = [UInt8](head)
        var starts: [Int] = []
        starts.reserveCapacity(order.rows.count)
        let unended = Set(order.unended)
        let select = try db.makeStatement(
            sql: "SELECT content FROM row_content WHERE id BETWEEN ? AND ? ORDER BY id")
        var index = 0
        while index < order.rows.count {
            // Rows stored together are read together.
            var end = index + 1
            while end < order.rows.count, order.rows[end] == order.rows[end - 1] + 1 { end += 1 }
            let contents = try Data.fetchCursor(
                select, arguments: [order.rows[index], order.rows[end - 1]])
            let first = index
            while let content = try contents.next() {
                guard bytes.count <= byteCount else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
                starts.append(bytes.count)
                bytes.append(contentsOf: content)
                if !unended.contains(index) { bytes.append(contentsOf: terminator) }
                index += 1
            }
            guard index == end, index > first else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
        }
        return SourceContent(form: form, bytes: bytes, starts: starts)
    }
}
