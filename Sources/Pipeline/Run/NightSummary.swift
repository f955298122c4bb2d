import Bases
import Calendar
import GridCore
import Hotspots
import Sectors
import Tables

/// The lines that a reader of the terminal gets: what was read, where it is
/// worst and why. Each stage keeps its own, so that they are there when it is
/// reused.
enum NightSummary {
    /// What all stages say, in the order in which it is read best.
    static func lines(
        _ configuration: PipelineConfiguration, asOf: CalendarDate, _ records: [StageRecord],
        at path: String
    ) -> [String] {
        var lines = ["\(configuration.name): as of \(asOf)"]
        if configuration.synthetic { lines.append("SYNTHETIC DATA: an invented country") }
        let order: [StageName] = [
            .inputs, .incidents, .sectors, .indicators, .hotspots, .cube, .clusters, .relation, .bases,
            .coverage, .transfer,
        ]
        for stage in order {
            lines += records.first { $0.declaration.stage == stage }?.summary ?? []
        }
        lines.append("Results: \(path)")
        let published = Set(records.flatMap { $0.outputs.map(\.path) })
        let pairs = [
            ("map.png", "sectors.csv"), ("transfer/transfer_map.png", "transfer/base_transfer.csv"),
            ("coverage/coverage_map.png", "coverage/sector_coverage.csv"),
            ("coverage/sector_coverage.png", "coverage/sector_coverage.csv"),
        ].filter { published.contains($0.0) && published.contains($0.1) }
        if let first = pairs.first {
            lines.append("Open first: \(path)/\(first.0) and \(path)/\(first.1)")
        }
        return lines.map { TerminalText.sanitized($0) }
    }

    static func droughtLines(_ rows: [ZoneRow]) -> [String] {
        let dry = rows.filter { $0.drought?.vci != nil }
            .sorted { ($0.drought?.vci ?? 0, $0.zone.id) < ($1.drought?.vci ?? 0, $1.zone.id) }
        guard !dry.isEmpty else { return ["Drought: no sector has a value"] }
        return dry.prefix(3).map { row in
            let drought = row.drought
            return "Driest: \(row.zone.name): VCI \(text(drought?.vci, 1)) % "
                + "(\(drought?.className ?? "")), z \(text(drought?.zscore, 2)), "
                + "\(text(drought?.droughtPercent, 0)) % of the area seen in drought "
                + "(\(shareText(drought?.validPercent ?? 0)) seen)"
        }
    }

    /// Small shares are not rounded to nothing.
    static func shareText(_ percent: Double) -> String {
        percent < 1 ? "less than 1 %" : "\(text(percent, 0)) %"
    }

    static func hotspotLines(_ hotspots: [Hotspot], _ window: TimeWindow) -> [String] {
        guard !hotspots.isEmpty else {
            return ["Violence: no significant hotspot in \(window)"]
        }
        let seams = hotspots.count(where: \.isOnSeam)
        let head =
            "Violence: \(hotspots.count) hotspots in \(window), \(seams) across a line "
            + "between sectors"
        return [head]
            + hotspots.prefix(3).map { hotspot in
                "Hotspot \(hotspot.rank): \(hotspot.incidents) incidents, \(hotspot.deaths) deaths, "
                    + "\(text(hotspot.areaInSquareKilometers, 0)) km2, \(hotspot.confidencePercent) % "
                    + "confidence, sector \(hotspot.sectors.joined(separator: " and "))"
            }
    }

    static func baseLines(
        _ bases: BaseCoverage, _ section: BasesConfiguration, _ places: [PlaceRecord]
    ) -> [String] {
        let total = bases.zones.reduce(into: BaseTotals.zero) { $0 += $1.total }
        let uncovered = bases.zones.reduce(into: BaseTotals.zero) { $0 += $1.uncovered }
        let isPublic = section.edition == .public
        func number(_ count: Int) -> Int {
            let step = isPublic ? Edition.Step.settlements : 1
            return Int((Double(count) / Double(step)).rounded()) * step
        }
        func area(_ squareMeters: Double) -> String {
            let step = isPublic ? Edition.Step.squareKilometers : 1.0
            return text((squareMeters / 1e6 / step).rounded() * step, 0)
        }
        var lines = [
            "Bases: \(number(uncovered.settlements)) of \(number(total.settlements)) settlements and "
                + "\(area(uncovered.hotspotSquareMeters)) of \(area(total.hotspotSquareMeters)) km2 "
                + "of hotspots lie beyond \(section.reach) straight-line of every base"
        ]
        if section.edition == .restricted,
            let most = bases.bases.indices.max(by: {
                bases.bases[$0].onlyThisBase.population < bases.bases[$1].onlyThisBase.population
            }), bases.bases[most].onlyThisBase.settlements > 0
        {
            let only = bases.bases[most].onlyThisBase
            lines.append(
                "Most people depend on \(places[most].name) alone: \(only.population) in "
                    + "\(only.settlements) settlement\(only.settlements == 1 ? "" : "s") without "
                    + "another base in reach")
        }
        return lines
    }

    private static func text(_ value: Double?, _ decimals: Int) -> String {
        value.flatMap { DecimalText.fixed($0, decimals: decimals) } ?? "unknown"
    }
}
