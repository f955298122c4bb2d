import Diagnostics
import Geo
import Tables

extension RunComparison {
    /// Zones of one set whose class, level or figures of violence moved.
    func zones(_ kind: ZoneKind) throws -> [Change] {
        guard let old = before.zones(kind), let new = after.zones(kind) else { return [] }
        let subject = kind.subject
        var changes: [Change] = []
        var surroundings = ZoneSurroundings(kind, of: after)
        for row in new.rows {
            guard let was = old[row.id] else {
                changes.append(zone(subject, .added, row))
                continue
            }
            changes += drought(subject, (was, old), (row, new))
            changes += indicators(kind, row)
            let moves = violence((was, old), (row, new))
            guard !moves.isEmpty else { continue }
            let zones = kind == .sector ? [row.id] : try surroundings.sectors(of: row.id)
            changes += moves.map { move in
                Change(
                    subject, move.kind, idBefore: row.id, idAfter: row.id, name: row.name,
                    figure: move.figure, before: move.before, after: move.after,
                    evidence: evidence(of: move, zones, subject))
            }
        }
        for row in old.rows where new[row.id] == nil {
            changes.append(zone(subject, .withdrawn, row))
        }
        return changes
    }

    private typealias Side = (row: FigureTable.Row, table: FigureTable)

    private struct Move {
        var kind: Change.Kind
        var figure: String
        var before: String
        var after: String
    }

    private static func role(_ subject: Change.Subject) -> (InputRole, String) {
        switch subject {
        case .district: (.districts, "districts")
        case .livelihoodZone: (.livelihoodZones, "livelihood_zones")
        default: (.sectors, "sectors")
        }
    }

    /// A zone that is in one run only: the file of zones says so.
    private func zone(
        _ subject: Change.Subject, _ kind: Change.Kind, _ row: FigureTable.Row
    ) -> Change {
        let (role, section) = Self.role(subject)
        let concern = CauseFinder.Concern(roles: [role], sections: [section], stages: ["sectors"])
        let cause: ChangeCause = kind == .added ? .newData : .withdrawnData
        return Change(
            subject, kind, idBefore: kind == .added ? "" : row.id,
            idAfter: kind == .added ? row.id : "", name: row.name,
            evidence: finder.evidence(concern).map { evidence in
                // For the zone itself a revised file is where it came from.
                evidence.cause == .revisedData ? ChangeEvidence(cause, evidence.detail) : evidence
            })
    }
}

// MARK: - Drought

extension RunComparison {
    private func drought(
        _ subject: Change.Subject, _ old: Side, _ new: Side
    ) -> [Change] {
        guard old.table.has("vci_class"), new.table.has("vci_class") else { return [] }
        let was = old.table.text("vci_class", of: old.row) ?? ""
        let now = new.table.text("vci_class", of: new.row) ?? ""
        guard was != now else { return [] }
        let (role, section) = Self.role(subject)
        return [
            Change(
                subject, .moved, idBefore: new.row.id, idAfter: new.row.id, name: new.row.name,
                figure: "vci_class", before: was, after: now,
                evidence: composite + finder.evidence(.drought(role, section)))
        ]
    }

    /// Classes by indicators that both runs have.
    private func indicators(_ kind: ZoneKind, _ row: FigureTable.Row) -> [Change] {
        guard let old = before.indicators[kind], let new = after.indicators[kind],
            let was = old[row.id], let now = new[row.id]
        else { return [] }
        let (role, section) = Self.role(kind.subject)
        return IndicatorClasses.figures.compactMap { figure in
            guard old.has(figure), new.has(figure) else { return nil }
            let before = old.text(figure, of: was) ?? ""
            let after = new.text(figure, of: now) ?? ""
            guard before != after else { return nil }
            return Change(
                kind.subject, .moved, idBefore: row.id, idAfter: row.id, name: row.name,
                figure: figure, before: before, after: after,
                evidence: composite + finder.evidence(.indicators(role, section)))
        }
    }

    /// Another composite in use is a cause: a newer one is new data to the
    /// night, an older one was withdrawn or belongs to an earlier night.
    private var composite: [ChangeEvidence] {
        guard let old = before.composite, let new = after.composite, old != new else { return [] }
        let detail = "composite \(old) -> \(new)"
        if new > old { return [ChangeEvidence(.newData, detail)] }
        let isEarlierNight = after.asOf < before.asOf
        return [ChangeEvidence(isEarlierNight ? .changedParameter : .withdrawnData, detail)]
    }
}

// MARK: - Violence

extension RunComparison {
    private static let counted = ["incidents", "deaths", "civilian_deaths"]

    private func violence(_ old: Side, _ new: Side) -> [Move] {
        var moves: [Move] = []
        if let was = ViolenceLevel(of: old.row, in: old.table),
            let now = ViolenceLevel(of: new.row, in: new.table), was != now
        {
            moves.append(
                Move(
                    kind: .moved, figure: "violence_level", before: was.rawValue,
                    after: now.rawValue))
        }
        for figure in Self.counted + ["hotspot_km2"] {
            guard old.table.has(figure), new.table.has(figure) else { continue }
            let was = old.table.text(figure, of: old.row) ?? ""
            let now = new.table.text(figure, of: new.row) ?? ""
            guard FigureText.differs(was, now) else { continue }
            moves.append(Move(kind: .changed, figure: figure, before: was, after: now))
        }
        return moves
    }

    private func evidence(
        of move: Move, _ zones: Set<String>, _ subject: Change.Subject
    ) -> [ChangeEvidence] {
        let (role, section) = Self.role(subject)
        let isCounted = Self.counted.contains(move.figure)
        let concern = CauseFinder.Concern.violence(role, section)
        let others = finder.evidence(isCounted ? concern : concern.union(.hotspots))
        guard let events = finder.events else { return others.isEmpty ? finder.time : others }
        // Outside all sectors when the zone's own tell nothing.
        let samples = [events.sample(in: zones), events.outside]
        return significance(isCounted ? samples : samples + [events.everywhere], others)
    }
}

/// Which sectors a zone of another set lies in, from the published outlines;
/// read when first asked.
private struct ZoneSurroundings {
    private let kind: ZoneKind
    private let results: PublishedResults
    private var found: [String: Set<String>]?

    init(_ kind: ZoneKind, of results: PublishedResults) {
        self.kind = kind
        self.results = results
    }

    /// A sector counts from this part of the zone on: less is two ways of
    /// digitising one line.
    private static let leastPart = 0.01

    mutating func sectors(of zone: String) throws -> Set<String> {
        if let found { return found[zone] ?? [] }
        let sectors = try PublishedOutline.areas("sectors.geojson", of: results.run)
        let zones = try PublishedOutline.areas("\(kind.plural).geojson", of: results.run)
        let pairs = try GeometryOperations.overlaps(
            between: zones.map(\.area), and: sectors.map(\.area))
        let areas = zones.map { Geodesic.areaInSquareMeters(of: $0.area) }
        var result: [String: Set<String>] = [:]
        for pair in pairs where pair.squareMeters >= Self.leastPart * areas[pair.first] {
            result[zones[pair.first].id, default: []].insert(sectors[pair.second].id)
        }
        found = result
        return result[zone] ?? []
    }
}

extension ZoneKind {
    /// What a change of one of its zones is about.
    var subject: Change.Subject {
        switch self {
        case .sector: .sector
        case .district: .district
        case .livelihoodZone: .livelihoodZone
        }
    }
}

/// Figures as tables show them.
enum FigureText {
    /// Whether two published figures differ; as numbers where both are.
    static func differs(_ a: String, _ b: String) -> Bool {
        guard let x = Double(a), let y = Double(b) else { return a != b }
        return x != y
    }

    /// Square kilometres as tables show them.
    static func area(_ squareKilometers: Double) -> String {
        DecimalText.fixed(squareKilometers, decimals: 3) ?? ""
    }
}
