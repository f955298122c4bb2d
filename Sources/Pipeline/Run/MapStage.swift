import Drought
import GridCore
import Hotspots
import Report
import Sectors
import Tables

/// Draws the one map of the night.
struct MapStage {
    let stages: NightStages

    private var inputs: NightInputs { stages.inputs }

    func write() throws {
        guard let box = inputs.sectors.boundingBox else { return }
        let margin = 0.04 * max(box.width, box.height)
        let table = inputs.drought?.table ?? .kogan
        let codes = table.classes.map { Int($0.code) }
        var map = MissionMap(
            title: stages.caption.title, dateLine: dateLine, extent: box.expanded(by: margin),
            classTable: table == .ndma ? .vegetationDeficit(codes: codes) : .kogan(codes: codes))
        map.zones = stages.sectorRows.map { row in
            MissionMap.Zone(
                label: row.zone.name, detail: detail(row), shape: row.zone.area,
                classCode: row.drought?.className.flatMap { name in
                    table.classes.first { $0.name == name }.map { Int($0.code) }
                })
        }
        map.hotspots = stages.hotspots.map { result in
            result.hotspots.map { hotspot in
                MissionMap.Hotspot(
                    label: "\(hotspot.rank)", shape: hotspot.outline,
                    confidence: [.percent90, .percent95, .percent99][
                        max(0, min(2, hotspot.region.strongestBin - 1))])
            }
        }
        if stages.configuration.bases?.edition == .restricted {
            map.bases = inputs.bases.map { MissionMap.Base(name: $0.name, position: $0.coordinate) }
        }
        map.settlements = settlements
        map.roads = inputs.roads
        map.outlines = inputs.outlines
        map.notes = notes
        map.source = "Sources: " + sources.joined(separator: "; ") + ". \(Jilaal.nameAndVersion)"
        map.banner = stages.caption.banner
        try stages.sink.write(
            try map.pngBytes(), to: "map.png",
            title: "Map of sectors, drought, hotspots and bases", mediaType: MediaType.png)
    }

    private var dateLine: String {
        var parts = ["As of \(inputs.asOf)"]
        if let drought = inputs.drought {
            parts.append("vegetation composite of \(drought.current.date)")
        }
        if let window = stages.window { parts.append("incidents \(window)") }
        return parts.joined(separator: ", ")
    }

    private func detail(_ row: ZoneRow) -> String? {
        var parts: [String] = []
        if let vci = row.drought?.vci { parts.append("VCI \(Decimal.text(vci.rounded())) %") }
        if let tally = row.tally { parts.append("\(tally.incidents.current) incidents") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Most people first; places without a number after the others.
    private var settlements: [MissionMap.Settlement] {
        inputs.settlements.enumerated().sorted { a, b in
            (b.element.population ?? -1, a.offset) < (a.element.population ?? -1, b.offset)
        }.enumerated().map { rank, item in
            MissionMap.Settlement(
                name: item.element.name, position: item.element.coordinate, rank: rank + 1)
        }
    }

    private var notes: [String] {
        var notes: [String] = []
        if stages.caption.isSynthetic { notes.append("Synthetic data: an invented country.") }
        if inputs.sectors.isApproximate { notes.append("Sector lines are approximate.") }
        notes += stages.configuration.notes
        if inputs.incidents != nil {
            notes.append(
                "Incidents as recorded by the sources; the absence of records is not the absence of "
                    + "harm.")
        }
        if stages.configuration.bases?.edition == .public {
            notes.append("Public edition: bases are not shown.")
        }
        return notes
    }

    private var sources: [String] {
        var sources = stages.sources.map(\.title)
        if let drought = inputs.drought { sources.append(drought.stack.productTitle) }
        sources.append(inputs.sectors.file)
        return sources
    }
}
