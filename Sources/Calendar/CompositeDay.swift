/// The one day that stands for a composite of several.
///
/// A composite belongs to the dekad, month or season of its middle day; a
/// cell that knows the day its value was taken on, to the period of that day.
public enum CompositeDay {
    /// The middle day of a period: `length / 2` days after its first, the
    /// later of the two middle days when the length is even (the ninth day of
    /// a composite of 16). Precondition: `first <= last`.
    public static func middle(of period: ClosedRange<CalendarDate>) -> CalendarDate {
        let length = period.upperBound.days(since: period.lowerBound) + 1
        return period.lowerBound.adding(days: length / 2)
    }

    /// The middle day of the composite of `scheme` that holds `date`.
    public static func middle(of scheme: PeriodScheme, containing date: CalendarDate)
        -> CalendarDate
    {
        let period = scheme.period(containing: date)
        return middle(of: period.first...period.last)
    }

    /// The day that a layer of days of the year means in a composite.
    ///
    /// - Parameters:
    ///   - dayOfYear: 1...366, as stored.
    ///   - first: first day of the composite.
    ///   - lengthInDays: days that its values may come from. A composite from
    ///     day 353 takes 16 days like the others, so that a day of 1, 2 or 3
    ///     lies in the new year (Didan 2015, MOD13 user guide).
    /// - Returns: nil when that day of the year is not in the composite.
    public static func day(
        dayOfYear: Int, compositeFirst first: CalendarDate, lengthInDays: Int
    ) -> CalendarDate? {
        for year in [first.year, first.year + 1] {
            guard let date = CalendarDate(year: year, dayOfYear: dayOfYear) else { continue }
            if (0..<lengthInDays).contains(date.days(since: first)) { return date }
        }
        return nil
    }

    /// The same for every day of the year at once, for layers of many cells:
    /// days after `first` by stored day of the year (0...366), or -1 where
    /// that day is not in the composite.
    public static func offsets(compositeFirst first: CalendarDate, lengthInDays: Int) -> [Int] {
        (0...366).map { stored in
            day(dayOfYear: stored, compositeFirst: first, lengthInDays: lengthInDays)
                .map { $0.days(since: first) } ?? -1
        }
    }
}
