import Diagnostics
import Foundation
import GRDB
import GridCore
import Tables

extension StateDatabase {
    /// What was known of the event `key` and when, by source in the order in
    /// which sources were first seen.
    ///
    /// - Throws: of kind `noSuchEvent` when no source ever had it.
    public func histories(ofEvent key: String) throws(StateError) -> [EventHistory] {
        try read { db in
            var stays = try Row.fetchAll(db, sql: Self.stays, arguments: [key])
            var histories: [EventHistory] = []
            while let first = stays.first {
                let source: String = try first.value("name")
                let own = try stays.prefix {
                    let name: String = try $0.value("name")
                    return name == source
                }
                stays.removeFirst(own.count)
                histories.append(
                    EventHistory(
                        source: source, key: key, revisions: try Self.revisions(Array(own))))
            }
            guard !histories.isEmpty else {
                throw StateError(
                    .noSuchEvent, at: Place(file: path), "has no event \"\(key)\"",
                    mend: "Write the key as the source has it, capitals too")
            }
            return histories
        }
    }

    private static let stays = """
        SELECT source.name, row_content.content, first.head, first.form,
            first.known_on AS since_second, last.known_on AS until_second,
            stay.since, stay.until
        FROM (SELECT id, source_id, since, until FROM event_row WHERE event_key = ?1
            UNION ALL
            SELECT id, source_id, row_past.since, row_past.until FROM event_row
            JOIN row_past ON row_id = id WHERE event_key = ?1) AS stay
        JOIN source ON source.id = stay.source_id
        JOIN row_content ON row_content.id = stay.id
        JOIN snapshot AS first ON first.id = stay.since
        LEFT JOIN snapshot AS last ON last.id = stay.until
        ORDER BY source.id, stay.since, stay.id
        """

    private static func revisions(_ stays: [Row]) throws -> [EventRevision] {
        var revisions: [EventRevision] = []
        var lastUntil: Int64?
        for stay in stays {
            let fields = try fields(of: stay)
            let since: Int64 = try stay.value("since")
            let until: Int64? = try stay.optional("until")
            revisions.append(
                EventRevision(
                    sinceSecond: try stay.value("since_second"),
                    untilSecond: try stay.optional("until_second"), fields: fields,
                    changes: revisions.last.map { changes(from: $0.fields, to: fields) } ?? [],
                    isReturn: !revisions.isEmpty && (lastUntil.map { $0 < since } ?? false)))
            lastUntil = until
        }
        return revisions
    }

    private static func fields(of stay: Row) throws -> [EventRevision.Field] {
        let head: Data = try stay.value("head")
        let content: Data = try stay.value("content")
        let form: Int = try stay.value("form")
        guard let form = SourceContent.Form(rawValue: form) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
        let table = try SourceContent(
            form: form, bytes: [UInt8](head) + [UInt8](content), starts: [head.count]
        ).table(file: "")
        guard let record = table.first else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        var fields = table.columns.indices.map {
            EventRevision.Field(column: table.columns[$0], value: record.field($0))
        }
        if let coordinate = record.coordinate {
            fields.append(.init(column: "longitude of geometry", value: "\(coordinate.x)"))
            fields.append(.init(column: "latitude of geometry", value: "\(coordinate.y)"))
        }
        return fields
    }

    private static func changes(
        from before: [EventRevision.Field], to after: [EventRevision.Field]
    ) -> [FieldChange] {
        let old = Dictionary(before.map { ($0.column, $0.value) }) { first, _ in first }
        let new = Dictionary(after.map { ($0.column, $0.value) }) { first, _ in first }
        let gone = before.filter { new[$0.column] == nil }
            .map { FieldChange(column: $0.column, before: $0.value, after: nil) }
        return after.compactMap { field in
            let value = old[field.column] ?? nil
            return value == field.value
                ? nil : FieldChange(column: field.column, before: value, after: field.value)
        } + gone.filter { $0.before != nil }
    }
}
