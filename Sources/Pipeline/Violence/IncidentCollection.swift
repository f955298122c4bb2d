import Diagnostics
import Incidents
import Products
import Tables

/// What was read from one source of incidents.
struct SourceReading: Sendable {
    var configuration: IncidentSourceConfiguration
    var reading: IncidentReading
    /// nil for tables of one's own.
    var profile: EventProfile?
}

/// One event that two sources have.
struct SourceDuplicate: Sendable {
    /// As the pipeline file names it.
    var keptFile: String
    var kept: Incident
    var otherFile: String
    var other: Incident
    var likeness: DuplicateLikeness
}

/// All incidents of a night, with the ledger of what was rejected.
struct IncidentCollection: Sendable {
    private(set) var sources: [SourceReading]
    /// Events that several sources have; none when nobody looked.
    private(set) var duplicates: [SourceDuplicate] = []
    /// How many of those there would be if the sources had no event in common.
    private(set) var duplicatesByChance = 0.0
    /// Whether of `duplicates` only those kept are among the incidents.
    private(set) var isMerged = false

    init(sources: [SourceReading]) { self.sources = sources }

    var incidents: [Incident] { sources.flatMap(\.reading.incidents) }
    var rowsRead: Int { sources.reduce(0) { $0 + $1.reading.rowsRead } }
    var used: Int { sources.reduce(0) { $0 + $1.reading.incidents.count } }
    var rejected: Int { sources.reduce(0) { $0 + $1.reading.rejects.count } }

    var ledger: RejectLedger {
        var ledger = RejectLedger()
        for source in sources {
            ledger.append(source.reading.rejects, file: source.configuration.file.written)
        }
        return ledger
    }

    /// Finds events that several sources have.
    ///
    /// - Parameter merging: whether all but the best located of each go to
    ///   the rejects.
    mutating func matchDuplicates(merging: Bool) {
        guard sources.count > 1 else { return }
        let incidents = incidents
        // The source of each, and its place there.
        let places = sources.enumerated().flatMap { number, source in
            source.reading.incidents.indices.map { (source: number, index: $0) }
        }
        func file(_ index: Int) -> String {
            sources[places[index].source].configuration.file.written
        }
        var rejects = Array(repeating: [Int: RejectedRecord](), count: sources.count)
        duplicates = DuplicateFinder.matches(among: incidents).map { match in
            let place = places[match.other]
            rejects[place.source][place.index] = RejectedRecord(
                incidents[match.other], sameEventAs: incidents[match.kept].key,
                of: file(match.kept), match.likeness)
            return SourceDuplicate(
                keptFile: file(match.kept), kept: incidents[match.kept],
                otherFile: file(match.other), other: incidents[match.other],
                likeness: match.likeness)
        }
        duplicatesByChance = DuplicateFinder.matchesByChance(among: incidents)
        guard merging else { return }
        isMerged = true
        for index in sources.indices {
            sources[index].reading = sources[index].reading.rejecting(rejects[index])
        }
    }

    /// Says that some events are in several sources; nil when none is.
    var duplicateWarning: Warning? {
        guard let first = duplicates.first else { return nil }
        let example =
            "\(first.other.key) of \(first.otherFile) and \(first.kept.key) of \(first.keptFile) "
            + "(\(first.likeness.explanation))"
        let what =
            isMerged
            ? "the better located of each counts, the other is rejected as same-event"
            : "all of them count; `duplicates: merge` counts each event once"
        return Warning(
            "duplicates-across-sources",
            "\(duplicates.count) incident\(duplicates.count == 1 ? " is" : "s are") probably of an "
                + "event that another source has too (by chance about "
                + "\(DecimalText.fixed(duplicatesByChance, decimals: 0) ?? "0") would be alike): "
                + "first \(example); \(what). "
                + "incidents/duplicates.csv lists them")
    }
}
