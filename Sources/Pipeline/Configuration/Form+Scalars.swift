import Calendar
import Diagnostics
import Tables

extension Form where Value == String {
    /// Any scalar as it is written: `NO`, `1.10` and `12:30` stay text.
    static let text = Form.scalar(
        "a text", example: "\"...\"",
        schema: ["type": ["string", "number", "boolean"]], render: JSONValue.string
    ) { text, site in
        guard !text.allSatisfy(\.isWhitespace) else {
            site.report(.outOfRange, "is an empty text", mend: "Write a text, or remove the key")
            return nil
        }
        let isClean = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n"
        }
        guard isClean, text.utf8.count <= maximumTextBytes else {
            site.report(
                .outOfRange,
                isClean
                    ? "is too long (\(text.utf8.count) bytes, at most \(maximumTextBytes))"
                    : "has a control character",
                mend: "Shorten or retype the text")
            return nil
        }
        return text
    }

    /// Longer texts are data, not configuration.
    private static var maximumTextBytes: Int { 10_000 }

    /// A coordinate reference system by EPSG code or WKT; never an address,
    /// a file or a PROJ string, which PROJ would go and look up.
    static let crs = Form.scalar(
        "a coordinate reference system", example: "\"EPSG:4326\"",
        schema: [
            "type": "string",
            "pattern": "^\\s*(EPSG:[0-9]{4,6}|(GEOGCS|PROJCS|GEOGCRS|PROJCRS|GEODCRS|BOUNDCRS)\\[)",
        ],
        render: JSONValue.string
    ) { text, site in
        let isCode = text.wholeMatch(of: #/EPSG:[0-9]{4,6}/#) != nil
        let isWKT =
            text.prefixMatch(of: #/\s*(GEOGCS|PROJCS|GEOGCRS|PROJCRS|GEODCRS|BOUNDCRS)\[/#) != nil
        guard isCode || isWKT else {
            site.report(
                .wrongType, "is neither an EPSG code nor WKT (found \(Quoted(text)))",
                mend: "Write \"EPSG:4326\"")
            return nil
        }
        return text
    }

    /// The name of an environment variable.
    static let variableName = Form.scalar(
        "a name of a variable", example: "SECTOR_DATA",
        schema: ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"],
        render: JSONValue.string
    ) { text, site in
        guard text.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil else {
            site.report(
                .wrongType, "is not a name of a variable (found \(Quoted(text)))",
                mend: "Write SECTOR_DATA, without \"$\" and braces")
            return nil
        }
        return text
    }

    /// The id of a raster product profile, in any case; rendered in lower.
    static let product = Form.scalar(
        "a product", example: "mod13c1", schema: ["type": "string"], render: JSONValue.string
    ) { text, site in
        let known = site.context.products + ["custom"]
        let id = text.lowercased()
        guard known.count > 1, !known.contains(id) else { return id }
        let suggestion = NearNames.near(id, among: known, limit: 1).first
        site.report(
            .unknownChoice, "is no known product (found \(Quoted(text)))",
            mend: suggestion.map { "Did you mean \($0)?" }
                ?? "Write one of \(known.joined(separator: ", "))")
        return nil
    }
}

extension Form where Value == Bool {
    static let boolean = Form.scalar(
        "true or false", example: "true", schema: ["type": "boolean"], render: JSONValue.bool
    ) { text, site in
        if case .scalar(_, isPlain: true) = site.node.content {
            if ["true", "True", "TRUE"].contains(text) { return true }
            if ["false", "False", "FALSE"].contains(text) { return false }
        }
        site.wrongType("true or false", example: "true or false")
        return nil
    }
}

extension Form where Value == Double {
    static func number(_ range: ClosedRange<Double>? = nil, example: String) -> Form {
        var schema: [JSONMember] = [.init("type", "number")]
        if let range {
            schema.append(.init("minimum", .number(range.lowerBound)))
            schema.append(.init("maximum", .number(range.upperBound)))
        }
        return .scalar(
            "a number", example: example, schema: .object(schema), render: JSONValue.number
        ) { text, site in
            guard case .scalar(_, isPlain: true) = site.node.content,
                let value = Decimal.number(text)
            else {
                site.wrongType("a number", example: example)
                return nil
            }
            if let range, !range.contains(value) {
                site.outOfRange(
                    text, "\(Decimal.text(range.lowerBound)) to \(Decimal.text(range.upperBound))",
                    example: example)
                return nil
            }
            return value
        }
    }

    /// A number from 0 to 1; what looks like per cent is told so.
    static func share(example: String) -> Form {
        let number = Form.number(0...1, example: example)
        return Form(
            noun: number.noun, example: example, schema: number.schema,
            read: { site in
                guard case .scalar(let text, isPlain: true) = site.node.content,
                    let value = Decimal.number(text), value > 1.5, value <= 100
                else { return number.read(site) }
                site.report(
                    .outOfRange,
                    "is out of range (found \(TerminalText.excerpt(text)), expected 0 to 1)",
                    mend: "Is it per cent? Write \(Decimal.text(value / 100))")
                return nil
            },
            render: number.render)
    }
}

extension Form where Value == Int {
    static func integer(_ range: ClosedRange<Int>, example: String) -> Form {
        .scalar(
            "a whole number", example: example,
            schema: [
                "type": "integer", "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ],
            render: JSONValue.integer
        ) { text, site in
            guard case .scalar(_, isPlain: true) = site.node.content,
                let value = Decimal.integer(text)
            else {
                site.wrongType("a whole number", example: example)
                return nil
            }
            guard range.contains(value) else {
                site.outOfRange(
                    text, "\(range.lowerBound) to \(range.upperBound)", example: example)
                return nil
            }
            return value
        }
    }
}

extension Form where Value: Choice {
    /// One of the words of `Value`.
    static var choice: Form {
        let words = Value.allCases.map(\.rawValue)
        let list = words.joined(separator: ", ")
        return .scalar(
            "one of \(list)", example: words.first ?? "",
            schema: ["enum": .array(words.map(JSONValue.string))],
            render: { .string($0.rawValue) }
        ) { text, site in
            if let value = Value(rawValue: text) { return value }
            let suggestion = NearNames.near(text, among: words, limit: 1).first
            site.report(
                .unknownChoice, "is not one of \(list) (found \(Quoted(text)))",
                mend: suggestion.map { "Did you mean \($0)?" } ?? "Write \(words.first ?? "")")
            return nil
        }
    }
}

extension Form where Value == CalendarDate {
    static let date = Form.scalar(
        "a date", example: "\"2010-12-19\"",
        schema: ["type": "string", "pattern": datePattern],
        render: { .string($0.description) }
    ) { text, site in
        guard let date = CalendarDate(iso: text) else {
            site.report(
                .badDate, "is not a date of the calendar (found \(Quoted(text)))",
                mend: "Write it as year-month-day: \"2010-12-19\"")
            return nil
        }
        return date
    }
}

/// `YYYY-MM-DD`, in the schema.
let datePattern: JSONValue = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

extension ReadingSite {
    func outOfRange(_ found: String, _ expected: String, example: String) {
        report(
            .outOfRange,
            "is out of range (found \(TerminalText.excerpt(found)), expected \(expected))",
            mend: "Write a value in the range, such as \(example)")
    }
}
