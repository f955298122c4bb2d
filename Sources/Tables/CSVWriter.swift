import Calendar

/// Prints tables by RFC 4180: a header, CRLF line ends, UTF-8 without a byte
/// order mark, `.` as decimal mark, `YYYY-MM-DD` dates, empty = missing, and
/// quotes only where a field needs them.
public struct CSVWriter: Sendable {
    /// Whether text that a spreadsheet might run gets an apostrophe in front
    /// (`FormulaGuard`). Numbers never do.
    public var guardsFormulas: Bool

    public init(guardsFormulas: Bool = true) { self.guardsFormulas = guardsFormulas }

    /// The whole file. The same table always gives the same bytes.
    public func utf8(_ table: CSVTable) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((table.rows.count + 1) * table.columns.count * 8)
        let isAlone = table.columns.count == 1
        append(table.columns.map { $0.name }, isAlone: isAlone, to: &bytes)
        for row in table.rows {
            let fields = zip(row, table.columns).map { text(of: $0, in: $1) }
            append(fields, isAlone: isAlone, to: &bytes)
        }
        return bytes
    }

    /// The file as text.
    public func text(_ table: CSVTable) -> String { String(decoding: utf8(table), as: UTF8.self) }

    private func text(of cell: Cell, in column: ColumnDescription) -> String {
        switch cell {
        case .missing: return ""
        case .text(let text): return guardsFormulas ? FormulaGuard.guarded(text) : text
        case .date(let date): return date.description
        case .boolean(let value): return value ? "true" : "false"
        case .integer(let value):
            guard column.type == .number, let decimals = column.decimals, decimals > 0 else {
                return String(value)
            }
            return String(value) + "." + String(repeating: "0", count: decimals)
        case .number(let value):
            let text =
                column.decimals.map { DecimalText.fixed(value, decimals: $0) }
                ?? DecimalText.shortest(value)
            return text ?? ""
        }
    }

    private func append(_ fields: [String], isAlone: Bool, to bytes: inout [UInt8]) {
        for (i, field) in fields.enumerated() {
            if i > 0 { bytes.append(UInt8(ascii: ",")) }
            if Self.needsQuotes(field, isAlone: isAlone) {
                bytes.append(UInt8(ascii: "\""))
                for byte in field.utf8 {
                    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                    bytes.append(byte)
                }
                bytes.append(UInt8(ascii: "\""))
            } else {
                bytes.append(contentsOf: field.utf8)
            }
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    /// A missing value alone in its row is quoted: a blank line would not
    /// count as a row. Edge spaces are quoted because some readers trim.
    private static func needsQuotes(_ field: String, isAlone: Bool) -> Bool {
        let bytes = field.utf8
        guard let first = bytes.first, let last = bytes.last else { return isAlone }
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
        return bytes.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
        }
    }
}
