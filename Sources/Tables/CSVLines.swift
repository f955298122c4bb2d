import Diagnostics

/// The bytes of a CSV and where its data records begin: about ten bytes a
/// record beside the file itself.
struct CSVLines: Sendable {
    let bytes: [UInt8]
    let delimiter: UInt8
    private var starts: [Int] = []
    private var lineNumbers: [UInt32] = []
    /// Ascending by record.
    private var flaws: [(record: Int, flaw: CSVFlaw)] = []

    init(bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    var count: Int { starts.count }

    /// Position of the first byte of each data record.
    var recordStarts: [Int] { starts }

    mutating func append(start: Int, line: Int, flaw: CSVFlaw?) {
        if let flaw { flaws.append((starts.count, flaw)) }
        starts.append(start)
        lineNumbers.append(UInt32(clamping: line))
    }

    mutating func removeFirst() {
        starts.removeFirst()
        lineNumbers.removeFirst()
        flaws = flaws.compactMap { $0.record == 0 ? nil : ($0.record - 1, $0.flaw) }
    }

    func line(of record: Int) -> Int { Int(lineNumbers[record]) }

    func fields(of record: Int) -> [CSVField] {
        CSVScanner(bytes: bytes, delimiter: delimiter).fields(from: starts[record])
    }

    func flaw(of record: Int) -> CSVFlaw? {
        var low = 0
        var high = flaws.count
        while low < high {
            let middle = (low + high) / 2
            if flaws[middle].record < record { low = middle + 1 } else { high = middle }
        }
        return low < flaws.count && flaws[low].record == record ? flaws[low].flaw : nil
    }
}

/// Where a field is in the bytes of a CSV, quotes not included.
struct CSVField: Sendable {
    var start: Int
    var end: Int
    /// Whether a doubled quote in it stands for one.
    var hasDoubledQuotes: Bool

    func text(in bytes: [UInt8]) -> String {
        guard hasDoubledQuotes else { return String(decoding: bytes[start..<end], as: UTF8.self) }
        var undone: [UInt8] = []
        undone.reserveCapacity(end - start)
        var i = start
        while i < end {
            undone.append(bytes[i])
            // Skip the second of two quotes; a lone one ends a broken field.
            let isDoubled =
                bytes[i] == UInt8(ascii: "\"") && i + 1 < end && bytes[i + 1] == UInt8(ascii: "\"")
            i += isDoubled ? 2 : 1
        }
        return String(decoding: undone, as: UTF8.self)
    }
}

/// What is wrong with one row of a CSV.
enum CSVFlaw: Sendable, Hashable {
    case ragged(found: Int)
    case strayQuote(column: Int)
    case nulByte(column: Int)
    case tooLong(column: Int, length: Int)

    func failure(at place: Place, columns: [String]) -> TablesError {
        var place = place
        func name(_ column: Int) -> String {
            let name = column < columns.count ? columns[column] : ""
            return name.isEmpty ? "column \(column + 1)" : "column \"\(name)\""
        }
        switch self {
        case .ragged(let found):
            return TablesError(
                .raggedRow, at: place,
                "the row has \(found) field\(found == 1 ? "" : "s") (expected \(columns.count) as "
                    + "in the header)",
                mend: "Quote fields that hold the delimiter or a line break, or complete the row")
        case .strayQuote(let column):
            place.field = name(column)
            return TablesError(
                .strayQuote, at: place,
                "text follows a closing quote (expected the delimiter or the end of the line)",
                mend: "Double the quotes inside a quoted field: \"\"")
        case .nulByte(let column):
            place.field = name(column)
            return TablesError(
                .nulByte, at: place, "the field holds a NUL byte (expected text)",
                mend: "Export the table again; the file may be damaged")
        case .tooLong(let column, let length):
            place.field = name(column)
            return TablesError(
                .fieldTooLong, at: place,
                "the field has \(length) bytes (expected at most \(CSVReader.maximumFieldLength))",
                mend: "Look for a quote that is never closed near this line")
        }
    }
}
