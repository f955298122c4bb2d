import Calendar

/// The night that a run looks back from.
public enum AsOf: Hashable, Sendable, CustomStringConvertible {
    /// The date of the newest composite or incident.
    case latest
    /// The end of this day.
    case date(CalendarDate)

    /// `latest` or an ISO date; nil for anything else.
    public init?(_ text: String) {
        if text == "latest" {
            self = .latest
        } else if let date = CalendarDate(iso: text) {
            self = .date(date)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .latest: "latest"
        case .date(let date): date.description
        }
    }
}
