/// Finds records and fields in the bytes of a CSV (RFC 4180), one pass, no
/// text made. LF, CRLF and a lone CR end a record outside quotes.
struct CSVScanner {
    let bytes: [UInt8]
    let delimiter: UInt8

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    struct Record {
        var fieldCount = 0
        /// Index of the first byte behind the record and its line end.
        var next = 0
        /// Line ends passed, the record's own included.
        var lines = 0
        var isBlank = false
        /// Lines between the start of the record and the quote that is still
        /// open at the end of the file; nil when every quote is closed.
        var openQuoteLine: Int?
        var flaw: CSVFlaw?
    }

    /// Walks over the record that begins at `start`, calling `onField` with
    /// each of its fields.
    @inline(__always)
    func scan(from start: Int, onField: (CSVField) -> Void) -> Record {
        bytes.withUnsafeBufferPointer { buffer in
            var record = Record()
            var i = start
            if i < buffer.count, Self.isLineEnd(buffer[i]) {
                record.isBlank = true
                endLine(buffer, &i, &record)
                record.next = i
                return record
            }
            while true {
                let field = scanField(buffer, &i, &record)
                onField(field)
                record.fieldCount += 1
                guard i < buffer.count else { break }
                if buffer[i] == delimiter {
                    i += 1
                    continue
                }
                endLine(buffer, &i, &record)
                break
            }
            record.next = i
            return record
        }
    }

    /// The fields of the record that begins at `start`.
    func fields(from start: Int) -> [CSVField] {
        var fields: [CSVField] = []
        fields.reserveCapacity(32)
        _ = scan(from: start) { fields.append($0) }
        return fields
    }

    @inline(__always)
    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == lineFeed || byte == carriageReturn
    }

    @inline(__always)
    private func endLine(
        _ buffer: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ record: inout Record
    ) {
        let isPair =
            buffer[i] == Self.carriageReturn && i + 1 < buffer.count
            && buffer[i + 1] == Self.lineFeed
        i += isPair ? 2 : 1
        record.lines += 1
    }

    /// Leaves `i` on the delimiter, the line end, or the end of the bytes.
    @inline(__always)
    private func scanField(
        _ buffer: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ record: inout Record
    ) -> CSVField {
        var field: CSVField
        var hasNUL = false
        if i < buffer.count, buffer[i] == Self.quote {
            field = scanQuoted(buffer, &i, &record, &hasNUL)
        } else {
            field = CSVField(start: i, end: i, hasDoubledQuotes: false)
            while i < buffer.count, buffer[i] != delimiter, !Self.isLineEnd(buffer[i]) {
                if buffer[i] == 0 { hasNUL = true }
                i += 1
            }
            field.end = i
        }
        if record.flaw == nil {
            if hasNUL {
                record.flaw = .nulByte(column: record.fieldCount)
            } else if field.end - field.start > CSVReader.maximumFieldLength {
                record.flaw = .tooLong(
                    column: record.fieldCount, length: field.end - field.start)
            }
        }
        return field
    }

    private func scanQuoted(
        _ buffer: UnsafeBufferPointer<UInt8>, _ i: inout Int, _ record: inout Record,
        _ hasNUL: inout Bool
    ) -> CSVField {
        let lineOfQuote = record.lines
        i += 1
        var field = CSVField(start: i, end: i, hasDoubledQuotes: false)
        while i < buffer.count {
            let byte = buffer[i]
            if byte == Self.quote {
                guard i + 1 < buffer.count, buffer[i + 1] == Self.quote else { break }
                field.hasDoubledQuotes = true
                i += 2
            } else {
                if byte == 0 { hasNUL = true }
                let isPair =
                    byte == Self.carriageReturn && i + 1 < buffer.count
                    && buffer[i + 1] == Self.lineFeed
                if Self.isLineEnd(byte), !isPair { record.lines += 1 }
                i += 1
            }
        }
        field.end = i
        guard i < buffer.count else {
            record.openQuoteLine = lineOfQuote
            return field
        }
        i += 1
        if i < buffer.count, buffer[i] != delimiter, !Self.isLineEnd(buffer[i]) {
            if record.flaw == nil { record.flaw = .strayQuote(column: record.fieldCount) }
            while i < buffer.count, buffer[i] != delimiter, !Self.isLineEnd(buffer[i]) { i += 1 }
            field.end = i
        }
        return field
    }
}
