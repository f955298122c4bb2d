import Diagnostics
import Geo
import Tables

extension RunComparison {
    /// Sectors or districts whose class, level or figures of violence moved.
    func zones(_ subject: Change.Subject) throws -> [Change] {
        let isSector = subject == .sector
        guard let old = isSector ? before.sectors : before.districts,
            let new = isSector ? after.sectors : after.districts
        else { return [] }
        var changes: [Change] = []
        var surroundings = DistrictSurroundings(before: before, after: after)
        for row in new.rows {
            guard let was = old[row.id] else {
                changes.append(zone(subject, .added, row))
                continue
            }
            changes += drought(subject, (was, old), (row, new))
            let moves = violence((was, old), (row, new))
            guard !moves.isEmpty else { continue }
            let zones = isSector ? [row.id] : try surroundings.sectors(of: row.id)
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
        subject == .sector ? (.sectors, "sectors") : (.districts, "districts")
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

/// Which sectors a district lies in, from the published outlines; read when
/// first asked.
private struct DistrictSurroundings {
    let before: PublishedResults
    let after: PublishedResults
    private var found: [String: Set<String>]?

    init(before: PublishedResults, after: PublishedResults) {
        self.before = before
        self.after = after
    }

    /// A sector counts from this part of the district on: less is two ways
    /// of digitising one line.
    private static let leastPart = 0.01

    mutating func sectors(of district: String) throws -> Set<String> {
        if let found { return found[district] ?? [] }
        let sectors = try PublishedOutline.areas("sectors.geojson", of: after.run)
        let districts = try PublishedOutline.areas("districts.geojson", of: after.run)
        let pairs = try GeometryOperations.overlaps(
            between: districts.map(\.area), and: sectors.map(\.area))
        let areas = districts.map { Geodesic.areaInSquareMeters(of: $0.area) }
        var result: [String: Set<String>] = [:]
        for pair in pairs where pair.squareMeters >= Self.leastPart * areas[pair.first] {
            result[districts[pair.first].id, default: []].insert(sectors[pair.second].id)
        }
        found = result
        return result[district] ?? []
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
