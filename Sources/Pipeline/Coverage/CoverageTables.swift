import Bases
import GridCore
import Tables

/// Who is reached, by zone, profile, season and limit.
struct CoverageTables {
    let study: TravelStudy
    let edition: Edition

    private static let columns: [ColumnDescription] = [
        .init("zone_id", .string, "Identifier; total for all, none for what lies in no zone"),
        .init("name", .string, "Name of the zone"),
        .init("profile", .string, "physical, or secured: slower through hotspots"),
        .init("season", .string, "dry or wet"),
        .init(
            "T_min", .number, unit: "minutes",
            "Travel time up to which a place is reached; included"),
        .init("pop_total", .number, unit: "persons", decimals: 0, "People in the zone"),
        .init("pop_covered", .number, unit: "persons", decimals: 0, "People reached by any base"),
        .init("share_pop", .number, decimals: 4, "pop_covered over pop_total"),
        .init("share_own", .number, decimals: 4, "Share reached by a base of the same sector"),
        .init(
            "share_paper", .number, decimals: 4,
            "share_pop less share_own: reached on the map, by a base of another sector"),
        .init("share_backup", .number, decimals: 4, "Share reached by a second base as well"),
        .init("settlements_total", .integer, "Settlements"),
        .init("settlements_covered", .integer, "Settlements reached"),
        .init(
            "settlement_pop_share", .number, decimals: 4,
            "Share of the people of settlements with a known population that is reached"),
        .init("incidents_w", .number, decimals: 3, "Incidents, each weighted by its age"),
        .init("incidents_w_covered", .number, decimals: 3, "Of those, within reach"),
        .init(
            "hotspot_km2", .number, unit: "km2", decimals: 3,
            "Hotspot area; empty: no hotspots computed"),
        .init(
            "hotspot_km2_covered", .number, unit: "km2", decimals: 3, "Of that, within reach"),
        .init(
            "drought_pop_covered_share", .number, decimals: 4,
            "Share of the people under severe drought that is reached; empty: none or not known"),
        .init(
            "p50_min", .number, unit: "minutes", decimals: 1,
            "Half of the people wait no longer; empty: unreachable"),
        .init(
            "p75_min", .number, unit: "minutes", decimals: 1,
            "Three quarters wait no longer; empty: unreachable"),
        .init(
            "p90_min", .number, unit: "minutes", decimals: 1,
            "Nine tenths wait no longer; empty: unreachable"),
        .init(
            "p95_min", .number, unit: "minutes", decimals: 1,
            "19 of 20 wait no longer; empty: unreachable"),
        .init("share_unreachable", .number, decimals: 4, "Share that no base reaches in any time"),
        .init("bases", .integer, "Bases of the zone; empty in the public edition"),
        .init("data_quality", .string, "What the figures rest on"),
        Edition.column,
    ]

    /// A zone of a table.
    private struct Entry {
        var id: String
        var name: String
        var zone: ZoneCoverage
        var bases: Int
    }

    /// Sectors, what lies in none, and all together.
    func sectors(_ analyses: [CoverageAnalysis]) -> CSVTable {
        table(analyses) { analysis in
            let zones = study.model.inputs.sectors.zones
            let report = analysis.report
            let sectors = zip(zones, report.sectors).enumerated().map { index, pair in
                Entry(
                    id: pair.0.id, name: pair.0.name, zone: pair.1,
                    bases: baseCount { $0.sector == index })
            }
            return sectors + [
                Entry(
                    id: "none", name: "outside all sectors", zone: report.outsideSectors,
                    bases: baseCount { $0.sector == nil }),
                Entry(
                    id: "total", name: "all", zone: report.total, bases: baseCount { _ in true }),
            ]
        }
    }

    /// Districts; nil without any.
    func districts(_ analyses: [CoverageAnalysis]) -> CSVTable? {
        guard let districts = study.model.inputs.districts else { return nil }
        return table(analyses) { analysis in
            zip(districts.zones, analysis.report.districts).enumerated().map { index, pair in
                Entry(
                    id: pair.0.id, name: pair.0.name, zone: pair.1,
                    bases: baseCount { districts.index(containing: $0.coordinate) == index })
            }
        }
    }

    private func baseCount(_ isMeant: (TravelBase) -> Bool) -> Int {
        study.model.bases.count(where: isMeant)
    }

    private func table(
        _ analyses: [CoverageAnalysis], _ zones: (CoverageAnalysis) -> [Entry]
    ) -> CSVTable {
        var table = CSVTable(columns: Self.columns)
        for analysis in analyses {
            for entry in zones(analysis) {
                for limit in analysis.report.limitsInMinutes.indices {
                    table.append(row(entry, limit, analysis))
                }
            }
        }
        return table
    }

    private func row(_ entry: Entry, _ limit: Int, _ analysis: CoverageAnalysis) -> [Cell] {
        let zone = entry.zone
        let figures = zone.limits[limit]
        let hasHotspots = study.model.hotspotSquareMeters != nil
        let isKnown = study.model.stressedPeople != nil
        let head: [Cell] = [
            .text(entry.id), .text(entry.name), .text(analysis.scene.profile.name),
            .text(analysis.scene.season.rawValue), .number(figures.limitInMinutes),
        ]
        let people: [Cell] = [
            edition.people(zone.all.people), edition.people(figures.covered.people),
            edition.share(zone.share(limit)), edition.share(zone.ownShare(limit)),
            edition.share(zone.paperShare(limit)), edition.share(zone.backupShare(limit)),
            edition.settlements(zone.all.settlements),
            edition.settlements(figures.covered.settlements),
            edition.share(zone.share(limit, by: .settlementPeople)),
        ]
        let events: [Cell] = [
            edition.restricted(.number(zone.all.incidentWeight)),
            edition.restricted(.number(figures.covered.incidentWeight)),
            hasHotspots ? edition.squareKilometers(zone.all.hotspotSquareMeters) : .missing,
            hasHotspots ? edition.squareKilometers(figures.covered.hotspotSquareMeters) : .missing,
            isKnown ? edition.share(zone.share(limit, by: .stressedPeople)) : .missing,
        ]
        let times: [Cell] = [
            edition.minutes(zone.response.p50), edition.minutes(zone.response.p75),
            edition.minutes(zone.response.p90), edition.minutes(zone.response.p95),
            edition.share(zone.shareUnreachable), edition.restricted(.integer(entry.bases)),
            .text(quality), edition.cell,
        ]
        return head + people + events + times
    }

    /// One phrase on what the figures rest on.
    private var quality: String {
        let model = study.model
        var parts = ["people per cell"]
        if model.check.finding != .plausible {
            parts.append("population \(model.check.finding.rawValue)")
        }
        if model.check.negativeCells > 0 {
            parts.append("\(model.check.negativeCells) negative cells as 0")
        }
        parts.append(model.movement.roads.isEmpty ? "no roads" : "roads")
        parts.append(model.movement.rivers.isEmpty ? "no rivers" : "rivers")
        if model.movement.elevation == nil { parts.append("no heights") }
        if model.hotspotSquareMeters == nil { parts.append("no hotspots") }
        return parts.joined(separator: "; ")
    }
}
