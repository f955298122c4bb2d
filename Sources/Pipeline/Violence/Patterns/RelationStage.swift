import Calendar
import Diagnostics
import Geo
import GridCore
import Hotspots
import Incidents

/// Mean VCI of sectors in one composite.
struct CompositeVCI: Sendable, Codable, Hashable {
    var date: CalendarDate
    /// In percent, by sector; nil where none was seen.
    var vci: [Double?]
}

/// What became of drought and violence month by month.
struct RelationResult: Sendable {
    var months: [RelationStep]
    /// By sector, then all together; by lag.
    var rows: [RelationRow]
    /// By sector: months that were dry, months with a VCI, hot months.
    var dryMonths: [Int]
    var seenMonths: [Int]
    var hotMonths: [Int]
}

/// Compares the months of sectors: were there more events, or hotspots, when
/// vegetation was dry, or some months later?
struct RelationStage {
    let section: RelationConfiguration
    /// Of the night's hotspots: what a hot cell is.
    let hotspots: HotspotStage
    let threads: Int

    /// - Parameter vegetation: ascending.
    func run(
        _ incidents: [Incident], _ vegetation: [CompositeVCI], progress: (Double) -> Void
    ) throws -> RelationResult {
        let months = months(vegetation)
        let counts = counts(incidents, months)
        let hot = try hotMonths(incidents, months, progress)
        let zones = hotspots.sectors.zones.indices.map { sector in
            zone(sector, months, vegetation, counts[sector], hot[sector])
        }
        let steps = months.map { RelationStep(year: $0.year, period: $0.month) }
        return RelationResult(
            months: steps,
            rows: try droughtViolenceRelation(
                steps: steps, zones: zones,
                options: RelationOptions(
                    longestLag: section.lags, resamples: section.replicates,
                    seed: UInt64(section.seed)),
                threads: threads),
            dryMonths: zones.map { $0.isDry.count { $0 == true } },
            seenMonths: zones.map { $0.isDry.count { $0 != nil } },
            hotMonths: zones.map { ($0.isHot ?? []).count { $0 == true } })
    }

    /// First days of whole months with vegetation up to the as-of date.
    private func months(_ vegetation: [CompositeVCI]) -> [CalendarDate] {
        guard let first = vegetation.first?.date else { return [] }
        var month = first.adding(days: 1 - first.day)
        var months: [CalendarDate] = []
        while month.adding(months: 1) <= hotspots.asOf.adding(days: 1) {
            months.append(month)
            month = month.adding(months: 1)
        }
        return months
    }

    /// Events by sector and month of their last day; nil in months before the
    /// first event, of which the sources say nothing.
    private func counts(_ incidents: [Incident], _ months: [CalendarDate]) -> [[Double]] {
        let placed = incidents.filter(\.isPlaced)
        let first = placed.map(\.dateEnd).min()
        var counts = hotspots.sectors.zones.map { _ in
            months.map { month in
                first.map { $0 < month.adding(months: 1) } ?? false ? 0.0 : .nan
            }
        }
        for incident in placed {
            guard
                let sector = hotspots.sectors.index(containing: incident.coordinate),
                let month = months.lastIndex(where: { $0 <= incident.dateEnd }),
                incident.dateEnd < months[month].adding(months: 1)
            else { continue }
            counts[sector][month] += 1
        }
        return counts
    }

    /// Whether a sector held a hot cell in a month, by sector.
    private func hotMonths(
        _ incidents: [Incident], _ months: [CalendarDate], _ progress: (Double) -> Void
    ) throws -> [[Bool]] {
        let field = try hotspots.field(of: incidents)
        let back = try CoordinateTransform(from: field.area.spec.crs, to: .wgs84)
        let columns = field.area.spec.shape.columns
        let cells = (0..<field.area.spec.shape.count).map {
            CellIndex(row: $0 / columns, column: $0 % columns)
        }
        let sectors = try back(cells.map(field.area.spec.center(of:))).map {
            hotspots.sectors.index(containing: $0)
        }
        var hot = hotspots.sectors.zones.map { _ in [Bool](repeating: false, count: months.count) }
        for (index, month) in months.enumerated() {
            try Interruption.check()
            let days = month.adding(months: 1).days(since: month)
            let window = TimeWindow(days: days, endingOn: month.adding(days: days - 1))
            let bins = try field.judged(field.placed(in: window)).bins.bins
            for (cell, sector) in sectors.enumerated() {
                guard let sector, bins.cells[cell] != ConfidenceBin.nodata,
                    Int(bins.cells[cell]) >= field.configuration.minimumBin
                else { continue }
                hot[sector][index] = true
            }
            progress(Double(index + 1) / Double(months.count))
        }
        return hot
    }

    private func zone(
        _ sector: Int, _ months: [CalendarDate], _ vegetation: [CompositeVCI],
        _ counts: [Double], _ hot: [Bool]
    ) -> RelationZone {
        let vci = months.map { month -> Double? in
            let values = vegetation.filter { $0.date >= month && $0.date < month.adding(months: 1) }
                .compactMap { $0.vci[sector] }
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        return RelationZone(
            name: hotspots.sectors.zones[sector].id,
            dryness: vci.map { $0.map { 100 - $0 } ?? .nan },
            isDry: vci.map { $0.map { $0 < section.dryBelow } }, incidents: counts,
            isHot: zip(hot, counts).map { $1.isNaN ? nil : $0 })
    }
}
