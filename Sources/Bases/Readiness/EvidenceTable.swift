import Calendar
import Diagnostics

/// One row of an evidence table as text.
public struct EvidenceRow: Sendable, Hashable {
    /// 1-based line or record in its file.
    public var row: Int
    /// Identifier, name or alias of the base.
    public var base: String
    public var item: String
    public var value: String
    /// `YYYY-MM-DD`: the day that the value was true.
    public var asOf: String
    /// Who says so.
    public var source: String

    public init(
        row: Int, base: String, item: String, value: String, asOf: String, source: String
    ) {
        self.row = row
        self.base = base
        self.item = item
        self.value = value
        self.asOf = asOf
        self.source = source
    }
}

/// What is known of one item of one base.
public struct EvidenceEntry: Sendable, Hashable {
    public var value: EvidenceValue
    /// The day that the value was true.
    public var asOf: CalendarDate
    public var source: String
    /// Row of its table.
    public var row: Int

    public init(value: EvidenceValue, asOf: CalendarDate, source: String, row: Int) {
        self.value = value
        self.asOf = asOf
        self.source = source
        self.row = row
    }
}

/// The newest evidence of one base, item by item; all of it may be unknown.
public struct BaseEvidence: Sendable, Hashable {
    private var entries: [EvidenceEntry?]

    /// Nothing is known.
    public init() { entries = Array(repeating: nil, count: EvidenceItem.allCases.count) }

    public subscript(item: EvidenceItem) -> EvidenceEntry? {
        get { entries[item.position] }
        set { entries[item.position] = newValue }
    }
}

/// Rows of one day that say different things of one item.
public struct EvidenceConflict: Sendable, Hashable {
    /// Index of the base.
    public var base: Int
    public var item: EvidenceItem
    public var asOf: CalendarDate
    /// Rows of the table, ascending.
    public var rows: [Int]
    /// The worst of the values; nil when none is worse than another (two
    /// names), and then the item counts as unknown.
    public var taken: EvidenceValue?

    public init(
        base: Int, item: EvidenceItem, asOf: CalendarDate, rows: [Int], taken: EvidenceValue?
    ) {
        self.base = base
        self.item = item
        self.asOf = asOf
        self.rows = rows
        self.taken = taken
    }
}

/// Dated evidence about bases: for every item the newest row that is not
/// after the date of the assessment.
public struct EvidenceTable: Sendable, Hashable {
    /// The date of the assessment.
    public let asOf: CalendarDate
    /// One per base.
    public let bases: [BaseEvidence]
    /// By base, then by item; only where they touch the newest day.
    public let conflicts: [EvidenceConflict]
    /// Rows after the date of the assessment: left out.
    public let laterRows: Int
    /// Rows that name a base by an alias or another spelling, with what they
    /// were joined to.
    public let aliasWarnings: [Warning]

    /// Reads rows of text.
    ///
    /// - Throws: all problems of all rows, in row order: a missing base,
    ///   item, value or date, an unknown base or item, a value that does not
    ///   fit its item, a row that says the same again.
    public init(
        rows: [EvidenceRow], bases names: BaseNames, asOf: CalendarDate, file: String? = nil
    ) throws(FailureList) {
        self.asOf = asOf
        var reader = EvidenceReader(names: names, file: file)
        for row in rows { reader.read(row) }
        guard reader.problems.isEmpty else { throw FailureList(reader.problems) }
        aliasWarnings = reader.warnings
        laterRows = reader.facts.count { $0.entry.asOf > asOf }
        var bases = Array(repeating: BaseEvidence(), count: names.entries.count)
        var conflicts: [EvidenceConflict] = []
        let past = reader.facts.filter { $0.entry.asOf <= asOf }
        for ((base, item), entries) in Self.grouped(past) {
            let newest = entries.map(\.asOf).max()
            let sameDay = entries.filter { $0.asOf == newest }.sorted { $0.row < $1.row }
            guard let first = sameDay.first else { continue }
            let differing = sameDay.contains { $0.value != first.value }
            guard differing else {
                bases[base][item] = first
                continue
            }
            let taken = Self.worst(of: sameDay, item)
            bases[base][item] = taken
            conflicts.append(
                EvidenceConflict(
                    base: base, item: item, asOf: first.asOf, rows: sameDay.map(\.row),
                    taken: taken?.value))
        }
        self.bases = bases
        self.conflicts = conflicts
    }

    private static func grouped(
        _ facts: [EvidenceReader.Fact]
    ) -> [((Int, EvidenceItem), [EvidenceEntry])] {
        let sorted = facts.sorted {
            ($0.base, $0.item.position, $0.entry.row) < ($1.base, $1.item.position, $1.entry.row)
        }
        var groups: [((Int, EvidenceItem), [EvidenceEntry])] = []
        for fact in sorted {
            if let last = groups.last?.0, last == (fact.base, fact.item) {
                groups[groups.count - 1].1.append(fact.entry)
            } else {
                groups.append(((fact.base, fact.item), [fact.entry]))
            }
        }
        return groups
    }

    /// nil when two values differ and neither is worse.
    private static func worst(of entries: [EvidenceEntry], _ item: EvidenceItem) -> EvidenceEntry? {
        var worst: EvidenceEntry?
        for entry in entries {
            guard let current = worst else {
                worst = entry
                continue
            }
            guard entry.value != current.value else { continue }
            guard let isWorse = entry.value.isWorse(than: current.value, of: item) else {
                return nil
            }
            if isWorse { worst = entry }
        }
        return worst
    }
}
