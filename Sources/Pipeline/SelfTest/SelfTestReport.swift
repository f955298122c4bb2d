import Tables

/// Whose conventions a self-test replays.
public enum SelfTestProfile: String, Hashable, Sendable, CaseIterable {
    /// The defaults of this program.
    case jilaal
    /// Kenya's vegetation-deficit maps (Klisch and Atzberger 2016).
    case ndma
    /// FAO's Agricultural Stress Index System.
    case faoASIS = "fao-asis"
    /// The Python package climate_indices.
    case climateIndices = "climate-indices"
    /// bfastmonitor of R.
    case rBFAST = "r-bfast"
}

/// Numbers of this program beside those of a reference.
public struct SelfTestCheck: Hashable, Sendable {
    /// What was compared, by what.
    public let name: String
    /// File of the reference.
    public let source: String
    /// Values compared.
    public let count: Int
    /// Of those, values that only one of the two has.
    public let oneSided: Int
    /// Largest absolute difference among the values that both have; of a
    /// `relative` check divided by the larger of 1 and the reference.
    public let largestDeviation: Double
    public let isRelative: Bool
    /// Where it is; nil when there is none.
    public let place: String?
    /// nil: what another convention is worth, which nothing can fail.
    public let tolerance: Double?

    /// Whether values were compared and all are within the tolerance; always
    /// for what has no tolerance.
    public var passes: Bool {
        guard let tolerance else { return true }
        return count > 0 && oneSided == 0 && largestDeviation <= tolerance
    }

    /// The result in a word.
    public var result: String { tolerance == nil ? "info" : passes ? "pass" : "FAIL" }
}

/// What a self-test found.
public struct SelfTestReport: Hashable, Sendable {
    /// A check under the conventions of a profile.
    public struct Entry: Hashable, Sendable {
        public let profile: SelfTestProfile
        public let check: SelfTestCheck
    }

    /// Profiles in the order asked for, their checks in a fixed order.
    public let entries: [Entry]
    /// The form of the kernels that was tested.
    public let kernels: String

    /// Whether every check passes.
    public var passes: Bool { entries.allSatisfy(\.check.passes) }

    /// A table for people, the summary last.
    public var lines: [String] {
        let rows = [["profile", "check", "n", "deviation", "tolerance", "result", "where"]]
            + entries.map { entry in
                let check = entry.check
                return [
                    entry.profile.rawValue, check.name, String(check.count),
                    Self.text(check), check.tolerance.map(Self.scientific) ?? "",
                    check.result, check.place.map { "\(check.source): \($0)" } ?? check.source,
                ]
            }
        let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, entry in
                let space = String(repeating: " ", count: entry.1 - entry.0.count)
                return (2...4).contains(column) ? space + entry.0 : entry.0 + space
            }
            return (cells + [row[6]]).joined(separator: "  ")
        } + [summary]
    }

    private var summary: String {
        let judged = entries.filter { $0.check.tolerance != nil }
        let failed = judged.filter { !$0.check.passes }
        let comparisons = judged.reduce(0) { $0 + $1.check.count }
        let head =
            "\(judged.count - failed.count) of \(judged.count) checks pass, "
            + "\(comparisons) values compared, kernels \(kernels)"
        guard !failed.isEmpty else { return head }
        let names = failed.map { "\($0.profile.rawValue): \($0.check.name)" }
        return head + "; failed: " + names.joined(separator: ", ")
    }

    private static func text(_ check: SelfTestCheck) -> String {
        let number = scientific(check.largestDeviation) + (check.isRelative ? " rel" : "")
        return check.oneSided == 0 ? number : "\(number) (\(check.oneSided) one-sided)"
    }

    /// Three digits, such as `1.25e-9`; 0 and whole numbers below 1000 as they
    /// are.
    private static func scientific(_ value: Double) -> String {
        if value.isInfinite { return "inf" }
        if value == value.rounded(), value.magnitude < 1000 { return String(Int(value)) }
        var mantissa = value.magnitude
        var exponent = 0
        if mantissa >= 0.01, mantissa < 1000 {
            let decimals = mantissa < 1 ? 4 : mantissa < 100 ? 3 : 1
            return DecimalText.fixed(value, decimals: decimals) ?? ""
        }
        while mantissa >= 10 {
            mantissa /= 10
            exponent += 1
        }
        while mantissa < 1 {
            mantissa *= 10
            exponent -= 1
        }
        // What rounds up to ten.
        if mantissa >= 9.995 {
            mantissa /= 10
            exponent += 1
        }
        return (value < 0 ? "-" : "") + (DecimalText.fixed(mantissa, decimals: 2) ?? "")
            + "e\(exponent)"
    }

    /// The report as members of a JSON object.
    public var json: [JSONMember] {
        [
            JSONMember("kernels", .string(kernels)), JSONMember("summary", .string(summary)),
            JSONMember(
                "checks",
                .array(
                    entries.map { entry in
                        let check = entry.check
                        return [
                            "profile": .string(entry.profile.rawValue),
                            "check": .string(check.name), "source": .string(check.source),
                            "count": .integer(check.count), "one_sided": .integer(check.oneSided),
                            "largest_deviation": .number(check.largestDeviation),
                            "relative": .bool(check.isRelative), "where": .optional(check.place),
                            "tolerance": check.tolerance.map(JSONValue.number) ?? .null,
                            "result": .string(check.result.lowercased()),
                        ]
                    })),
        ]
    }
}
