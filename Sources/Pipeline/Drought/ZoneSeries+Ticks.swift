import Calendar
import Report

extension ZoneSeries {
    /// Labels that an axis has room for; longer series get fewer a year.
    private static let mostLabels = 13
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// First days of months, of every month or of as few as fit.
    ///
    /// - Parameter dates: of the series, ascending.
    static func monthTicks(_ dates: [CalendarDate]) -> [Tick] {
        guard let first = dates.first, let last = dates.last else { return [] }
        let count = 12 * (last.year - first.year) + last.month - first.month + 1
        let step = [1, 2, 3, 6, 12, 24, 60].first { count / $0 <= mostLabels } ?? 120
        return (0...count).compactMap { offset in
            let month = 12 * first.year + first.month - 1 + offset
            guard month.isMultiple(of: step),
                let date = CalendarDate(year: month / 12, month: month % 12 + 1, day: 1)
            else { return nil }
            // The year where it begins, or where the axis may.
            let isNamed = month % 12 < step || offset <= step
            return Tick(
                day: date.dayNumber, label: months[month % 12] + (isNamed ? " \(month / 12)" : ""))
        }
    }
}
