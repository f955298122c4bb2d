import Calendar
import Diagnostics
import GridCore
import Tables

/// Everything about one cell: its series, its climatology, every indicator
/// and how it was computed. The same methods run as for rasters, so that the
/// numbers are the same.
public struct IndicatorExplanation: Sendable {
    /// One step of the vegetation.
    public struct Step: Sendable {
        public var date: CalendarDate
        /// NDVI as observed; NaN = no value.
        public var observed: Double
        /// What indicators are computed from.
        public var used: Double
        /// nil where no VCI was asked for.
        public var vci: Double?
        /// Whether the climatology of the as-of period has it.
        public var isBaseline: Bool
    }

    /// One raster's value in the cell.
    public struct Value: Sendable {
        public var name: String
        public var title: String
        public var unit: String
        /// NaN = no value; a class has its code.
        public var value: Double
        /// Name of the class; nil for values.
        public var className: String?
        public var reason: String
        /// How the number came about; empty where the title says it.
        public var account: [String]
    }

    public var row: Int
    public var column: Int
    /// Longitude and latitude of the cell's centre.
    public var center: Coordinate
    public var product: String
    public var asOf: CalendarDate
    public var composite: CalendarDate
    public var baseline: YearRange
    public var series: String
    public var climatology: [String]
    public var values: [Value]
    public var steps: [Step]
    /// What was noticed when the rasters were read.
    public var warnings: [Warning] = []
}

extension IndicatorExplanation {
    /// For a person, at most 100 columns where numbers allow.
    public var lines: [String] {
        var lines = [
            "Cell: column \(column), row \(row), centre \(NumberText.short(center.x)), "
                + "\(NumberText.short(center.y)) (longitude, latitude)",
            "Product: \(product)",
            "As of \(asOf): composite from \(composite), baseline \(baseline)",
            "Series: \(series)", "", "CLIMATOLOGY",
        ]
        lines += climatology.map { "  " + $0 }
        lines += ["", "INDICATORS"]
        for value in values {
            let number = value.className ?? NumberText.short(value.value)
            let unit = value.unit.isEmpty || value.value.isNaN ? "" : " \(value.unit)"
            lines.append("  \(value.name) = \(number)\(unit)  [\(value.reason)]")
            lines.append("    \(value.title)")
            lines += value.account.map { "    " + $0 }
        }
        lines += ["", "SERIES", "  date        observed  used      VCI       baseline"]
        lines += steps.map { step in
            func column(_ text: String) -> String {
                text + String(repeating: " ", count: max(1, 10 - text.count))
            }
            let vci = step.vci.map { NumberText.short($0) } ?? ""
            let line =
                "  \(step.date)  " + column(NumberText.short(step.observed))
                + column(NumberText.short(step.used)) + column(vci)
                + (step.isBaseline ? "yes" : "")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        return lines.map { TerminalText.sanitized($0) }
    }

    public var json: JSONValue {
        func number(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }
        return [
            "format": "jilaal-explanation", "version": 1, "row": .integer(row),
            "column": .integer(column), "longitude": number(center.x),
            "latitude": number(center.y), "product": .string(product),
            "as_of": .string("\(asOf)"), "composite": .string("\(composite)"),
            "baseline": .string("\(baseline)"), "series": .string(series),
            "warnings": .array(warnings.map { .string($0.description) }),
            "climatology": .array(climatology.map(JSONValue.string)),
            "indicators": .array(
                values.map { value in
                    [
                        "name": .string(value.name), "title": .string(value.title),
                        "unit": .string(value.unit), "value": number(value.value),
                        "class": value.className.map(JSONValue.string) ?? .null,
                        "reason": .string(value.reason),
                        "account": .array(value.account.map(JSONValue.string)),
                    ]
                }),
            "steps": .array(
                steps.map { step in
                    [
                        "date": .string("\(step.date)"), "observed": number(step.observed),
                        "used": number(step.used), "vci": step.vci.map(number) ?? .null,
                        "baseline": .bool(step.isBaseline),
                    ]
                }),
        ]
    }
}
