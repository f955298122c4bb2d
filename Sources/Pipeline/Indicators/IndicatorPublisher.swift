import Calendar
import Drought
import Foundation
import Geo
import GridCore
import Sectors
import Tables

/// Publishes what the indicators stage found: rasters, pictures, tables.
struct IndicatorPublisher {
    let plan: IndicatorPlan
    let caption: RunCaption
    let credits: [SourceCredit]
    let sink: OutputSink

    /// Said in every raster.
    var metadata: [RasterInfo.MetadataEntry] {
        let last = plan.vegetation.last
        var entries: [(String, String)] = [
            ("TITLE", caption.title), ("COMPOSITE_START", "\(plan.vegetation.dates[last])"),
            ("AS_OF", "\(plan.asOf)"), ("BASELINE", "\(plan.baseline)"),
            ("SERIES", plan.seriesText), ("SOURCE", credits.map(\.full).joined(separator: "; ")),
            ("TIFFTAG_SOFTWARE", Jilaal.nameAndVersion),
        ]
        if let parity = plan.settings.parity { entries.append(("PARITY", parity.rawValue)) }
        if caption.isSynthetic { entries.append(("SYNTHETIC", "YES: invented data")) }
        return entries.map { RasterInfo.MetadataEntry(key: $0.0, value: $0.1) }
    }

    /// The rasters that the stage has left in `folder`.
    func items(_ methods: [any IndicatorMethod], folder: URL, outlines: [MultiPolygon]) throws
        -> [RasterPublisher.Item]
    {
        let spec = plan.vegetation.stack.spec
        let isGeographic = try SpatialReference(spec.crs).isGeographic
        func plain(_ name: String) -> String {
            folder.appendingPathComponent(IndicatorWriters.plainName(name)).path
        }
        let rasters = methods.flatMap(\.outputs).map { output in
            RasterPublisher.Item(
                path: output.path, plain: plain(output.name), title: output.title,
                description: output.description(spec, metadata: metadata),
                picture: RasterPublisher.Picture(
                    content: output.picture, subtitle: [caption.title, "As of \(plan.asOf)"],
                    source: SourceCredit.line(credits), banner: caption.banner, outlines: outlines,
                    isGeographic: isGeographic))
        }
        let reasons = RasterPublisher.Item(
            path: IndicatorReasons.path, plain: plain(IndicatorReasons.name),
            title: IndicatorReasons.title,
            description: IndicatorReasons.description(
                spec, methods.flatMap(\.reasonNames), metadata),
            picture: nil)
        return rasters + [reasons]
    }

    /// A row for each zone, indicator and statistic.
    func zoneTable(
        _ result: IndicatorResult, _ methods: [any IndicatorMethod], zones: [SeriesZone],
        hasPeople: Bool
    ) -> CSVTable {
        var table = CSVTable(columns: Self.zoneColumns)
        for (zone, description) in zones.enumerated() {
            guard result.zones.indices.contains(zone), let entry = result.zones[zone] else {
                continue
            }
            for (index, output) in methods.flatMap(\.outputs).enumerated() {
                func add(_ statistic: String, _ value: Double?, _ unit: String) {
                    table.append([
                        .text(description.kind.rawValue), .text(description.id), .text(description.name),
                        .text(output.name), .text(statistic), .optional(value), .text(unit),
                    ])
                }
                guard output.isClass else {
                    let found = entry.values[index]
                    add("mean", found.mean, output.unit)
                    add("minimum", found.minimum.map { Double($0) }, output.unit)
                    add("maximum", found.maximum.map { Double($0) }, output.unit)
                    add("valid_share", found.validShare.map { 100 * $0 }, "%")
                    continue
                }
                let areas = entry.classes[index]
                let classified = output.classes.reduce(0) { $0 + areas[code: $1.code] }
                for one in output.classes {
                    let share = classified > 0 ? 100 * areas[code: one.code] / classified : nil
                    add("share_\(one.name)", share, "%")
                    add("area_\(one.name)", areas[code: one.code] / 1e6, "km2")
                    if hasPeople {
                        add("people_\(one.name)", entry.people[index][code: one.code], "people")
                    }
                }
            }
        }
        return table
    }

    private static let zoneColumns: [ColumnDescription] = [
        ColumnDescription("zone_kind", .string, "sector, district or livelihood_zone"),
        ColumnDescription("zone_id", .string, "Identifier of the zone"),
        ColumnDescription("zone_name", .string, "Name of the zone"),
        ColumnDescription("indicator", .string, "Name of the raster"),
        ColumnDescription(
            "statistic", .string,
            "mean, minimum, maximum (over cells with a value, the mean weighted by exact area), "
                + "valid_share, or share_CLASS and area_CLASS of the classified area, people_CLASS "
                + "where a raster of people is given"),
        ColumnDescription("value", .number, decimals: 4, "Its value; empty: no cell has one"),
        ColumnDescription("unit", .string, "Unit of the value"),
    ]

    /// A row for each drought of each zone, by the zone's mean VCI.
    func runTable(_ result: IndicatorResult, _ rule: DroughtRunRule, zones: [SeriesZone])
        -> CSVTable
    {
        var table = CSVTable(columns: Self.runColumns)
        for (zone, description) in zones.enumerated() {
            guard result.zones.indices.contains(zone), let entry = result.zones[zone] else {
                continue
            }
            let series = entry.condition.map { $0.mean ?? .nan }
            for run in DroughtRunSeries(of: series, rule: rule).runs {
                let first = plan.firstCondition + run.onset
                let last = plan.vegetation.end(of: plan.firstCondition + run.end)
                table.append([
                    .text(description.kind.rawValue), .text(description.id), .text(description.name),
                    .date(plan.vegetation.dates[first]), .date(last),
                    .text(run.isOngoing ? "yes" : "no"), .integer(run.duration),
                    .number(run.severity), .number(run.peak),
                ])
            }
        }
        return table
    }

    private static let runColumns: [ColumnDescription] = [
        ColumnDescription("zone_kind", .string, "sector, district or livelihood_zone"),
        ColumnDescription("zone_id", .string, "Identifier of the zone"),
        ColumnDescription("zone_name", .string, "Name of the zone"),
        ColumnDescription("onset", .date, "First day of the first composite below the threshold"),
        ColumnDescription("end", .date, "Last day of the last composite in drought"),
        ColumnDescription("ongoing", .string, "Whether the as-of composite is in it: yes or no"),
        ColumnDescription("duration", .integer, unit: "composites", "Composites from onset to end"),
        ColumnDescription(
            "severity", .number, unit: "% composites", decimals: 3,
            "Sum of what the zone's mean VCI lacks of the threshold"),
        ColumnDescription(
            "lowest_vci", .number, unit: "%", decimals: 3, "Lowest mean VCI of the zone"),
    ]
}
