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

    /// FNV-1a (Fowler, Noll and Vo) of source and key, so that an incident
    /// keeps its random numbers when others come or go.
    private static func identity(_ incident: Incident) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (incident.source + "\n" + incident.key).utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return hash
    }
}
