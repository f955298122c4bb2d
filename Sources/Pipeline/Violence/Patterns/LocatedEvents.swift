import Calendar
import GridCore
import Incidents

/// The events of a period whose place and day are known well enough for
/// methods that compare single events.
///
/// An event known only to a district or region stands at a place that stands
/// for it, often a capital: with others it would make clusters and repeats
/// that never were. The same holds for days that stand for a month. Such
/// events are left out, and counted, unless precision is `keep`.
struct LocatedEvents {
    /// Positions in the list of incidents.
    private(set) var indices: [Int] = []
    /// Longitude and latitude.
    private(set) var places: [Coordinate] = []
    /// Last day of each.
    private(set) var days: [Int] = []
    /// Events of the period whose place, or day, is known too coarsely.
    private(set) var coarsePlaces = 0
    private(set) var coarseDays = 0

    /// - Parameter longestSpan: in days; events whose days span more are
    ///   left out.
    init(
        _ incidents: [Incident], precision: IncidentPrecisionChoice, in days: ClosedRange<Int>,
        longestSpan: Int
    ) {
        for (index, incident) in incidents.enumerated() {
            let day = incident.dateEnd.dayNumber
            guard days.contains(day) else { continue }
            let isCoarse =
                switch incident.locationGrade {
                case .country, .sea: true
                case .district, .region: precision != .keep
                case .exact, .near, .unknown: false
                }
            if isCoarse {
                coarsePlaces += 1
            } else if precision != .keep, incident.timing.spanDays > longestSpan {
                coarseDays += 1
            } else {
                indices.append(index)
                places.append(incident.coordinate)
                self.days.append(day)
            }
        }
    }

    /// What was left out, in words; nil when nothing was.
    var omissions: String? {
        guard coarsePlaces + coarseDays > 0 else { return nil }
        return "\(coarsePlaces) events of coarse place and \(coarseDays) of coarse date are left out"
    }
}
