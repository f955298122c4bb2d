import Calendar
import Incidents
import Tables

/// Publishes what became of the rows of the incident sources: the sources
/// with their counts, and the ledger of rejects. The rows themselves stay
/// with the user: sources forbid passing them on.
struct IncidentTables {
    let collection: IncidentCollection
    let window: TimeWindow?

    func write(to sink: OutputSink) throws {
        try sink.write(
            collection.ledger.table, to: "incidents/rejects.csv", title: "Reject ledger",
            description: "Every row of the incident sources that is not used, and why. Rows read = "
                + "used + rejected.", sources: [])
        try sink.write(
            sourceTable, to: "incidents/sources.csv", title: "Incident sources",
            description: "Rows read, used and rejected by source, and how well places and dates "
                + "are known.", sources: [])
    }

    private var sourceTable: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for source in collection.sources {
            let reading = source.reading
            let name = source.configuration.file.written
            func add(_ item: String, _ key: String, _ count: Int, _ deaths: Int?) {
                table.append([
                    .text(name), .text(source.configuration.source.rawValue), .text(item),
                    .text(key), .integer(count), .optional(deaths),
                ])
            }
            add("rows", "read", reading.rowsRead, nil)
            add(
                "rows", "used", reading.incidents.count,
                reading.incidents.reduce(0) { $0 + $1.deaths.best })
            add("rows", "rejected", reading.rejects.count, nil)
            if let window {
                let inside = reading.incidents.filter { window.contains($0.dateEnd) }
                add(
                    "rows", "in_window", inside.count, inside.reduce(0) { $0 + $1.deaths.best })
            }
            for count in reading.rejectCounts {
                add("reject", count.reason.rawValue, count.count, nil)
            }
            for count in reading.locationCounts {
                add("location", count.grade.rawValue, count.incidents, count.deaths)
            }
            for count in reading.timeCounts {
                add("time", count.grade.rawValue, count.incidents, count.deaths)
            }
        }
        return table
    }

    var counts: [StageRecord.Count] {
        [
            .init(name: "rows_read", value: collection.rowsRead),
            .init(name: "rows_used", value: collection.used),
            .init(name: "rows_rejected", value: collection.rejected),
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
                + "how well place and date are known"),
        ColumnDescription(
            "key", .string,
            "Which of them"),
        ColumnDescription(
            "count", .integer,
            "How many"),
        ColumnDescription(
            "deaths", .integer, unit: "persons",
            "Best estimates of deaths in them; empty for rejects"),
    ]
}
