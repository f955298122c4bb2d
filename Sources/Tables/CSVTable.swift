import Calendar

/// A value in a published table.
public enum Cell: Hashable, Sendable {
    /// No value: an empty field.
    case missing
    case text(String)
    case integer(Int)
    /// Written as missing when it is not finite.
    case number(Double)
    case date(CalendarDate)
    case boolean(Bool)

    /// Missing when nil.
    public static func optional(_ value: String?) -> Cell { value.map(Cell.text) ?? .missing }
    /// Missing when nil.
    public static func optional(_ value: Int?) -> Cell { value.map(Cell.integer) ?? .missing }
    /// Missing when nil.
    public static func optional(_ value: Double?) -> Cell { value.map(Cell.number) ?? .missing }
    /// Missing when nil.
    public static func optional(_ value: CalendarDate?) -> Cell { value.map(Cell.date) ?? .missing }
    /// Missing when nil.
    public static func optional(_ value: Bool?) -> Cell { value.map(Cell.boolean) ?? .missing }

    /// Whether a column of `type` may hold this; whole numbers may stand in a
    /// column of numbers.
    func fits(_ type: ColumnType) -> Bool {
        switch (self, type) {
        case (.missing, _), (.text, .string), (.integer, .integer), (.integer, .number),
            (.number, .number), (.date, .date), (.boolean, .boolean):
            true
        default: false
        }
    }
}

/// A table to be published: described columns and rows of typed cells.
public struct CSVTable: Hashable, Sendable {
    public let columns: [ColumnDescription]
    public private(set) var rows: [[Cell]] = []

    /// - Precondition: at least one column, names differ.
    public init(columns: [ColumnDescription]) {
        precondition(!columns.isEmpty, "a table has at least one column")
        precondition(
            Set(columns.map(\.name)).count == columns.count, "column names must differ")
        self.columns = columns
    }

    /// - Precondition: one cell a column, each of the column's type.
    public mutating func append(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has one cell for each column")
        for (cell, column) in zip(row, columns) {
            precondition(cell.fits(column.type), "\(column.name): \(cell) is not \(column.type)")
        }
        rows.append(row)
    }
}
