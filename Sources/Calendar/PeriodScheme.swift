/// A way to cut the year into periods that come back every year; a
/// climatology has one sample per period and year.
public enum PeriodScheme: String, Sendable, Hashable, CaseIterable {
    /// 36 a year: days 1-10, 11-20 and 21-end of each month (WMO).
    case dekad
    /// 72 a year: six a month, of five days; the sixth takes the rest.
    case pentad
    /// 52 a year, of seven days from 1 January; the last takes the rest, 8 or
    /// 9 days. Not the weeks of ISO 8601 (NOAA STAR, Vegetation Health
    /// Products user guide).
    case week
    /// 46 a year, of eight days from 1 January; the last has 5 or 6 days.
    case eightDay = "8-day"
    /// 23 a year, of sixteen days from 1 January; the last has 13 or 14 days
    /// (MODIS and VIIRS composites, Didan 2015, MOD13 user guide).
    case sixteenDay = "16-day"
    /// 24 a year: days 1-15 and 16-end of each month.
    case halfMonth = "half-month"
    /// 12 a year.
    case month

    public var periodsPerYear: Int {
        switch self {
        case .dekad: 36
        case .pentad: 72
        case .week: 52
        case .eightDay: 46
        case .sixteenDay: 23
        case .halfMonth: 24
        case .month: 12
        }
    }

    /// The period of the year that holds a day: `0 ..< periodsPerYear`.
    public func slot(of date: CalendarDate) -> Int {
        switch self {
        case .dekad: (date.month - 1) * 3 + min(2, (date.day - 1) / 10)
        case .pentad: (date.month - 1) * 6 + min(5, (date.day - 1) / 5)
        case .week: min(51, (date.dayOfYear - 1) / 7)
        case .eightDay: (date.dayOfYear - 1) / 8
        case .sixteenDay: (date.dayOfYear - 1) / 16
        case .halfMonth: (date.month - 1) * 2 + (date.day > 15 ? 1 : 0)
        case .month: date.month - 1
        }
    }

    /// First day of a period. Precondition: `slot` in
    /// `0 ..< periodsPerYear`, `year` in `0...9999`.
    public func firstDay(ofSlot slot: Int, year: Int) -> CalendarDate {
        precondition((0..<periodsPerYear).contains(slot), "no such period of the year")
        let parts: (month: Int, day: Int) =
            switch self {
            case .dekad: (slot / 3 + 1, slot % 3 * 10 + 1)
            case .pentad: (slot / 6 + 1, slot % 6 * 5 + 1)
            case .week, .eightDay, .sixteenDay: (1, 1)
            case .halfMonth: (slot / 2 + 1, slot % 2 * 15 + 1)
            case .month: (slot + 1, 1)
            }
        guard let first = CalendarDate(year: year, month: parts.month, day: parts.day) else {
            preconditionFailure("year outside 0...9999")
        }
        return switch self {
        case .week: first.adding(days: slot * 7)
        case .eightDay: first.adding(days: slot * 8)
        case .sixteenDay: first.adding(days: slot * 16)
        default: first
        }
    }

    /// First and last day of the period that holds a day.
    public func period(containing date: CalendarDate) -> (first: CalendarDate, last: CalendarDate)
    {
        let slot = slot(of: date)
        let first = firstDay(ofSlot: slot, year: date.year)
        guard slot + 1 < periodsPerYear else {
            // The last period of every scheme ends with its year; asking for
            // the next year would fail in 9999.
            let newYear = firstDay(ofSlot: 0, year: date.year)
            return (first, newYear.adding(days: CalendarDate.isLeap(date.year) ? 365 : 364))
        }
        return (first, firstDay(ofSlot: slot + 1, year: date.year).adding(days: -1))
    }

    /// The label of a period for people, such as `dekad 3` or
    /// `16-day period 22 (from day 337)`.
    public func label(ofSlot slot: Int) -> String {
        switch self {
        case .sixteenDay: "16-day period \(slot + 1) (from day \(slot * 16 + 1))"
        case .eightDay: "8-day period \(slot + 1) (from day \(slot * 8 + 1))"
        default: "\(rawValue) \(slot + 1)"
        }
    }
}
