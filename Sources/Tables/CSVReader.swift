import Diagnostics

/// Reads the bytes of a CSV: RFC 4180 with LF, CRLF or CR line ends, UTF-8
/// with or without a byte order mark, delimiter `,` `;` or tab as the header
/// has it. Quoted fields may hold line breaks; line numbers stay right.
public enum CSVReader {
    /// Longest field that is accepted, in bytes: 1 MB.
    public static let maximumFieldLength = 1_000_000

    /// The table, or every reason why there is none.
    ///
    /// - Parameter file: the name to use in messages.
    /// - Complexity: O(bytes); the bytes are kept, and ten more a record.
    public static func read(_ bytes: [UInt8], file: String) -> CSVReading {
        if let refusal = FileSignature.refusal(of: bytes, file: file) {
            return CSVReading(table: nil, problems: [refusal], warnings: [])
        }
        var pass = Pass(bytes: bytes, file: file)
        pass.problems = UTF8Check.problems(in: bytes, file: file)
        return pass.run()
    }
}

/// What reading a CSV gave.
public struct CSVReading: Sendable {
    /// nil when the file was refused; `problems` then says why. Rows that
    /// are wrong by themselves stay in the table with their `problem`.
    public let table: RecordTable?
    /// Everything for which the file as a whole is refused.
    public let problems: [TablesError]
    /// What its user must know although the file was read.
    public let warnings: [Warning]

    /// The table.
    /// - Throws: all `problems` together.
    public func requireTable() throws(FailureList) -> RecordTable {
        guard let table, problems.isEmpty else { throw FailureList(problems) }
        return table
    }
}

/// One walk over the bytes of one file.
private struct Pass {
    let bytes: [UInt8]
    let file: String
    var position = 0
    var line = 1
    var problems: [TablesError] = []
    var warnings: [Warning] = []

    /// How many records are looked at for decimal commas.
    private static let sampledRecords = 200

    init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func run() -> CSVReading {
        let declared = skipSeparatorLine()
        skipBlankLines()
        let delimiter = declared ?? Self.delimiter(of: bytes[position...])
        let scanner = CSVScanner(bytes: bytes, delimiter: delimiter)
        let columns = header(scanner)
        var lines = CSVLines(bytes: bytes, delimiter: delimiter)
        let scanned = records(scanner, columns: columns.count, into: &lines)
        guard problems.isEmpty, scanned else {
            return CSVReading(table: nil, problems: problems, warnings: warnings)
        }
        let hashtags = takeHashtags(from: &lines, columns: columns.count)
        if lines.count == 0 {
            warnings.append(
                Warning("no-rows", at: Place(file: file), "the table has a header but no rows"))
        }
        noteDecimalCommas(lines, columns: columns)
        let table = RecordTable(file: file, columns: columns, hashtags: hashtags, lines: lines)
        return CSVReading(table: table, problems: [], warnings: warnings)
    }

    /// Spreadsheets write `sep=;` as a first line to say the delimiter.
    private mutating func skipSeparatorLine() -> UInt8? {
        let start = bytes[position...]
        guard start.starts(with: "sep=".utf8), start.count > 5 else { return nil }
        let delimiter = bytes[position + 4]
        let isAlone = bytes[position + 5] == 0x0A || bytes[position + 5] == 0x0D
        guard isAlone, [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains(delimiter) else {
            return nil
        }
        let scanner = CSVScanner(bytes: bytes, delimiter: delimiter)
        let record = scanner.scan(from: position) { _ in }
        position = record.next
        line += record.lines
        return delimiter
    }

    private mutating func skipBlankLines() {
        while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D {
            let isPair =
                bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
            position += isPair ? 2 : 1
            line += 1
        }
    }

    /// The most frequent of `,` `;` tab outside quotes in the first line; a
    /// comma when there is none, and in a tie the first of these.
    private static func delimiter(of header: ArraySlice<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in header {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D { break }
            if let i = candidates.firstIndex(of: byte) { counts[i] += 1 }
        }
        let most = counts.max() ?? 0
        return candidates[counts.firstIndex(of: most) ?? 0]
    }

    private mutating func header(_ scanner: CSVScanner) -> [String] {
        var fields: [CSVField] = []
        let record = scanner.scan(from: position) { fields.append($0) }
        let place = Place(file: file, line: line)
        if let offset = record.openQuoteLine { problems.append(openQuote(line + offset)) }
        if let flaw = record.flaw { problems.append(flaw.failure(at: place, columns: [])) }
        position = record.next
        line += record.lines
        let names = fields.map { $0.text(in: bytes).trimmingBlanks() }
        var seen: Set<String> = []
        var repeated: [String] = []
        for name in names where !name.isEmpty {
            if !seen.insert(name).inserted, !repeated.contains(name) { repeated.append(name) }
        }
        for name in repeated {
            let places = names.indices.filter { names[$0] == name }.map { String($0 + 1) }
            problems.append(
                TablesError(
                    .duplicateColumn, at: place,
                    "column \"\(TerminalText.excerpt(name))\" occurs \(places.count) times "
                        + "(columns \(places.joined(separator: ", ")); expected once)",
                    mend: "Rename or remove the repeated columns"))
        }
        return names
    }

    private func openQuote(_ line: Int) -> TablesError {
        TablesError(
            .openQuote, at: Place(file: file, line: line),
            "a quote opens here and is not closed before the end of the file",
            mend: "Close the quote, or double it if it belongs to the text; a file cut short "
                + "must be downloaded again")
    }

    /// false when the file cannot be read to its end.
    private mutating func records(
        _ scanner: CSVScanner, columns: Int, into lines: inout CSVLines
    ) -> Bool {
        while position < bytes.count {
            let record = scanner.scan(from: position) { _ in }
            if let offset = record.openQuoteLine {
                problems.append(openQuote(line + offset))
                return false
            }
            if !record.isBlank {
                let isRagged = record.fieldCount != columns
                let flaw = record.flaw ?? (isRagged ? .ragged(found: record.fieldCount) : nil)
                lines.append(start: position, line: line, flaw: flaw)
            }
            position = record.next
            line += record.lines
        }
        return true
    }

    /// A row under the header whose fields are tags (`#geo+lat`) or empty is
    /// the tag row of the Humanitarian Exchange Language (HXL 1.1), not data.
    private mutating func takeHashtags(from lines: inout CSVLines, columns: Int) -> [String] {
        guard lines.count > 0 else { return [] }
        let texts = lines.fields(of: 0).map { $0.text(in: bytes).trimmingBlanks() }
        let tags = texts.filter { !$0.isEmpty }
        guard !tags.isEmpty, tags.allSatisfy(Self.isHashtag) else { return [] }
        lines.removeFirst()
        return Array(
            (texts + repeatElement("", count: max(0, columns - texts.count))).prefix(columns))
    }

    private static func isHashtag(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "#") else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[1] | 0x20)
    }

    private mutating func noteDecimalCommas(_ lines: CSVLines, columns: [String]) {
        guard lines.delimiter != UInt8(ascii: ",") else { return }
        var found: [(column: Int, line: Int, text: String)] = []
        for record in 0..<min(lines.count, Self.sampledRecords) {
            for (column, field) in lines.fields(of: record).enumerated()
            where !found.contains(where: { $0.column == column }) {
                let text = field.text(in: bytes)
                if Self.isDecimalComma(text) {
                    found.append((column, lines.line(of: record), text))
                }
            }
        }
        for (column, line, text) in found.sorted(by: { $0.column < $1.column }) {
            let name = column < columns.count ? columns[column] : String(column + 1)
            warnings.append(
                Warning(
                    "decimal-comma", at: Place(file: file, line: line, field: name),
                    "\"\(TerminalText.excerpt(text))\" has a decimal comma and will not be read as "
                        + "a number; export the table with '.' as decimal mark"))
        }
    }

    /// Digits, one comma, digits, with or without a sign.
    private static func isDecimalComma(_ text: String) -> Bool {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let whole = parts[0].drop { $0 == "-" || $0 == " " }
        return [whole, parts[1]].allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}

extension String {
    /// Without ASCII white space at both ends.
    func trimmingBlanks() -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = Array(utf8)
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
