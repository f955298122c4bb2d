import Calendar

/// The season of the as-of composite, as far as it has come.
struct IndicatorSeason: Sendable, Hashable {
    let name: String
    /// The year in which it began.
    let startYear: Int
    /// Steps of the vegetation whose middle day lies in it, up to the as-of
    /// composite.
    let steps: ClosedRange<Int>

    /// nil outside every season.
    init?(_ calendar: SeasonCalendar, _ axis: SeriesAxis) {
        guard let found = calendar.season(of: axis.middle(of: axis.last)),
            let dates = calendar.dates(of: found.season, startYear: found.startYear),
            let first = (0...axis.last).first(where: { dates.contains(axis.middle(of: $0)) })
        else { return nil }
        name = found.season.name
        startYear = found.startYear
        steps = first...axis.last
    }

    var title: String { "\(name) \(startYear), \(steps.count) composites" }
}
