import Crypto
import Diagnostics
import GridCore
import Tables

/// A table of records as bytes, cut into a head and rows, from which the same
/// table can be read again: lines, faults and all.
public struct SourceContent: Sendable {
    /// What the bytes are.
    public enum Form: Int, Sendable {
        /// A CSV as it stood in its file.
        case text = 0
        /// Features of a vector layer, attributes and positions.
        case features = 1
    }

    public let form: Form
    /// Head and rows, one after the other.
    public let bytes: [UInt8]
    /// Where each row begins; the last ends with the bytes.
    let starts: [Int]

    init(form: Form, bytes: [UInt8], starts: [Int]) {
        self.form = form
        self.bytes = bytes
        self.starts = starts
    }

    /// - Complexity: a CSV is not copied.
    public init(_ table: RecordTable) {
        if let text = table.text {
            self.init(form: .text, bytes: text.bytes, starts: text.starts)
            return
        }
        var bytes: [UInt8] = []
        RowOrder.append(UInt64(table.columns.count), to: &bytes)
        for column in table.columns { Self.append(column, to: &bytes) }
        var starts: [Int] = []
        for record in table {
            starts.append(bytes.count)
            for column in 0..<table.columns.count { Self.append(record.field(column), to: &bytes) }
            bytes.append(record.coordinate == nil ? 0 : 1)
            if let coordinate = record.coordinate {
                for number in [coordinate.x, coordinate.y] {
                    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
                }
            }
        }
        self.init(form: .features, bytes: bytes, starts: starts)
    }

    /// SHA-256 of the bytes, 64 hexadecimal digits.
    public var sha256: String { Hexadecimal.text(SHA256.hash(data: bytes)) }

    var rowCount: Int { starts.count }
    var head: ArraySlice<UInt8> { bytes[..<(starts.first ?? bytes.count)] }

    func row(_ index: Int) -> ArraySlice<UInt8> {
        bytes[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : bytes.count)]
    }

    /// The line end that rows are stored without: that of the first row.
    var terminator: [UInt8] {
        guard form == .text, rowCount > 0 else { return [] }
        let first = row(0)
        if first.suffix(2) == [0x0D, 0x0A] { return [0x0D, 0x0A] }
        return [first.last == 0x0D ? 0x0D : 0x0A]
    }

    /// The table again; features are numbered from 1.
    ///
    /// - Parameter file: as the user wrote it, for messages.
    /// - Throws: of kind `damaged` when the bytes are no table.
    public func table(file: String) throws(StateError) -> RecordTable {
        switch form {
        case .text:
            do throws(FailureList) {
                return try CSVReader.read(bytes, file: file).requireTable()
            } catch {
                throw Self.damaged(file)
            }
        case .features:
            guard let table = features(file: file) else { throw Self.damaged(file) }
            return table
        }
    }

    static func damaged(_ file: String) -> StateError {
        StateError(
            .damaged, at: Place(file: file), "the stored rows are damaged",
            mend: "Run without --as-known-on")
    }

    private func features(file: String) -> RecordTable? {
        var position = 0
        guard let count = RowOrder.number(in: bytes, &position), count <= UInt64(bytes.count) else {
            return nil
        }
        var columns: [String] = []
        for _ in 0..<count {
            guard let name = text(&position), let name else { return nil }
            columns.append(name)
        }
        var rows: [FeatureRow] = []
        while position < bytes.count {
            var fields: [String?] = []
            for _ in columns {
                guard let field = text(&position) else { return nil }
                fields.append(field)
            }
            guard position < bytes.count else { return nil }
            let hasCoordinate = bytes[position] == 1
            position += 1
            var coordinate: Coordinate?
            if hasCoordinate {
                guard let x = number(&position), let y = number(&position) else { return nil }
                coordinate = Coordinate(x: x, y: y)
            }
            rows.append(FeatureRow(number: rows.count + 1, fields: fields, coordinate: coordinate))
        }
        return RecordTable(file: file, columns: columns, features: rows)
    }

    /// One more than the length, then the text; 0 for a missing field.
    private static func append(_ text: String?, to bytes: inout [UInt8]) {
        guard let text else { return bytes.append(0) }
        RowOrder.append(UInt64(text.utf8.count) + 1, to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private func text(_ position: inout Int) -> String?? {
        guard let code = RowOrder.number(in: bytes, &position) else { return nil }
        if code == 0 { return .some(nil) }
        guard code - 1 <= UInt64(bytes.count - position) else { return nil }
        let end = position + Int(code - 1)
        defer { position = end }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    private func number(_ position: inout Int) -> Double? {
        guard bytes.count - position >= 8 else { return nil }
        defer { position += 8 }
        return Double(
            bitPattern: bytes[position..<(position + 8)].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            })
    }
}
