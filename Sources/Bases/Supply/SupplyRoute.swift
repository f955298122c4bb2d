import Geo
import GridCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How long, how exposed and how replaceable the supply route of a base is.
public struct SupplyRoute: Sendable, Hashable {
    /// Index of the hub; nil when no hub is reached.
    public var hub: Int?
    /// Geodesic length; nil when no hub is reached.
    public var kilometers: Double?
    public var minutes: SeasonalMinutes
    /// Sum of the weights of the incidents within the buffer; nil when no
    /// hub is reached.
    public var exposure: Double?
    /// Incidents within the buffer.
    public var incidentsNear: Int
    /// Share of them whose place is known less exactly than the buffer; nil
    /// when there are none.
    public var impreciseShare: Double?
    /// Incidents left out, near or far: no age from 0 on, no precision or no
    /// position.
    public var unusableIncidents: Int
    /// nil when no incident weighs anything.
    public var mostExposedStretch: ExposedStretch?
    /// Minutes in the dry season when the most exposed stretch is blocked,
    /// `+infinity` when there is no way around; nil when nobody has looked.
    public var detourMinutes: Double?

    /// `exposure` over the length; nil without a hub or a length.
    public var exposurePerKilometer: Double? {
        guard let exposure, let kilometers, kilometers > 0 else { return nil }
        return exposure / kilometers
    }

    /// Minutes with the stretch blocked over minutes of the route; nil when
    /// nobody has looked or the route takes no time.
    public var detourRatio: Double? {
        guard let detourMinutes, minutes.dry > 0, minutes.dry < .infinity else { return nil }
        return detourMinutes / minutes.dry
    }

    /// Whether the most exposed stretch cannot be bypassed; nil when nobody
    /// has looked.
    public var isSingleRoute: Bool? { detourMinutes.map { !($0 < .infinity) } }

    /// The weight of an incident within the buffer b, of age a and precision
    /// p, is 2^(-a / half-life) min(1, b / p).
    public init(path: SupplyPath, incidents: [SupplyIncident], rules: SupplyRules = .standard) {
        hub = path.hub
        minutes = path.minutes
        unusableIncidents = incidents.count { !$0.isUsable }
        incidentsNear = 0
        guard path.hub != nil, !path.coordinates.isEmpty else { return }
        let line = RouteLine(path.coordinates)
        let buffer = rules.bufferInMeters
        var marks: [ExposedStretch.Mark] = []
        var imprecise = 0
        for incident in incidents where incident.isUsable {
            guard let foot = line.nearest(to: incident.coordinate, within: buffer) else {
                continue
            }
            var weight = exp2(-incident.ageInDays / rules.halfLifeInDays)
            if incident.precisionInMeters > buffer {
                weight *= buffer / incident.precisionInMeters
                imprecise += 1
            }
            marks.append(ExposedStretch.Mark(position: foot.alongInMeters, weight: weight))
        }
        kilometers = line.lengthInMeters / 1000
        exposure = marks.reduce(0) { $0 + $1.weight }
        incidentsNear = marks.count
        impreciseShare = marks.isEmpty ? nil : Double(imprecise) / Double(marks.count)
        mostExposedStretch = ExposedStretch(
            of: line, marks: marks, lengthInMeters: rules.stretchInMeters)
    }

    /// The routes of all bases; the number of threads changes nothing.
    public static func routes(
        of paths: [SupplyPath], incidents: [SupplyIncident], rules: SupplyRules = .standard,
        threads: Int
    ) -> [SupplyRoute] {
        let slots = Mutex<[SupplyRoute?]>(Array(repeating: nil, count: paths.count))
        forEachInParallel(count: paths.count, threads: threads) { _, index in
            let route = SupplyRoute(path: paths[index], incidents: incidents, rules: rules)
            slots.withLock { $0[index] = route }
        }
        return slots.withLock { $0 }.compactMap { $0 }
    }
}
