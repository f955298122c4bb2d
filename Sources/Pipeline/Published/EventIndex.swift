import Calendar
import Diagnostics
import Tables

/// Which incidents a run used, told without saying what or where they were:
/// `incidents/index.csv`. Two runs are compared by it.
public struct EventIndex: Hashable, Sendable {
    /// Where a run keeps it.
    public static let path = "incidents/index.csv"

    /// One used incident.
    public struct Entry: Hashable, Sendable {
        /// First 16 hexadecimal digits of the SHA-256 of source file, a NUL
        /// byte, and key: the same for every revision of one record.
        public var event: String
        /// The same over all that figures depend on: another one for each
        /// revision.
        public var content: String
        /// Last day of the incident; what windows go by.
        public var lastDay: CalendarDate
        /// Identifier of the sector that it lies in; empty in none, and for
        /// incidents known to a country only or at sea.
        public var zone: String
        /// Rank of the hotspot of the window that holds it; nil when none.
        public var hotspot: Int?

        public init(
            event: String, content: String, lastDay: CalendarDate, zone: String, hotspot: Int?
        ) {
            self.event = event
            self.content = content
            self.lastDay = lastDay
            self.zone = zone
            self.hotspot = hotspot
        }
    }

    /// By event, then content.
    public let entries: [Entry]

    public init(_ entries: [Entry]) {
        self.entries = entries.sorted { ($0.event, $0.content) < ($1.event, $1.content) }
    }

    /// As it is published.
    var table: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for entry in entries {
            table.append([
                .text(entry.event), .text(entry.content), .date(entry.lastDay),
                entry.zone.isEmpty ? .missing : .text(entry.zone), .optional(entry.hotspot),
            ])
        }
        return table
    }

    static let columns: [ColumnDescription] = [
        ColumnDescription(
            "event", .string,
            "First 16 hexadecimal digits of the SHA-256 of source file, NUL and key of the "
                + "incident; the same in each of its revisions"),
        ColumnDescription(
            "content", .string,
            "The same over dates, place, precisions, kind and deaths; another one in each "
                + "revision"),
        ColumnDescription(
            "last_day", .date,
            "Last day of the incident; windows go by it"),
        ColumnDescription(
            "zone", .string,
            "Identifier of the sector that it lies in; empty: in none, or known to a country only"),
        ColumnDescription(
            "hotspot", .integer,
            "Rank of the hotspot of this run that holds it; empty: in none"),
    ]
}

extension EventIndex {
    /// The index of a run; nil when it has none.
    ///
    /// - Throws: `PublishError` of kind `runDamaged`, naming the line.
    public static func read(from run: RunFolder) throws(PublishError) -> EventIndex? {
        guard let table = try run.table(path) else { return nil }
        var places: [Int] = []
        for column in columns {
            guard let place = table.column(named: column.name) else {
                throw RunFolder.damaged(run.shown(path), "has no column \"\(column.name)\"")
            }
            places.append(place)
        }
        var entries: [Entry] = []
        entries.reserveCapacity(table.count)
        for record in table {
            guard let event = record.field(places[0]), let content = record.field(places[1]),
                let day = record.field(places[2]).flatMap({ CalendarDate(iso: $0) })
            else {
                throw PublishError(
                    .runDamaged, at: table.place(at: record.position),
                    "the row is not an incident (expected event, content and last_day)",
                    mend: RunFolder.mend)
            }
            entries.append(
                Entry(
                    event: event, content: content, lastDay: day,
                    zone: record.field(places[3]) ?? "",
                    hotspot: record.field(places[4]).flatMap { Int($0) }))
        }
        return EventIndex(entries)
    }
}
