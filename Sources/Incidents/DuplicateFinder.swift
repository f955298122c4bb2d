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

    /// nil when no distance would tell.
    static func reach(_ grade: LocationGrade) -> Reach? {
        switch grade {
        case .exact, .unknown: Reach(kilometers: 5, weight: 1)
        case .near: Reach(kilometers: 25, weight: 0.8)
        case .district: Reach(kilometers: 50, weight: 0.5)
        case .region: Reach(kilometers: 100, weight: 0.3)
        case .country, .sea: nil
        }
    }

    /// How many matches the same incidents have by chance: the mean of their
    /// number when the sources are moved apart by 30 days, forward and back.
    /// 0 for fewer than two sources. Records of one source do not count.
    ///
    /// A number of matches near this one says that the sources have few or no
    /// events in common. Nothing is sampled: all incidents are matched twice.
    public static func matchesByChance(among incidents: [Incident]) -> Double {
        let comparison = DuplicateComparison(incidents)
        guard comparison.sourceCount > 1 else { return 0 }
        let counts = [-30, 30].map { days in
            matches(among: incidents, comparison.moved(days: days))
                .count { !$0.likeness.isSameRecord }
        }
        return Double(counts.reduce(0, +)) / Double(counts.count)
    }

    /// The matches: for each group, every other incident with the one kept,
    /// in the order of `kept`, then `other`. Kept is the best located, of
    /// those the best dated, of those the first in the list.
    ///
    /// Depends on the order of `incidents` only where everything else is
    /// equal. None for fewer than two sources.
    /// - Complexity: O(n log n), and the pairs that are within days and reach
    ///   of one another in latitude.
    public static func matches(among incidents: [Incident]) -> [DuplicateMatch] {
        matches(among: incidents, DuplicateComparison(incidents))
    }

    private static func matches(
        among incidents: [Incident], _ comparison: DuplicateComparison
    ) -> [DuplicateMatch] {
        var pairs: [Pair] = []
        var alike: [Members: DuplicateLikeness] = [:]
        func add(_ a: Int, _ b: Int, _ likeness: DuplicateLikeness?) {
            guard let likeness else { return }
            pairs.append(Pair(a: a, b: b, score: likeness.score))
            alike[Members(a: a, b: b)] = likeness
        }
        for (a, b) in comparison.sameRecords { add(a, b, .sameRecord) }
        if comparison.sourceCount > 1 {
            NearbyIncidents(comparison).forEachPair { add($0, $1, comparison.likeness($0, $1)) }
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
}
