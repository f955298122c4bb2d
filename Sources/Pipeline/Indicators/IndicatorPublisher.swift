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

    /// A row for each drought of each zone, by the zone's mean VCI.
    func runTable(_ result: IndicatorResult, _ rule: DroughtRunRule, zones: [SeriesZone])
        -> CSVTable
    {
        var table = CSVTable(columns: Self.runColumns)
        for (zone, description) in zones.enumerated() {
            guard result.zones.indices.contains(zone), let entry = result.zones[zone] else {
                continue
            }
            let series = entry.condition.suffix(plan.runSteps.count).map { $0.mean ?? .nan }
            for run in DroughtRunSeries(of: series, rule: rule).runs {
                let first = plan.runSteps.lowerBound + run.onset
                let last = plan.vegetation.end(of: plan.runSteps.lowerBound + run.end)
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
