import Calendar
import Drought
import Report
import Sectors

/// Draws the series of zones.
struct SeriesCharts {
    let publisher: DroughtPublisher
    let result: DroughtResult

    private var prepared: PreparedDrought { publisher.prepared }

    func chart(of zone: SeriesZone, at index: Int) -> [UInt8] {
        SeriesChart(
            series: series(zone, index), ticks: ticks, classTable: ClassTable(prepared.table),
            caption: caption(title: zone.name, notes: [seen(zone, index)])
        ).svgBytes()
    }

    func sheet(of zones: [(index: Int, zone: SeriesZone)], _ kind: ZoneKind) -> [UInt8] {
        SeriesSheet(
            series: zones.map { series($0.zone, $0.index) }, ticks: ticks,
            classTable: ClassTable(prepared.table),
            caption: caption(title: "Vegetation of \(kind.title)")
        ).svgBytes()
    }

    /// How much of the zone the newest figures are about.
    private func seen(_ zone: SeriesZone, _ index: Int) -> String {
        guard let newest = result.series.last else { return "" }
        let summary = DroughtSummary(
            newest[index], zoneAreaInSquareMeters: zone.areaInSquareMeters,
            table: prepared.table, isMasked: prepared.mask != nil)
        let whole = prepared.mask == nil ? "the zone" : "what the mask keeps of the zone"
        return "The newest composite has a VCI in \(NightSummary.shareText(summary.validPercent)) "
            + "of \(whole)."
    }

    private func caption(title: String, notes first: [String] = []) -> ChartCaption {
        let oldest = prepared.plan.series.first.map { prepared.stack.composites[$0].date }
        let range = oldest.map { "\($0) to \(prepared.current.date)" } ?? ""
        var notes = first
        notes.append(
            "Area means over the cells with a value. The band is the area mean of each cell's own "
                + "lowest and highest NDVI of the period of the year in \(prepared.baseline): at its "
                + "lower edge every cell has a VCI of 0, at its upper edge of 100. A VCI outside "
                + "0 to 100 is drawn at the edge.")
        if publisher.caption.isSynthetic { notes.append("Synthetic data: an invented country.") }
        if prepared.mask != nil {
            notes.append("Cells count by the share of land that the mask keeps of them.")
        }
        notes += publisher.caption.notes
        return ChartCaption(
            title: title, subtitle: "\(publisher.caption.title): composites from \(range)",
            baseline: "\(prepared.baseline)", banner: publisher.caption.banner, notes: notes,
            source: SourceCredit.line(publisher.credits))
    }

    private func series(_ zone: SeriesZone, _ index: Int) -> ZoneSeries {
        let points = prepared.plan.series.enumerated().map { position, composite in
            let date = prepared.stack.composites[composite].date
            let summary = DroughtSummary(
                result.series[position][index], zoneAreaInSquareMeters: zone.areaInSquareMeters,
                table: prepared.table, isMasked: prepared.mask != nil)
            let next = prepared.stack.scheme.period(containing: date).last.adding(days: 1)
            return ZoneSeries.Point(
                day: date.dayNumber, days: max(1, next.days(since: date)), ndvi: summary.ndvi,
                baselineMean: summary.baseline.mean.mean,
                baselineMinimum: summary.baseline.minimum.mean,
                baselineMaximum: summary.baseline.maximum.mean, vci: summary.vci,
                classCode: summary.vci.flatMap {
                    prepared.table.droughtClass(ofVCI: $0).map { Int($0.code) }
                })
        }
        return ZoneSeries(name: zone.name, points: points)
    }

    private var ticks: [ZoneSeries.Tick] {
        ZoneSeries.monthTicks(prepared.plan.series.map { prepared.stack.composites[$0].date })
    }
}
