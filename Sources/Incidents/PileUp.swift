import GridCore

/// Why a place is suspected to stand for a whole region.
public enum PileUpReason: String, CaseIterable, Hashable, Sendable {
    /// More than half of the weight at the place is of coarse incidents.
    case coarseMajority = "coarse-majority"
    /// More than half of the coarse incidents of its division are here.
    case sharedPoint = "shared-point"
}

/// A place at which a source has put incidents that it could locate to a
/// region or a country only: often the capital of the division. A hotspot
/// there is one of the coding, not of the ground.
public struct PileUp: Hashable, Sendable {
    /// Longitude and latitude, degrees, rounded to one part in
    /// `placesPerDegree`.
    public let coordinate: Coordinate
    /// Names of place, country and divisions that most of its incidents
    /// have; of equally many the first in the order of their letters. nil
    /// when none has one.
    public let place: String?
    public let country: String?
    public let admin1: String?
    public let admin2: String?
    /// Every incident there.
    public let incidents: Int
    /// Those known to a region, a line or a country.
    public let coarseIncidents: Int
    /// Their share of the weight at the place, 0 to 1; 0 when all weigh 0.
    public let coarseShare: Double
    /// Their share of the coarse incidents of the same division, 0 to 1.
    public let divisionShare: Double
    /// At least one.
    public let reasons: [PileUpReason]

    /// Positions that round to the same part of a degree (11 m) are one
    /// place.
    public static let placesPerDegree = 10_000.0
    /// Fewer coarse incidents at one place are no pile-up: sources put each
    /// somewhere.
    public static let fewest = 5
    /// A share above this is a majority.
    static let majority = 0.5

    /// The suspect places: at least `fewest` coarse incidents that are more
    /// than half of the weight there, or more than half of those of the
    /// division (country and first-level division as the source names them).
    /// The place with most coarse incidents first, then from west to east and
    /// from south to north. None for no incidents.
    ///
    /// - Parameter weight: of one incident; finite, not negative.
    public static func find(
        _ incidents: [Incident], weight: (Incident) -> Double = { _ in 1 }
    ) -> [PileUp] {
        var places: [Key: [Int]] = [:]
        var divisions: [Division: Int] = [:]
        for (index, incident) in incidents.enumerated() where incident.locationGrade != .sea {
            places[Key(incident.coordinate), default: []].append(index)
            if isCoarse(incident) { divisions[Division(incident), default: 0] += 1 }
        }
        return places.compactMap { key, members in
            pileUp(key, members.map { incidents[$0] }, divisions, weight)
        }.sorted { a, b in
            (b.coarseIncidents, a.coordinate.x, a.coordinate.y)
                < (a.coarseIncidents, b.coordinate.x, b.coordinate.y)
        }
    }

    /// Whether an incident is known to a region, a line or a country only.
    public static func isCoarse(_ incident: Incident) -> Bool {
        incident.locationGrade == .region || incident.locationGrade == .country
    }

    private struct Key: Hashable {
        var column: Int
        var row: Int

        init(_ position: Coordinate) {
            column = Int((position.longitude * placesPerDegree).rounded())
            row = Int((position.latitude * placesPerDegree).rounded())
        }
    }

    private struct Division: Hashable {
        var country: String?
        var admin1: String?

        init(_ incident: Incident) {
            country = incident.country
            admin1 = incident.admin1
        }
    }

    private static func pileUp(
        _ key: Key, _ members: [Incident], _ divisions: [Division: Int],
        _ weight: (Incident) -> Double
    ) -> PileUp? {
        let coarse = members.filter(isCoarse)
        guard coarse.count >= fewest else { return nil }
        let total = members.reduce(0) { $0 + weight($1) }
        let share = total > 0 ? coarse.reduce(0) { $0 + weight($1) } / total : 0
        // Of the division that most of them are in, by a rule that no order
        // changes.
        var here: [Division: Int] = [:]
        for incident in coarse { here[Division(incident), default: 0] += 1 }
        let divisionShare = here.map { Double($1) / Double(divisions[$0] ?? $1) }.max() ?? 0
        // One place of a division with few coarse incidents proves nothing.
        let isShared = here.contains {
            $1 >= fewest && Double($1) > majority * Double(divisions[$0] ?? $1)
        }
        var reasons: [PileUpReason] = []
        if share > majority { reasons.append(.coarseMajority) }
        if isShared { reasons.append(.sharedPoint) }
        guard !reasons.isEmpty else { return nil }
        return PileUp(
            coordinate: Coordinate(
                longitude: Double(key.column) / placesPerDegree,
                latitude: Double(key.row) / placesPerDegree),
            place: mostFrequent(members.compactMap(\.place)),
            country: mostFrequent(members.compactMap(\.country)),
            admin1: mostFrequent(members.compactMap(\.admin1)),
            admin2: mostFrequent(members.compactMap(\.admin2)), incidents: members.count,
            coarseIncidents: coarse.count, coarseShare: share, divisionShare: divisionShare,
            reasons: reasons)
    }

    private static func mostFrequent(_ names: [String]) -> String? {
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }
}
