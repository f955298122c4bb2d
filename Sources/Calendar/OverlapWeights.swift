/// How many days each composite shares with each period that it is converted
/// to: the weights of a mean over composites, such as 8- or 16-day ones for a
/// dekad or a month.
public struct OverlapWeights: Hashable, Sendable {
    /// The days that one composite gives to one period.
    public struct Share: Hashable, Sendable {
        /// Position among the composites.
        public let composite: Int
        /// At least 1.
        public let days: Int
    }

    /// One period.
    public struct Target: Hashable, Sendable {
        public let dates: ClosedRange<CalendarDate>
        /// In the order of the composites; empty when none reaches the
        /// period.
        public let shares: [Share]

        public var lengthInDays: Int { dates.upperBound.days(since: dates.lowerBound) + 1 }
        /// Days of the period that composites reach, a day twice when two do.
        public var coveredDays: Int { shares.reduce(0) { $0 + $1.days } }
    }

    /// One per period, in order.
    public let targets: [Target]

    /// - Parameters:
    ///   - composites: first to last day of each, ascending by both; they may
    ///     leave gaps.
    ///   - periods: the same of the periods wanted.
    public init(
        composites: [ClosedRange<CalendarDate>], periods: [ClosedRange<CalendarDate>]
    ) {
        let spans = composites.map { ($0.lowerBound.dayNumber, $0.upperBound.dayNumber) }
        targets = periods.map { period in
            let first = period.lowerBound.dayNumber
            let last = period.upperBound.dayNumber
            var shares: [Share] = []
            // The first composite that ends on the period's first day or later.
            var low = 0
            var high = spans.count
            while low < high {
                let middle = (low + high) / 2
                if spans[middle].1 < first { low = middle + 1 } else { high = middle }
            }
            while low < spans.count, spans[low].0 <= last {
                let days = min(last, spans[low].1) - max(first, spans[low].0) + 1
                if days > 0 { shares.append(Share(composite: low, days: days)) }
                low += 1
            }
            return Target(dates: period, shares: shares)
        }
    }

    /// From the composites of one scheme, given by their first days in
    /// ascending order, to all periods of another that they reach wholly or
    /// in part.
    ///
    /// - Parameter compositeLength: days of every composite; nil ends each
    ///   with its period, so that the last of a year is the shorter one.
    public init(
        from source: PeriodScheme, firstDays: [CalendarDate], to target: PeriodScheme,
        compositeLength: Int? = nil
    ) {
        let composites = firstDays.map { first in
            first...(compositeLength.map { first.adding(days: $0 - 1) }
                ?? source.period(containing: first).last)
        }
        var periods: [ClosedRange<CalendarDate>] = []
        if let start = composites.first?.lowerBound, let end = composites.last?.upperBound {
            var period = target.period(containing: start)
            while true {
                periods.append(period.first...period.last)
                guard period.last < end else { break }
                period = target.period(containing: period.last.adding(days: 1))
            }
        }
        self.init(composites: composites, periods: periods)
    }
}
