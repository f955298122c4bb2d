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
        if current.mass.incidentsWithMassOutside > 0 {
            warnings.append(
                Warning(
                    "outside-grid",
                    "\(current.mass.incidentsWithMassOutside) incidents of the window lie outside "
                        + "the grid around the sectors, some of them in part"))
        }
        return warnings
    }

    var counts: Manifest.StageCounts {
        .init(
            stage: "hotspots",
            counts: [
                .init("cells", current.map.z.count), .init("cells_analysed", current.map.cellCount),
                .init("hotspots", hotspots.count),
                .init("hotspots_on_seams", hotspots.count(where: \.isOnSeam)),
                .init("incidents_not_on_grid", notPlaced),
            ])
    }
}
