import Calendar
import Drought
import GridCore
import Report
import Tables

extension DroughtPublisher {
    /// The table of zones over time, a chart of each sector and a page of
    /// charts for every other set of zones.
    func writeSeries(_ result: DroughtResult, zones: [SeriesZone]) throws {
        let newest = prepared.current.date
        try sink.write(
            seriesTable(result, zones: zones), to: "drought/series.csv",
            title: "Vegetation and drought by zone and composite",
            description: "Area means up to \(caption.asOf), baseline \(prepared.baseline).",
            sources: credits.map(\.dictionarySource))
        let charts = SeriesCharts(publisher: self, result: result)
        let slugs = Slug.unique(zones.map { $0.kind == .sector ? $0.id : "" })
        for (index, zone) in zones.enumerated() where zone.kind == .sector {
            try sink.write(
                charts.chart(of: zone, at: index), to: "drought/series/\(slugs[index]).svg",
                title: "Vegetation of \(zone.name) up to \(newest)", mediaType: MediaType.svg)
        }
        for kind in ZoneKind.allCases where kind != .sector {
            let chosen = zones.indices.filter { zones[$0].kind == kind }
            guard !chosen.isEmpty else { continue }
            try sink.write(
                charts.sheet(of: chosen.map { ($0, zones[$0]) }, kind),
                to: "drought/series_\(kind.plural).svg",
                title: "Vegetation of all \(kind.title) up to \(newest)",
                mediaType: MediaType.svg)
        }
    }

    /// Zone means of every composite of the series.
    func seriesTable(_ result: DroughtResult, zones: [SeriesZone]) -> CSVTable {
        var table = CSVTable(columns: Self.seriesColumns(prepared.table))
        for (zone, description) in zones.enumerated() {
            for (position, composite) in prepared.plan.series.enumerated() {
                let date = prepared.stack.composites[composite].date
                let slot = prepared.stack.scheme.slot(of: date)
                let years = prepared.plan.slots.first { $0.index == slot }?.baseline.count ?? 0
                let summary = DroughtSummary(
                    result.series[position][zone],
                    zoneAreaInSquareMeters: description.areaInSquareMeters,
                    table: prepared.table, isMasked: prepared.zoneColumns.isMasked)
                table.append(
                    [
                        .text(description.kind.rawValue), .text(description.id),
                        .text(description.name),
                        .date(date), .integer(slot + 1), .integer(years),
                    ]
                        + summary.cells + summary.baselineCells)
            }
        }
        return table
    }

    private static func seriesColumns(_ table: DroughtClassTable) -> [ColumnDescription] {
        [
            ColumnDescription(
                "zone_kind", .string,
                "sector or district"),
            ColumnDescription(
                "zone_id", .string,
                "Identifier of the zone"),
            ColumnDescription(
                "zone_name", .string,
                "Name of the zone"),
            ColumnDescription(
                "composite", .date,
                "First day of the composite"),
            ColumnDescription(
                "period", .integer,
                "Period of the year, from 1"),
            ColumnDescription(
                "baseline_years", .integer, unit: "years",
                "Composites of this period in the baseline"),
        ] + DroughtSummary.columns(table) + DroughtSummary.baselineColumns
    }
}

/// A zone of the series table.
struct SeriesZone: Sendable {
    var kind: ZoneKind
    var id: String
    var name: String
    var areaInSquareMeters: Double

    /// Set after set.
    static func all(_ inputs: NightInputs) -> [SeriesZone] {
        inputs.zoneSets.flatMap { kind, set in
            set.zones.map {
                SeriesZone(
                    kind: kind, id: $0.id, name: $0.name, areaInSquareMeters: $0.areaInSquareMeters)
            }
        }
    }
}
