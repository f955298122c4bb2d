import Calendar
import GridCore
import Products
import TestSupport
import Testing

@testable import Incidents

@Suite struct DuplicateSearchTests {
    /// Incidents of three sources within a week and a few kilometres, of all
    /// grades, with days and weeks, on both sides of the date line too.
    private func incidents(_ count: Int, seed: UInt64) throws -> [Incident] {
        var random = SeededGenerator(seed: seed)
        let grades: [LocationGrade] = [.exact, .near, .district, .region, .country, .unknown]
        return try (0..<count).map { index in
            let first = CalendarDate(dayNumber: 19_800 + Int.random(in: 0..<8, using: &random))
            let x = Double.random(in: -0.2...0.2, using: &random) + (index % 2 == 0 ? 45 : 180)
            var incident = try example(
                "\(index)", source: ["acled", "ucdp-ged", "own"][Int.random(in: 0..<3, using: &random)],
                day: first.description,
                at: Coordinate(
                    x: x > 180 ? x - 360 : x, y: Double.random(in: 3...3.3, using: &random)),
                deaths: Int.random(in: 0...2, using: &random))
            incident.locationGrade = grades[Int.random(in: 0..<6, using: &random)]
            let span = [0, 0, 0, 2, 6, 7][Int.random(in: 0..<6, using: &random)]
            incident.timing = try #require(
                EventTiming(first: first, last: first.adding(days: span)))
            let names = ["Al-Example", "Al Example of the North", "Examplia Front", nil]
            incident.sides = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                IncidentSide(
                    name: names[Int.random(in: 0..<4, using: &random)],
                    actorClass: [.armedGroup, .civilians, .unknown, .rioters][
                        Int.random(in: 0..<4, using: &random)])
            }
            return incident
        }
    }

    @Test(arguments: [1, 2, 3])
    func `every pair that is alike is met, and met once`(seed: Int) throws {
        let comparison = DuplicateComparison(try incidents(220, seed: UInt64(seed)))
        var met: [[Int]] = []
        NearbyIncidents(comparison).forEachPair { a, b in
            if comparison.likeness(a, b) != nil { met.append([a, b]) }
        }
        var expected: Set<[Int]> = []
        for a in 0..<220 {
            for b in (a + 1)..<220
            where comparison.incidents[a].source != comparison.incidents[b].source
                && comparison.likeness(a, b) != nil
            {
                expected.insert([a, b])
            }
        }
        #expect(Set(met) == expected)
        #expect(met.count == expected.count)
        #expect(expected.count > 50)
    }

    @Test func `moved sources are compared on their new days`() throws {
        let acled = try example("A", day: "2024-03-10", at: Coordinate(x: 45, y: 4), deaths: 3)
        let ged = try example(
            "7", source: "ucdp-ged", day: "2024-02-09", at: Coordinate(x: 45, y: 4), deaths: 3)
        let comparison = DuplicateComparison([acled, ged])
        #expect(comparison.likeness(0, 1) == nil)
        #expect(comparison.moved(days: 30).likeness(0, 1)?.daysApart == 0)
        #expect(comparison.moved(days: -30).likeness(0, 1) == nil)
    }

    @Test func `sides are as alike as their words or classes`() {
        func side(_ words: [Int32], _ classes: [ActorClass]) -> ComparedSide {
            ComparedSide(
                words: words, classes: ComparedSide.mask(classes),
                isUnknown: classes == [.unknown])
        }
        let group = side([1, 2, 3], [.armedGroup])
        #expect(group.likeness(side([2, 3, 9, 10], [.rioters])) == 0.4)
        #expect(group.likeness(side([9], [.armedGroup])) == 0.8)
        #expect(group.likeness(side([1, 2, 3], [.armedGroup])) == 1)
        #expect(group.likeness(side([9], [.communalMilitia])) == 0.5)
        #expect(group.likeness(side([9], [.unknown])) == 0.5)
        #expect(group.likeness(side([], [.civilians])) == 0)
        #expect(side([], [.unknown]).likeness(side([], [.unknown])) == 0.5)
    }
}
