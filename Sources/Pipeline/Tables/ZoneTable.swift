import Drought
import GridCore
import Sectors
import Tables

/// What is known of one zone at the end of a night.
struct ZoneRow: Sendable {
    var zone: Zone
    var drought: DroughtSummary?
    var tally: SectorTally?
    var hotspotSquareMeters: Double?
    var hotspotSquareMetersBefore: Double?
}

/// The table of sectors or districts, as CSV and GeoJSON.
struct ZoneTable {
    let kind: String
    let rows: [ZoneRow]
    let context: ZoneTableContext

    var columns: [ColumnDescription] {
        var columns = [
            ColumnDescription(
                "\(kind)_id", .string,
                "Identifier of the \(kind)"),
            ColumnDescription(
                "name", .string,
                "Name of the \(kind)"),
            ColumnDescription(
                "area_km2", .number, unit: "km2", decimals: 3,
                "Area on the ellipsoid"),
            ColumnDescription(
                "approximate", .boolean,
                "The lines are approximate, not official"),
            ColumnDescription(
                "as_of", .date,
                "The night the run looks back from"),
        ]
        if let drought = context.drought {
            columns.append(
                ColumnDescription(
                    "composite", .date,
                    "First day of the vegetation composite"))
            columns += DroughtSummary.columns(drought.table) + drought.columns
        }
        if context.window != nil { columns += Self.incidentColumns }
        if context.hasHotspots { columns += Self.hotspotColumns }
        return columns
    }

    func cells(of row: ZoneRow) -> [Cell] {
        var cells: [Cell] = [
            .text(row.zone.id), .text(row.zone.name),
            .number(row.zone.areaInSquareMeters / 1e6), .boolean(context.isApproximate),
            .date(context.caption.asOf),
        ]
        if let drought = context.drought {
            cells.append(.optional(context.composite))
            cells +=
                row.drought.map { $0.cells + drought.cells(of: $0) }
                ?? (DroughtSummary.columns(drought.table) + drought.columns).map { _ in Cell.missing
                }
        }
        if let window = context.window {
            let tally = row.tally ?? SectorTally()
            cells += [
                .date(window.first), .date(window.last), .integer(tally.incidents.current),
                .integer(tally.incidents.previous), .integer(tally.incidents.absolute),
                .optional(tally.incidents.percent), .integer(tally.deaths.current),
                .integer(tally.deaths.previous), .integer(tally.deaths.absolute),
                .integer(tally.civilianDeaths.current), .integer(tally.civilianDeaths.previous),
                .integer(tally.civilianDeaths.absolute), .integer(tally.current.deathsLow),
                .integer(tally.current.deathsHigh),
            ]
        }
        if context.hasHotspots {
            let now = row.hotspotSquareMeters ?? 0
            let before = row.hotspotSquareMetersBefore ?? 0
            cells += [
                .number(now / 1e6), .number(before / 1e6), .number((now - before) / 1e6),
            ]
        }
        return cells
    }

    /// Writes `NAME.csv` with its dictionary, and `NAME.geojson`.
    func write(named name: String, to sink: OutputSink) throws {
        let columns = columns
        var table = CSVTable(columns: columns)
        var features: [GeoJSONFeature] = []
        for row in rows {
            let cells = cells(of: row)
            table.append(cells)
            features.append(
                GeoJSONFeature(
                    id: row.zone.id, geometry: .multiPolygon(row.zone.area),
                    properties: TableJSON.members(columns, cells, context.caption)))
        }
        try sink.write(
            table, to: "\(name).csv", title: "Drought and violence by \(kind)",
            description: context.description, sources: context.sources)
        try sink.write(
            try GeoJSONWriter().utf8(features), to: "\(name).geojson",
            title: "Drought and violence by \(kind)", mediaType: MediaType.geoJSON)
    }

    private static func count(_ name: String, _ unit: String?, _ text: String)
        -> ColumnDescription
    {
        ColumnDescription(
            name, .integer, unit: unit,
            text)
    }

    private static let incidentColumns: [ColumnDescription] = [
        ColumnDescription(
            "window_first", .date,
            "First day counted"),
        ColumnDescription(
            "window_last", .date,
            "Last day counted"),
        count("incidents", nil, "Incidents that ended in the window and lie in the zone"),
        count("incidents_before", nil, "The same in as many days before the window"),
        count("incidents_change", nil, "incidents less incidents_before"),
        ColumnDescription(
            "incidents_change_pct", .number, unit: "%", decimals: 1,
            "Change in percent; empty when there was none before"),
        count("deaths", "persons", "Deaths in these incidents, best estimates"),
        count("deaths_before", "persons", "The same in as many days before the window"),
        count("deaths_change", "persons", "deaths less deaths_before"),
        count("civilian_deaths", "persons", "Civilians among the dead, where the source says"),
        count("civilian_deaths_before", "persons", "The same in as many days before the window"),
        count(
            "civilian_deaths_change", "persons", "civilian_deaths less civilian_deaths_before"),
        count(
            "deaths_low", "persons",
            "Deaths in the incidents, low estimates; the best where a source has no range"),
        count(
            "deaths_high", "persons",
            "Deaths in the incidents, high estimates; the best where a source has no range"),
    ]

    private static let hotspotColumns: [ColumnDescription] = [
        ColumnDescription(
            "hotspot_km2", .number, unit: "km2", decimals: 3,
            "Area of significant cells inside the zone"),
        ColumnDescription(
            "hotspot_km2_before", .number, unit: "km2", decimals: 3,
            "The same for as many days before the window"),
        ColumnDescription(
            "hotspot_km2_change", .number, unit: "km2", decimals: 3,
            "hotspot_km2 less hotspot_km2_before"),
    ]
}
