import Calendar
import GridCore
import Hotspots
import Incidents

extension IncidentPlacement {
    /// Incidents with what their sources leave open, as `spread` reads the
    /// codes of precision: near a place means anywhere within 25 km, a
    /// district or region any place in it, a week or month any of its days.
    ///
    /// - Parameter positions: of all incidents, in grid coordinates.
    func uncertain(
        _ incidents: [Incident], at positions: [Coordinate], in window: TimeWindow
    ) throws -> [UncertainIncident] {
        var spreading = self
        spreading.policy = .spread
        var regions = RegionCache()
        var found: [UncertainIncident] = []
        for (incident, position) in zip(incidents, positions) {
            guard spreading.counts(incident, in: window) else { continue }
            let place: UncertainIncident.Place =
                switch try spreading.footprint(of: incident, &regions) {
                case .point: .known(position)
                case .widened(let meters): .within(meters: meters, of: position)
                case .region(let region): .region(region)
                }
            let deaths = incident.deaths
            found.append(
                UncertainIncident(
                    identity: Self.identity(incident), place: place,
                    days: incident.timing.first.dayNumber...incident.timing.last.dayNumber,
                    deaths: (deaths.low, deaths.best, deaths.high)))
        }
        return found
    }

    /// Of source and key, so that an incident keeps its random numbers when
    /// others come or go.
    private static func identity(_ incident: Incident) -> UInt64 {
        CounterRandom.stream(named: incident.source + "\n" + incident.key)
    }
}
