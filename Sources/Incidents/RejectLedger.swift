import Tables

/// Every rejected record of a run: files in the order in which they were
/// added, records in the order of their file.
public struct RejectLedger: Sendable {
    private var entries: [(file: String, record: RejectedRecord)] = []

    public init() {}

    /// Adds the rejects of one table; `file` as the user wrote it.
    public mutating func append(_ rejects: [RejectedRecord], file: String) {
        entries += rejects.map { (file, $0) }
    }

    public var count: Int { entries.count }

    /// Totals by reason, in the order of `RejectReason`.
    public var totals: [RejectCount] { RejectCount.counts(of: entries.map(\.record)) }

    /// The columns of the published ledger.
    public static let columns = [
        ColumnDescription("file", .string, "Input file as named in the pipeline."),
        ColumnDescription("line", .integer, "1-based line in the file, or number of the feature."),
        ColumnDescription("key", .string, "Identifier of the event in its source."),
        ColumnDescription("reason", .string, "Why the record was not used (stable code)."),
        ColumnDescription("field", .string, "Column concerned; empty = the whole row."),
        ColumnDescription("found", .string, "What the field holds."),
        ColumnDescription("expected", .string, "What it should hold."),
    ]

    /// The ledger as a table to publish.
    public var table: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for (file, record) in entries {
            table.append([
                .text(file), .integer(record.line), .optional(record.key),
                .text(record.reason.rawValue), .optional(record.field), .text(record.found),
                .text(record.expected),
            ])
        }
        return table
    }
}
