import Calendar
import GridCore

@testable import Incidents

/// An invented incident, to be changed.
func example(
    _ key: String = "E1", source: String = "acled", day text: String = "2024-03-10",
    at coordinate: Coordinate = Coordinate(x: 45, y: 4), deaths: Int = 2
) throws -> Incident {
    let date = try day(text)
    return Incident(
        key: key, source: source, coordinate: coordinate, dateStart: date, dateEnd: date,
        timing: EventTiming(day: date), timePrecision: "1", timeGrade: .day,
        locationPrecision: "1", locationGrade: .exact, eventType: "Battles", subEventType: nil,
        deaths: DeathEstimate(best: deaths, low: deaths, high: deaths), civilianDeaths: nil,
        civilianTargeting: nil, country: "Examplia", admin1: "North", admin2: "Upper", line: 2)
}
