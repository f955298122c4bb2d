import GridCore
import Hotspots
import Incidents
import Sectors

/// Incidents and hotspot area per zone.
enum ZoneViolence {
    /// Incidents by the zone that their position lies in and the window that
    /// their last day lies in. Those known to a country only, or at sea, have
    /// no zone.
    static func tallies(
        _ incidents: [Incident], zones: ZoneSet, window: TimeWindow
    ) -> SectorTallies {
        let before = window.before
        let points = incidents.compactMap { incident -> TalliedPoint? in
            let when: TallyWindow
            if window.contains(incident.dateEnd) {
                when = .current
            } else if before.contains(incident.dateEnd) {
                when = .previous
            } else {
                return nil
            }
            return TalliedPoint(
                zone: incident.isPlaced ? zones.index(containing: incident.coordinate) : nil,
                window: when,
                deaths: incident.deaths.best, civilianDeaths: incident.civilianDeaths ?? 0,
                deathsLow: incident.deaths.low, deathsHigh: incident.deaths.high)
        }
        return SectorTallies(points, zoneCount: zones.zones.count)
    }

    /// Area of the cells of `regions` that each zone covers, in square
    /// metres; zones in the coordinates of the grid.
    static func hotspotAreas(_ regions: HotspotRegions, zones: [MultiPolygon]) -> [Double] {
        let spec = regions.membership.spec
        let cellArea = spec.geotransform.cellWidth * -spec.geotransform.cellHeight
        return zones.map { zone in
            var covered = 0.0
            CellCoverage(of: zone, on: spec).forEachCell { cell, fraction in
                if regions.membership[cell] != 0 { covered += fraction }
            }
            return covered * cellArea
        }
    }
}
