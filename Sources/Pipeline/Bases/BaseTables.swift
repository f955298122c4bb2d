import Bases
import GridCore
import Tables

/// The tables of the base stage.
enum BaseTables {
    /// Names of places listed in one cell; the rest is a count.
    static let namesShown = 20

    static func bases(
        _ coverage: BaseCoverage, _ inputs: NightInputs, zones: [Int?], caption: RunCaption,
        _ edition: Edition
    ) -> (CSVTable, [GeoJSONFeature]) {
        var table = CSVTable(columns: baseColumns)
        var features: [GeoJSONFeature] = []
        for (index, base) in inputs.bases.enumerated() {
            let figures = coverage.bases[index]
            let names = figures.lastCover.map { inputs.settlements[$0].name }
            var listed = names.prefix(namesShown).joined(separator: "; ")
            if names.count > namesShown { listed += "; and \(names.count - namesShown) more" }
            let cells: [Cell] =
                [
                    .text(base.id), .text(base.name), .number(base.coordinate.longitude),
                    .number(base.coordinate.latitude),
                    .optional(zones[index].map { inputs.sectors.zones[$0].id }),
                    .optional(figures.nearestBase.map { inputs.bases[$0].id }),
                    .optional(figures.nearestMeters.map { $0 / 1000 }),
                ] + cells(of: figures.withinReach) + cells(of: figures.onlyThisBase)
                + [.text(listed), edition.cell]
            table.append(cells)
            features.append(
                GeoJSONFeature(
                    id: base.id, geometry: .point(base.coordinate),
                    properties: TableJSON.members(baseColumns, cells, caption)))
        }
        return (table, features)
    }

    /// In the public edition rounded, and without counts that would tell
    /// which incidents are near a base.
    static func sectors(
        _ coverage: BaseCoverage, _ sectors: ZoneSet, _ edition: Edition
    ) -> CSVTable {
        var table = CSVTable(columns: sectorColumns)
        let rows =
            zip(sectors.zones.map { ($0.id, $0.name) }, coverage.zones).map { ($0.0, $0.1, $1) }
            + [("", "outside all sectors", coverage.outsideZones)]
        for (id, name, figures) in rows {
            let near = [figures.covered, figures.coveredByOwnBases, figures.uncovered]
            table.append(
                [.text(id), .text(name), edition.restricted(.integer(figures.bases))]
                    + cells(of: figures.total, edition, tellsIncidents: true)
                    + near.flatMap { cells(of: $0, edition, tellsIncidents: false) }
                    + [edition.cell])
        }
        return table
    }

    private static func cells(
        of totals: BaseTotals, _ edition: Edition, tellsIncidents: Bool
    ) -> [Cell] {
        let incidents: [Cell] = [
            .integer(totals.incidents), .integer(totals.deaths), .integer(totals.civilianDeaths),
        ]
        return [edition.settlements(totals.settlements), edition.people(totals.population)]
            + (tellsIncidents ? incidents : incidents.map { edition.restricted($0) })
            + [edition.squareKilometers(totals.hotspotSquareMeters)]
    }

    private static func cells(of totals: BaseTotals) -> [Cell] {
        [
            .integer(totals.settlements), .integer(totals.population), .integer(totals.incidents),
            .integer(totals.deaths), .integer(totals.civilianDeaths),
            .number(totals.hotspotSquareMeters / 1e6),
        ]
    }

    private static func totals(_ prefix: String, _ text: String) -> [ColumnDescription] {
        func count(_ name: String, _ unit: String?, _ what: String) -> ColumnDescription {
            ColumnDescription(
                "\(prefix)_\(name)", .integer, unit: unit,
                "\(what) \(text)")
        }
        return [
            count("settlements", nil, "Settlements"),
            count("population", "persons", "People in settlements"),
            count("incidents", nil, "Incidents of the window"),
            count("deaths", "persons", "Deaths in incidents of the window"),
            count("civilian_deaths", "persons", "Civilians killed in incidents of the window"),
            ColumnDescription(
                "\(prefix)_hotspot_km2", .number, unit: "km2", decimals: 3,
                "Hotspot area (cells by their centre) \(text)"),
        ]
    }

    private static let baseColumns: [ColumnDescription] =
        [
            ColumnDescription(
                "base_id", .string,
                "Identifier of the base"),
            ColumnDescription(
                "name", .string,
                "Name of the base"),
            ColumnDescription(
                "longitude", .number, unit: "degrees", decimals: 6,
                "WGS 84"),
            ColumnDescription(
                "latitude", .number, unit: "degrees", decimals: 6,
                "WGS 84"),
            ColumnDescription(
                "sector_id", .string,
                "Sector as listed, else the one it lies in; empty in none"),
            ColumnDescription(
                "nearest_base_id", .string,
                "Nearest other base"),
            ColumnDescription(
                "nearest_base_km", .number, unit: "km", decimals: 3,
                "Straight-line distance to it"),
        ] + totals("within", "within straight-line reach")
        + totals("only", "within straight-line reach of no other base") + [
            ColumnDescription(
                "last_cover_settlements", .string,
                "Settlements that no other base reaches, most people first"),
            Edition.column,
        ]

    private static let sectorColumns: [ColumnDescription] =
        [
            ColumnDescription(
                "sector_id", .string,
                "Identifier of the sector; empty: outside all"),
            ColumnDescription(
                "name", .string,
                "Name of the sector"),
            ColumnDescription(
                "bases", .integer,
                "Bases of the sector; empty in the public edition"),
        ] + totals("total", "in the sector")
        + totals("covered", "in the sector within straight-line reach of any base")
        + totals("own", "in the sector within straight-line reach of a base of the same sector")
        + totals("uncovered", "in the sector beyond the straight-line reach of all bases")
        + [Edition.column]
}
