import Calendar
import GridCore
import Incidents
import Testing

@testable import Pipeline

@Suite struct LocatedEventsTests {
    private let rows = [
        "exact,2024-03-05,40.1,0.1,0,exact,day", "near,2024-03-06,40.2,0.1,0,near,day",
        "district,2024-03-07,40.3,0.1,0,district,day", "region,2024-03-08,40.4,0.1,0,region,day",
        "country,2024-03-09,40.5,0.1,0,country,day", "week,2024-03-13,40.6,0.1,0,exact,week",
        "month,2024-03-15,40.7,0.1,0,exact,month", "old,2024-02-01,40.8,0.1,0,exact,day",
    ]

    private func located(
        _ precision: IncidentPrecisionChoice, longestSpan: Int
    ) throws -> (keys: [String], events: LocatedEvents) {
        let incidents = try ViolenceExample.incidents(rows)
        let first = try ViolenceExample.date("2024-03-01").dayNumber
        let events = LocatedEvents(
            incidents, precision: precision, in: first...(first + 30), longestSpan: longestSpan)
        #expect(events.places == events.indices.map { incidents[$0].coordinate })
        #expect(events.days == events.indices.map { incidents[$0].dateEnd.dayNumber })
        return (events.indices.map { incidents[$0].key }, events)
    }

    @Test("Coarse places and dates are left out and counted; events outside the period are not")
    func coarse() throws {
        for precision in [IncidentPrecisionChoice.spread, .drop] {
            let (keys, events) = try located(precision, longestSpan: 7)
            #expect(keys == ["exact", "near", "week"])
            #expect(events.coarsePlaces == 3)
            #expect(events.coarseDays == 1)
            #expect(
                events.omissions
                    == "3 events of coarse place and 1 of coarse date are left out")
        }
    }

    @Test("A date known to the week is too coarse for shorter steps")
    func span() throws {
        let (keys, events) = try located(.spread, longestSpan: 6)
        #expect(keys == ["exact", "near"])
        #expect(events.coarseDays == 2)
    }

    @Test("With keep all are taken as coded, but those known to a country only have no place")
    func keep() throws {
        let (keys, events) = try located(.keep, longestSpan: 1)
        #expect(keys == ["exact", "near", "district", "region", "week", "month"])
        #expect(events.coarsePlaces == 1 && events.coarseDays == 0)
    }

    @Test("Where nothing is left out nothing is said of it")
    func nothing() {
        let events = LocatedEvents([], precision: .spread, in: 0...9, longestSpan: 1)
        #expect(events.indices.isEmpty && events.omissions == nil)
    }
}
