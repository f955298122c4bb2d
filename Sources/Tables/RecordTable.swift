import Diagnostics
import GridCore

/// What any tabular source gives: named columns and records of text.
///
/// A CSV keeps its bytes and the place of each record; fields become text
/// when they are asked for. A vector layer gives its attributes and the
/// position of its points. Who reads records need not know which it was.
public struct RecordTable: Sendable {
    /// The file as the user wrote it.
    public let file: String
    /// Column names in order; a name may be empty.
    public let columns: [String]
    /// HXL tags such as `#geo+lat`, one a column (empty where there is none);
    /// no elements when the table has no row of tags.
    public let hashtags: [String]
    private let source: Source

    private enum Source: Sendable {
        case lines(CSVLines)
        case features([FeatureRow])
    }

    /// A table from a vector layer. `rows` in the order of the layer.
    /// - Precondition: each row has one field for each column.
    public init(file: String, columns: [String], features rows: [FeatureRow]) {
        precondition(
            rows.allSatisfy { $0.fields.count == columns.count }, "one field for each column")
        self.file = file
        self.columns = columns
        hashtags = []
        source = .features(rows)
    }

    init(file: String, columns: [String], hashtags: [String], lines: CSVLines) {
        self.file = file
        self.columns = columns
        self.hashtags = hashtags
        source = .lines(lines)
    }

    /// Index of the column called `name`: exactly, else the only one that is
    /// equal but for the case of its ASCII letters; nil when there is none.
    public func column(named name: String) -> Int? {
        if let exact = columns.firstIndex(of: name) { return exact }
        let folded = name.lowercased()
        let alike = columns.indices.filter { columns[$0].lowercased() == folded }
        return alike.count == 1 ? alike[0] : nil
    }

    /// Where the record at `position` (and its field called `field`) is, for
    /// messages: a line of a CSV, a feature of a layer.
    public func place(at position: Int, field: String? = nil) -> Place {
        switch source {
        case .lines: Place(file: file, line: position, field: field)
        case .features: Place(file: file, field: field, feature: String(position))
        }
    }

    /// The lines of a CSV; nil for a vector layer.
    var lines: CSVLines? {
        if case .lines(let lines) = source { lines } else { nil }
    }

    /// Whether records come from a vector layer and so have geometries.
    public var hasGeometry: Bool {
        switch source {
        case .lines: false
        case .features: true
        }
    }
}

/// One row of attributes of a vector layer.
public struct FeatureRow: Sendable, Hashable {
    /// The number by which the layer knows the feature.
    public var number: Int
    /// Attribute values as text in the order of the columns; nil = null.
    public var fields: [String?]
    /// Longitude and latitude (WGS 84) of a point geometry; nil when the
    /// geometry is empty or not a point.
    public var coordinate: Coordinate?

    public init(number: Int, fields: [String?], coordinate: Coordinate?) {
        self.number = number
        self.fields = fields
        self.coordinate = coordinate
    }
}

extension RecordTable: RandomAccessCollection {
    public var startIndex: Int { 0 }

    public var endIndex: Int {
        switch source {
        case .lines(let lines): lines.count
        case .features(let rows): rows.count
        }
    }

    /// The record at `index` of the data rows, header and tags not counted.
    /// - Complexity: O(length of the record).
    public subscript(index: Int) -> TableRecord {
        switch source {
        case .lines(let lines):
            TableRecord(
                index: index, position: lines.line(of: index), coordinate: nil,
                problem: lines.flaw(of: index).map { flaw in
                    flaw.failure(
                        at: Place(file: file, line: lines.line(of: index)), columns: columns)
                },
                fields: .bytes(lines.bytes, lines.fields(of: index)))
        case .features(let rows):
            TableRecord(
                index: index, position: rows[index].number, coordinate: rows[index].coordinate,
                problem: nil, fields: .texts(rows[index].fields))
        }
    }
}

/// One record of a table.
public struct TableRecord: Sendable {
    /// Index in the table, from 0.
    public let index: Int
    /// 1-based line of its first character (CSV), or number of the feature.
    public let position: Int
    /// Longitude and latitude (WGS 84), when the source has point geometries.
    public let coordinate: Coordinate?
    /// Why the row cannot be trusted as a whole: ragged, a NUL byte, text
    /// behind a closing quote, or a field beyond the length limit.
    public let problem: TablesError?
    let fields: Fields

    enum Fields: Sendable {
        case bytes([UInt8], [CSVField])
        case texts([String?])
    }

    /// Number of fields; differs from the number of columns in a ragged row.
    public var count: Int {
        switch fields {
        case .bytes(_, let spans): spans.count
        case .texts(let texts): texts.count
        }
    }

    /// The text of the field in `column` as it stands in the file, quotes
    /// undone; nil when it is missing: empty, only white space, or a ragged
    /// row ends before it.
    public func field(_ column: Int) -> String? {
        let text: String
        switch fields {
        case .bytes(let bytes, let spans):
            guard column < spans.count else { return nil }
            text = spans[column].text(in: bytes)
        case .texts(let texts):
            guard column < texts.count, let value = texts[column] else { return nil }
            text = value
        }
        let isBlank = text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return isBlank ? nil : text
    }

    /// `field(_:)` of an optional column: nil when there is no such column.
    public func field(_ column: Int?) -> String? { column.flatMap { field($0) } }
}
