import Diagnostics

/// Finds bytes that are not UTF-8 (RFC 3629), with their lines.
enum UTF8Check {
    /// One problem for each of the first lines that hold such bytes, at most
    /// as many as a list of failures shows; the first says how many there are.
    static func problems(in bytes: [UInt8], file: String) -> [TablesError] {
        var places: [(line: Int, byte: UInt8)] = []
        var linesFound = 0
        bytes.withUnsafeBytes { buffer in
            var line = 1
            var counted = 0
            var lastLine = 0
            var i = firstInvalid(buffer, from: 0)
            while let at = i {
                line += lineEnds(buffer, counted..<at)
                counted = at
                if line != lastLine {
                    linesFound += 1
                    lastLine = line
                    if places.count < FailureList.shown { places.append((line, buffer[at])) }
                }
                i = firstInvalid(buffer, from: at + 1)
            }
        }
        return places.enumerated().map { number, place in
            let more =
                number == 0 && linesFound > 1 ? "; \(linesFound) lines have such bytes" : ""
            return TablesError(
                .notUTF8, at: Place(file: file, line: place.line),
                "byte 0x\(String(place.byte, radix: 16, uppercase: true)) is not UTF-8 (expected "
                    + "UTF-8; the text is perhaps Latin-1 or Windows-1252\(more))",
                mend: "Save it as \"CSV UTF-8\", or convert it: iconv -f WINDOWS-1252 -t UTF-8")
        }
    }

    private static func lineEnds(_ buffer: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var count = 0
        for i in range {
            if buffer[i] == 0x0A { count += 1 }
            if buffer[i] == 0x0D, i + 1 >= buffer.count || buffer[i + 1] != 0x0A { count += 1 }
        }
        return count
    }

    private static func firstInvalid(_ buffer: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var i = start
        while i < buffer.count {
            // Eight ASCII bytes at a time.
            while i + 8 <= buffer.count,
                buffer.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080
                    == 0
            {
                i += 8
            }
            guard i < buffer.count else { return nil }
            let length = sequenceLength(buffer, at: i)
            if length == 0 { return i }
            i += length
        }
        return nil
    }

    /// Bytes of the well-formed sequence at `i`; 0 when there is none.
    private static func sequenceLength(_ buffer: UnsafeRawBufferPointer, at i: Int) -> Int {
        let first = buffer[i]
        // The second byte's range keeps out overlong forms, surrogates and
        // what lies beyond U+10FFFF (RFC 3629, section 4).
        let (length, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard i + length <= buffer.count, second.contains(buffer[i + 1]) else { return 0 }
        for k in 2..<max(2, length) where buffer[i + k] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
