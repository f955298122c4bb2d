import Calendar
import Drought
import Report

/// Draws the series of zones that the indicators stage found.
struct IndicatorCharts {
    let publisher: IndicatorPublisher
    let series: IndicatorZoneSeries

    private var plan: IndicatorPlan { publisher.plan }

    func chart(of zone: Int) -> [UInt8] {
        SeriesChart(
            series: zoneSeries(zone), ticks: ticks, classTable: ClassTable(plan.table),
            caption: caption(title: series.context.zones[zone].name, notes: [seen(zone)]),
            quantity: series.lines[0].title, lines: series.others.map { line($0, zone) }
        ).svgBytes()
    }

    func sheet(of zones: [Int], _ kind: ZoneKind) -> [UInt8] {
        SeriesSheet(
            series: zones.map { zoneSeries($0) }, ticks: ticks, classTable: ClassTable(plan.table),
            caption: caption(title: "Vegetation of \(kind.title)")
        ).svgBytes()
    }

    /// How much of the zone the newest figures are about.
    private func seen(_ zone: Int) -> String {
        let share = series.condition(zone).last?.validPercent ?? 0
        let whole = series.context.isMasked ? "what the mask keeps of the zone" : "the zone"
        return "The newest composite has a VCI in \(NightSummary.shareText(share)) of \(whole)."
    }

    private func caption(title: String, notes first: [String] = []) -> ChartCaption {
        let dates = series.lines[0].steps.map(\.first)
        let range = dates.first.map { "\($0) to \(dates.last ?? $0)" } ?? ""
        var notes = first
        notes.append(
            "Area means over the cells with a value; series \(plan.seriesText). The band is the "
                + "area mean of each cell's own lowest and highest NDVI of the period of the year "
                + "in \(plan.baseline): at its lower edge every cell has a VCI of 0, at its upper "
                + "edge of 100. Values outside a scale are drawn at its edge.")
        if publisher.caption.isSynthetic { notes.append("Synthetic data: an invented country.") }
        if series.context.isMasked {
            notes.append("Cells count by the share of land that the mask keeps of them.")
        }
        notes += publisher.caption.notes
        return ChartCaption(
            title: title, subtitle: "\(publisher.caption.title): composites from \(range)",
            baseline: "\(plan.baseline)", banner: publisher.caption.banner, notes: notes,
            source: SourceCredit.line(publisher.credits))
    }

    private func zoneSeries(_ zone: Int) -> ZoneSeries {
        let points = zip(series.vegetation(zone), series.condition(zone)).map { ndvi, vci in
            ZoneSeries.Point(
                day: ndvi.step.first.dayNumber, days: Self.days(ndvi.step), ndvi: ndvi.mean,
                baselineMean: ndvi.baselineMean, baselineMinimum: ndvi.baselineMinimum,
                baselineMaximum: ndvi.baselineMaximum, vci: vci.mean,
                classCode: vci.mean.flatMap {
                    plan.table.droughtClass(ofVCI: $0).map { Int($0.code) }
                })
        }
        return ZoneSeries(name: series.context.zones[zone].name, points: points)
    }

    private func line(_ line: Int, _ zone: Int) -> ChartLine {
        ChartLine(
            title: series.lines[line].title, limits: series.lines[line].limits,
            points: series.points(line, zone).map {
                ChartLine.Point(
                    day: $0.step.first.dayNumber, days: Self.days($0.step), value: $0.mean)
            })
    }

    private static func days(_ step: IndicatorLine.Step) -> Int {
        max(1, step.last.days(since: step.first) + 1)
    }

    private var ticks: [ZoneSeries.Tick] {
        ZoneSeries.monthTicks(series.lines[0].steps.map(\.first))
    }
}
