import Diagnostics
import Geo

/// Compares two runs from their published files.
public struct RunComparison: Sendable {
    let before: PublishedResults
    let after: PublishedResults
    let finder: CauseFinder

    public init(before: PublishedResults, after: PublishedResults) {
        self.before = before
        self.after = after
        finder = CauseFinder(before: before, after: after)
    }

    /// What changed, each change with its causes.
    ///
    /// - Throws: `PublishError` of kind `runDamaged`, or `GeoError` when two
    ///   outlines cannot be intersected.
    public func changes() throws -> Changes {
        var list = try zones(.sector)
        list += try zones(.district)
        list += try zones(.livelihoodZone)
        list += try hotspots()
        list += bases()
        list += verdicts()
        list += inputs + parameters + programs
        return Changes(
            before: .init(id: before.run.id, asOf: before.asOf),
            after: .init(id: after.run.id, asOf: after.asOf), list: list)
    }

    private var inputs: [Change] {
        finder.difference.inputs.map { input in
            Change(
                .input, input.kind, idBefore: input.before == nil ? "" : input.path,
                idAfter: input.after == nil ? "" : input.path, figure: "sha256",
                before: input.before.map { String($0.sha256.prefix(12)) } ?? "",
                after: input.after.map { String($0.sha256.prefix(12)) } ?? "",
                evidence: [ChangeEvidence(input.cause, input.path)])
        }
    }

    private var parameters: [Change] {
        finder.difference.parameters.map { value in
            Change(
                .parameter, .changed, idBefore: value.name, idAfter: value.name,
                before: value.before, after: value.after,
                evidence: [ChangeEvidence(.changedParameter, value.text)])
        }
    }

    private var programs: [Change] {
        finder.difference.programs.map { value in
            Change(
                .program, .changed, idBefore: value.name, idAfter: value.name,
                before: value.before, after: value.after,
                evidence: [ChangeEvidence(.changedProgram, value.text)])
        }
    }
}

// MARK: - Hotspots

extension RunComparison {
    private func hotspots() throws -> [Change] {
        guard let old = before.hotspots, let new = after.hotspots else { return [] }
        let zones = Set(((before.sectors?.rows ?? []) + (after.sectors?.rows ?? [])).map(\.id))
        return try HotspotMatching(before: old, after: new).groups.compactMap { group in
            let was = group.before.map { old[$0] }
            let now = group.after.map { new[$0] }
            let areas = [was, now].map { $0.reduce(0) { $0 + $1.squareKilometers } }
            guard
                let kind = HotspotMatching.kind(
                    group, squareKilometersBefore: areas[0], after: areas[1])
            else { return nil }
            let names = (now.isEmpty ? was : now).map(\.sectors)
            return Change(
                .hotspot, kind, idBefore: Self.ranks(was), idAfter: Self.ranks(now),
                name: names.joined(separator: " + "), figure: "area_km2",
                before: Self.areas(was), after: Self.areas(now),
                evidence: evidence(was, now, zones))
        }
    }

    private static func ranks(_ hotspots: [PublishedHotspot]) -> String {
        hotspots.map { "\($0.rank)" }.joined(separator: "+")
    }

    private static func areas(_ hotspots: [PublishedHotspot]) -> String {
        hotspots.map { FigureText.area($0.squareKilometers) }.joined(separator: "+")
    }

    /// The incidents in it tell why, else those of its sectors, else all.
    private func evidence(
        _ was: [PublishedHotspot], _ now: [PublishedHotspot], _ zones: Set<String>
    ) -> [ChangeEvidence] {
        let others = finder.evidence(.hotspots)
        guard let events = finder.events else { return others.isEmpty ? finder.time : others }
        let inside = EventDifference.Sample(
            scope: "inside",
            incidents: events.incidents(
                inHotspotsBefore: Set(was.map(\.rank)), after: Set(now.map(\.rank))))
        let sectors = (was + now).reduce(into: Set<String>()) {
            $0.formUnion($1.zones(among: zones))
        }
        return significance([inside, events.sample(in: sectors), events.everywhere], others)
    }

    /// What explains a figure of violence: the first of the samples that
    /// says anything, and all else that concerns the figure.
    func significance(
        _ samples: [EventDifference.Sample], _ others: [ChangeEvidence]
    ) -> [ChangeEvidence] {
        let incidents = samples.lazy.map(\.evidence).first { !$0.isEmpty } ?? []
        let found = incidents + others
        return found.isEmpty ? finder.remainder : found
    }
}
