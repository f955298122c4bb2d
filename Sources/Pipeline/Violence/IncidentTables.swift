import Calendar
import Diagnostics
import Hotspots
import Incidents
import Tables

/// Publishes what became of the rows of the incident sources: the sources
/// with their counts, the ledger of rejects, and what is known of those used
/// as sums. The rows themselves stay with the user: sources forbid passing
/// them on.
struct IncidentTables {
    let collection: IncidentCollection
    let sectors: ZoneSet
    let window: TimeWindow
    let policy: IncidentPrecisionChoice
    /// Of one incident on the grids.
    let weight: (Incident) -> Double
    private let pileUps: PileUpTable

    init(
        _ collection: IncidentCollection, sectors: ZoneSet, window: TimeWindow,
        configuration: IncidentsConfiguration, weight: IncidentWeight
    ) {
        let bound = configuration.deaths.bound
        let weight: (Incident) -> Double = { weight.value(fatalities: $0.deaths[bound]) }
        self.collection = collection
        self.sectors = sectors
        self.window = window
        self.weight = weight
        policy = configuration.precision
        pileUps = PileUpTable(collection.incidents, weight: weight)
    }

    func write(to sink: OutputSink) throws {
        try sink.write(
            collection.ledger.table, to: "incidents/rejects.csv", title: "Reject ledger",
            description: "Every row of the incident sources that is not used, and why. Rows read = "
                + "used + rejected.", sources: [])
        try sink.write(
            sourceTable, to: "incidents/sources.csv", title: "Incident sources",
            description: "Rows read, used and rejected by source, and how well places and dates "
                + "are known.", sources: [])
        try sink.write(
            HarmTable(collection: collection, sectors: sectors, window: window).table,
            to: HarmTable.path, title: "Harm by class of actor",
            description: "Who was involved in the incidents of \(window), in all and by sector, "
                + "state forces and the mission among them, and what befell civilians.",
            sources: [])
        try sink.write(
            PrecisionTable(
                incidents: collection.incidents.filter { window.contains($0.dateEnd) },
                policy: policy, weight: weight
            ).table, to: PrecisionTable.path, title: "Precision of the incidents",
            description: "How well places and dates of the incidents of \(window) are known, and "
                + "what share of the weight rests on each grade.", sources: [])
        try sink.write(
            pileUps.table, to: PileUpTable.path, title: "Places that stand for whole regions",
            description: "Positions at which sources have put incidents known to a region or a "
                + "country only: a hotspot there may be one of the coding.", sources: [])
        try sink.write(
            DuplicateTable(collection: collection).table, to: DuplicateTable.path,
            title: "Events of several sources",
            description: "Incidents of different sources that are probably one event, and what "
                + "makes it so.", sources: [])
    }

    var warnings: [Warning] { [pileUps.warning(policy)].compactMap { $0 } }

    private var sourceTable: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for source in collection.sources {
            let reading = source.reading
            let name = source.configuration.file.written
            func add(_ item: String, _ key: String, _ count: Int, _ sums: [Cell]) {
                table.append(
                    [
                        .text(name), .text(source.configuration.source.rawValue), .text(item),
                        .text(key), .integer(count),
                    ] + sums)
            }
            func add(_ item: String, _ key: String, _ incidents: [Incident]) {
                let sums = DeathBound.allCases.map { bound in
                    Cell.integer(incidents.reduce(0) { $0 + $1.deaths[bound] })
                }
                add(item, key, incidents.count, sums)
            }
            let noDeaths = DeathBound.allCases.map { _ in Cell.missing }
            add("rows", "read", reading.rowsRead, noDeaths)
            add("rows", "used", reading.incidents)
            add("rows", "rejected", reading.rejects.count, noDeaths)
            add("rows", "in_window", reading.incidents.filter { window.contains($0.dateEnd) })
            for count in reading.rejectCounts {
                add("reject", count.reason.rawValue, count.count, noDeaths)
            }
            for grade in LocationGrade.allCases {
                let members = reading.incidents.filter { $0.locationGrade == grade }
                if !members.isEmpty { add("location", grade.rawValue, members) }
            }
            for grade in TimeGrade.allCases {
                let members = reading.incidents.filter { $0.timeGrade == grade }
                if !members.isEmpty { add("time", grade.rawValue, members) }
            }
            let summaries = reading.incidents.filter { $0.isSummary == true }
            if !summaries.isEmpty { add("clarity", "summary", summaries) }
        }
        return table
    }

    var counts: [StageRecord.Count] {
        [
            .init(name: "rows_read", value: collection.rowsRead),
            .init(name: "rows_used", value: collection.used),
            .init(name: "rows_rejected", value: collection.rejected),
            .init(name: "duplicates_across_sources", value: collection.duplicates.count),
            .init(
                name: "duplicates_by_chance",
                value: Int(collection.duplicatesByChance.rounded())),
            .init(name: "pile_ups", value: pileUps.pileUps.count),
        ]
            + collection.ledger.totals.map {
                .init(name: "rejected_\($0.reason.rawValue)", value: $0.count)
            }
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription(
            "file", .string,
            "As in the pipeline file"),
        ColumnDescription(
            "source", .string,
            "acled, ucdp-ged or mapped"),
        ColumnDescription(
            "item", .string,
            "rows; reject: rejected rows by reason; location, time: used incidents by "
                + "how well place and date are known; clarity: those that sum up several events"),
        ColumnDescription(
            "key", .string,
            "Which of them"),
        ColumnDescription(
            "count", .integer,
            "How many"),
        ColumnDescription(
            "deaths_low", .integer, unit: "persons",
            "Low estimates of deaths in them, the best where the source has no range; empty for "
                + "rejects"),
        ColumnDescription(
            "deaths", .integer, unit: "persons",
            "Best estimates of deaths in them; empty for rejects"),
        ColumnDescription(
            "deaths_high", .integer, unit: "persons",
            "High estimates of deaths in them, the best where the source has no range; empty for "
                + "rejects"),
    ]
}
