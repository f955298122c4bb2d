import Tables

/// Numbers in sentences.
enum NumberText {
    /// A whole number with commas: `12,340`. What is not finite is `unknown`.
    static func grouped(_ value: Double) -> String {
        guard value.isFinite, var digits = DecimalText.fixed(value.magnitude, decimals: 0) else {
            return "unknown"
        }
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        let text = groups.joined(separator: ",")
        return value < 0 && text != "0" ? "-" + text : text
    }

    /// A whole number without commas, for tables.
    static func whole(_ value: Double) -> String {
        DecimalText.fixed(value, decimals: 0) ?? ""
    }

    /// At most two decimals, none when it is whole: `0.71`, `12`.
    static func upToTwoDecimals(_ value: Double) -> String {
        DecimalText.shortest(DecimalText.rounded(value, decimals: 2)) ?? "unknown"
    }

    /// At most two decimals, more when two would hide on which side of a
    /// limit the number lies: 0.7496 beside 0.75 stays 0.7496.
    static func beside(_ limit: Double, _ value: Double) -> String {
        for decimals in 2...6 {
            let rounded = DecimalText.rounded(value, decimals: decimals)
            if (rounded < limit) == (value < limit), (rounded > limit) == (value > limit) {
                return DecimalText.shortest(rounded) ?? "unknown"
            }
        }
        return DecimalText.shortest(value) ?? "unknown"
    }

    /// Whole per cent of a share: `93 %`; never 100 or 0 unless it is that.
    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "unknown" }
        var whole = DecimalText.rounded(share * 100, decimals: 0)
        if whole == 100, share < 1 { whole = 99 }
        if whole == 0, share > 0 { return "less than 1 %" }
        return grouped(whole) + " %"
    }

    /// `1 settlement`, `9 settlements`.
    static func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(grouped(Double(count))) \(count == 1 ? one : many)"
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ parts: [String]) -> String {
        guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }
}
