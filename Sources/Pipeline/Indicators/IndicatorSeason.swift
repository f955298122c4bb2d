import Calendar

/// The season of the as-of composite, as far as it has come.
struct IndicatorSeason: Sendable, Hashable {
    let name: String
    /// The year in which it began.
    let startYear: Int
    /// Steps of the vegetation whose middle day lies in it, up to the as-of
    /// composite.
    let steps: ClosedRange<Int>
    /// How much of the season has passed by the middle day of each step, 0
    /// ..< 1.
    private let passed: [Double]

    /// nil outside every season.
    init?(_ calendar: SeasonCalendar, _ axis: SeriesAxis) {
        guard let found = calendar.season(of: axis.middle(of: axis.last)),
            let dates = calendar.dates(of: found.season, startYear: found.startYear),
            let first = (0...axis.last).first(where: { dates.contains(axis.middle(of: $0)) })
        else { return nil }
        name = found.season.name
        startYear = found.startYear
        steps = first...axis.last
        let days = Double(dates.upperBound.days(since: dates.lowerBound) + 1)
        passed = steps.map { step in
            Double(axis.middle(of: step).days(since: dates.lowerBound)) / days
        }
    }

    /// The weight of each step: that of the part of the season that its
    /// middle day lies in, of as many equal parts as there are coefficients;
    /// 1 without any.
    func weights(_ coefficients: [Double]) -> [Double] {
        passed.map { share in
            guard !coefficients.isEmpty else { return 1 }
            let part = Int(share * Double(coefficients.count))
            return coefficients[min(max(part, 0), coefficients.count - 1)]
        }
    }

    var title: String { "\(name) \(startYear), \(steps.count) composites" }
}
