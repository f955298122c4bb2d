import Calendar
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents
import Testing

@testable import Pipeline

@Suite struct IncidentPlacementTests {
    let sectors = ViolenceExample.zones([ViolenceExample.square(40, 41)])
    let districts = ViolenceExample.zones([
        ViolenceExample.square(40, 40.5), ViolenceExample.square(40.5, 41),
    ])
    let window = TimeWindow(days: 31, endingOn: CalendarDate(dayNumber: 19_813))  // 2024-03-31

    private func place(
        _ rows: [String], _ policy: IncidentPrecisionChoice, in window: TimeWindow? = nil,
        weight: IncidentWeight = .events
    ) throws -> (placed: [PlacedIncident], area: WorkingArea) {
        let area = try WorkingArea(sectors: sectors, cell: 5000, margin: 10_000)
        let incidents = try ViolenceExample.incidents(rows)
        let placement = IncidentPlacement(
            area: area, policy: policy, weight: weight, halfLife: 30, sectors: sectors,
            districts: districts)
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        return (
            try placement.place(
                incidents, at: try transform(incidents.map(\.coordinate)),
                in: window ?? self.window), area
        )
    }

    @Test func theWindowHoldsItsLastDayAndAsManyDaysAsItSays() {
        #expect(window.description == "2024-03-01 to 2024-03-31")
        #expect(window.before.description == "2024-01-30 to 2024-02-29")
        #expect(window.days == 31 && window.before.days == 31)
    }

    @Test func anExactIncidentIsAPointWhateverThePolicy() throws {
        for policy in [IncidentPrecisionChoice.keep, .drop, .spread] {
            let placed = try place(["a,2024-03-31,40.2,0.5,3,exact,day"], policy).placed
            #expect(placed.map(\.footprint) == [.point])
            #expect(placed.map(\.mass) == [.oneEvent])
            #expect(placed.map(\.ageInDays) == [0])
        }
    }

    @Test func coarseIncidentsAreKeptDroppedOrSpread() throws {
        let rows = [
            "near,2024-03-30,40.2,0.5,0,near,day", "district,2024-03-30,40.2,0.5,0,district,day",
            "region,2024-03-30,40.2,0.5,0,region,day", "country,2024-03-30,40.2,0.5,0,country,day",
        ]
        #expect(try place(rows, .keep).placed.map(\.footprint) == [.point, .point, .point])
        #expect(try place(rows, .drop).placed.map(\.footprint) == [.point])
        let (placed, area) = try place(rows, .spread)
        #expect(placed.count == 3)
        #expect(placed[0].footprint == .widened(byMeters: 25_000))
        guard case .region(let district) = placed[1].footprint,
            case .region(let sector) = placed[2].footprint
        else {
            Issue.record("district and region are spread over areas")
            return
        }
        // The western district is half of the sector.
        #expect(abs(Double(sector.cells.count) / Double(district.cells.count) - 2) < 0.15)
        let mass = try MassGrid(of: placed, on: area.spec)
        #expect(mass.inside.events + mass.outside.events == 3)
        #expect(mass.outside.events == 0)
    }

    @Test func theDaysOfAMonthAddUpToTheIncidentExactly() throws {
        // Known to March only: 31 days, split over two windows.
        let rows = ["a,2024-03-15,40.2,0.5,7,exact,month"]
        let last = window.last
        for days in [1, 7, 10, 30] {
            let late = TimeWindow(days: days, endingOn: last)
            let early = TimeWindow(days: 31 - days, endingOn: late.first.adding(days: -1))
            let parts = try [late, early].map { window in
                try place(rows, .spread, in: window, weight: .fatalities).placed
            }
            let mass = parts.flatMap { $0 }.map(\.mass.units).reduce(0, +)
            #expect(mass == MassUnits(events: 7)?.units)
            #expect(abs(parts[0].reduce(0) { $0 + $1.weight } - 7 * Double(days) / 31) < 1e-12)
        }
    }

    @Test func theAgeOfASpreadIncidentGivesTheMeanOfItsDays() throws {
        let placed = try place(["a,2024-03-15,40.2,0.5,0,exact,month"], .spread).placed
        let decay = (0...30).reduce(0.0) { $0 + exp2(-Double($1) / 30) } / 31
        let age = try #require(placed.first).ageInDays
        #expect(abs(exp2(-age / 30) - decay) < 1e-12)
    }

    @Test func withoutSpreadTheCodedDayCounts() throws {
        let placed = try place(["a,2024-03-11,40.2,0.5,0,exact,month"], .keep).placed
        #expect(placed.map(\.ageInDays) == [20])
        #expect(placed.map(\.mass) == [.oneEvent])
    }

    @Test func theWorkingGridCoversTheSectorsWithTheMargin() throws {
        let area = try WorkingArea(sectors: sectors, cell: 5000, margin: 10_000)
        let box = try #require(area.sectors[0].boundingBox)
        #expect(area.spec.boundingBox.minX <= box.minX - 10_000)
        #expect(area.spec.boundingBox.maxY >= box.maxY + 10_000)
        #expect(area.spec.boundingBox.minX > box.minX - 15_001)
        // One degree at the equator is about 111 km by 110.6 km: 22.3 cells,
        // so 23 or 24 are touched in each direction.
        let masked = area.mask.cells.count { $0 == 1 }
        #expect((23 * 23...24 * 24).contains(masked))
        // Equal area: the projected square has its area on the ellipsoid, but
        // for the strip between the parallel and the geodesic edge (3e-5).
        let planar = area.sectors[0].planarArea
        #expect(abs(planar / sectors.zones[0].areaInSquareMeters - 1) < 5e-5)
    }
}
