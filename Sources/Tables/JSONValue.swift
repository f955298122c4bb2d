/// A JSON document as a value. Objects keep the order of their members, so
/// that the same value always gives the same bytes.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Printed as the shortest decimal that reads back alike; `null` when it
    /// is not finite; minus zero is 0.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// Members in the order in which they are printed; names must differ.
    case object([JSONMember])

    /// A number rounded to `decimals` places, half away from zero; `null`
    /// when `value` is nil or not finite.
    public static func rounded(_ value: Double?, decimals: Int) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .number(DecimalText.rounded(value, decimals: decimals))
    }

    /// `null` when nil.
    public static func optional(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    /// `null` when nil.
    public static func optional(_ value: Int?) -> JSONValue {
        value.map(JSONValue.integer) ?? .null
    }
}

/// One name and value of a JSON object.
public struct JSONMember: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    /// Members in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
    /// How a document is laid out.
    public enum Layout: Sendable {
        /// No white space at all.
        case compact
        /// Two spaces a level; empty arrays and objects on one line.
        case pretty
    }

    /// The document as UTF-8, without a final newline (RFC 8259).
    public func utf8(_ layout: Layout = .compact) -> [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes, layout: layout, depth: 0)
        return bytes
    }

    /// The document as text, without a final newline (RFC 8259).
    public func text(_ layout: Layout = .compact) -> String {
        String(decoding: utf8(layout), as: UTF8.self)
    }

    func append(to bytes: inout [UInt8], layout: Layout, depth: Int) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value):
            bytes.append(contentsOf: (DecimalText.shortest(value) ?? "null").utf8)
        case .string(let value): Self.appendQuoted(value, to: &bytes)
        case .array(let elements):
            Self.appendList(elements, "[", "]", to: &bytes, layout, depth) { element, bytes in
                element.append(to: &bytes, layout: layout, depth: depth + 1)
            }
        case .object(let members):
            Self.appendList(members, "{", "}", to: &bytes, layout, depth) { member, bytes in
                Self.appendQuoted(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
                member.value.append(to: &bytes, layout: layout, depth: depth + 1)
            }
        }
    }

    private static func appendList<Item>(
        _ items: [Item], _ open: Unicode.Scalar, _ close: Unicode.Scalar,
        to bytes: inout [UInt8], _ layout: Layout, _ depth: Int,
        _ appendItem: (Item, inout [UInt8]) -> Void
    ) {
        func newLine(_ depth: Int) {
            guard layout == .pretty, !items.isEmpty else { return }
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
        }
        bytes.append(UInt8(ascii: open))
        for (i, item) in items.enumerated() {
            if i > 0 { bytes.append(UInt8(ascii: ",")) }
            newLine(depth + 1)
            appendItem(item, &bytes)
        }
        newLine(depth)
        bytes.append(UInt8(ascii: close))
    }

    /// Escapes, beside what JSON demands, the characters that a terminal
    /// obeys or that turn the direction of what follows: C1 controls (0x9B
    /// begins a control sequence), separators of lines, marks of direction.
    private static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\u{08}": bytes.append(contentsOf: "\\b".utf8)
            case "\t": bytes.append(contentsOf: "\\t".utf8)
            case "\n": bytes.append(contentsOf: "\\n".utf8)
            case "\u{0C}": bytes.append(contentsOf: "\\f".utf8)
            case "\r": bytes.append(contentsOf: "\\r".utf8)
            case _ where isControl(scalar):
                let digits = String(scalar.value, radix: 16)
                bytes.append(contentsOf: "\\u".utf8)
                bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
                bytes.append(contentsOf: digits.utf8)
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? .encodedReplacementCharacter)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
