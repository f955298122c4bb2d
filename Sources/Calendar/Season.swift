/// A day of any year. 29 February stands for the last day of February where
/// the year has none.
public struct MonthDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 1...12.
    public let month: Int
    public let day: Int

    /// nil when no year has such a day.
    public init?(month: Int, day: Int) {
        // 2000 is a leap year: it has every day that some year has.
        guard CalendarDate(year: 2000, month: month, day: day) != nil else { return nil }
        self.month = month
        self.day = day
    }

    init(of date: CalendarDate) {
        month = date.month
        day = date.day
    }

    /// Parses `MM-DD` and nothing else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({
                $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) }
            }),
            let month = Int(parts[0]), let day = Int(parts[1])
        else { return nil }
        self.init(month: month, day: day)
    }

    /// nil outside the years 0...9999.
    public func date(in year: Int) -> CalendarDate? {
        CalendarDate(year: year, month: month, day: day)
            ?? CalendarDate(year: year, month: month, day: day - 1)
    }

    /// `MM-DD`.
    public var description: String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(month))-\(padded(day))"
    }

    public static func < (a: MonthDay, b: MonthDay) -> Bool {
        (a.month, a.day) < (b.month, b.day)
    }
}

/// A part of the year that comes back every year, first and last day
/// included. It crosses the year's end when its last day is before its first;
/// a season is named by the year it starts in.
public struct Season: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    public let first: MonthDay
    public let last: MonthDay

    /// nil when `first` is 29 February, which most years have not.
    public init?(name: String, first: MonthDay, last: MonthDay) {
        guard (first.month, first.day) != (2, 29) else { return nil }
        self.name = name
        self.first = first
        self.last = last
    }

    /// From the first day of one dekad of the year to the last day of
    /// another, both 1...36; nil outside.
    public init?(name: String, firstDekad: Int, lastDekad: Int) {
        guard let first = Dekad(year: 2000, dekadOfYear: firstDekad)?.first,
            let last = Dekad(year: 2000, dekadOfYear: lastDekad)?.last
        else { return nil }
        self.init(name: name, first: MonthDay(of: first), last: MonthDay(of: last))
    }

    public var crossesYearEnd: Bool { last < first }

    /// The year in which the season that holds `date` starts; nil when the
    /// day is in no season of this name.
    public func startYear(of date: CalendarDate) -> Int? {
        let day = MonthDay(of: date)
        guard crossesYearEnd else { return day >= first && day <= last ? date.year : nil }
        if day >= first { return date.year }
        return day <= last && date.year > 0 ? date.year - 1 : nil
    }

    /// First and last day of the season that starts in `startYear`; nil when
    /// one of them is outside the years 0...9999.
    public func dates(startYear: Int) -> ClosedRange<CalendarDate>? {
        guard let start = first.date(in: startYear),
            let end = last.date(in: startYear + (crossesYearEnd ? 1 : 0))
        else { return nil }
        return start...end
    }

    /// First days of the periods whose middle day lies in the season that
    /// starts in `startYear`, in order; empty outside the years 0...9999.
    public func periods(of scheme: PeriodScheme, startYear: Int) -> [CalendarDate] {
        guard let dates = dates(startYear: startYear) else { return [] }
        var found: [CalendarDate] = []
        var period = scheme.period(containing: dates.lowerBound)
        while period.first <= dates.upperBound {
            if dates.contains(CompositeDay.middle(of: period.first...period.last)) {
                found.append(period.first)
            }
            guard (period.last.year, period.last.month, period.last.day) != (9999, 12, 31) else {
                break
            }
            period = scheme.period(containing: period.last.adding(days: 1))
        }
        return found
    }

    /// `Gu 04-01 to 06-30`.
    public var description: String { "\(name) \(first) to \(last)" }
}
