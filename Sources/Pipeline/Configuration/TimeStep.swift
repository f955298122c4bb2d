import Tables

/// The length of a step of time; written as `7 days`, `1 month` or `1 year`.
public enum TimeStep: Hashable, Sendable, CustomStringConvertible {
    case days(Int)
    /// Calendar months; a year is twelve.
    case months(Int)

    public var description: String {
        switch self {
        case .days(let count): Days(count).description
        case .months(let count) where count % 12 == 0:
            count == 12 ? "1 year" : "\(count / 12) years"
        case .months(let count): Months(count).description
        }
    }
}

extension Form where Value == TimeStep {
    /// From a day to ten years.
    static func timeStep(example: String) -> Form {
        .scalar(
            "a length of time", example: "\"\(example)\"",
            schema: [
                "type": "string", "pattern": "^[1-9][0-9]{0,3} *(days?|months?|years?)$",
            ],
            render: { .string($0.description) }
        ) { text, site in
            guard let match = text.wholeMatch(of: #/([1-9][0-9]{0,3}) *(day|month|year)s?/#),
                let count = Int(match.output.1)
            else {
                site.wrongType("a length of time in days, months or years", example: "\"\(example)\"")
                return nil
            }
            let step: TimeStep =
                switch match.output.2 {
                case "day": .days(count)
                case "month": .months(count)
                default: .months(12 * count)
                }
            let isLong =
                switch step {
                case .days(let days): days > 3660
                case .months(let months): months > 120
                }
            guard !isLong else {
                site.outOfRange(text, "1 day to 10 years", example: "\"\(example)\"")
                return nil
            }
            return step
        }
    }
}
