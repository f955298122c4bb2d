/// Reads a date out of a name, such as `NDVI_{yyyy}{mm}{dd}.tif`.
///
/// Fields: `{yyyy}` year, `{yy}` year of this century, `{mm}` month, `{dd}`
/// day, `{doy}` day of the year (three digits), `{dekad}` 1-36 and `{pentad}`
/// 1-72 of the year (two digits), `{week}` 1-52 of the year (three digits,
/// see `PeriodScheme.week`), `{month-dekad}` 1-3 and `{month-pentad}` 1-6 of
/// the month (one digit). `*` stands for any run of
/// characters; everything else must be there as written. The day is 1 where
/// only year and month are given.
public struct DatePattern: Hashable, Sendable, CustomStringConvertible {
    enum Element: Hashable, Sendable {
        case literal([UInt8])
        case anything
        case year, yearOfCentury, month, day, dayOfYear, dekad, pentad, week
        case dekadOfMonth, pentadOfMonth

        /// Digits that the field takes; nil for the others.
        var width: Int? {
            switch self {
            case .year: 4
            case .dayOfYear, .week: 3
            case .yearOfCentury, .month, .day, .dekad, .pentad: 2
            case .dekadOfMonth, .pentadOfMonth: 1
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
                case "yy": elements.append(.yearOfCentury)
                case "mm": elements.append(.month)
                case "dd": elements.append(.day)
                case "doy", "ddd": elements.append(.dayOfYear)
                case "dekad": elements.append(.dekad)
                case "pentad": elements.append(.pentad)
                case "week": elements.append(.week)
                case "month-dekad": elements.append(.dekadOfMonth)
                case "month-pentad": elements.append(.pentadOfMonth)
                default: throw .unknownField(name)
                }
            default:
                literal.append(contentsOf: String(character).utf8)
            }
        }
        flush()
        guard elements.contains(.year) || elements.contains(.yearOfCentury) else { throw .noYear }
        let partsOfYear: [Element] = [.month, .dayOfYear, .dekad, .pentad, .week]
        guard elements.contains(where: { partsOfYear.contains($0) }) else { throw .noDay }
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
        if let (scheme, number) = found.period {
            guard (1...scheme.periodsPerYear).contains(number) else { return nil }
            return scheme.firstDay(ofSlot: number - 1, year: year)
        }
        if let (scheme, number) = found.periodOfMonth {
            let perMonth = scheme.periodsPerYear / 12
            guard let month = found.month, (1...12).contains(month), (1...perMonth).contains(number)
            else { return nil }
            return scheme.firstDay(ofSlot: (month - 1) * perMonth + number - 1, year: year)
        }
        return CalendarDate(year: year, month: found.month ?? 1, day: found.day ?? 1)
    }

    private struct Found {
        var year: Int?
        var month: Int?
        var day: Int?
        var dayOfYear: Int?
        /// Number of a period of the year, from 1.
        var period: (PeriodScheme, Int)?
        /// Number of a period of the month, from 1.
        var periodOfMonth: (PeriodScheme, Int)?
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
        default:
            guard let width = element.width, let value = Self.number(bytes.prefix(width), width)
            else { return false }
            switch element {
            case .year: found.year = value
            case .yearOfCentury: found.year = 2000 + value
            case .month: found.month = value
            case .day: found.day = value
            case .dayOfYear: found.dayOfYear = value
            case .dekad: found.period = (.dekad, value)
            case .pentad: found.period = (.pentad, value)
            case .week: found.period = (.week, value)
            case .dekadOfMonth: found.periodOfMonth = (.dekad, value)
            case .pentadOfMonth: found.periodOfMonth = (.pentad, value)
            case .literal, .anything: break
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
