/// Reads a date out of a name, such as `NDVI_{yyyy}{mm}{dd}.tif`.
///
/// Fields: `{yyyy}` year, `{mm}` month, `{dd}` day, `{doy}` day of the year
/// (three digits), `{dekad}` 1-36 (two digits). `*` stands for any run of
/// characters; everything else must be there as written. The day is 1 where
/// only year and month are given.
public struct DatePattern: Hashable, Sendable, CustomStringConvertible {
    enum Element: Hashable, Sendable {
        case literal([UInt8])
        case anything
        case year, month, day, dayOfYear, dekad

        /// Digits that the field takes; nil for the others.
        var width: Int? {
            switch self {
            case .year: 4
            case .dayOfYear: 3
            case .month, .day, .dekad: 2
            case .literal, .anything: nil
            }
        }
    }

    public let description: String
    let elements: [Element]

    /// Why a text is not a usable pattern.
    public enum Defect: Error, Hashable, Sendable {
        case unknownField(String)
        case unclosedBrace
        case noYear
        case noDay
    }

    public init(_ text: String) throws(Defect) {
        description = text
        var elements: [Element] = []
        var literal: [UInt8] = []
        func flush() {
            if !literal.isEmpty { elements.append(.literal(literal)) }
            literal = []
        }
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "*":
                flush()
                elements.append(.anything)
            case "{":
                guard let close = rest.firstIndex(of: "}") else { throw .unclosedBrace }
                let name = String(rest[..<close])
                rest = rest[rest.index(after: close)...]
                flush()
                switch name.lowercased() {
                case "yyyy": elements.append(.year)
                case "mm": elements.append(.month)
                case "dd": elements.append(.day)
                case "doy", "ddd": elements.append(.dayOfYear)
                case "dekad": elements.append(.dekad)
                default: throw .unknownField(name)
                }
            default:
                literal.append(contentsOf: String(character).utf8)
            }
        }
        flush()
        guard elements.contains(.year) else { throw .noYear }
        guard elements.contains(where: { [.month, .dayOfYear, .dekad].contains($0) }) else {
            throw .noDay
        }
        self.elements = elements
    }

    /// The date in `name`; nil when the name does not fit or the date does
    /// not exist.
    public func date(in name: String) -> CalendarDate? {
        var found = Found()
        let bytes = Array(name.utf8)
        guard match(bytes[...], elements[...], &found), let year = found.year else { return nil }
        if let dayOfYear = found.dayOfYear {
            return CalendarDate(year: year, dayOfYear: dayOfYear)
        }
        if let dekad = found.dekad {
            guard (1...36).contains(dekad) else { return nil }
            return PeriodScheme.dekad.firstDay(ofSlot: dekad - 1, year: year)
        }
        return CalendarDate(year: year, month: found.month ?? 1, day: found.day ?? 1)
    }

    private struct Found {
        var year: Int?
        var month: Int?
        var day: Int?
        var dayOfYear: Int?
        var dekad: Int?
    }

    private func match(
        _ bytes: ArraySlice<UInt8>, _ elements: ArraySlice<Element>, _ found: inout Found
    ) -> Bool {
        guard let element = elements.first else { return bytes.isEmpty }
        let others = elements.dropFirst()
        switch element {
        case .literal(let literal):
            return bytes.starts(with: literal)
                && match(bytes.dropFirst(literal.count), others, &found)
        case .anything:
            for skipped in 0...bytes.count {
                var attempt = found
                if match(bytes.dropFirst(skipped), others, &attempt) {
                    found = attempt
                    return true
                }
            }
            return false
        case .year, .month, .day, .dayOfYear, .dekad:
            guard let width = element.width, let value = Self.number(bytes.prefix(width), width)
            else { return false }
            switch element {
            case .year: found.year = value
            case .month: found.month = value
            case .day: found.day = value
            case .dayOfYear: found.dayOfYear = value
            default: found.dekad = value
            }
            return match(bytes.dropFirst(width), others, &found)
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ width: Int) -> Int? {
        guard bytes.count == width, bytes.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
