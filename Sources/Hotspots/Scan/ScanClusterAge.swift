import GridCore

/// Where and when a cluster was, in terms that outlast one night: places and
/// day numbers instead of indices.
public struct ScanFootprint: Hashable, Sendable, Codable {
    public var places: [Coordinate]
    /// Inclusive day numbers of any one calendar.
    public var firstDay: Int
    public var lastDay: Int

    public init(places: [Coordinate], firstDay: Int, lastDay: Int) {
        self.places = places
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// The footprint of a cluster of `events` whose last step ended on
    /// `lastDay`.
    public init(_ cluster: ScanCluster, of events: ScanEvents, lastDay: Int) {
        let end = lastDay - (events.stepCount - 1 - cluster.lastStep) * events.daysPerStep
        self.init(
            places: cluster.locations.map { events.locations[$0] },
            firstDay: end - cluster.steps.count * events.daysPerStep + 1, lastDay: end)
    }
}

/// Whether a cluster was already there on an earlier night.
public enum ScanClusterAge: Hashable, Sendable {
    case new
    /// Index of the earlier cluster that it goes on from.
    case ongoing(earlier: Int)

    public var isNew: Bool { self == .new }
}

/// When a cluster goes on from an earlier one: both hold some of the same
/// places, and their days meet.
public struct ScanContinuation: Hashable, Sendable {
    /// The smallest part of the places of the smaller cluster that both
    /// hold, so that circles that merely touch are two clusters.
    public var minimumSharedPlaces: Double
    /// Days that may lie between the two. With 0 they have a day in common
    /// or follow one another; more bridges nights without a cluster.
    public var maximumGapInDays: Int

    public init(minimumSharedPlaces: Double = 0.5, maximumGapInDays: Int = 0) {
        self.minimumSharedPlaces = minimumSharedPlaces
        self.maximumGapInDays = maximumGapInDays
    }

    /// The age of each of tonight's clusters.
    ///
    /// Of several earlier clusters the one with the most places in common is
    /// named, of equal ones the latest in time, of those the first listed.
    /// Pass only earlier clusters that were reported, so that one below the
    /// threshold does not make a later alarm seem old.
    public func ages(
        of clusters: [ScanFootprint], earlier: [ScanFootprint]
    ) -> [ScanClusterAge] {
        let places = earlier.map { Set($0.places) }
        return clusters.map { cluster in
            var best: (index: Int, shared: Int)?
            for (i, other) in earlier.enumerated() where meet(cluster, other) {
                let shared = Set(cluster.places).intersection(places[i]).count
                let smaller = min(Set(cluster.places).count, places[i].count)
                guard shared > 0, Double(shared) >= minimumSharedPlaces * Double(smaller) else {
                    continue
                }
                if let known = best,
                    (known.shared, earlier[known.index].lastDay) >= (shared, other.lastDay)
                {
                    continue
                }
                best = (i, shared)
            }
            return best.map { .ongoing(earlier: $0.index) } ?? .new
        }
    }

    private func meet(_ a: ScanFootprint, _ b: ScanFootprint) -> Bool {
        a.firstDay <= b.lastDay + 1 + maximumGapInDays
            && b.firstDay <= a.lastDay + 1 + maximumGapInDays
    }
}
