import Calendar
import Diagnostics

/// Turns rows of text into facts and collects what is wrong with them.
struct EvidenceReader {
    /// What one row says.
    struct Fact {
        var base: Int
        var item: EvidenceItem
        var entry: EvidenceEntry
    }

    /// A row, but for its number.
    private struct Content: Hashable {
        var base: Int
        var item: EvidenceItem
        var value: EvidenceValue
        var asOf: CalendarDate
        var source: String
    }

    let names: BaseNames
    let file: String?
    private(set) var facts: [Fact] = []
    private(set) var problems: [any Diagnostic] = []
    private(set) var warnings: [Warning] = []
    private var firstRows: [Content: Int] = [:]

    init(names: BaseNames, file: String?) {
        self.names = names
        self.file = file
    }

    mutating func read(_ row: EvidenceRow) {
        let base = base(of: row)
        let item = item(of: row)
        let date = date(of: row)
        let value = item.flatMap { self.value(of: row, as: $0) }
        guard let base, let item, let date, let value else { return }
        if case .date(let contact) = value, contact > date {
            report(
                .unsuitableValue, row, "value",
                "\(item.rawValue) is on \(contact), after the record itself (\(date))",
                mend: "Correct one of the dates")
            return
        }
        let source = BaseNames.trimmed(row.source)
        let content = Content(base: base, item: item, value: value, asOf: date, source: source)
        if let first = firstRows[content] {
            report(
                .duplicateRow, row, nil, "says the same as row \(first)",
                mend: "Remove one of them")
            return
        }
        firstRows[content] = row.row
        facts.append(
            Fact(
                base: base, item: item,
                entry: EvidenceEntry(value: value, asOf: date, source: source, row: row.row)))
    }

    private mutating func base(of row: EvidenceRow) -> Int? {
        let text = BaseNames.trimmed(row.base)
        guard !text.isEmpty else {
            report(
                .missingField, row, "base", "names no base", mend: "Write the identifier of a base")
            return nil
        }
        let match = names.match(text)
        switch match {
        case .exact(let base): return base
        case .alias(let base, let spelling):
            let id = names.entries[base].id
            warnings.append(
                Warning(
                    "base-by-alias", at: Place(file: file, line: row.row, field: "base"),
                    "\(quoted(text)) is taken for base \(quoted(id)) (\(quoted(spelling)))"))
            return base
        case .near, .several:
            report(
                .unknownBase, row, "base", "there is no base \(quoted(text))",
                mend: names.advice(for: match))
            return nil
        }
    }

    private mutating func item(of row: EvidenceRow) -> EvidenceItem? {
        let text = BaseNames.trimmed(row.item)
        guard !text.isEmpty else {
            report(.missingField, row, "item", "names no item", mend: "Write what the value is of")
            return nil
        }
        if let item = EvidenceItem(rawValue: text) { return item }
        let words = EvidenceItem.allCases.map(\.rawValue)
        let near = NearNames.near(text, among: words, limit: 1).first
        report(
            .unknownItem, row, "item", "there is no item \(quoted(text))",
            mend: near.map { "Did you mean \"\($0)\"?" }
                ?? "Use one of " + words.joined(separator: ", "))
        return nil
    }

    private mutating func date(of row: EvidenceRow) -> CalendarDate? {
        let text = BaseNames.trimmed(row.asOf)
        guard !text.isEmpty else {
            report(
                .missingField, row, "as_of", "has no date",
                mend: "Write the day that the value was true, as YYYY-MM-DD")
            return nil
        }
        if let date = CalendarDate(iso: text) { return date }
        report(
            .unsuitableValue, row, "as_of", "\(quoted(text)) is not a date",
            mend: "Write it as YYYY-MM-DD")
        return nil
    }

    private mutating func value(of row: EvidenceRow, as item: EvidenceItem) -> EvidenceValue? {
        let text = BaseNames.trimmed(row.value)
        guard !text.isEmpty else {
            report(
                .missingField, row, "value", "has no value of \(item.rawValue)",
                mend: "Leave the row out when it is unknown")
            return nil
        }
        do throws(AssessmentError) {
            return try EvidenceValue.parse(text, as: item)
        } catch {
            report(error.kind, row, "value", error.cause, mend: error.mend)
            return nil
        }
    }

    private mutating func report(
        _ kind: AssessmentFailureKind, _ row: EvidenceRow, _ field: String?, _ cause: String,
        mend: String
    ) {
        problems.append(
            AssessmentError(
                kind, at: Place(file: file, line: row.row, field: field), cause, mend: mend))
    }
}
