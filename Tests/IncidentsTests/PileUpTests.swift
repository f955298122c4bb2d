import GridCore
import TestSupport
import Testing

@testable import Incidents

@Suite struct PileUpTests {
    private func incidents(
        _ count: Int, _ grade: LocationGrade, at x: Double, admin1: String = "North",
        place: String? = "Alpha"
    ) throws -> [Incident] {
        try (0..<count).map { index in
            var incident = try example("\(grade)\(x)\(index)", at: Coordinate(x: x, y: 4))
            incident.locationGrade = grade
            incident.admin1 = admin1
            incident.place = place
            return incident
        }
    }

    @Test func `coarse incidents that are most of a place are a pile-up`() throws {
        let found = PileUp.find(
            try incidents(6, .region, at: 45) + incidents(5, .exact, at: 45)
                + incidents(40, .exact, at: 46))
        #expect(found.count == 1)
        let first = try #require(found.first)
        #expect(first.coordinate == Coordinate(x: 45, y: 4))
        #expect(first.incidents == 11 && first.coarseIncidents == 6)
        #expect(first.coarseShare == 6.0 / 11)
        #expect(first.divisionShare == 1)
        #expect(first.place == "Alpha" && first.admin1 == "North" && first.admin2 == "Upper")
        #expect(first.reasons == [.coarseMajority, .sharedPoint])
    }

    @Test func `a town with many exact incidents is one by the share of its division`() throws {
        let town = try incidents(50, .exact, at: 45) + incidents(6, .region, at: 45)
        let elsewhere = try incidents(4, .region, at: 46)
        #expect(PileUp.find(town + elsewhere).map(\.reasons) == [[.sharedPoint]])
        // Half of the coarse incidents are no majority.
        #expect(PileUp.find(try town + incidents(6, .region, at: 46) + incidents(9, .exact, at: 46)).isEmpty)
    }

    @Test func `half is no majority and four are no pile-up`() throws {
        let spread = try incidents(20, .region, at: 47)
        #expect(
            PileUp.find(try incidents(5, .region, at: 45) + incidents(5, .exact, at: 45) + spread)
                .map(\.coordinate.x) == [47])
        #expect(PileUp.find(try incidents(4, .region, at: 45)).isEmpty)
        #expect(PileUp.find([]).isEmpty)
        #expect(PileUp.find(try incidents(9, .exact, at: 45)).isEmpty)
        #expect(PileUp.find(try incidents(9, .near, at: 45) + incidents(9, .district, at: 45)).isEmpty)
    }

    @Test func `positions within eleven metres are one place`() throws {
        let found = PileUp.find(
            try incidents(3, .region, at: 45.00001) + incidents(3, .country, at: 44.99998))
        #expect(found.map(\.coarseIncidents) == [6])
    }

    @Test func `weights of zero make no majority`() throws {
        let all = try incidents(6, .region, at: 45) + incidents(1, .exact, at: 45)
            + incidents(10, .region, at: 46, place: nil)
        let byDeaths = PileUp.find(all) { $0.locationGrade == .exact ? 3 : 0 }
        #expect(byDeaths.map(\.coarseShare) == [0])
        #expect(byDeaths.map(\.reasons) == [[.sharedPoint]])
        #expect(byDeaths.first?.place == nil)
    }

    @Test func `the order of the incidents changes nothing`() throws {
        var all = try incidents(6, .region, at: 45) + incidents(7, .region, at: 46, admin1: "South")
            + incidents(6, .region, at: 44, admin1: "West", place: "Beta")
            + incidents(3, .region, at: 44, admin1: "West", place: "Gamma")
        let expected = PileUp.find(all)
        #expect(expected.map(\.coordinate.x) == [44, 46, 45])
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            all.shuffle(using: &generator)
            #expect(PileUp.find(all) == expected)
        }
    }
}
