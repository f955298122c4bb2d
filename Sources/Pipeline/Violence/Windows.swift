import Calendar

/// The days that are looked at, and as many days before them.
struct TimeWindow: Hashable, Sendable, Codable, CustomStringConvertible {
    let first: CalendarDate
    /// Included.
    let last: CalendarDate

    /// `days` days that end on `last`.
    init(days: Int, endingOn last: CalendarDate) {
        self.last = last
        first = last.adding(days: 1 - max(1, days))
    }

    var days: Int { last.days(since: first) + 1 }

    /// As many days, just before.
    var before: TimeWindow { TimeWindow(days: days, endingOn: first.adding(days: -1)) }

    func contains(_ date: CalendarDate) -> Bool { date >= first && date <= last }

    var description: String { "\(first) to \(last)" }
}
