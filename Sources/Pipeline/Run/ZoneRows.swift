import Geo
import GridCore
import Hotspots
import Sectors

/// Puts together what is known of each zone at the end of a night.
struct ZoneRows {
    let inputs: NightInputs
    let window: TimeWindow?
    let drought: DroughtFindings?
    let hotspots: HotspotFindings?

    /// - Parameter firstZone: number of the set's first zone in the drought
    ///   findings.
    func rows(_ set: ZoneSet, firstZone: Int) throws -> [ZoneRow] {
        let tallies = window.map {
            ZoneViolence.tallies(inputs.incidents?.incidents ?? [], zones: set, window: $0)
        }
        var now: [Double]?
        var before: [Double]?
        if let hotspots {
            let transform = try CoordinateTransform(
                from: .wgs84, to: hotspots.current.membership.spec.crs)
            var shapes: [MultiPolygon] = []
            for zone in set.zones {
                shapes.append(try transform(zone.area.densified(step: WorkingArea.edgeStep)))
            }
            now = ZoneViolence.hotspotAreas(hotspots.current, zones: shapes)
            before = ZoneViolence.hotspotAreas(hotspots.previous, zones: shapes)
        }
        return set.zones.enumerated().map { index, zone in
            ZoneRow(
                zone: zone,
                drought: drought.flatMap { found in
                    inputs.drought.map {
                        DroughtSummary(
                            found.current[firstZone + index],
                            zoneAreaInSquareMeters: zone.areaInSquareMeters, table: $0.table,
                            medians: found.medians[firstZone + index],
                            isMasked: $0.zoneColumns.isMasked)
                    }
                }, tally: tallies?.perZone[index], hotspotSquareMeters: now?[index],
                hotspotSquareMetersBefore: before?[index])
        }
    }
}
