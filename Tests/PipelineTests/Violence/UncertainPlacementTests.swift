import Calendar
import Geo
import GridCore
import Hotspots
import Incidents
import Testing

@testable import Pipeline

@Suite struct UncertainPlacementTests {
    private let sectors = ViolenceExample.zones([ViolenceExample.square(40, 41)])
    private let window = TimeWindow(days: 31, endingOn: CalendarDate(dayNumber: 19_813))  // 2024-03-31
    private let rows = [
        "exact,2024-03-20,40.2,0.5,3,exact,day", "near,2024-03-21,40.4,0.5,2,near,week",
        "region,2024-03-22,40.6,0.5,1,region,month", "country,2024-03-23,40.8,0.5,0,country,day",
        "early,2024-02-10,40.8,0.5,0,exact,day",
    ]

    private func uncertain(
        _ incidents: [Incident], _ policy: IncidentPrecisionChoice = .spread
    ) throws -> [UncertainIncident] {
        let area = try WorkingArea(sectors: sectors, cell: 5000, margin: 10_000)
        let placement = IncidentPlacement(
            area: area, policy: policy, weight: .events, halfLife: 30, sectors: sectors,
            districts: nil)
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        return try placement.uncertain(
            incidents, at: try transform(incidents.map(\.coordinate)), in: window)
    }

    @Test("What a source leaves open is open, whatever the policy of the grids")
    func places() throws {
        let incidents = try ViolenceExample.incidents(rows)
        for policy in [IncidentPrecisionChoice.spread, .keep, .drop] {
            let found = try uncertain(incidents, policy)
            // Neither what is known to a country only nor what is of another window.
            #expect(found.map(\.days.count) == [1, 7, 31])
            #expect(found.map(\.deaths.best) == [3, 2, 1])
            guard found.count == 3, case .known = found[0].place,
                case .within(let meters, _) = found[1].place, case .region = found[2].place
            else {
                Issue.record("expected a place, a circle and a region")
                return
            }
            #expect(meters == IncidentPlacement.nearInMeters)
        }
    }

    @Test("An incident keeps its identity in every order and when others come or go")
    func identity() throws {
        let incidents = try ViolenceExample.incidents(rows)
        let all = try uncertain(incidents).map(\.identity)
        #expect(Set(all).count == 3)
        #expect(try uncertain(incidents.reversed()).map(\.identity) == all.reversed())
        for (incident, identity) in zip(incidents, all) {
            #expect(try uncertain([incident]).map(\.identity) == [identity])
        }
    }

    @Test("The same key in another source is another incident; a revision is the same one")
    func sources() throws {
        let incidents = try ViolenceExample.incidents(rows)
        var other = incidents[0]
        other.source = "another"
        var revised = incidents[0]
        revised.coordinate.x += 0.1
        revised.deaths.best += 4
        let found = try uncertain([incidents[0], other, revised]).map(\.identity)
        #expect(found[0] != found[1])
        #expect(found[0] == found[2])
    }
}
