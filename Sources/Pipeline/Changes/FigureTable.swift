import Diagnostics
import Tables

/// A published table whose rows have an identifier and a name.
struct FigureTable: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        var id: String
        var name: String
        /// In the order of `columns`; nil where the value is missing.
        var values: [String?]
    }

    let columns: [String]
    let rows: [Row]
    private let places: [String: Int]

    /// A table of a run; nil when the run has none.
    ///
    /// - Parameters:
    ///   - id: the column with the identifiers, which differ.
    ///   - filter: a column and its value in the rows that are taken; nil:
    ///     all rows.
    /// - Throws: `PublishError` of kind `runDamaged`.
    static func read(
        _ path: String, id: String, where filter: (column: String, value: String)? = nil,
        of run: RunFolder
    ) throws(PublishError) -> FigureTable? {
        guard let table = try run.table(path) else { return nil }
        guard let idColumn = table.column(named: id), let nameColumn = table.column(named: "name")
        else {
            throw RunFolder.damaged(
                run.shown(path), "lacks a column (expected \"\(id)\" and \"name\")")
        }
        var rows: [Row] = []
        for record in table {
            let values = table.columns.indices.map { record.field($0) }
            if let filter, let column = table.column(named: filter.column),
                values[column] != filter.value
            {
                continue
            }
            rows.append(
                Row(id: values[idColumn] ?? "", name: values[nameColumn] ?? "", values: values))
        }
        return FigureTable(columns: table.columns, rows: rows)
    }

    init(columns: [String], rows: [Row]) {
        self.columns = columns
        self.rows = rows
        places = Dictionary(rows.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }

    /// The row of an identifier; nil when there is none.
    subscript(id: String) -> Row? { places[id].map { rows[$0] } }

    func has(_ column: String) -> Bool { columns.contains(column) }

    /// A value as it is published; nil when it is missing, or the column.
    func text(_ column: String, of row: Row) -> String? {
        columns.firstIndex(of: column).flatMap { row.values[$0] }
    }

    func number(_ column: String, of row: Row) -> Double? {
        text(column, of: row).flatMap { Double($0) }
    }
}
