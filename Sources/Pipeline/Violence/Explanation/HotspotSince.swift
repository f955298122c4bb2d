import Calendar
import Diagnostics
import GridCore
import Hotspots
import Incidents
import Logging
import Tables

/// An earlier night that a cell is compared with, as the runs of an output
/// folder knew it then.
public struct HotspotSince: Sendable, Hashable {
    /// As-of date of that night, and the day on which events were known so.
    public var date: CalendarDate
    /// The output folder with the state of its runs.
    public var output: String

    public init(date: CalendarDate, output: String) {
        self.date = date
        self.output = output
    }

    /// The incidents of that night, as they were known then.
    ///
    /// - Throws: `StateError` of kind `notKnownThen` when the state does not
    ///   reach back so far; `FailureList` when inputs are refused.
    func incidents(of file: PipelineFile, _ configuration: PipelineConfiguration) throws
        -> [Incident]
    {
        var night = Night(
            file: file, asOf: date, threads: 1, logger: Logger(label: "jilaal"),
            progress: ProgressReporter(style: .silent) { _ in })
        night.asKnownOn = date
        let memory = NightMemory(night, began: .now) { _ in }
        try memory.openForReading(folder: output)
        try memory.recall()
        var log = ProblemLog()
        let loader = NightLoader(configuration: configuration, asOf: date, nights: memory)
        guard let incidents = loader.load(&log)?.incidents else { throw FailureList(log.failures) }
        return incidents.incidents
    }
}

/// What differs around a cell between two nights.
struct CellHistory {
    let now: CellSurroundings
    let then: CellSurroundings

    func since(_ date: CalendarDate) -> HotspotExplanation.Since {
        let before = keyed(then)
        let after = keyed(now)
        var changes: [HotspotExplanation.Since.Change] = []
        for (key, event) in after.sorted(by: { $0.key < $1.key }) {
            guard let old = before[key] else {
                changes.append(.init(what: wasKnown(key) ? "came in" : "new", event: event.shown))
                continue
            }
            if old.incident.withoutLine != event.incident.withoutLine {
                changes.append(.init(what: "revised", event: event.shown))
            }
        }
        for (key, event) in before.sorted(by: { $0.key < $1.key }) where after[key] == nil {
            changes.append(.init(what: leaving(key, event.incident), event: event.shown))
        }
        return HotspotExplanation.Since(
            date: date, outcome: ClassWords.text(then.grids.bins.bins[then.cell]),
            mass: then.mass.events, changes: changes)
    }

    private struct Keyed {
        var incident: Incident
        var shown: HotspotExplanation.Event
    }

    private func keyed(_ cell: CellSurroundings) -> [String: Keyed] {
        Dictionary(
            zip(cell.contributions, cell.shownEvents).map { item, shown in
                let incident = cell.field.incidents[item.index]
                return (Self.key(incident), Keyed(incident: incident, shown: shown))
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func key(_ incident: Incident) -> String { incident.source + " " + incident.key }

    /// Whether the earlier night knew an event that counts here only now.
    private func wasKnown(_ key: String) -> Bool {
        then.field.incidents.contains { Self.key($0) == key }
    }

    private func leaving(_ key: String, _ old: Incident) -> String {
        guard let new = now.field.incidents.first(where: { Self.key($0) == key }) else {
            return "withdrawn"
        }
        return new.withoutLine == old.withoutLine ? "aged out" : "revised"
    }
}

extension Incident {
    /// Without its place in the file, which moves when others come or go.
    fileprivate var withoutLine: Incident {
        var copy = self
        copy.line = 0
        return copy
    }
}
