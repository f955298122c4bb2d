import Bases
import Calendar
import Diagnostics
import GridCore
import Tables

/// What changes when bases close and open: who loses cover, who gains it, and
/// how much longer people wait.
public struct WhatIfResult {
    let study: TravelStudy
    let profile: TravelProfileChoice
    let edition: Edition
    let caption: RunCaption
    let pictures: TravelPictures
    let before: [CoverageAnalysis]
    let after: [CoverageAnalysis]
    /// Indices in the bases of today.
    let closed: [Int]
    /// Bases that are only thought of.
    let opened: [TravelBase]

    var model: TravelModel { study.model }
    private var limit: Int { model.mainLimit }

    init(
        _ request: WhatIfRequest, _ study: TravelStudy, profile: TravelProfileChoice,
        edition: Edition, caption: RunCaption, pictures: TravelPictures
    ) throws {
        let dry = try study.scene(.dry, profile)
        let (bases, closed) = try request.bases(of: dry, snap: study.snap)
        self.study = study
        self.profile = profile
        self.edition = edition
        self.caption = caption
        self.pictures = pictures
        self.closed = closed
        opened = bases.filter { $0.record == nil }
        before = try [TravelSeason.dry, .wet].map { try study.analysis($0, profile) }
        after = try before.map {
            try CoverageAnalysis(
                $0.scene.with(bases: bases, snap: study.snap), seams: study.borders)
        }
    }

    // MARK: Sectors

    private static let columns: [ColumnDescription] = [
        .init("zone_id", .string, "Identifier of the sector; none and total at the end"),
        .init("name", .string, "Name of the sector"),
        .init("season", .string, "dry or wet"),
        .init("T_min", .number, unit: "minutes", "Travel time up to which a place is reached"),
        .init("pop_covered_before", .number, unit: "persons", decimals: 0, "People reached today"),
        .init("pop_covered_after", .number, unit: "persons", decimals: 0, "People reached then"),
        .init("pop_change", .number, unit: "persons", decimals: 0, "After less before"),
        .init("share_before", .number, decimals: 4, "Share of people reached today"),
        .init("share_after", .number, decimals: 4, "Share of people reached then"),
        .init("share_own_after", .number, decimals: 4, "By a base of the same sector then"),
        .init("share_backup_before", .number, decimals: 4, "Share with a second base today"),
        .init("share_backup_after", .number, decimals: 4, "Share with a second base then"),
        .init("hotspot_km2_change", .number, unit: "km2", decimals: 3, "Hotspot area reached, after less before"),
        .init("settlements_change", .integer, "Settlements reached, after less before"),
        .init("p90_before", .number, unit: "minutes", decimals: 1, "Nine tenths wait no longer today"),
        .init("p90_after", .number, unit: "minutes", decimals: 1, "Nine tenths wait no longer then"),
        Edition.column,
    ]

    var sectors: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for (old, new) in zip(before, after) {
            let zones = model.inputs.sectors.zones.map { ($0.id, $0.name) }
                + [("none", "outside all sectors"), ("total", "all")]
            let figures = zip(
                old.report.sectors + [old.report.outsideSectors, old.report.total],
                new.report.sectors + [new.report.outsideSectors, new.report.total])
            for (zone, pair) in zip(zones, figures) {
                table.append(row(zone, pair.0, pair.1, old.scene.season))
            }
        }
        return table
    }

    private func row(
        _ zone: (String, String), _ old: ZoneCoverage, _ new: ZoneCoverage, _ season: TravelSeason
    ) -> [Cell] {
        let (a, b) = (old.limits[limit].covered, new.limits[limit].covered)
        return [
            .text(zone.0), .text(zone.1), .text(season.rawValue), .number(model.limits[limit]),
            edition.people(a.people), edition.people(b.people),
            edition.people(b.people - a.people), edition.share(old.share(limit)),
            edition.share(new.share(limit)), edition.share(new.ownShare(limit)),
            edition.share(old.backupShare(limit)), edition.share(new.backupShare(limit)),
            edition.squareKilometers(b.hotspotSquareMeters - a.hotspotSquareMeters),
            edition.isPublic ? .missing : .integer(b.settlements - a.settlements),
            edition.minutes(old.response.p90), edition.minutes(new.response.p90), edition.cell,
        ]
    }

    // MARK: Settlements

    /// What becomes of one settlement in a season.
    struct Settlement {
        var index: Int
        var season: TravelSeason
        var before: Double
        var after: Double
        var wasCovered: Bool
        var isCovered: Bool
    }

    /// The settlements that lose or gain cover, most people first.
    func changedSettlements(_ season: Int) -> [Settlement] {
        settlements(season).filter { $0.wasCovered != $0.isCovered }.sorted {
            let people = model.inputs.settlements
            let (a, b) = (people[$0.index].population ?? -1, people[$1.index].population ?? -1)
            return (-a, $0.index) < (-b, $1.index)
        }
    }

    func settlements(_ season: Int) -> [Settlement] {
        let (old, new) = (before[season], after[season])
        let minutes = model.limits[limit]
        return old.scene.demand.settlements.indices.map { index in
            func time(_ analysis: CoverageAnalysis) -> Double {
                analysis.scene.demand.settlements[index].cell.map { cell in
                    analysis.scene.times.firstMinutes.withCells { $0[cell] }
                } ?? .infinity
            }
            let (a, b) = (time(old), time(new))
            return Settlement(
                index: index, season: old.scene.season, before: a, after: b,
                wasCovered: a <= minutes, isCovered: b <= minutes)
        }
    }

    /// Restricted only.
    var settlementTable: (table: CSVTable, features: [GeoJSONFeature]) {
        let columns: [ColumnDescription] = [
            .init("settlement_id", .string, "Identifier"), .init("name", .string, "Name"),
            .init("season", .string, "dry or wet"),
            .init("change", .string, "loses its last cover, or gains cover"),
            .init("population", .integer, unit: "persons", "People who live there"),
            .init("sector", .string, "Its sector"),
            .init("minutes_before", .number, unit: "minutes", decimals: 1, "To the nearest base today"),
            .init("minutes_after", .number, unit: "minutes", decimals: 1, "Then; empty: unreachable"),
            Edition.column,
        ]
        var table = CSVTable(columns: columns)
        var features: [GeoJSONFeature] = []
        for season in before.indices {
            for change in changedSettlements(season) {
                let record = model.inputs.settlements[change.index]
                let sector = model.inputs.sectors.index(containing: record.coordinate)
                let cells: [Cell] = [
                    .text(record.id), .text(record.name), .text(change.season.rawValue),
                    .text(change.wasCovered ? "loses its last cover" : "gains cover"),
                    .optional(record.population),
                    .optional(sector.map { model.inputs.sectors.zones[$0].id }),
                    .number(change.before), .number(change.after), edition.cell,
                ]
                table.append(cells)
                features.append(
                    GeoJSONFeature(
                        id: "\(record.id) \(change.season.rawValue)",
                        geometry: .point(record.coordinate),
                        properties: TableJSON.members(columns, cells, caption)))
            }
        }
        return (table, features)
    }
}
