import Tables

extension Changes {
    /// Changes that a manifest lists; `changes.csv` has them all.
    static let listedInManifest = 500
    /// Lines that a terminal gets.
    static let linesShown = 10

    /// Where a run keeps its table of changes.
    public static let path = "changes.csv"

    /// `changes` of the manifest: the run before (`null` in the first run),
    /// counts by subject, and the changes.
    ///
    /// - Parameter limit: the most that are listed; nil for all. `total` is
    ///   the number of all.
    public func json(limit: Int?) -> JSONValue {
        let listed = list.prefix(limit ?? list.count)
        return [
            "before": before.map { ["run": .string($0.id), "as_of": .string("\($0.asOf)")] }
                ?? .null,
            "as_of": .string("\(after.asOf)"),
            "counts": .object(
                counts.map { JSONMember($0.subject.rawValue, .integer($0.count)) }),
            "total": .integer(list.count),
            "listed": .integer(listed.count),
            "list": .array(listed.map(\.json)),
        ]
    }

    /// At most ten lines for a person, the weightiest first.
    public var lines: [String] {
        guard let before else { return ["Changes: there is no run before this one"] }
        let since = "since \(before.id) (as of \(before.asOf))"
        guard !list.isEmpty else { return ["Changes: none \(since)"] }
        let counts = counts.map { "\($0.count) of \($0.subject.plural)" }.joined(separator: ", ")
        var lines = ["Changes \(since): \(list.count): \(counts)"]
        let weighty = subjects.enumerated().sorted {
            ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset)
        }.map(\.element)
        let room = Self.linesShown - lines.count
        let shown = weighty.count > room ? room - 1 : weighty.count
        lines += weighty.prefix(shown).map(\.line)
        if weighty.count > shown {
            lines.append("... and \(weighty.count - shown) more lines (--json, or \(Self.path))")
        }
        return lines
    }

    /// The changes of one zone, hotspot or base together, in their order.
    private var subjects: [SubjectChanges] {
        var subjects: [SubjectChanges] = []
        for change in list {
            if let last = subjects.last, last.takes(change) {
                subjects[subjects.count - 1].changes.append(change)
            } else {
                subjects.append(SubjectChanges(changes: [change]))
            }
        }
        return subjects
    }

    /// As it is published.
    var table: CSVTable {
        var table = CSVTable(columns: Self.columns)
        func cell(_ text: String) -> Cell { text.isEmpty ? .missing : .text(text) }
        for change in list {
            table.append([
                .text(change.subject.rawValue), .text(change.kind.rawValue),
                cell(change.idBefore), cell(change.idAfter), cell(change.name),
                cell(change.figure), cell(change.before), cell(change.after),
                .text(change.causeText), cell(change.evidenceText),
            ])
        }
        return table
    }

    static let columns: [ColumnDescription] = [
        ColumnDescription(
            "subject", .string,
            "sector, district, livelihood_zone, hotspot, base, input, parameter or program"),
        ColumnDescription(
            "change", .string,
            "moved: another class or level; changed: another value; added, withdrawn, revised; "
                + "hotspots: new, gone, grown, shrunk, merged, split, regrouped"),
        ColumnDescription(
            "id_before", .string,
            "Identifier in the run before; hotspots: ranks joined by +; empty: not there"),
        ColumnDescription(
            "id_after", .string,
            "Identifier in this run; empty: not there"),
        ColumnDescription(
            "name", .string,
            "Name for people"),
        ColumnDescription(
            "figure", .string,
            "Column of the table that the figure stands in, or violence_level"),
        ColumnDescription(
            "before", .string,
            "Value in the run before; empty: missing"),
        ColumnDescription(
            "after", .string,
            "Value in this run; empty: missing"),
        ColumnDescription(
            "causes", .string,
            "new data, revised data, withdrawn data, aged out, changed parameter, changed "
                + "program, in this order, joined by semicolons; or unexplained"),
        ColumnDescription(
            "evidence", .string,
            "What shows each cause"),
    ]
}

extension Change {
    var json: JSONValue {
        [
            "subject": .string(subject.rawValue), "change": .string(kind.rawValue),
            "id_before": idBefore.isEmpty ? .null : .string(idBefore),
            "id_after": idAfter.isEmpty ? .null : .string(idAfter),
            "name": .string(name), "figure": .string(figure), "before": .string(before),
            "after": .string(after),
            "causes": .array(causes.map { .string($0.rawValue) }),
            "evidence": .array(
                evidence.map {
                    ["cause": .string($0.cause.rawValue), "detail": .string($0.detail)]
                }),
        ]
    }

    var causeText: String {
        evidence.isEmpty
            ? Self.unexplained : causes.map(\.rawValue).joined(separator: "; ")
    }

    var evidenceText: String {
        evidence.map { "\($0.cause.rawValue): \($0.detail)" }.joined(separator: "; ")
    }
}

/// What changed of one thing: one line for a person.
private struct SubjectChanges {
    /// Never empty.
    var changes: [Change]

    func takes(_ change: Change) -> Bool {
        changes.allSatisfy {
            $0.subject == change.subject && $0.idBefore == change.idBefore
                && $0.idAfter == change.idAfter
        }
    }

    var line: String {
        guard let first = changes.first else { return "" }
        let id = first.idAfter.isEmpty ? first.idBefore : first.idAfter
        var text = first.subject.title + " " + id
        if !first.name.isEmpty { text += " (\(first.name))" }
        text += ": " + changes.map(Self.move).joined(separator: ", ")
        var evidence: [ChangeEvidence] = []
        for item in changes.flatMap(\.evidence) where !evidence.contains(item) {
            evidence.append(item)
        }
        let shown = ChangeCause.allCases.flatMap { cause in
            evidence.filter { $0.cause == cause }.map { "\(cause.rawValue): \($0.detail)" }
        }
        let why = shown.isEmpty ? Change.unexplained : shown.joined(separator: "; ")
        return text + " [\(why)]"
    }

    private static func move(_ change: Change) -> String {
        let isFigure = !change.figure.isEmpty && change.subject != .input
        let word = isFigure && change.subject != .hotspot ? change.figure : change.kind.rawValue
        guard change.subject != .input, !change.before.isEmpty || !change.after.isEmpty else {
            return word
        }
        let unit = change.subject == .hotspot ? " km2" : ""
        func shown(_ value: String) -> String { value.isEmpty ? "none" : value + unit }
        return "\(word) \(shown(change.before)) -> \(shown(change.after))"
    }

    /// What a reader of ten lines should see first.
    var weight: Int { changes.map(Self.weight).min() ?? 0 }

    private static func weight(_ change: Change) -> Int {
        switch (change.subject, change.kind) {
        case (.sector, .moved): 0
        case (.hotspot, _): 1
        case (.sector, .added), (.sector, .withdrawn), (.base, .added), (.base, .withdrawn): 2
        case (.program, _), (.parameter, _): 3
        case (.sector, _): 4
        case (.base, _): 5
        case (.district, .moved), (.livelihoodZone, .moved): 6
        case (.input, _): 7
        case (.district, _), (.livelihoodZone, _): 8
        }
    }
}

extension Change.Subject {
    /// As lines for people say it.
    fileprivate var title: String { self == .livelihoodZone ? "livelihood zone" : rawValue }
    fileprivate var plural: String { self == .program ? "the program" : title + "s" }
}
