import Drought
import GridCore
import Hotspots
import Report
import Sectors
import Tables

/// Draws the one map of the night.
struct MapStage {
    let stages: NightStages

    /// Sectors with a VCI on less of their area are striped.
    static let wellSeenPercent = 50.0

    private var inputs: NightInputs { stages.inputs }

    func write() throws {
        guard let box = inputs.sectors.boundingBox else { return }
        let margin = 0.04 * max(box.width, box.height)
        let table = inputs.drought?.table
        var map = MissionMap(
            title: stages.caption.title, dateLine: dateLine, extent: box.expanded(by: margin),
            classTable: table.map { ClassTable($0) })
        map.zones = stages.sectorRows.map { row in
            MissionMap.Zone(
                label: row.zone.name, detail: detail(row), shape: row.zone.area,
                classCode: row.drought?.className.flatMap { name in
                    table?.classes.first { $0.name == name }.map { Int($0.code) }
                }, isPartlySeen: (row.drought?.validPercent ?? 0) < Self.wellSeenPercent)
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
        map.source = SourceCredit.line(credits)
        map.banner = stages.caption.banner
        try stages.sink.write(
            try map.pngBytes(), to: "map.png",
            title: "Map of sectors, drought, hotspots and bases", mediaType: MediaType.png)
    }

    private var dateLine: String {
        var parts = ["As of \(inputs.asOf)"]
        if let drought = inputs.drought {
            parts.append("vegetation composite from \(drought.current.date)")
        }
        if let window = stages.window { parts.append("incidents of \(window)") }
        return parts.joined(separator: "; ")
    }

    private func detail(_ row: ZoneRow) -> String? {
        var parts: [String] = []
        if let drought = row.drought, let vci = drought.vci {
            let seen =
                drought.validPercent < 1 ? "<1" : Decimal.text(drought.validPercent.rounded())
            parts.append(
                "VCI \(Decimal.text(vci.rounded())) %"
                    + (drought.validPercent < Self.wellSeenPercent ? " (\(seen) % seen)" : ""))
        }
        if let tally = row.tally {
            let count = tally.incidents.current
            parts.append(count == 1 ? "1 incident" : "\(count) incidents")
        }
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
        let approximate = "Sector lines are approximate"
        if inputs.sectors.isApproximate,
            !stages.configuration.notes.contains(where: { $0.hasPrefix(approximate) })
        {
            notes.append(approximate + ".")
        }
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

    private var credits: [SourceCredit] {
        let name = SourceCredit.name(ofFile: inputs.sectors.file)
        return stages.incidentCredits + stages.vegetationCredits
            + [SourceCredit(short: "sector lines \(name)", full: name)]
    }
}
