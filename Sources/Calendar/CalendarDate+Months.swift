extension CalendarDate {
    /// The same day `months` later (earlier when negative), or the last day
    /// of that month when it is shorter.
    public func adding(months: Int) -> CalendarDate {
        let index = year * 12 + month - 1 + months
        let newYear = index >= 0 ? index / 12 : (index - 11) / 12
        let newMonth = index - newYear * 12 + 1
        let newDay = min(day, Self.days(inMonth: newMonth, of: newYear))
        return CalendarDate(year: newYear, month: newMonth, day: newDay) ?? self
    }
}
