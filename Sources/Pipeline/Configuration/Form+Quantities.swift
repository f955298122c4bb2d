import Calendar
import Tables

/// A number with a unit behind it, cut in two.
private struct Quantity {
    var number: String
    var unit: String

    /// nil when the text does not begin with a number.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: #/\s*([-+]?[0-9.][0-9.,_eE+]*)\s*(.*?)\s*/#) else {
            return nil
        }
        number = String(match.output.1)
        unit = String(match.output.2)
    }
}

extension ReadingSite {
    /// The number of a quantity and which of `units` it is in; reports a
    /// missing or unknown unit.
    fileprivate func quantity(
        _ text: String, _ noun: String, units: [[String]], example: String
    ) -> (value: Double, unit: Int)? {
        let names = units.compactMap(\.first)
        let suggested = example.drop { $0 != " " }
        guard let quantity = Quantity(text), let value = Decimal.number(quantity.number) else {
            wrongType(noun, example: "\"\(example)\"")
            return nil
        }
        guard !quantity.unit.isEmpty else {
            report(
                .missingUnit, "missing unit (found \(Quoted(text)), expected \(noun))",
                mend: "Write \"\(quantity.number)\(suggested)\"")
            return nil
        }
        guard let unit = units.firstIndex(where: { $0.contains(quantity.unit) }) else {
            report(
                .unknownUnit,
                "unknown unit \(Quoted(quantity.unit)) (known: \(names.joined(separator: ", ")))",
                mend: "Write \(noun) such as \"\(example)\"")
            return nil
        }
        return (value, unit)
    }
}

extension Form where Value == Length {
    /// Metres or kilometres, within `range`.
    static func length(_ range: ClosedRange<Length>, example: String) -> Form {
        .scalar(
            "a length", example: "\"\(example)\"",
            schema: ["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *(m|km)$"],
            render: { .string($0.description) }
        ) { text, site in
            guard
                let (value, unit) = site.quantity(
                    text, "a length", units: [["m"], ["km"]], example: example)
            else { return nil }
            let length = Length(meters: unit == 0 ? value : value * 1000)
            guard range.contains(length) else {
                site.outOfRange(
                    text, "\(range.lowerBound) to \(range.upperBound)", example: example)
                return nil
            }
            return length
        }
    }
}

extension Form where Value == Days {
    static func days(_ range: ClosedRange<Int>, example: String) -> Form {
        .span(
            "a number of days", units: ["days", "day"], range: range, example: example,
            render: { .string($0.description) }, make: Days.init)
    }
}

extension Form where Value == Months {
    static func months(_ range: ClosedRange<Int>, example: String) -> Form {
        .span(
            "a number of months", units: ["months", "month"], range: range, example: example,
            render: { .string($0.description) }, make: Months.init)
    }
}

extension Form {
    fileprivate static func span(
        _ noun: String, units: [String], range: ClosedRange<Int>, example: String,
        render: @escaping @Sendable (Value) -> JSONValue,
        make: @escaping @Sendable (Int) -> Value
    ) -> Form {
        .scalar(
            noun, example: "\"\(example)\"",
            schema: [
                "type": "string",
                "pattern": .string("^[0-9]+ *(\(units.joined(separator: "|")))$"),
            ],
            render: render
        ) { text, site in
            guard let (value, _) = site.quantity(text, noun, units: [units], example: example)
            else { return nil }
            guard let count = Int(exactly: value), range.contains(count) else {
                site.outOfRange(
                    text, "\(range.lowerBound) to \(range.upperBound) whole \(units[0])",
                    example: example)
                return nil
            }
            return make(count)
        }
    }
}

extension Form where Value == Minutes {
    /// Minutes or hours, within `range`.
    static func minutes(_ range: ClosedRange<Double>, example: String) -> Form {
        .scalar(
            "a travel time", example: "\"\(example)\"",
            schema: ["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *(min|h)$"],
            render: { .string($0.description) }
        ) { text, site in
            guard
                let (value, unit) = site.quantity(
                    text, "a travel time", units: [["min"], ["h"]], example: example)
            else { return nil }
            let minutes = unit == 0 ? value : value * 60
            guard range.contains(minutes) else {
                site.outOfRange(
                    text, "\(Minutes(range.lowerBound)) to \(Minutes(range.upperBound))",
                    example: example)
                return nil
            }
            return Minutes(minutes)
        }
    }
}

extension Form where Value == Percent {
    /// A percentage within `range`.
    static func percent(_ range: ClosedRange<Double>, example: String) -> Form {
        .scalar(
            "a percentage", example: "\"\(example)\"",
            schema: ["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *%$"],
            render: { .string($0.description) }
        ) { text, site in
            guard
                let (value, _) = site.quantity(
                    text, "a percentage", units: [["%"]], example: example)
            else { return nil }
            guard range.contains(value) else {
                site.outOfRange(
                    text, "\(Percent(range.lowerBound)) to \(Percent(range.upperBound))",
                    example: example)
                return nil
            }
            return Percent(value)
        }
    }

    /// One of a few percentages.
    static func percent(oneOf allowed: [Double], example: String) -> Form {
        let list = allowed.map { Percent($0).description }.joined(separator: ", ")
        let numbers = allowed.map(Decimal.text).joined(separator: "|")
        return .scalar(
            "one of \(list)", example: "\"\(example)\"",
            schema: ["type": "string", "pattern": .string("^(\(numbers)) *%$")],
            render: { .string($0.description) }
        ) { text, site in
            guard
                let (value, _) = site.quantity(
                    text, "a percentage", units: [["%"]], example: example)
            else { return nil }
            guard allowed.contains(value) else {
                site.outOfRange(text, "one of \(list)", example: example)
                return nil
            }
            return Percent(value)
        }
    }
}

extension Form where Value == YearRange {
    static let years = Form.scalar(
        "a range of years", example: "2000-2009",
        schema: ["type": "string", "pattern": "^[0-9]{4} *- *[0-9]{4}$"],
        render: { .string($0.description) }
    ) { text, site in
        guard let match = text.wholeMatch(of: #/([0-9]{4})\s*-\s*([0-9]{4})/#),
            let first = Int(match.output.1), let last = Int(match.output.2)
        else {
            site.wrongType("a range of years", example: "2000-2009")
            return nil
        }
        guard (1900...2199).contains(first), (1900...2199).contains(last) else {
            site.outOfRange(text, "years 1900 to 2199", example: "2000-2009")
            return nil
        }
        guard let range = YearRange(first: first, last: last) else {
            site.report(
                .outOfRange, "ends before it begins (found \(Quoted(text)))",
                mend: "Write \(last)-\(first)")
            return nil
        }
        return range
    }
}

extension Form where Value == AsOf {
    static let asOf = Form.scalar(
        "a date or latest", example: "latest",
        schema: ["anyOf": [["const": "latest"], ["type": "string", "pattern": datePattern]]],
        render: { .string($0.description) }
    ) { text, site in
        guard let value = AsOf(text) else {
            site.report(
                .badDate, "is neither latest nor a date of the calendar (found \(Quoted(text)))",
                mend: "Write latest, or a date as year-month-day: \"2010-12-19\"")
            return nil
        }
        return value
    }
}
