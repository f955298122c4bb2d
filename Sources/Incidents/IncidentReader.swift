import Calendar
import Diagnostics
import GridCore
import Products
import Tables

/// Reads tables of events: each row becomes an incident or a reject.
public enum IncidentReader {
    /// From this share of exchanged positions on, the columns are the fault
    /// and not the rows.
    public static let swappedShare = 0.9

    /// Reads every row of `table` as `schema` and keeps what `options` ask for.
    ///
    /// A row is checked in this order, and the first fault counts: row, key,
    /// position, dates, deaths. Of sound rows with the same key the one with
    /// the greatest revision stays, else the last. Then those outside the
    /// preset go, and those that begin after the as-of date; what lasts
    /// beyond it is cut.
    /// - Throws: a list with every problem that stops the reading: one
    ///   `IncidentError` `empty`, `missing-column` (naming all of them),
    ///   `incomplete-mapping`, `preset-not-told` or `swapped-coordinates` (at least nine of ten
    ///   rows that are sound otherwise, whatever `options.invalid`); or, when
    ///   that is `fail`, a `rejected-row` for each faulty row.
    public static func read(
        _ table: RecordTable, as schema: IncidentSchema,
        options: IncidentOptions = IncidentOptions()
    ) throws(FailureList) -> IncidentReading {
        let binding: ColumnBinding
        do throws(IncidentError) {
            binding = try ColumnBinding(table, schema: schema, options: options)
            guard !table.isEmpty else { throw empty(table) }
        } catch {
            throw FailureList([error])
        }
        var pass = Pass(options: options, recordWord: table.hasGeometry ? "feature" : "line")
        var rows = RowReader(binding: binding, schema: schema, options: options)
        for record in table {
            do throws(RowRejection) {
                pass.drafts.append(Pass.Indexed(index: record.index, draft: try rows.draft(record)))
            } catch {
                let key = record.field(binding.column(.key)).map {
                    TerminalText.excerpt($0.trimmed)
                }
                pass.reject(record.index, error.record(line: record.position, key: key))
            }
        }
        if let failure = pass.swappedFailure(in: table, binding: binding) {
            throw FailureList([failure])
        }
        pass.choose()
        let reading = pass.reading(rowsRead: table.count)
        if options.invalid == .fail { try failOnFaults(reading, in: table) }
        return reading
    }

    private static func empty(_ table: RecordTable) -> IncidentError {
        IncidentError(
            .empty, at: Place(file: table.file),
            table.hasGeometry
                ? "the layer has no features (expected at least one event)"
                : "the table has a header but no rows (expected at least one event)",
            mend: "Export the events again, or take the source out of the pipeline file if there "
                + "were none")
    }

    private static func failOnFaults(
        _ reading: IncidentReading, in table: RecordTable
    ) throws(FailureList) {
        let failures = reading.rejects.filter(\.reason.isFault).map { reject in
            IncidentError(
                .rejectedRow,
                at: table.place(
                    at: reject.line, field: reject.field.map { "column \"\($0)\"" }),
                "\(reject.reason.rawValue): \"\(reject.found)\" (expected \(reject.expected))",
                mend: "Correct the row, or set invalid: skip")
        }
        guard failures.isEmpty else { throw FailureList(failures) }
    }
}

/// The rows of one table on their way to incidents and rejects.
private struct Pass {
    struct Indexed {
        var index: Int
        var draft: RowReader.Draft
    }

    let options: IncidentOptions
    /// What a record is called: a line of a CSV, a feature of a layer.
    let recordWord: String
    var drafts: [Indexed] = []
    private var rejects: [(index: Int, record: RejectedRecord)] = []

    init(options: IncidentOptions, recordWord: String) {
        self.options = options
        self.recordWord = recordWord
    }

    mutating func reject(_ index: Int, _ record: RejectedRecord) { rejects.append((index, record)) }

    private mutating func reject(_ item: Indexed, _ rejection: RowRejection) {
        let incident = item.draft.incident
        reject(item.index, rejection.record(line: incident.line, key: incident.key))
    }

    func swappedFailure(in table: RecordTable, binding: ColumnBinding) -> IncidentError? {
        let swapped = drafts.filter { $0.draft.swapped != nil }
        guard let first = swapped.first, let found = first.draft.swapped?.found,
            Double(swapped.count) >= IncidentReader.swappedShare * Double(drafts.count)
        else { return nil }
        let mend: String
        switch binding.coordinates {
        case .columns:
            mend =
                "Exchange the columns \"\(binding.name(.longitude) ?? "")\" and "
                + "\"\(binding.name(.latitude) ?? "")\" in the file, or map longitude and "
                + "latitude the other way round under columns:"
        case .wellKnownText, .geometry:
            mend = "Write positions as longitude before latitude"
        }
        return IncidentError(
            .swappedCoordinates, at: table.place(at: first.draft.incident.line),
            "longitude and latitude look exchanged in \(swapped.count) of \(drafts.count) rows: "
                + "first \(found) (expected longitude, latitude inside the area of interest)",
            mend: mend)
    }

    /// Sorts out exchanged positions, duplicates and what is not asked for,
    /// in place: a world's worth of events is held once.
    mutating func choose() {
        let newest = newestByKey()
        var kept = 0
        for position in drafts.indices {
            let item = drafts[position]
            if let rejection = fault(of: item.draft, at: position, newest: newest) {
                reject(item, rejection)
            } else {
                drafts[kept] = Indexed(index: item.index, draft: cutToAsOf(item.draft))
                kept += 1
            }
        }
        drafts.removeSubrange(kept...)
    }

    private func fault(
        of draft: RowReader.Draft, at position: Int, newest: [String: Newest]
    ) -> RowRejection? {
        if let swapped = draft.swapped { return swapped }
        if draft.hasKey, let other = newest[draft.incident.key], other.position != position {
            return RowRejection(
                .duplicate, nil, found: draft.incident.key,
                expected: "one row a key; kept \(recordWord) \(other.line)")
        }
        return notAskedFor(draft)
    }

    /// The row to keep for a key: its place among the drafts, and its line.
    private struct Newest {
        var position: Int
        var line: Int
        var revision: Int
    }

    private func newestByKey() -> [String: Newest] {
        var newest: [String: Newest] = [:]
        for (position, item) in drafts.enumerated() {
            let draft = item.draft
            guard draft.hasKey, draft.swapped == nil else { continue }
            let key = draft.incident.key
            if let kept = newest[key], kept.revision > draft.revision { continue }
            newest[key] = Newest(
                position: position, line: draft.incident.line, revision: draft.revision)
        }
        return newest
    }

    private func notAskedFor(_ draft: RowReader.Draft) -> RowRejection? {
        let incident = draft.incident
        if let asOf = options.asOf, incident.dateStart > asOf {
            return RowRejection(
                .afterAsOf, nil, found: incident.dateStart.description,
                expected: "not after \(asOf)")
        }
        let isIncluded = options.preset.takes(
            incident, isPoliticalViolence: draft.isPoliticalViolence, isAttack: draft.isAttack)
        if isIncluded { return nil }
        let kind = incident.subEventType ?? incident.eventType ?? "deaths \(incident.deaths.best)"
        return RowRejection(
            .outsidePreset, nil, found: kind, expected: "preset \(options.preset.rawValue)")
    }

    private func cutToAsOf(_ draft: RowReader.Draft) -> RowReader.Draft {
        guard let asOf = options.asOf, draft.incident.timing.last > asOf,
            let timing = draft.incident.timing.cut(after: asOf)
        else { return draft }
        var draft = draft
        draft.incident.timing = timing
        draft.incident.dateEnd = min(draft.incident.dateEnd, asOf)
        draft.notes.append(.cutToAsOf)
        return draft
    }

    func reading(rowsRead: Int) -> IncidentReading {
        IncidentReading(
            incidents: drafts.map(\.draft.incident),
            rejects: rejects.sorted { $0.index < $1.index }.map(\.record),
            warnings: warnings(), rowsRead: rowsRead)
    }

    private func warnings() -> [CountedWarning] {
        var lines: [IncidentWarningKind: [Int]] = [:]
        for item in drafts {
            for note in item.draft.notes {
                lines[note, default: []].append(item.draft.incident.line)
            }
        }
        return IncidentWarningKind.allCases.compactMap { kind in
            lines[kind].map { lines in
                CountedWarning(
                    kind: kind, count: lines.count,
                    lines: Array(lines.prefix(CountedWarning.examples)))
            }
        }
    }
}
