import Calendar
import GridCore
import Products
import TestSupport
import Testing

@testable import Incidents

@Suite struct DuplicateTests {
    private func side(_ name: String?, _ actorClass: ActorClass) -> IncidentSide {
        IncidentSide(name: name, actorClass: actorClass)
    }

    private func acled(
        _ key: String = "A1", day: String = "2024-03-10", x: Double = 45, deaths: Int = 3
    ) throws -> Incident {
        var incident = try example(key, day: day, at: Coordinate(x: x, y: 4), deaths: deaths)
        incident.sides = [side("Military Forces of Examplia", .stateForces), side("Al-Example", .armedGroup)]
        return incident
    }

    private func ged(
        _ key: String = "7", day: String = "2024-03-10", x: Double = 45.01, deaths: Int = 3
    ) throws -> Incident {
        var incident = try example(
            key, source: "ucdp-ged", day: day, at: Coordinate(x: x, y: 4), deaths: deaths)
        incident.sides = [side("Government of Examplia", .stateForces), side("Al Example", .armedGroup)]
        return incident
    }

    @Test func `the same event of two sources is found and explained`() throws {
        let matches = DuplicateFinder.matches(among: [try ged(), try acled()])
        let match = try #require(matches.first)
        #expect(matches.count == 1)
        #expect(match.kept == 0 && match.other == 1)
        #expect(match.likeness.explanation == "same day, 1.1 km apart, same deaths, actors 0.9 alike")
        // 0.01 degrees of longitude at 4 degrees north.
        #expect(abs(match.likeness.kilometersApart - 1.10924) < 1e-4)
        #expect(match.likeness.score > 0.9)
    }

    @Test func `incidents of one source are never duplicates`() throws {
        #expect(DuplicateFinder.matches(among: [try acled(), try acled("A2")]).isEmpty)
        #expect(DuplicateFinder.matches(among: [try acled()]).isEmpty)
        #expect(DuplicateFinder.matches(among: []).isEmpty)
    }

    @Test func `one record in two files of one source is one event`() throws {
        let matches = DuplicateFinder.matches(
            among: [try acled(), try acled(day: "2024-05-01", x: 47), try acled()])
        #expect(matches.map(\.other) == [1, 2])
        #expect(matches.allSatisfy { $0.kept == 0 && $0.likeness.isSameRecord })
        // Keys of tables of one's own may be numbers of their rows.
        let own = try example("1", source: "own")
        #expect(DuplicateFinder.matches(among: [own, own]).isEmpty)
    }

    @Test func `the better located is kept, of these the better dated, then the first`() throws {
        var near = try acled()
        near.locationGrade = .near
        #expect(DuplicateFinder.matches(among: [near, try ged()]).map(\.kept) == [1])
        var week = try acled()
        week.timeGrade = .week
        #expect(DuplicateFinder.matches(among: [week, try ged()]).map(\.kept) == [1])
        #expect(DuplicateFinder.matches(among: [try acled(), try ged()]).map(\.kept) == [0])
    }

    @Test func `days, distance, deaths and actors each decide`() throws {
        func isMatch(_ other: Incident) throws -> Bool {
            !DuplicateFinder.matches(among: [try acled(), other]).isEmpty
        }
        #expect(try isMatch(ged(day: "2024-03-12")))
        #expect(try isMatch(ged(day: "2024-03-08")))
        #expect(try !isMatch(ged(day: "2024-03-13")))
        #expect(try !isMatch(ged(day: "2024-03-07")))
        #expect(try isMatch(ged(x: 45.03)))
        #expect(try !isMatch(ged(x: 45.05)))
        #expect(try isMatch(ged(deaths: 6)))
        #expect(try !isMatch(ged(deaths: 8)))
        var ranged = try ged(deaths: 8)
        ranged.deaths.low = 2
        #expect(try isMatch(ranged))
        var others = try ged()
        others.sides = [side("Upper", .rioters), side("Civilians", .civilians)]
        #expect(try !isMatch(others))
        others.sides = []
        #expect(try isMatch(others))
        others.locationGrade = .country
        #expect(try !isMatch(others))
    }

    @Test func `coarser places may lie farther apart`() throws {
        var far = try ged(x: 45.15)
        #expect(DuplicateFinder.matches(among: [try acled(), far]).isEmpty)
        far.locationGrade = .near
        #expect(DuplicateFinder.matches(among: [try acled(), far]).map(\.kept) == [0])
    }

    @Test func `an event of weeks matches nothing, one of days what lies in it`() throws {
        var days = try ged()
        days.timing = try #require(EventTiming(first: try day("2024-03-08"), last: try day("2024-03-12")))
        let matches = DuplicateFinder.matches(among: [try acled(), days])
        #expect(matches.first?.likeness.explanation.hasPrefix("days in common, ") == true)
        days.timing = try #require(EventTiming(first: try day("2024-03-08"), last: try day("2024-03-15")))
        #expect(DuplicateFinder.matches(among: [try acled(), days]).isEmpty)
    }

    @Test func `each incident has one partner, the most alike`() throws {
        let matches = DuplicateFinder.matches(
            among: [try acled(), try ged("7", x: 45.02), try ged("8", x: 45.005)])
        #expect(matches.map(\.kept) == [0])
        #expect(matches.map(\.other) == [2])
    }

    @Test func `three sources of one event are one group`() throws {
        var own = try example("r", source: "own", at: Coordinate(x: 45.005, y: 4), deaths: 3)
        own.locationGrade = .near
        let all = [own, try acled(), try ged()]
        let matches = DuplicateFinder.matches(among: all)
        #expect(matches.map(\.kept) == [1, 1])
        #expect(matches.map(\.other) == [0, 2])
    }

    @Test func `without deaths in either, sharing none says little`() throws {
        let match = try #require(
            DuplicateFinder.matches(among: [try acled(deaths: 0), try ged(deaths: 0)]).first)
        #expect(match.likeness.deathSimilarity == 0.5)
        #expect(match.likeness.explanation.contains("no deaths in either"))
        #expect(
            DuplicateFinder.matches(
                among: [try acled(deaths: 0), try ged(day: "2024-03-11", x: 45.03, deaths: 0)]
            ).isEmpty)
    }

    @Test func `chance is what is left when the sources are moved apart`() throws {
        let lone = [try acled(), try ged()]
        #expect(DuplicateFinder.matchesByChance(among: lone) == 0)
        #expect(DuplicateFinder.matchesByChance(among: [try acled()]) == 0)
        // Alike every day of a hundred: moved by 30 days 70 still meet.
        let daily = try (0..<100).flatMap { index in
            let text = try day("2024-01-01").adding(days: index).description
            return [try acled("A\(index)", day: text), try ged("G\(index)", day: text)]
        }
        #expect(DuplicateFinder.matches(among: daily).count == 100)
        #expect(DuplicateFinder.matchesByChance(among: daily) == 70)
    }

    @Test func `the order of the list changes no pair where no two are equally alike`() throws {
        var generator = SeededGenerator(seed: 11)
        var all: [Incident] = []
        for index in 0..<60 {
            let x = Double.random(in: 44...46, using: &generator)
            let date = CalendarDate(dayNumber: 19_800 + Int.random(in: 0..<20, using: &generator))
            var first = try acled("A\(index)", day: date.description, x: x)
            first.timeGrade = .day
            all.append(first)
            var second = try ged(
                "G\(index)", day: date.description,
                x: x + Double.random(in: 0.001...0.02, using: &generator))
            second.timeGrade = .week
            all.append(second)
        }
        func pairs(_ list: [Incident]) -> Set<[String]> {
            Set(DuplicateFinder.matches(among: list).map { [list[$0.kept].key, list[$0.other].key] })
        }
        let expected = pairs(all)
        #expect(expected.count >= 55)
        #expect(Set(expected.flatMap { $0 }).count == 2 * expected.count)
        for _ in 0..<5 {
            all.shuffle(using: &generator)
            #expect(pairs(all) == expected)
        }
    }

    @Test func `far from the equator and across the date line distances hold`() {
        let km = DuplicateLikeness.kilometers(
            from: Coordinate(x: 179.99, y: 0), to: Coordinate(x: -179.99, y: 0))
        #expect(abs(km - 0.02 * .pi / 180 * DuplicateLikeness.earthRadius) < 1e-6)
        let pole = DuplicateLikeness.kilometers(
            from: Coordinate(x: 0, y: 89.9), to: Coordinate(x: 180, y: 89.9))
        #expect(abs(pole - 0.2 * .pi / 180 * DuplicateLikeness.earthRadius) < 1e-6)
    }

    @Test func `what is merged away is a reject, and rows add up`() throws {
        let text = try IncidentReader.read(fixture("acled-new.csv"), as: .profile(.acled))
        let match = try #require(
            DuplicateFinder.matches(among: [try ged(), try acled()]).first)
        let record = RejectedRecord(
            text.incidents[1], sameEventAs: "7", of: "ged.csv", match.likeness)
        let merged = text.rejecting([1: record])
        #expect(merged.rowsRead == merged.incidents.count + merged.rejects.count)
        #expect(merged.incidents.map(\.key) == ["EXA2", "EXA6", "EXA1", "EXA8"])
        #expect(merged.rejects.map(\.line) == [2, 4, 5, 6, 10])
        #expect(merged.rejects[1].reason == .sameEvent)
        #expect(merged.rejects[1].expected == "one source an event; kept 7 of ged.csv")
        #expect(!merged.rejects[1].reason.isFault)
        #expect(text.rejecting([:]) == text)
    }
}
