import Calendar
import Report
import Sectors
import Tables

extension IndicatorPublisher {
    /// The table of zones over time, a chart of each sector and a page of
    /// charts for every other set of zones; nothing when no series is asked
    /// for.
    func writeSeries(
        _ result: IndicatorResult, _ methods: [any IndicatorMethod],
        _ context: IndicatorZoneContext
    ) throws {
        guard let steps = plan.seriesSteps else { return }
        let series = IndicatorZoneSeries(
            plan: plan, lines: plan.lines(methods), steps: steps, result: result,
            context: context)
        try sink.write(
            series.table, to: "indicators/series.csv",
            title: "Indicators by zone over time",
            description: "Area means up to \(plan.asOf), baseline \(plan.baseline), series "
                + "\(plan.seriesText).",
            sources: credits.map(\.dictionarySource))
        let charts = IndicatorCharts(publisher: self, series: series)
        let newest = plan.vegetation.dates[plan.vegetation.last]
        let slugs = Slug.unique(context.zones.map { $0.kind == .sector ? $0.id : "" })
        for (index, zone) in context.zones.enumerated() where zone.kind == .sector {
            try sink.write(
                charts.chart(of: index), to: "indicators/series/\(slugs[index]).svg",
                title: "Indicators of \(zone.name) up to \(newest)", mediaType: MediaType.svg)
        }
        for kind in ZoneKind.allCases where kind != .sector {
            let chosen = context.zones.indices.filter { context.zones[$0].kind == kind }
            guard !chosen.isEmpty else { continue }
            try sink.write(
                charts.sheet(of: chosen, kind), to: "indicators/series_\(kind.plural).svg",
                title: "Indicators of all \(kind.title) up to \(newest)",
                mediaType: MediaType.svg)
        }
    }
}

/// The series of zones as tables and charts take them.
struct IndicatorZoneSeries {
    /// One value of a line.
    struct Point {
        var step: IndicatorLine.Step
        /// Share of the zone, percent.
        var validPercent: Double
        var mean: Double?
        /// Of vegetation: area means of the cells' baseline.
        var baselineMean: Double?
        var baselineMinimum: Double?
        var baselineMaximum: Double?
    }

    let plan: IndicatorPlan
    /// Vegetation first, then its band, then those of the methods.
    let lines: [IndicatorLine]
    let steps: ClosedRange<Int>
    let result: IndicatorResult
    let context: IndicatorZoneContext

    /// Lines of the vegetation itself.
    private static let bandLines = 4

    /// NDVI with its band.
    func vegetation(_ zone: Int) -> [Point] {
        let entry = result.zones[zone]
        return lines[0].steps.enumerated().map { place, step in
            func sum(_ line: Int) -> ExactZonalSum { entry?.lines[line][place] ?? ExactZonalSum() }
            func value(_ line: Int) -> Double? {
                sum(line).mean.map { $0 * lines[line].scale + lines[line].offset }
            }
            let edges = [value(1), value(3)].compactMap(\.self)
            var point = point(step, sum(0), zone, mean: value(0))
            point.baselineMean = value(2)
            // A negative scale turns them round.
            point.baselineMinimum = edges.min()
            point.baselineMaximum = edges.max()
            return point
        }
    }

    /// VCI of the same steps.
    func condition(_ zone: Int) -> [Point] {
        let sums = result.zones[zone]?.condition.suffix(steps.count) ?? []
        return zip(lines[0].steps, Array(sums) + Array(repeating: ExactZonalSum(), count: steps.count))
            .map { point($0, $1, zone, mean: $1.mean) }
    }

    /// Lines of the methods.
    var others: Range<Int> { Self.bandLines..<lines.count }

    func points(_ line: Int, _ zone: Int) -> [Point] {
        lines[line].steps.enumerated().map { place, step in
            let sum = result.zones[zone]?.lines[line][place] ?? ExactZonalSum()
            return point(step, sum, zone, mean: sum.mean)
        }
    }

    private func point(
        _ step: IndicatorLine.Step, _ sum: ExactZonalSum, _ zone: Int, mean: Double?
    ) -> Point {
        Point(
            step: step,
            validPercent: IndicatorPublisher.validPercent(
                sum.validWeight, of: sum.coveredWeight, context.zones[zone], context), mean: mean)
    }

    /// A row for each zone, indicator and step.
    var table: CSVTable {
        var table = CSVTable(columns: Self.columns)
        for (zone, description) in context.zones.enumerated() {
            func append(_ name: String, _ unit: String, _ points: [Point]) {
                for point in points {
                    table.append([
                        .text(description.kind.rawValue), .text(description.id),
                        .text(description.name), .text(name), .date(point.step.first),
                        .date(point.step.last), .number(point.validPercent),
                        .optional(point.mean), .optional(point.baselineMean),
                        .optional(point.baselineMinimum), .optional(point.baselineMaximum),
                        .text(unit),
                    ])
                }
            }
            append(lines[0].name, lines[0].unit, vegetation(zone))
            append("vci", "%", condition(zone))
            for line in others { append(lines[line].name, lines[line].unit, points(line, zone)) }
        }
        return table
    }

    private static let columns: [ColumnDescription] = [
        ColumnDescription("zone_kind", .string, "sector, district or livelihood_zone"),
        ColumnDescription("zone_id", .string, "Identifier of the zone"),
        ColumnDescription("zone_name", .string, "Name of the zone"),
        ColumnDescription(
            "indicator", .string, "ndvi or ndvi_smoothed, vci, and what else is computed"),
        ColumnDescription("first_day", .date, "First day of the period"),
        ColumnDescription("last_day", .date, "Last day of the period"),
        ColumnDescription(
            "valid_pct", .number, unit: "%", decimals: 2,
            "Share of the zone's area that has a value, or of what a mask keeps of it"),
        ColumnDescription("mean", .number, decimals: 4, "Area mean over the cells with a value"),
        ColumnDescription(
            "baseline_mean", .number, decimals: 4,
            "Of vegetation: area mean of the cells' baseline mean of the period"),
        ColumnDescription(
            "baseline_min", .number, decimals: 4,
            "Area mean of the cells' baseline minimum: every cell at a VCI of 0"),
        ColumnDescription(
            "baseline_max", .number, decimals: 4,
            "Area mean of the cells' baseline maximum: every cell at a VCI of 100"),
        ColumnDescription("unit", .string, "Unit of the values"),
    ]
}
