import Calendar

/// The days over which the mass of an incident is spread, evenly, both ends
/// included. Shares are fractions of whole days, so that the parts of an
/// incident in adjacent windows add up to it exactly.
public struct EventTiming: Hashable, Sendable {
    public let first: CalendarDate
    public let last: CalendarDate

    /// nil when `last` is before `first`.
    public init?(first: CalendarDate, last: CalendarDate) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// A single day.
    public init(day: CalendarDate) {
        first = day
        last = day
    }

    /// Monday to Sunday of the week of `day` (ISO 8601).
    public init(weekOf day: CalendarDate) {
        // Day number 0, 1970-01-01, was a Thursday: three days after Monday.
        let sinceMonday = ((day.dayNumber + 3) % 7 + 7) % 7
        first = day.adding(days: -sinceMonday)
        last = first.adding(days: 6)
    }

    /// First to last day of the month of `day`.
    public init(monthOf day: CalendarDate) {
        first = day.adding(days: 1 - day.day)
        last = first.adding(days: CalendarDate.days(inMonth: day.month, of: day.year) - 1)
    }

    /// Number of days, at least 1.
    public var spanDays: Int { last.days(since: first) + 1 }

    /// How many of the days lie in `from` ... `to`, both included; 0 when
    /// `to` is before `from`. The share of the mass is this over `spanDays`.
    public func overlapDays(from: CalendarDate, to: CalendarDate) -> Int {
        max(0, min(last, to).days(since: max(first, from)) + 1)
    }

    /// As many days, so many days later.
    func moved(days: Int) -> EventTiming {
        EventTiming(uncheckedFirst: first.adding(days: days), last: last.adding(days: days))
    }

    private init(uncheckedFirst first: CalendarDate, last: CalendarDate) {
        self.first = first
        self.last = last
    }

    /// The same days but none after `day`; nil when all are after it.
    public func cut(after day: CalendarDate) -> EventTiming? {
        EventTiming(first: first, last: min(last, day))
    }
}
