import Tables

/// Numbers in messages and canonical parameters.
enum Decimal {
    /// The shortest decimal that reads back alike.
    static func text(_ value: Double) -> String { DecimalText.shortest(value) ?? "not a number" }

    /// A number as YAML 1.2 and JSON write it: no `0x`, `.inf`, `1_000`,
    /// leading zeros or decimal comma. nil for anything else.
    static func number(_ text: String) -> Double? {
        guard text.wholeMatch(of: #/[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/#) != nil,
            let value = Double(text), value.isFinite
        else { return nil }
        return value
    }

    /// A whole number without fraction or exponent; nil for anything else.
    static func integer(_ text: String) -> Int? {
        guard text.wholeMatch(of: #/[-+]?(0|[1-9][0-9]*)/#) != nil else { return nil }
        return Int(text)
    }
}
