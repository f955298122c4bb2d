import Calendar
import Diagnostics
import Tables

/// A table whose columns have fixed names, such as `readiness.csv`.
struct ColumnTable {
    let table: RecordTable

    /// Reads a table and checks that the columns are there; nil after a
    /// report.
    init?(_ file: ConfiguredPath, columns: [String], _ log: inout ProblemLog) {
        guard let table = log.table(of: file, layer: nil, crs: nil) else { return nil }
        let missing = columns.filter { table.column(named: $0) == nil }
        for name in missing {
            let near = NearNames.near(name, among: table.columns, limit: 1).first
            log.add(
                PipelineError(
                    .missingColumn, at: Place(file: table.file),
                    "has no column \"\(name)\" (found \(table.columns.joined(separator: ", ")))",
                    mend: near.map { "Did you mean \"\($0)\"? Rename it to \(name)" }
                        ?? "Add the column"))
        }
        guard missing.isEmpty else { return nil }
        self.table = table
    }

    /// A row that can be trusted as a whole.
    struct Row {
        let table: RecordTable
        let record: TableRecord

        /// Line of the file.
        var position: Int { record.position }

        /// nil when the column or the value is not there.
        func text(_ column: String) -> String? {
            table.column(named: column).flatMap { record.field($0) }
        }

        func place(_ column: String? = nil) -> Place {
            table.place(at: record.position, field: column)
        }

        /// A text that must be there; nil after a report.
        func required(_ column: String, _ log: inout ProblemLog) -> String? {
            if let text = text(column) { return text }
            log.add(
                PipelineError(
                    .missingValue, at: place(column), "has no value",
                    mend: "Fill it in, or remove the row"))
            return nil
        }

        /// A number in `range`; nil when there is none, or after a report.
        func number(
            _ column: String, in range: ClosedRange<Double>, _ log: inout ProblemLog
        ) -> Double? {
            guard let text = text(column) else { return nil }
            guard let value = Decimal.number(text), range.contains(value) else {
                log.add(
                    PipelineError(
                        .badValue, at: place(column),
                        "is no number from \(Decimal.text(range.lowerBound)) to "
                            + "\(Decimal.text(range.upperBound)) (found \"\(text)\")",
                        mend: "Correct it"))
                return nil
            }
            return value
        }

        /// A date; nil when there is none, or after a report.
        func date(_ column: String, _ log: inout ProblemLog) -> CalendarDate? {
            guard let text = text(column) else { return nil }
            guard let date = CalendarDate(iso: text) else {
                log.add(
                    PipelineError(
                        .badValue, at: place(column),
                        "is no date of the calendar (found \"\(text)\", expected year-month-day)",
                        mend: "Write it as 2024-05-31"))
                return nil
            }
            return date
        }
    }

    /// The rows; what is wrong with one as a whole goes into the log.
    func rows(_ log: inout ProblemLog) -> [Row] {
        var rows: [Row] = []
        for record in table {
            if let problem = record.problem {
                log.add(problem)
            } else {
                rows.append(Row(table: table, record: record))
            }
        }
        return rows
    }
}
