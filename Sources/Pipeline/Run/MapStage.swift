import Drought
import GridCore
import Hotspots
import Report
import Sectors
import Tables

/// Draws the one map of the night.
struct MapStage {
    let inputs: NightInputs
    let configuration: PipelineConfiguration
    let caption: RunCaption
    let window: TimeWindow?
    /// One per sector.
    let cards: [SectorCard]
    let hotspots: [Hotspot]

    func write(to sink: OutputSink) throws {
        guard let box = inputs.sectors.boundingBox else { return }
        let margin = 0.04 * max(box.width, box.height)
        let table = inputs.drought?.table
        var map = MissionMap(
            title: caption.title, dateLine: dateLine, extent: box.expanded(by: margin),
            classTable: table.map { ClassTable($0) })
        map.zones = zip(inputs.sectors.zones, cards).map { zone, card in
            MissionMap.Zone(
                label: zone.name, detail: card.detail, shape: zone.area,
                classCode: card.className.flatMap { name in
                    table?.classes.first { $0.name == name }.map { Int($0.code) }
                }, isPartlySeen: card.isPartlySeen)
        }
        if configuration.hotspots != nil, inputs.incidents != nil {
            map.hotspots = hotspots.map { hotspot in
                MissionMap.Hotspot(
                    label: "\(hotspot.rank)", shape: hotspot.outline,
                    confidence: [.percent90, .percent95, .percent99][
                        max(0, min(2, hotspot.region.strongestBin - 1))])
            }
        }
        if configuration.bases?.edition == .restricted {
            map.bases = inputs.bases.map { MissionMap.Base(name: $0.name, position: $0.coordinate) }
        }
        map.settlements = settlements
        map.roads = inputs.roads
        map.outlines = inputs.outlines
        map.notes = notes
        map.source = SourceCredit.line(credits)
        map.banner = caption.banner
        let edition = configuration.bases.map { $0.edition.rawValue }
        let picture = try map.pngBytes()
        try sink.write(
            edition.map { PNGText.adding("Edition", $0, to: picture) } ?? picture, to: "map.png",
            title: "Map of sectors, drought, hotspots and bases", mediaType: MediaType.png)
    }

    private var dateLine: String {
        var parts = ["As of \(inputs.asOf)"]
        if let drought = inputs.drought {
            parts.append("vegetation composite from \(drought.current.date)")
        }
        if let window { parts.append("incidents of \(window)") }
        return parts.joined(separator: "; ")
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
        if caption.isSynthetic { notes.append("Synthetic data: an invented country.") }
        let approximate = "Sector lines are approximate"
        if inputs.sectors.isApproximate,
            !configuration.notes.contains(where: { $0.hasPrefix(approximate) })
        {
            notes.append(approximate + ".")
        }
        notes += configuration.notes
        if inputs.incidents != nil {
            notes.append(
                "Incidents as recorded by the sources; the absence of records is not the absence of "
                    + "harm.")
        }
        if configuration.bases?.edition == .public {
            notes.append("Public edition: bases are not shown.")
        } else if configuration.bases != nil {
            notes.append(Edition(choice: .restricted).note)
        }
        return notes
    }

    private var credits: [SourceCredit] {
        let name = SourceCredit.name(ofFile: inputs.sectors.file)
        return inputs.incidentCredits(isSynthetic: caption.isSynthetic)
            + [inputs.vegetationCredit(isSynthetic: caption.isSynthetic)].compactMap { $0 }
            // Zones that are made have no source.
            + (name.isEmpty ? [] : [SourceCredit(short: "sector lines \(name)", full: name)])
    }
}
