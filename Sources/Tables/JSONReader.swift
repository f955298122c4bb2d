import Diagnostics

/// Reads a JSON document (RFC 8259) strictly: no comments, no trailing
/// commas, no duplicate names, nothing after the document.
///
/// Whole numbers that fit become `integer`, all others `number`; objects
/// keep the order of their members, so that writing the result again in the
/// layout it was written in gives the same bytes.
public struct JSONReader: Sendable {
    /// Deepest nesting of arrays and objects.
    public static let maximumDepth = 64

    private let bytes: [UInt8]
    private let file: String
    private var position = 0

    /// The document in `bytes`.
    ///
    /// - Parameter file: the name to use in messages.
    /// - Throws: `TablesError` of kind `notJSON`, with the line.
    /// - Complexity: O(bytes).
    public static func read(_ bytes: [UInt8], file: String) throws(TablesError) -> JSONValue {
        if let problem = UTF8Check.problems(in: bytes, file: file).first { throw problem }
        var reader = JSONReader(bytes: bytes, file: file)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else {
            throw reader.problem("something follows the document")
        }
        return value
    }

    private init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    private func problem(_ cause: String) -> TablesError {
        let line = 1 + bytes.prefix(position).count { $0 == UInt8(ascii: "\n") }
        let found =
            position < bytes.count
            ? "found \"\(TerminalText.excerpt(excerpt, limit: 20))\"" : "the file ends here"
        return TablesError(
            .notJSON, at: Place(file: file, line: line), "is not JSON: \(cause) (\(found))",
            mend: "Get the file again from where it was published")
    }

    private var excerpt: String {
        String(decoding: bytes[position..<min(bytes.count, position + 24)], as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(TablesError) -> JSONValue {
        skipBlanks()
        guard position < bytes.count else { throw problem("a value is missing") }
        guard depth < Self.maximumDepth else {
            throw problem("it is nested deeper than \(Self.maximumDepth) levels")
        }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(
        _ word: String, _ value: JSONValue
    ) throws(TablesError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else {
            throw problem("a value is expected")
        }
        position += word.utf8.count
        return value
    }

    private mutating func elements(depth: Int) throws(TablesError) -> [JSONValue] {
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return [] }
        var elements: [JSONValue] = []
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw problem("expected \",\" or \"]\"") }
        }
    }

    private mutating func members(depth: Int) throws(TablesError) -> [JSONMember] {
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return [] }
        var members: [JSONMember] = []
        var names: Set<String> = []
        while true {
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw problem("a name in quotes is expected")
            }
            let name = try text()
            guard names.insert(name).inserted else {
                throw problem("the name \"\(TerminalText.excerpt(name))\" occurs twice")
            }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw problem("expected \":\"") }
            members.append(JSONMember(name, try value(depth: depth + 1)))
            skipBlanks()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw problem("expected \",\" or \"}\"") }
        }
    }
}

// MARK: - Numbers and text

extension JSONReader {
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private mutating func digits() throws(TablesError) {
        let start = position
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
        guard position > start else { throw problem("a value is expected") }
    }

    private mutating func number() throws(TablesError) -> JSONValue {
        let start = position
        var isWhole = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else {
            throw problem("a number is too large")
        }
        return .number(number)
    }

    private mutating func text() throws(TablesError) -> String {
        position += 1
        var characters: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: characters, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                characters.append(contentsOf: try escaped().utf8)
            case 0..<0x20: throw problem("a control character stands in a text")
            default:
                characters.append(byte)
                position += 1
            }
        }
        throw problem("a text is not closed")
    }

    private mutating func escaped() throws(TablesError) -> String {
        guard position < bytes.count else { throw problem("a text is not closed") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try codePoint())
        default:
            position -= 1
            throw problem("an unknown escape stands in a text")
        }
    }

    private mutating func codePoint() throws(TablesError) -> Character {
        let first = try codeUnit()
        guard (0xD800..<0xE000).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw problem("no character") }
            return Character(scalar)
        }
        // A character beyond the basic plane is written as two units.
        if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try codeUnit()
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return Character(scalar)
            }
        }
        throw problem("half of a character stands in a text")
    }

    private mutating func codeUnit() throws(TablesError) -> UInt32 {
        let digits = bytes[position..<min(bytes.count, position + 4)]
        guard digits.count == 4, digits.allSatisfy({ Character(.init($0)).isHexDigit }),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("four hexadecimal digits are expected") }
        position += 4
        return unit
    }
}
