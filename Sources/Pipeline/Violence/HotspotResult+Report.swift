import Diagnostics
import GridCore
import Hotspots

extension HotspotResult {
    /// What its reader must know beside the figures.
    var warnings: [Warning] {
        var warnings: [Warning] = []
        let inWindow = current.mass.inside.events + current.mass.outside.events
        if inWindow == 0 {
            warnings.append(
                Warning(
                    "no-incidents-in-window",
                    "no incident lies in the window \(current.window): there is no hotspot, which "
                        + "says nothing about what was not recorded"))
        }
        if notPlaced > 0 {
            warnings.append(
                Warning(
                    "not-on-grid",
                    "\(notPlaced) incidents of the window are known too coarsely for the grid; "
                        + "they count in the totals only"))
        }
        if current.density.rule != nil,
            let warning = densityRadiusWarning(
                radiusInMeters: current.density.radius.meters, on: area.spec)
        {
            warnings.append(warning)
        }
        if current.mass.incidentsWithMassOutside > 0 {
            warnings.append(
                Warning(
                    "outside-grid",
                    "\(current.mass.incidentsWithMassOutside) incidents of the window lie outside "
                        + "the grid around the sectors, some of them in part"))
        }
        return warnings
    }

    var counts: [StageRecord.Count] {
        [
            .init(name: "cells", value: current.map.z.count),
            .init(name: "cells_analysed", value: current.map.cellCount),
            .init(name: "hotspots", value: hotspots.count),
            .init(name: "hotspots_on_seams", value: hotspots.count(where: \.isOnSeam)),
            .init(name: "incidents_not_on_grid", value: notPlaced),
        ] + (current.density.rule == nil
            ? []
            : [.init(name: "density_radius_m", value: Int(current.density.radius.meters))])
            + moranCounts
    }

    private var moranCounts: [StageRecord.Count] {
        guard let moran else { return [] }
        return [
            .init(name: "moran_high_high", value: moran.count(.highHigh)),
            .init(name: "moran_low_low", value: moran.count(.lowLow)),
            .init(name: "moran_high_low", value: moran.count(.highLow)),
            .init(name: "moran_low_high", value: moran.count(.lowHigh)),
        ]
    }
}
