import Calendar

/// Which incidents of the windows of two runs differ, and why.
struct EventDifference: Sendable {
    /// An incident that is in one window only, or is another in each.
    struct Incident: Hashable, Sendable {
        /// nil when neither data nor time explain it.
        var cause: ChangeCause?
        /// Where it counted before and counts now; nil when it did not.
        var zoneBefore: String?
        var zoneAfter: String?
        var hotspotBefore: Int?
        var hotspotAfter: Int?
    }

    /// By event.
    let incidents: [Incident]

    /// nil when a run has no index or no window.
    ///
    /// - Parameter filesChanged: whether any incident source differs.
    init?(_ before: PublishedResults, _ after: PublishedResults, filesChanged: Bool) {
        guard let old = before.index, let new = after.index, let oldWindow = before.window,
            let newWindow = after.window
        else { return nil }
        let judge = Judge(
            before: before, after: after, oldWindow: oldWindow, newWindow: newWindow,
            filesChanged: filesChanged)
        let oldEntries = Dictionary(old.entries.map { ($0.event, $0) }) { first, _ in first }
        let newEntries = Dictionary(new.entries.map { ($0.event, $0) }) { first, _ in first }
        let events = Set(oldEntries.keys).union(newEntries.keys).sorted()
        incidents = events.compactMap { judge.incident(oldEntries[$0], newEntries[$0]) }
    }

    /// Those that counted or count in one of `zones`.
    func incidents(in zones: Set<String>) -> [Incident] {
        incidents.filter { incident in
            [incident.zoneBefore, incident.zoneAfter].contains { zone in
                zone.map(zones.contains) ?? false
            }
        }
    }

    /// Those that were in one of the hotspots before or are in one of those
    /// after.
    func incidents(inHotspotsBefore before: Set<Int>, after: Set<Int>) -> [Incident] {
        incidents.filter { incident in
            incident.hotspotBefore.map(before.contains) ?? false
                || incident.hotspotAfter.map(after.contains) ?? false
        }
    }

    /// Incidents that may explain a change, and where they are.
    struct Sample: Sendable {
        /// Such as `in sector S1`.
        var scope: String
        var incidents: [Incident]

        /// The causes with how many incidents each has.
        var evidence: [ChangeEvidence] {
            ChangeCause.allCases.compactMap { cause in
                let count = incidents.count { $0.cause == cause }
                guard count > 0 else { return nil }
                return ChangeEvidence(
                    cause, (count == 1 ? "1 incident " : "\(count) incidents ") + scope)
            }
        }
    }

    /// Those of some sectors.
    func sample(in zones: Set<String>) -> Sample {
        let names = zones.sorted().joined(separator: ", ")
        return Sample(
            scope: zones.count == 1 ? "in sector \(names)" : "in sectors \(names)",
            incidents: incidents(in: zones))
    }

    /// Those outside all sectors.
    var outside: Sample { Sample(scope: "outside all sectors", incidents: incidents(in: [""])) }

    /// All of them.
    var everywhere: Sample { Sample(scope: "in all", incidents: incidents) }
}

/// Decides why one incident differs.
private struct Judge {
    let before: PublishedResults
    let after: PublishedResults
    let oldWindow: TimeWindow
    let newWindow: TimeWindow
    let filesChanged: Bool

    func incident(
        _ old: EventIndex.Entry?, _ new: EventIndex.Entry?
    ) -> EventDifference.Incident? {
        let wasIn = old.map { oldWindow.contains($0.lastDay) } ?? false
        let isIn = new.map { newWindow.contains($0.lastDay) } ?? false
        guard wasIn || isIn else { return nil }
        let isSame = wasIn && isIn && old?.content == new?.content && old?.zone == new?.zone
        guard !isSame else { return nil }
        return EventDifference.Incident(
            cause: cause(old, new, wasIn: wasIn, isIn: isIn), zoneBefore: wasIn ? old?.zone : nil,
            zoneAfter: isIn ? new?.zone : nil, hotspotBefore: wasIn ? old?.hotspot : nil,
            hotspotAfter: isIn ? new?.hotspot : nil)
    }

    private func cause(
        _ old: EventIndex.Entry?, _ new: EventIndex.Entry?, wasIn: Bool, isIn: Bool
    ) -> ChangeCause? {
        switch (old, new) {
        case (nil, let new?): return appeared(on: new.lastDay)
        case (let old?, nil): return vanished(on: old.lastDay)
        case (let old?, let new?):
            if old.content != new.content { return .revisedData }
            // The same in both, in another zone of changed lines.
            if wasIn, isIn { return nil }
            return wasIn ? left(on: old.lastDay) : entered(on: new.lastDay)
        case (nil, nil): return nil
        }
    }

    private func appeared(on day: CalendarDate) -> ChangeCause? {
        filesChanged || day > before.asOf ? .newData : nil
    }

    private func vanished(on day: CalendarDate) -> ChangeCause? {
        if day > after.asOf { return .changedParameter }
        return filesChanged ? .withdrawnData : nil
    }

    /// Time reached it, or the window was made longer.
    private func entered(on day: CalendarDate) -> ChangeCause {
        day > oldWindow.last ? .newData : .changedParameter
    }

    /// Time left it behind, or the window was made shorter.
    private func left(on day: CalendarDate) -> ChangeCause {
        let sameLength = TimeWindow(days: oldWindow.days, endingOn: newWindow.last)
        return day < sameLength.first ? .agedOut : .changedParameter
    }
}
