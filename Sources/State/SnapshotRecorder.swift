import Crypto
import Foundation
import GRDB

/// Stores a source of incidents as it is known now: rows that were never
/// there before, which rows came and went, and their order.
struct SnapshotRecorder {
    let db: Database
    let observation: SourceObservation
    /// Seconds since 1970-01-01T00:00:00Z.
    let second: Int

    /// Rows of the source, each with the same bytes once.
    private struct Rows {
        var stored: [RowDigest: Int64]
        var before: Set<Int64>
        var next: Int64
    }

    /// Does nothing when the newest snapshot is equal.
    func record() throws {
        let source = try sourceID()
        let newest = try Row.fetchOne(
            db, sql: "SELECT * FROM snapshot WHERE source_id = ? ORDER BY id DESC LIMIT 1",
            arguments: [source])
        if let newest {
            let summary = try StateDatabase.summary(newest, in: db)
            if summary.sha256 == observation.sha256, summary.files == observation.files { return }
        }
        let snapshot = try insertSnapshot(source)
        var rows = Rows(
            stored: try storedRows(source),
            before: Set(try newest.map { try StateDatabase.order(of: $0).rows } ?? []),
            next: (try Int64.fetchOne(db, sql: "SELECT max(id) FROM event_row") ?? 0) + 1)
        let order = try storeRows(source, snapshot, &rows)
        try noteComingAndGoing(Set(order.rows), rows.before, snapshot)
        try db.execute(
            sql: "UPDATE snapshot SET row_order = ? WHERE id = ?",
            arguments: [Data(order.bytes), snapshot])
    }

    private func sourceID() throws -> Int64 {
        try db.execute(
            sql: "INSERT OR IGNORE INTO source (name) VALUES (?)", arguments: [observation.source])
        guard
            let id = try Int64.fetchOne(
                db, sql: "SELECT id FROM source WHERE name = ?", arguments: [observation.source])
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        return id
    }

    private func insertSnapshot(_ source: Int64) throws -> Int64 {
        let content = observation.content
        try db.execute(
            sql: """
                INSERT INTO snapshot (source_id, known_on, form, head, terminator, row_order,
                    row_count, byte_count, sha256) VALUES (?, ?, ?, ?, ?, x'', ?, ?, ?)
                """,
            arguments: [
                source, second, content.form.rawValue, Data(content.head),
                Data(content.terminator), content.rowCount, content.bytes.count,
                observation.sha256,
            ])
        let id = db.lastInsertedRowID
        for (position, file) in observation.files.enumerated() {
            try db.execute(
                sql: "INSERT INTO snapshot_file VALUES (?, ?, ?, ?, ?)",
                arguments: [id, position, file.path, file.digest.bytes, file.digest.sha256])
        }
        return id
    }

    private func storedRows(_ source: Int64) throws -> [RowDigest: Int64] {
        var stored: [RowDigest: Int64] = [:]
        stored.reserveCapacity(observation.content.rowCount)
        let cursor = try Row.fetchCursor(
            db, sql: "SELECT id, digest FROM event_row WHERE source_id = ?", arguments: [source])
        while let row = try cursor.next() {
            let digest: Data = try row.value("digest")
            guard let digest = RowDigest(stored: digest) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            stored[digest] = try row.value("id")
        }
        return stored
    }

    private func storeRows(
        _ source: Int64, _ snapshot: Int64, _ rows: inout Rows
    ) throws -> RowOrder {
        let content = observation.content
        let terminator = content.terminator
        let insertRow = try db.makeStatement(
            sql: "INSERT INTO event_row VALUES (?, ?, ?, ?, ?, NULL)")
        let insertContent = try db.makeStatement(sql: "INSERT INTO row_content VALUES (?, ?)")
        var order = RowOrder(rows: [], unended: [])
        order.rows.reserveCapacity(content.rowCount)
        for index in 0..<content.rowCount {
            var bytes = content.row(index)
            if !terminator.isEmpty, bytes.count >= terminator.count,
                bytes.suffix(terminator.count).elementsEqual(terminator)
            {
                bytes.removeLast(terminator.count)
            } else if !terminator.isEmpty {
                order.unended.append(index)
            }
            let digest = RowDigest(of: bytes)
            if let id = rows.stored[digest] {
                order.rows.append(id)
                continue
            }
            let id = rows.next
            rows.next += 1
            rows.stored[digest] = id
            order.rows.append(id)
            try insertRow.execute(arguments: [
                id, source, digest.data, observation.key(ofRow: index), snapshot,
            ])
            try insertContent.execute(arguments: [id, Data(bytes)])
        }
        return order
    }

    /// Rows that are new in this snapshot say so already.
    private func noteComingAndGoing(
        _ now: Set<Int64>, _ before: Set<Int64>, _ snapshot: Int64
    ) throws {
        let end = try db.makeStatement(sql: "UPDATE event_row SET until = ? WHERE id = ?")
        for id in before.subtracting(now).sorted() { try end.execute(arguments: [snapshot, id]) }
        let keep = try db.makeStatement(
            sql: """
                INSERT INTO row_past SELECT id, since, until FROM event_row
                WHERE id = ? AND until IS NOT NULL
                """)
        let again = try db.makeStatement(
            sql: "UPDATE event_row SET since = ?, until = NULL WHERE id = ? AND until IS NOT NULL")
        for id in now.subtracting(before).sorted() {
            try keep.execute(arguments: [id])
            try again.execute(arguments: [snapshot, id])
        }
    }
}

/// SHA-256 of a row's bytes.
struct RowDigest: Hashable {
    private var words: SIMD4<UInt64>

    init(of bytes: ArraySlice<UInt8>) {
        let digest = bytes.withUnsafeBytes { buffer in
            var hash = SHA256()
            hash.update(bufferPointer: buffer)
            return hash.finalize()
        }
        words = digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// nil for anything but 32 bytes.
    init?(stored: Data) {
        guard stored.count == 32 else { return nil }
        words = stored.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    var data: Data { withUnsafeBytes(of: words) { Data($0) } }
}
