import Calendar
import GridCore
import Products

/// Incidents made ready for the search for duplicates.
struct DuplicateComparison {
    private(set) var incidents: [ComparedIncident] = []
    private(set) var sides: [ComparedSide] = []
    /// Pairs of one record in two files of one source, the smaller index
    /// first.
    let sameRecords: [(Int, Int)]
    let sourceCount: Int

    init(_ list: [Incident]) {
        var sources: [String: Int32] = [:]
        var numbers = SideNumbers()
        incidents.reserveCapacity(list.count)
        for incident in list {
            let source = sources[incident.source] ?? Int32(sources.count)
            sources[incident.source] = source
            let isShort = incident.timing.spanDays <= DuplicateFinder.longestSpanInDays
            incidents.append(
                ComparedIncident(
                    source: source, firstDay: incident.timing.first.dayNumber,
                    lastDay: incident.timing.last.dayNumber, coordinate: incident.coordinate,
                    direction: SIMD3(incident.coordinate),
                    reach: isShort ? DuplicateFinder.reach(incident.locationGrade) : nil,
                    deaths: incident.deaths, sides: incident.sides.map { numbers.number(of: $0) }))
        }
        sides = numbers.sides
        sourceCount = sources.count
        sameRecords = Self.sameRecords(list)
    }

    /// The same with each source moved by so many days more than the one
    /// before it.
    func moved(days: Int) -> DuplicateComparison {
        var moved = self
        for index in incidents.indices {
            let shift = days * Int(incidents[index].source)
            moved.incidents[index].firstDay += shift
            moved.incidents[index].lastDay += shift
        }
        return moved
    }

    /// How alike two incidents of different sources are; nil when they cannot
    /// be one event: too far apart in time or space, with other deaths or
    /// between others.
    func likeness(_ a: Int, _ b: Int) -> DuplicateLikeness? {
        let (first, second) = (incidents[a], incidents[b])
        guard let own = first.reach, let other = second.reach else { return nil }
        let gap = max(second.firstDay - first.lastDay, first.firstDay - second.lastDay, 0)
        guard gap <= DuplicateFinder.longestGapInDays else { return nil }
        let reach = own.kilometers < other.kilometers ? other : own
        // A chord is shorter than the way: far apart by it is far apart. The
        // margin is for rounding.
        let chord = first.direction - second.direction
        let limit = reach.kilometers / DuplicateLikeness.earthRadius
        guard (chord * chord).sum() <= limit * limit * 1.000001 + 1e-15,
            let deaths = DuplicateLikeness.deathSimilarity(first.deaths, second.deaths)
        else { return nil }
        let distance = DuplicateLikeness.kilometers(from: first.coordinate, to: second.coordinate)
        guard distance <= reach.kilometers else { return nil }
        let actors = actorSimilarity(first.sides, second.sides)
        guard actors ?? 1 >= DuplicateFinder.leastActorSimilarity else { return nil }
        let likeness = DuplicateLikeness(
            daysApart: gap, kilometersApart: distance, toleranceInKilometers: reach.kilometers,
            deathSimilarity: deaths, actorSimilarity: actors, placeWeight: reach.weight,
            isSameRecord: false, isRange: first.isRange || second.isRange,
            haveNoDeaths: first.deaths.high <= 0 && second.deaths.high <= 0)
        return likeness.score >= DuplicateFinder.leastScore ? likeness : nil
    }

    /// Of the better of the two ways to pair the sides the mean likeness; nil
    /// when one source names nobody.
    private func actorSimilarity(_ a: [Int32], _ b: [Int32]) -> Double? {
        guard !a.isEmpty, !b.isEmpty else { return nil }
        func likeness(_ one: Int32, _ other: Int32) -> Double {
            sides[Int(one)].likeness(sides[Int(other)])
        }
        guard a.count > 1, b.count > 1 else {
            return a.flatMap { side in b.map { likeness(side, $0) } }.max()
        }
        return max(
            likeness(a[0], b[0]) + likeness(a[1], b[1]),
            likeness(a[0], b[1]) + likeness(a[1], b[0])) / 2
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

/// Sides with the same name and classes have the same number.
private struct SideNumbers {
    private struct Name: Hashable {
        var text: String?
        var actorClass: ActorClass
        var classes: [ActorClass]
    }

    private(set) var sides: [ComparedSide] = []
    private var numbers: [Name: Int32] = [:]
    private var words: [String: Int32] = [:]

    mutating func number(of side: IncidentSide) -> Int32 {
        let name = Name(text: side.name, actorClass: side.actorClass, classes: side.classes)
        if let number = numbers[name] { return number }
        let number = Int32(sides.count)
        numbers[name] = number
        sides.append(
            ComparedSide(
                words: side.name.map { wordNumbers($0) } ?? [],
                classes: ComparedSide.mask(side.classes), isUnknown: side.actorClass == .unknown))
        return number
    }

    private mutating func wordNumbers(_ name: String) -> [Int32] {
        var found: Set<Int32> = []
        for word in ActorNames.Words(name).head.split(separator: " ") {
            let text = String(word)
            let number = words[text] ?? Int32(words.count)
            words[text] = number
            found.insert(number)
        }
        return found.sorted()
    }
}
