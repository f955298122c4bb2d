import GridCore
import Incidents
import Tables

extension EventIndex {
    /// The index of what a run used.
    ///
    /// - Parameter hotspots: made from `collection.incidents`, in that order.
    init(_ collection: IncidentCollection, sectors: ZoneSet, hotspots: [Hotspot]) {
        var ranks: [Int: Int] = [:]
        for hotspot in hotspots {
            for member in hotspot.members { ranks[member] = hotspot.rank }
        }
        var entries: [Entry] = []
        for source in collection.sources {
            for incident in source.reading.incidents {
                let zone = incident.isPlaced ? sectors.index(containing: incident.coordinate) : nil
                entries.append(
                    Entry(
                        event: Self.event(file: source.configuration.file.written, incident.key),
                        content: Self.content(of: incident), lastDay: incident.dateEnd,
                        zone: zone.map { sectors.zones[$0].id } ?? "",
                        hotspot: ranks[entries.count]))
            }
        }
        self.init(entries)
    }

    /// See `Entry.event`.
    static func event(file: String, _ key: String) -> String { digits([file, key]) }

    /// Everything that a compared figure depends on. The line in the file and the
    /// names of places are left out: they change without any figure doing so.
    static func content(of incident: Incident) -> String {
        let deaths = incident.deaths
        return digits([
            incident.source, DecimalText.shortest(incident.coordinate.longitude) ?? "",
            DecimalText.shortest(incident.coordinate.latitude) ?? "",
            "\(incident.dateStart)", "\(incident.dateEnd)", incident.timeGrade.rawValue,
            incident.locationGrade.rawValue, incident.eventType ?? "",
            incident.subEventType ?? "", "\(deaths.best)", "\(deaths.low)", "\(deaths.high)",
            incident.civilianDeaths.map { "\($0)" } ?? "",
            incident.civilianTargeting.map { "\($0)" } ?? "",
        ])
    }

    /// NUL stands in no field of a table, so no two lists give one text.
    private static func digits(_ parts: [String]) -> String {
        let bytes = parts.map { Array($0.utf8) }.joined(separator: [0])
        return String(Digest(of: Array(bytes)).sha256.prefix(16))
    }
}

extension Incident {
    /// Whether its position says which zone it lies in.
    var isPlaced: Bool { locationGrade != .country && locationGrade != .sea }
}

extension EventIndex {
    /// Publishes the index of the incidents that were used.
    func write(to sink: OutputSink) throws {
        try sink.write(
            table, to: EventIndex.path, title: "Index of incidents",
            description: "One row for each incident that is used, without names or places: which "
                + "record, which revision of it, its last day, sector and hotspot. Made to tell "
                + "what changed between two runs.", sources: [])
    }
}
