import Calendar
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents
import Sectors

/// Puts incidents onto the working grid by the precision policy.
///
/// `keep`: at their coordinate and days. `drop`: the same, those known only
/// to a district or worse left out. `spread`: a place known to about 25 km
/// widens its kernel; one known to a district is spread over the district
/// that holds it, one known to a region over the sector that holds it;
/// a week or month is spread over its days. Incidents known to a country
/// only, or at sea, are never put on the grid.
struct IncidentPlacement {
    let area: WorkingArea
    var policy: IncidentPrecisionChoice
    var weight: IncidentWeight
    /// Which estimate of deaths weighs, where deaths do.
    var deaths = DeathBound.best
    let halfLife: Double
    let sectors: ZoneSet
    let districts: ZoneSet?

    /// ACLED and UCDP call a place "near" up to about this distance.
    static let nearInMeters = 25_000.0

    /// Incidents on the grid within a window, with their positions.
    ///
    /// - Parameter positions: of all incidents, in grid coordinates.
    func place(
        _ incidents: [Incident], at positions: [Coordinate], in window: TimeWindow
    ) throws -> [PlacedIncident] {
        var regions = RegionCache()
        var placed: [PlacedIncident] = []
        for (incident, position) in zip(incidents, positions) {
            guard counts(incident, in: window) else { continue }
            let timing = days(of: incident)
            let overlap = timing.overlapDays(from: window.first, to: window.last)
            let skipped = max(0, window.first.days(since: timing.first))
            let mass = weight.mass(fatalities: incident.deaths[deaths])
                .share(of: skipped..<(skipped + overlap), in: timing.spanDays)
            let share = Double(overlap) / Double(timing.spanDays)
            placed.append(
                PlacedIncident(
                    position: position, mass: mass,
                    weight: weight.value(fatalities: incident.deaths[deaths]) * share,
                    ageInDays: effectiveAge(timing, window),
                    footprint: try footprint(of: incident, &regions)))
        }
        return placed
    }

    /// Whether `place` puts an incident on the grid.
    func counts(_ incident: Incident, in window: TimeWindow) -> Bool {
        isUsed(incident.locationGrade)
            && days(of: incident).overlapDays(from: window.first, to: window.last) > 0
    }

    /// Whether an incident of this precision is put on the grid at all.
    func isUsed(_ grade: LocationGrade) -> Bool {
        switch grade {
        case .country, .sea: false
        case .district, .region: policy != .drop
        case .exact, .near, .unknown: true
        }
    }

    private func days(of incident: Incident) -> EventTiming {
        guard policy != .spread else { return incident.timing }
        return EventTiming(first: incident.dateStart, last: incident.dateEnd)
            ?? EventTiming(day: incident.dateEnd)
    }

    /// The age at which a whole incident would weigh what its days in the
    /// window weigh on average; 0 on the last day of the window.
    private func effectiveAge(_ timing: EventTiming, _ window: TimeWindow) -> Double {
        let newest = window.last.days(since: min(timing.last, window.last))
        let oldest = window.last.days(since: max(timing.first, window.first))
        guard newest < oldest else { return Double(newest) }
        // A geometric series from the newest day back.
        let ratio = exp2(-1 / halfLife)
        let days = Double(oldest - newest + 1)
        let mean = (1 - pow(ratio, days)) / (1 - ratio) / days
        return Double(newest) - halfLife * log2(mean)
    }

    enum RegionKey: Hashable {
        case district(Int)
        case sector(Int)
    }

    /// Regions that were made before.
    typealias RegionCache = [RegionKey: SpreadRegion]

    func footprint(
        of incident: Incident, _ regions: inout RegionCache
    ) throws -> Footprint {
        guard policy == .spread else { return .point }
        switch incident.locationGrade {
        case .exact, .unknown, .country, .sea: return .point
        case .near: return .widened(byMeters: Self.nearInMeters)
        case .district:
            guard let districts, let index = districts.index(containing: incident.coordinate)
            else { return .widened(byMeters: Self.nearInMeters) }
            return .region(try region(.district(index), districts.zones[index].area, &regions))
        case .region:
            guard let index = sectors.index(containing: incident.coordinate) else {
                return .widened(byMeters: Self.nearInMeters)
            }
            return .region(try region(.sector(index), sectors.zones[index].area, &regions))
        }
    }

    /// The cells of a zone with the area that it covers of each.
    private func region(
        _ key: RegionKey, _ zone: MultiPolygon, _ regions: inout RegionCache
    ) throws -> SpreadRegion {
        if let known = regions[key] { return known }
        let transform = try CoordinateTransform(from: .wgs84, to: area.spec.crs)
        let shape = try transform(zone.densified(step: WorkingArea.edgeStep))
        var cells: [(cell: CellIndex, share: Double)] = []
        var covered = 0.0
        CellCoverage(of: shape, on: area.spec).forEachCell { cell, fraction in
            cells.append((cell, fraction))
            covered += fraction
        }
        let cellArea = area.spec.geotransform.cellWidth * -area.spec.geotransform.cellHeight
        let outside = max(0, shape.planarArea / cellArea - covered)
        let region = try SpreadRegion(cells: cells, shareOutside: outside < 1e-6 ? 0 : outside)
        regions[key] = region
        return region
    }
}
