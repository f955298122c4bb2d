import GridCore

/// Incidents in order of their first day, of how far they may lie from
/// another, and of latitude, so that those near one are found without a look
/// at the rest.
struct NearbyIncidents {
    private struct Entry {
        var latitude: Double
        var index: Int
        var source: Int32
    }

    private let comparison: DuplicateComparison
    private var entries: [Entry] = []
    /// Distinct first days, ascending.
    private var days: [Int] = []
    /// Reaches in kilometres, ascending.
    private let reaches: [Double]
    /// Where the entries of a day, reach and kind of date begin; one more at
    /// the end.
    private var starts: [Int] = []

    private var bucketsPerDay: Int { 2 * reaches.count }

    init(_ comparison: DuplicateComparison) {
        let incidents = comparison.incidents
        self.comparison = comparison
        reaches = Set(incidents.compactMap { $0.reach?.kilometers }).sorted()
        let compared = incidents.indices.filter { incidents[$0].reach != nil }
        days = Set(compared.map { incidents[$0].firstDay }).sorted()
        let dayNumbers = Dictionary(
            uniqueKeysWithValues: days.enumerated().map { ($0.element, $0.offset) })
        let buckets = compared.map { index -> Int in
            let incident = incidents[index]
            let reach = reaches.firstIndex { $0 == incident.reach?.kilometers } ?? 0
            return (dayNumbers[incident.firstDay] ?? 0) * bucketsPerDay + 2 * reach
                + (incident.isRange ? 1 : 0)
        }
        fill(compared, buckets)
    }

    /// Sorts by bucket, then latitude, then index.
    private mutating func fill(_ compared: [Int], _ buckets: [Int]) {
        starts = [Int](repeating: 0, count: days.count * bucketsPerDay + 1)
        for bucket in buckets { starts[bucket + 1] += 1 }
        for bucket in starts.indices.dropFirst() { starts[bucket] += starts[bucket - 1] }
        entries = [Entry](repeating: Entry(latitude: 0, index: 0, source: 0), count: compared.count)
        var next = starts
        for (index, bucket) in zip(compared, buckets) {
            entries[next[bucket]] = Entry(
                latitude: comparison.incidents[index].coordinate.latitude, index: index,
                source: comparison.incidents[index].source)
            next[bucket] += 1
        }
        for bucket in starts.indices.dropLast() where starts[bucket + 1] > starts[bucket] + 1 {
            entries[starts[bucket]..<starts[bucket + 1]].sort {
                ($0.latitude, $0.index) < ($1.latitude, $1.index)
            }
        }
    }

    /// Calls `body` for every pair of incidents of different sources that
    /// days and latitudes allow to be one event, the smaller index first,
    /// each pair once.
    ///
    /// - Complexity: O(n log n) and the pairs.
    func forEachPair(_ body: (Int, Int) -> Void) {
        // Kilometres of a degree of latitude, rounded down.
        let kilometersPerDegree = 110.0
        for (day, number) in zip(days, days.indices) {
            let ofDay = starts[number * bucketsPerDay]..<starts[(number + 1) * bucketsPerDay]
            // Each pair is met from the one that begins later.
            let furthest = DuplicateFinder.longestGapInDays + DuplicateFinder.longestSpanInDays - 1
            var other = number
            while other >= 0, days[other] >= day - furthest {
                let gap = day - days[other]
                for bucket in 0..<bucketsPerDay
                where !bucket.isMultiple(of: 2) || gap <= DuplicateFinder.longestGapInDays {
                    let start = other * bucketsPerDay + bucket
                    let range = starts[start]..<starts[start + 1]
                    guard !range.isEmpty else { continue }
                    for own in ofDay {
                        let reach = comparison.incidents[entries[own].index].reach?.kilometers ?? 0
                        forEachPair(
                            of: entries[own], with: range, isSameDay: gap == 0,
                            within: max(reach, reaches[bucket / 2]) / kilometersPerDegree, body)
                    }
                }
                other -= 1
            }
        }
    }

    private func forEachPair(
        of own: Entry, with range: Range<Int>, isSameDay: Bool, within degrees: Double,
        _ body: (Int, Int) -> Void
    ) {
        for position in firstPosition(in: range, from: own.latitude - degrees)..<range.upperBound {
            guard entries[position].latitude <= own.latitude + degrees else { return }
            let other = entries[position].index
            guard entries[position].source != own.source, !isSameDay || other < own.index
            else { continue }
            body(min(own.index, other), max(own.index, other))
        }
    }

    /// The first entry of `range` at `latitude` or north of it.
    private func firstPosition(in range: Range<Int>, from latitude: Double) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].latitude >= latitude { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
