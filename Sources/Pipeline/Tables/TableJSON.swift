import Calendar
import Tables

/// Rows of a table as properties of features, so that a CSV and its GeoJSON
/// cannot disagree.
enum TableJSON {
    static func members(
        _ columns: [ColumnDescription], _ cells: [Cell], _ caption: RunCaption
    ) -> [JSONMember] {
        var members = zip(columns, cells).map { column, cell in
            JSONMember(column.name, value(cell, decimals: column.decimals))
        }
        if caption.isSynthetic { members.append(JSONMember("synthetic", .bool(true))) }
        return members
    }

    /// One object per row.
    static func rows(of table: CSVTable) -> JSONValue {
        .array(
            table.rows.map { row in
                .object(
                    zip(table.columns, row).map { column, cell in
                        JSONMember(column.name, value(cell, decimals: column.decimals))
                    })
            })
    }

    private static func value(_ cell: Cell, decimals: Int?) -> JSONValue {
        switch cell {
        case .missing: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .number(let number):
            if let decimals { .rounded(number, decimals: decimals) } else { .number(number) }
        case .date(let date): .string("\(date)")
        case .boolean(let flag): .bool(flag)
        }
    }
}
