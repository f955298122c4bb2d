import Calendar
import GridCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension DuplicateLikeness {
    /// How alike two incidents are; nil when they cannot be one event: of one
    /// source, too far apart in time or space, with other deaths or between
    /// others.
    init?(_ a: Incident, _ b: Incident) {
        if a.source == b.source {
            guard a.key == b.key else { return nil }
            self.init(
                daysApart: 0, kilometersApart: 0, toleranceInKilometers: 1, deathSimilarity: 1,
                actorSimilarity: 1, placeWeight: 1, isSameRecord: true, isRange: false,
                haveNoDeaths: false)
            return
        }
        let gap = max(
            b.timing.first.days(since: a.timing.last), a.timing.first.days(since: b.timing.last), 0)
        guard gap <= DuplicateFinder.longestGapInDays,
            let reach = DuplicateFinder.reach(a.locationGrade, b.locationGrade)
        else { return nil }
        let distance = Self.kilometers(from: a.coordinate, to: b.coordinate)
        guard distance <= reach.kilometers,
            let deaths = Self.deathSimilarity(a.deaths, b.deaths)
        else { return nil }
        let actors = Self.actorSimilarity(a.sides, b.sides)
        guard actors ?? 1 >= DuplicateFinder.leastActorSimilarity else { return nil }
        self.init(
            daysApart: gap, kilometersApart: distance, toleranceInKilometers: reach.kilometers,
            deathSimilarity: deaths, actorSimilarity: actors, placeWeight: reach.weight,
            isSameRecord: false, isRange: a.timing.spanDays > 1 || b.timing.spanDays > 1,
            haveNoDeaths: a.deaths.high <= 0 && b.deaths.high <= 0)
        guard score >= DuplicateFinder.leastScore else { return nil }
    }

    /// Mean radius of the earth, kilometres (IUGG).
    static let earthRadius = 6371.0088

    static func kilometers(from a: Coordinate, to b: Coordinate) -> Double {
        let radians = Double.pi / 180
        let latitude = sin((b.latitude - a.latitude) * radians / 2)
        let longitude = sin((b.longitude - a.longitude) * radians / 2)
        let chord =
            latitude * latitude + cos(a.latitude * radians) * cos(b.latitude * radians)
            * longitude * longitude
        return 2 * earthRadius * asin(min(1, chord.squareRoot()))
    }

    /// (fewer + 1) / (more + 1) of the best estimates, a half where nobody
    /// was killed in either. Below a half only
    /// ranges that overlap make it one event, with a half.
    static func deathSimilarity(_ a: DeathEstimate, _ b: DeathEstimate) -> Double? {
        if a.high <= 0, b.high <= 0 { return 0.5 }
        let ratio = Double(min(a.best, b.best) + 1) / Double(max(a.best, b.best) + 1)
        if ratio >= 0.5 { return ratio }
        let first = min(a.low, a.best)...max(a.best, a.high)
        let second = min(b.low, b.best)...max(b.best, b.high)
        return first.overlaps(second) ? 0.5 : nil
    }

    /// Of the better of the two ways to pair the sides the mean likeness; nil
    /// when one source names nobody.
    static func actorSimilarity(_ a: [IncidentSide], _ b: [IncidentSide]) -> Double? {
        guard let first = a.first, let second = b.first else { return nil }
        guard a.count > 1, b.count > 1 else {
            return a.flatMap { side in b.map { likeness(side, $0) } }.max()
        }
        return max(
            likeness(first, second) + likeness(a[1], b[1]),
            likeness(first, b[1]) + likeness(a[1], second)) / 2
    }

    /// Share of the words that two names have in common, or what their
    /// classes say where that is more.
    private static func likeness(_ a: IncidentSide, _ b: IncidentSide) -> Double {
        var names = 0.0
        if let first = a.name.map(words), let second = b.name.map(words) {
            let union = first.union(second)
            if !union.isEmpty {
                names = Double(first.intersection(second).count) / Double(union.count)
            }
        }
        let common = Set(a.classes).intersection(b.classes).subtracting([.unknown])
        if !common.isEmpty { return max(names, DuplicateFinder.sameClass) }
        // What is a rebel group to one source is a militia to another.
        let groups: Set<ActorClass> = [.armedGroup, .politicalMilitia, .communalMilitia]
        let areGroups = !groups.isDisjoint(with: a.classes) && !groups.isDisjoint(with: b.classes)
        let isOpen = a.actorClass == .unknown || b.actorClass == .unknown
        return max(names, areGroups || isOpen ? DuplicateFinder.likeClass : 0)
    }

    private static func words(_ name: String) -> Set<String> {
        Set(ActorNames.Words(name).head.split(separator: " ").map(String.init))
    }
}
