extension RunComparison {
    /// Bases whose figures moved; only where both runs publish bases.
    func bases() -> [Change] {
        guard let old = before.bases, let new = after.bases else { return [] }
        var changes: [Change] = []
        let figures = new.columns.filter { column in
            old.has(column) && (column.hasPrefix("within_") || column.hasPrefix("only_"))
        }
        for row in new.rows {
            guard let was = old[row.id] else {
                changes.append(base(.added, row))
                continue
            }
            for figure in figures {
                let before = old.text(figure, of: was) ?? ""
                let after = new.text(figure, of: row) ?? ""
                guard FigureText.differs(before, after) else { continue }
                changes.append(
                    Change(
                        .base, .changed, idBefore: row.id, idAfter: row.id, name: row.name,
                        figure: figure, before: before, after: after,
                        evidence: evidence(of: figure, at: new.text("sector_id", of: row))))
            }
        }
        for row in old.rows where new[row.id] == nil { changes.append(base(.withdrawn, row)) }
        return changes
    }

    /// Verdicts on bases that turned, with their gates and phases; only where
    /// both runs publish them.
    func verdicts() -> [Change] {
        guard let old = before.transfers, let new = after.transfers else { return [] }
        let concern = CauseFinder.Concern(
            roles: [.bases, .settlements, .travel, .sectors],
            sections: ["bases", "settlements", "population", "travel", "coverage", "transfer"],
            stages: ["coverage", "transfer"])
        return new.rows.flatMap { row -> [Change] in
            guard let was = old[row.id] else { return [] }
            return ["verdict", "failing_gates", "unknown_gates", "phase"].compactMap { figure in
                let before = old.text(figure, of: was) ?? ""
                let after = new.text(figure, of: row) ?? ""
                guard before != after else { return nil }
                let evidence = finder.evidence(concern)
                return Change(
                    .base, .changed, idBefore: row.id, idAfter: row.id, name: row.name,
                    figure: figure, before: before, after: after,
                    evidence: evidence.isEmpty ? finder.time : evidence)
            }
        }
    }

    /// A base that is in one run only: the file of bases says so.
    private func base(_ kind: Change.Kind, _ row: FigureTable.Row) -> Change {
        let concern = CauseFinder.Concern(roles: [.bases], sections: ["bases"], stages: ["bases"])
        let cause: ChangeCause = kind == .added ? .newData : .withdrawnData
        return Change(
            .base, kind, idBefore: kind == .added ? "" : row.id,
            idAfter: kind == .added ? row.id : "", name: row.name,
            evidence: finder.evidence(concern).map { evidence in
                evidence.cause == .revisedData ? ChangeEvidence(cause, evidence.detail) : evidence
            })
    }

    /// People near a base depend on the lists of bases and settlements; the
    /// violence near it on incidents too. Reach crosses lines between
    /// sectors, so all incidents tell where those of its sector do not.
    private func evidence(of figure: String, at sector: String?) -> [ChangeEvidence] {
        if figure.hasSuffix("_settlements") || figure.hasSuffix("_population") {
            return finder.evidence(.people)
        }
        let isHotspot = figure.hasSuffix("_hotspot_km2")
        let violence = CauseFinder.Concern(
            roles: [.incidents], sections: ["incidents", "hotspots.window"],
            stages: ["incidents"])
        let concern = CauseFinder.Concern.people.union(isHotspot ? .hotspots : violence)
        let others = finder.evidence(concern)
        guard let events = finder.events else { return others.isEmpty ? finder.time : others }
        let own = events.sample(in: sector.map { [$0] } ?? [])
        return significance([own, events.everywhere], others)
    }
}
