import Calendar
import Geo
import GridCore
import Hotspots
import Diagnostics
import Incidents

/// A hotspot as it is published: significant cells that touch.
struct Hotspot: Sendable, Codable {
    /// 1 for the one with the greatest incident mass.
    var rank: Int
    var region: HotspotRegion
    /// Longitude and latitude.
    var outline: MultiPolygon
    var peak: Coordinate
    /// Mass of incidents in its cells, in incidents; shares of spread and
    /// partly dated incidents count as shares.
    var incidentMass: Double
    /// Incidents in the window whose position lies in its cells, those spread
    /// over an area left out.
    var incidents: Int
    /// Incidents in the window at most the Gi* radius away from one of its
    /// cells, those inside included: what makes it significant. A cell between
    /// two incidents may be significant and hold neither.
    var incidentsNearby: Int
    var deathsLow: Int
    /// Best estimates.
    var deaths: Int
    var deathsHigh: Int
    /// nil when no source says.
    var civilianDeaths: Int?
    var firstDate: CalendarDate?
    var lastDate: CalendarDate?
    /// Identifiers of the sectors that its cells' centres lie in, the one
    /// with most cells first.
    var sectors: [String]
    /// Share of draws in which its peak is hot, and the mean of its cells,
    /// 0...1; nil when they were not drawn.
    var hotProbability: HotShare?
    /// Which incidents of all those are in it, by their position in the
    /// list that the hotspots were made from.
    var members: [Int]

    /// Whether it lies across the line between sectors.
    var isOnSeam: Bool { sectors.count > 1 }
    var confidencePercent: Int { [90, 95, 99][max(0, min(2, region.strongestBin - 1))] }
    var areaInSquareKilometers: Double { region.areaInSquareMeters / 1e6 }
}

/// How often cells are hot over the uncertainty of the events' coding.
struct HotShare: Sendable, Codable, Hashable {
    var peak: Double
    var mean: Double
}

/// Makes hotspots from regions and the incidents in them.
struct HotspotBuilder {
    let area: WorkingArea
    let grids: ViolenceGrids
    let sectors: ZoneSet
    let placement: IncidentPlacement
    let radiusInMeters: Double
    var robustness: HotProbability?

    func hotspots(_ incidents: [Incident], _ positions: [Coordinate]) throws -> [Hotspot] {
        let back = try CoordinateTransform(from: area.spec.crs, to: .wgs84)
        var inside: [Int: [Int]] = [:]
        var placed: [Coordinate] = []
        for (index, (incident, position)) in zip(incidents, positions).enumerated()
        where isCounted(incident) {
            placed.append(position)
            guard let region = grids.regions.region(containing: position) else { continue }
            inside[region.number, default: []].append(index)
        }
        var hotspots: [Hotspot] = []
        for region in grids.regions.regions {
            let members = inside[region.number] ?? []
            hotspots.append(try hotspot(region, incidents, members, placed, back))
        }
        hotspots.sort { a, b in
            (b.incidentMass, b.region.peakZ, a.region.number)
                < (a.incidentMass, a.region.peakZ, b.region.number)
        }
        for index in hotspots.indices { hotspots[index].rank = index + 1 }
        return hotspots
    }

    /// Within the window and at a place, not spread over an area.
    private func isCounted(_ incident: Incident) -> Bool {
        guard grids.window.contains(incident.dateEnd), placement.isUsed(incident.locationGrade)
        else { return false }
        guard placement.policy == .spread else { return true }
        return incident.locationGrade != .district && incident.locationGrade != .region
    }

    private func hotspot(
        _ region: HotspotRegion, _ all: [Incident], _ members: [Int], _ placed: [Coordinate],
        _ back: CoordinateTransform
    ) throws -> Hotspot {
        let incidents = members.map { all[$0] }
        let units = region.cells.reduce(Int64(0)) { $0 + grids.mass.units[$1] }
        let civilians = incidents.compactMap(\.civilianDeaths)
        return Hotspot(
            rank: 0, region: region, outline: try back(region.outline),
            peak: try back(area.spec.center(of: region.peak)),
            incidentMass: MassUnits(units: units).events, incidents: incidents.count,
            incidentsNearby: nearby(region, placed),
            deathsLow: incidents.reduce(0) { $0 + $1.deaths.low },
            deaths: incidents.reduce(0) { $0 + $1.deaths.best },
            deathsHigh: incidents.reduce(0) { $0 + $1.deaths.high },
            civilianDeaths: civilians.isEmpty ? nil : civilians.reduce(0, +),
            firstDate: incidents.map(\.dateStart).min(), lastDate: incidents.map(\.dateEnd).max(),
            sectors: try sectorIdentifiers(of: region, back),
            hotProbability: robustness.map { found in
                let sum = region.cells.reduce(0) { $0 + Int(found.hotDraws[$1]) }
                return HotShare(
                    peak: found[region.peak],
                    mean: Double(sum) / Double(region.cells.count * found.draws))
            }, members: members)
    }

    /// Gi* sees an incident at the centre of its cell.
    private func nearby(_ region: HotspotRegion, _ placed: [Coordinate]) -> Int {
        let centers = region.cells.map(area.spec.center(of:))
        let limit = radiusInMeters * radiusInMeters
        return placed.count { position in
            guard let cell = area.spec.cell(containing: position) else { return false }
            let from = area.spec.center(of: cell)
            return centers.contains { center in
                let dx = center.x - from.x
                let dy = center.y - from.y
                return dx * dx + dy * dy <= limit
            }
        }
    }

    private func sectorIdentifiers(
        of region: HotspotRegion, _ back: CoordinateTransform
    ) throws -> [String] {
        var cells: [Int: Int] = [:]
        for center in try back(region.cells.map(area.spec.center(of:))) {
            if let sector = sectors.index(containing: center) { cells[sector, default: 0] += 1 }
        }
        return cells.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { sectors.zones[$0.key].id }
    }
}
