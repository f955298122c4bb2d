import Calendar
import Diagnostics
import Tables

/// What the table of bases says beside names and positions; every column may
/// be absent.
struct BaseDetails: Sendable, Hashable {
    /// Contingent.
    var contingent: String?
    var sizeClass: String?
    /// As written, such as `open` or `handed_over`.
    var status: String?
    var opened: CalendarDate?
    var closed: CalendarDate?
    /// Share of the protection that the host unit would keep up, 0 ... 1; nil:
    /// by the evidence.
    var hostEffectiveness: Double?
    /// Other spellings of its name.
    var aliases: [String] = []

    /// Whether the mission holds the base on a day.
    func isOpen(on day: CalendarDate) -> Bool {
        if let opened, opened > day { return false }
        if let closed, closed <= day { return false }
        // A date says more than a word; without one the word counts.
        return closed != nil || Self.held.contains(status ?? Self.open)
    }

    private static let open = "open"
    /// States in which the mission holds a base.
    private static let held = [open, "reoccupied"]
    private static let statuses = held + ["handed_over", "closed", "relocated", "lost"]

    /// The details of the places of `records`, in their order.
    static func read(
        _ table: RecordTable, of records: [PlaceRecord], _ log: inout ProblemLog
    ) -> [BaseDetails] {
        let rows = Dictionary(
            table.map { ($0.position, ColumnTable.Row(table: table, record: $0)) },
            uniquingKeysWith: { first, _ in first })
        return records.map { record in
            guard let row = rows[record.record] else { return BaseDetails() }
            var details = BaseDetails(
                contingent: row.text("tcc"), sizeClass: row.text("size_class"),
                opened: row.date("opened", &log), closed: row.date("closed", &log),
                hostEffectiveness: row.number("host_effectiveness", in: 0...1, &log),
                aliases: (row.text("aliases") ?? "").split(separator: ";")
                    .map { $0.trimming(while: \.isWhitespace) })
            if let status = row.text("status") {
                details.status = status.lowercased()
                if !statuses.contains(status.lowercased()) {
                    log.add(
                        PipelineError(
                            .badValue, at: row.place("status"),
                            "is not one of \(statuses.joined(separator: ", ")) (found \"\(status)\")",
                            mend: "Write one of them, or leave it empty for open"))
                }
            }
            return details
        }
    }
}

extension Substring {
    fileprivate func trimming(while isOut: (Character) -> Bool) -> String {
        let head = drop(while: isOut)
        return String(head.reversed().drop(while: isOut).reversed())
    }
}
