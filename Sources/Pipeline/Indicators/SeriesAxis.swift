import Calendar
import GridCore

/// The steps of a stack: which is that of the as-of date, and of which the
/// climatology of each period of the year is made.
///
/// Steps after that of the as-of date are there only where the baseline
/// reaches beyond it, as it does when a past night is looked at.
struct SeriesAxis: Sendable {
    let stack: RasterStack
    /// First day of each step, ascending.
    let dates: [CalendarDate]
    /// Period of the year of each step.
    let slots: [Int]
    /// Steps of the baseline years by period of the year; empty arrays where
    /// the archive has none.
    let baseline: [[Int]]

    /// The step of the as-of date.
    let last: Int
    var count: Int { dates.count }
    /// Most baseline steps of a period of the year.
    var mostBaseline: Int { baseline.map(\.count).max() ?? 0 }

    /// - Parameter end: the as-of date.
    /// - Returns: nil when no composite began by then.
    init?(_ stack: RasterStack, baseline years: YearRange, end: CalendarDate) {
        guard let last = stack.newest(on: end) else { return nil }
        self.stack = stack
        self.last = last
        let end = max(last, stack.dates.lastIndex { years.contains($0.year) } ?? last)
        dates = stack.composites[...end].map(\.date)
        slots = dates.map(stack.scheme.slot(of:))
        var baseline = [[Int]](repeating: [], count: stack.scheme.periodsPerYear)
        for (step, date) in dates.enumerated() where years.contains(date.year) {
            baseline[slots[step]].append(step)
        }
        self.baseline = baseline
    }

    /// The last day of a step's period.
    func end(of step: Int) -> CalendarDate {
        stack.scheme.period(containing: dates[step]).last
    }

    /// The first step that begins in the `months` months that end with the
    /// step of the as-of date.
    func firstStep(ofMonths months: Int) -> Int {
        let before = end(of: last).adding(months: -months)
        return min(last, dates.firstIndex { $0 > before } ?? last)
    }

    /// The first step of the `count` periods that end with that of a step,
    /// whether or not each has a composite.
    func firstStep(ofPeriods count: Int, endingWith newest: Int) -> Int {
        let periods = stack.scheme.periodsPerYear
        func number(_ step: Int) -> Int { dates[step].year * periods + slots[step] }
        return (0...newest).first { number($0) > number(newest) - count } ?? newest
    }

    /// The day in the middle of a step's period: the season of a step is
    /// that of this day.
    func middle(of step: Int) -> CalendarDate {
        let first = dates[step]
        return first.adding(days: end(of: step).days(since: first) / 2)
    }

    /// Steps whose first day lies in the period of a step of another axis.
    func steps(within step: Int, of other: SeriesAxis) -> [Int] {
        let first = other.dates[step]
        let last = other.end(of: step)
        return dates.indices.filter { dates[$0] >= first && dates[$0] <= last }
    }

    /// Each step's date as a decimal year: the year and the share of it that
    /// has passed on the first day.
    var decimalYears: [Double] {
        dates.map { date in
            Double(date.year)
                + Double(date.dayOfYear - 1) / Double(CalendarDate.isLeap(date.year) ? 366 : 365)
        }
    }
}
