import Calendar
import Diagnostics
import Tables

/// A value of an item of evidence.
public enum EvidenceValue: Sendable, Hashable {
    case text(String)
    case number(Double)
    case yesNo(Bool)
    case humanRights(HumanRightsState)
    case date(CalendarDate)
    /// The record says that there is none: no unit, no hub, no contact.
    case absent

    /// As it stands in tables and sentences: numbers with at most two
    /// decimals.
    public var description: String {
        switch self {
        case .text(let text): text
        case .number(let number): NumberText.upToTwoDecimals(number)
        case .yesNo(let isSo): isSo ? "yes" : "no"
        case .humanRights(let state): state.rawValue
        case .date(let date): date.description
        case .absent: "none"
        }
    }

    /// The value that `text` stands for.
    ///
    /// - Throws: `AssessmentError` without a place: what is wrong with it.
    static func parse(_ text: String, as item: EvidenceItem) throws(AssessmentError)
        -> EvidenceValue
    {
        switch item.form {
        case .text:
            return text.lowercased() == "none" ? .absent : .text(text)
        case .number:
            return .number(try number(text, item))
        case .count:
            let value = try number(text, item)
            guard value == value.rounded() else {
                throw unsuitable(text, item, "a whole number", mend: "Count the open cases")
            }
            return .number(value)
        case .ratio(let limit):
            return .number(try ratio(text, item, limit: limit))
        case .yesNo:
            switch text.lowercased() {
            case "yes": return .yesNo(true)
            case "no": return .yesNo(false)
            default: throw unsuitable(text, item, "yes or no", mend: "Write yes or no")
            }
        case .humanRights:
            guard let state = HumanRightsState(rawValue: text.lowercased()) else {
                throw unsuitable(
                    text, item, "one of " + HumanRightsState.allCases.map(\.rawValue)
                        .joined(separator: ", "),
                    mend: near(text, HumanRightsState.allCases.map(\.rawValue))
                        ?? "Use one of these words")
            }
            return .humanRights(state)
        case .date:
            if text.lowercased() == "none" { return .absent }
            guard let date = CalendarDate(iso: text) else {
                throw unsuitable(
                    text, item, "a date", mend: "Write it as YYYY-MM-DD, or none")
            }
            return .date(date)
        }
    }

    /// Whether this one is worse for a handover than another value of the
    /// same item; nil when neither is, as of two names.
    func isWorse(than other: EvidenceValue, of item: EvidenceItem) -> Bool? {
        switch (self, other) {
        case (.absent, _): return true
        case (_, .absent): return false
        case (.number(let a), .number(let b)):
            switch item.form {
            case .count, .number(largerIsBetter: false): return a > b
            default: return a < b
            }
        case (.yesNo(let a), .yesNo): return !a
        case (.humanRights(let a), .humanRights(let b)): return a > b
        case (.date(let a), .date(let b)): return a < b
        default: return nil
        }
    }

    /// Plain decimals only: what `Double` reads otherwise (hexadecimal,
    /// `inf`, `nan`) is no measurement.
    private static func number(_ text: String, _ item: EvidenceItem) throws(AssessmentError)
        -> Double
    {
        guard text.utf8.allSatisfy({ Self.decimalBytes.contains($0) }), let value = Double(text),
            value.isFinite
        else {
            if text.hasSuffix("%") {
                throw unsuitable(
                    text, item, "a number", mend: "Write 75 % as 0.75")
            }
            throw unsuitable(
                text, item, "a number", mend: "Write it with digits and a point, such as 12.5")
        }
        guard value >= 0 else {
            throw unsuitable(text, item, "0 or more", mend: "Leave the row out when it is unknown")
        }
        return value
    }

    private static let decimalBytes = Set("0123456789.+-eE".utf8)

    private static func ratio(_ text: String, _ item: EvidenceItem, limit: Double)
        throws(AssessmentError) -> Double
    {
        let value = try number(text, item)
        guard value <= limit else {
            let range = "0...\(NumberText.upToTwoDecimals(limit))"
            let asShare = value / 100
            guard asShare <= limit, value > 1.5 else {
                throw unsuitable(text, item, range, mend: "Correct the value")
            }
            throw unsuitable(
                text, item, range,
                mend: "Is it per cent? Write \(DecimalText.shortest(asShare) ?? "0.75")")
        }
        return value
    }

    private static func near(_ text: String, _ words: [String]) -> String? {
        NearNames.near(text, among: words, limit: 1).first.map { "Did you mean \"\($0)\"?" }
    }

    private static func unsuitable(
        _ text: String, _ item: EvidenceItem, _ expected: String, mend: String
    ) -> AssessmentError {
        AssessmentError(
            .unsuitableValue, "\(item.rawValue) cannot be \(quoted(text)) (expected \(expected))",
            mend: mend)
    }
}
