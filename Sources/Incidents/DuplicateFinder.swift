import Calendar
import GridCore
import Products

/// Finds events that more than one source has. The rules are our own; that
/// sources are joined by windows of time and space and by kinds of actors
/// follows Donnay, Dunford, McGrath, Backer and Cunningham (2019), Journal of
/// Conflict Resolution 63, 1337-1364.
///
/// Two incidents can be one event when their sources differ, their days are
/// at most `longestGapInDays` apart, their positions as far as their precision
/// allows, their deaths alike and their actors alike, and the mean of these
/// four is at least `leastScore`. Pairs are taken from the most alike down;
/// each source has at most one incident in a group, and every two of a group
/// must be alike. Incidents known to a country only, at sea, or spread over
/// more than `longestSpanInDays` are not compared. Two files of one source
/// are compared by key alone.
public enum DuplicateFinder {
    /// Sources date one event by its day, its report or the day after.
    public static let longestGapInDays = 2
    /// What is spread over more days shares a day with too much else.
    public static let longestSpanInDays = 7
    public static let leastScore = 0.7
    public static let leastActorSimilarity = 0.4
    /// Likeness of two sides of the same class.
    static let sameClass = 0.8
    /// Likeness of two sides whose classes sources often mistake.
    static let likeClass = 0.5
    /// What sharing a day is worth when one of the dates is a range.
    static let rangeDiscount = 0.7

    /// How far two positions of one event may lie apart, and what being near
    /// says then.
    struct Reach {
        var kilometers: Double
        var weight: Double
    }

    /// By the coarser grade; nil when no distance would tell.
    static func reach(_ a: LocationGrade, _ b: LocationGrade) -> Reach? {
        guard let first = reach(a), let second = reach(b) else { return nil }
        return first.kilometers < second.kilometers ? second : first
    }

    private static func reach(_ grade: LocationGrade) -> Reach? {
        switch grade {
        case .exact, .unknown: Reach(kilometers: 5, weight: 1)
        case .near: Reach(kilometers: 25, weight: 0.8)
        case .district: Reach(kilometers: 50, weight: 0.5)
        case .region: Reach(kilometers: longestReachInKilometers, weight: 0.3)
        case .country, .sea: nil
        }
    }

    private static let longestReachInKilometers = 100.0

    /// How many matches the same incidents have by chance: the mean of their
    /// number when the sources are moved apart by 30 days, forward and back.
    /// 0 for fewer than two sources. Records of one source do not count.
    ///
    /// A number of matches near this one says that the sources have few or no
    /// events in common.
    public static func matchesByChance(among incidents: [Incident]) -> Double {
        var order: [String: Int] = [:]
        for incident in incidents where order[incident.source] == nil {
            order[incident.source] = order.count
        }
        guard order.count > 1 else { return 0 }
        let counts = [-30, 30].map { days in
            let moved = incidents.map { incident in
                var moved = incident
                moved.timing = incident.timing.moved(days: days * (order[incident.source] ?? 0))
                return moved
            }
            return matches(among: moved).count { !$0.likeness.isSameRecord }
        }
        return Double(counts.reduce(0, +)) / Double(counts.count)
    }

    /// The matches: for each group, every other incident with the one kept,
    /// in the order of `kept`, then `other`. Kept is the best located, of
    /// those the best dated, of those the first in the list.
    ///
    /// Depends on the order of `incidents` only where everything else is
    /// equal. None for fewer than two sources.
    /// - Complexity: O(n log n) as long as few incidents share days and
    ///   latitudes.
    public static func matches(among incidents: [Incident]) -> [DuplicateMatch] {
        var pairs: [Pair] = []
        var alike: [Members: DuplicateLikeness] = [:]
        for (a, b) in candidates(incidents) {
            guard let likeness = DuplicateLikeness(incidents[a], incidents[b]) else { continue }
            pairs.append(Pair(a: a, b: b, score: likeness.score))
            alike[Members(a: a, b: b)] = likeness
        }
        pairs.sort { ($1.score, $0.a, $0.b) < ($0.score, $1.a, $1.b) }
        var groups = Groups()
        for pair in pairs {
            let first = groups.members(of: pair.a)
            let second = groups.members(of: pair.b)
            let fits = first.allSatisfy { a in
                second.allSatisfy { b in alike[Members(a: min(a, b), b: max(a, b))] != nil }
            }
            if fits { groups.join(first, second) }
        }
        return groups.all.flatMap { members -> [DuplicateMatch] in
            guard let kept = members.min(by: { rank($0, incidents) < rank($1, incidents) }) else {
                return []
            }
            return members.filter { $0 != kept }.compactMap { other in
                alike[Members(a: min(kept, other), b: max(kept, other))].map {
                    DuplicateMatch(kept: kept, other: other, likeness: $0)
                }
            }
        }.sorted { ($0.kept, $0.other) < ($1.kept, $1.other) }
    }

    private struct Pair {
        var a: Int
        var b: Int
        var score: Double
    }

    private struct Members: Hashable {
        var a: Int
        var b: Int
    }

    /// Groups of incidents, each in at most one.
    private struct Groups {
        private var numbers: [Int: Int] = [:]
        private var lists: [[Int]] = []

        func members(of index: Int) -> [Int] { numbers[index].map { lists[$0] } ?? [index] }

        mutating func join(_ first: [Int], _ second: [Int]) {
            guard first != second else { return }
            for index in first + second {
                if let old = numbers[index] { lists[old] = [] }
                numbers[index] = lists.count
            }
            lists.append((first + second).sorted())
        }

        var all: [[Int]] { lists.filter { !$0.isEmpty } }
    }

    /// Smaller is kept.
    private static func rank(_ index: Int, _ incidents: [Incident]) -> (Int, Int, Int) {
        let incident = incidents[index]
        return (
            LocationGrade.allCases.firstIndex(of: incident.locationGrade) ?? 0,
            TimeGrade.allCases.firstIndex(of: incident.timeGrade) ?? 0, index
        )
    }

    // MARK: Candidates

    private struct Entry {
        var latitude: Double
        var index: Int
    }

    /// Pairs near one another in time and latitude, the smaller index first,
    /// each once; also records of one source with one key.
    private static func candidates(_ incidents: [Incident]) -> [(Int, Int)] {
        guard Set(incidents.lazy.map(\.source)).count > 1 else {
            return sameRecords(incidents)
        }
        var days: [Int: [Entry]] = [:]
        let compared = incidents.indices.filter { index in
            incidents[index].timing.spanDays <= longestSpanInDays
                && reach(incidents[index].locationGrade) != nil
        }
        for index in compared {
            let entry = Entry(latitude: incidents[index].coordinate.latitude, index: index)
            days[incidents[index].timing.first.dayNumber, default: []].append(entry)
        }
        for day in days.keys {
            days[day]?.sort { ($0.latitude, $0.index) < ($1.latitude, $1.index) }
        }
        // Kilometres of a degree of latitude, rounded down.
        let degrees = longestReachInKilometers / 110
        var pairs = sameRecords(incidents)
        for index in compared {
            let incident = incidents[index]
            let latitude = incident.coordinate.latitude
            // Each pair is met from the one that begins later.
            let last = incident.timing.first.dayNumber
            for day in (last - longestGapInDays - longestSpanInDays)...last {
                guard let entries = days[day] else { continue }
                var position = entries.partitioningIndex { $0.latitude >= latitude - degrees }
                while position < entries.count, entries[position].latitude <= latitude + degrees {
                    let other = entries[position].index
                    position += 1
                    guard incidents[other].source != incident.source,
                        day < last || other < index
                    else { continue }
                    pairs.append((min(index, other), max(index, other)))
                }
            }
        }
        return pairs
    }

    /// Records of known sources only: keys of tables of one's own may be
    /// counted from 1 in each.
    private static func sameRecords(_ incidents: [Incident]) -> [(Int, Int)] {
        struct Record: Hashable {
            var source: String
            var key: String
        }
        var seen: [Record: [Int]] = [:]
        var pairs: [(Int, Int)] = []
        for (index, incident) in incidents.enumerated()
        where EventProfile.Identifier(rawValue: incident.source) != nil {
            let record = Record(source: incident.source, key: incident.key)
            pairs += (seen[record] ?? []).map { ($0, index) }
            seen[record, default: []].append(index)
        }
        return pairs
    }
}

extension Array {
    /// First index from which on `predicate` holds; the array must be sorted
    /// by it.
    fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
