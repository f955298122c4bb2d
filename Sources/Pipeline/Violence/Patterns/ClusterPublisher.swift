import Calendar
import Diagnostics
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents
import Tables

/// Publishes clusters and near-repeats.
struct ClusterPublisher {
    let result: ClusterResult
    let configuration: HotspotsConfiguration
    let incidents: [Incident]
    let sectors: ZoneSet
    /// Drawn on the maps for orientation.
    let borders: [MultiPolygon]
    let caption: RunCaption
    let credits: [SourceCredit]
    let sink: OutputSink

    func write() throws {
        if let period = result.scanPeriod { try writeClusters(period) }
        if let window = result.repeatWindow { try writeRepeats(window) }
    }

    // MARK: Clusters

    private func writeClusters(_ period: TimeWindow) throws {
        var table = CSVTable(columns: Self.clusterColumns)
        var features: [GeoJSONFeature] = []
        let circles = try result.clusters.map(circle(of:))
        for (index, finding) in result.clusters.enumerated() {
            let cells = cells(of: finding, rank: index + 1)
            table.append(cells)
            features.append(
                GeoJSONFeature(
                    id: "cluster-\(index + 1)", geometry: .multiPolygon(circles[index]),
                    properties: TableJSON.members(Self.clusterColumns, cells, caption)))
        }
        let scan = configuration.scan
        try sink.write(
            table, to: "clusters/clusters.csv", title: "Clusters of violence in space and time",
            description: "Space-time permutation scan of \(result.scanned) events, \(period), steps "
                + "of \(scan.map { "\($0.step)" } ?? ""), radius up to "
                + "\(scan.map { "\($0.radius)" } ?? ""), \(scan?.replicates ?? 0) permutations; the "
                + "\(ClusterStage.mostClusters) strongest of each scan at most."
                + (result.scanOmissions.map { " \($0)." } ?? ""),
            sources: credits.map(\.dictionarySource))
        try sink.write(
            GeoJSONWriter().utf8(features), to: "clusters/clusters.geojson",
            title: "Clusters of violence in space and time", mediaType: MediaType.geoJSON)
        try ClusterMaps(
            result: result, circles: circles, period: period, scan: scan, sectors: sectors,
            borders: borders, caption: caption, credits: credits
        ).write(to: sink)
    }

    private func cells(of finding: ScanFinding, rank: Int) -> [Cell] {
        let cluster = finding.cluster
        let members = finding.members.map { incidents[$0] }
        return [
            .integer(rank),
            .text(finding.period == .prospective ? "prospective" : "retrospective"),
            .optional(finding.isOngoing.map { $0 ? "ongoing" : "new" }),
            .date(finding.first), .date(finding.last), .number(finding.center.longitude),
            .number(finding.center.latitude), .number(cluster.radiusInMeters / 1000),
            .integer(cluster.locations.count), .integer(cluster.observed),
            .number(cluster.expected),
            .optional(cluster.relativeRisk.isFinite ? cluster.relativeRisk : nil),
            .number(cluster.logLikelihoodRatio), .number(cluster.p), .number(cluster.monteCarloP),
            .optional(cluster.gumbelP.isNaN ? nil : cluster.gumbelP),
            .optional(
                finding.period == .prospective && cluster.recurrenceIntervalInDays.isFinite
                    ? cluster.recurrenceIntervalInDays : nil),
            .integer(members.reduce(0) { $0 + $1.deaths.best }),
            .text(sectorNames(members).joined(separator: " ")), .optional(mainPlace(members)),
        ]
    }

    /// The place that most of its events name, of equals the first by
    /// alphabet; nil when none is named.
    private func mainPlace(_ members: [Incident]) -> String? {
        var counts: [String: Int] = [:]
        for place in members.compactMap(\.place) where !place.isEmpty {
            counts[place, default: 0] += 1
        }
        return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }

    /// Those with most of its events first.
    private func sectorNames(_ members: [Incident]) -> [String] {
        var counts: [Int: Int] = [:]
        for incident in members {
            if let sector = sectors.index(containing: incident.coordinate) {
                counts[sector, default: 0] += 1
            }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { sectors.zones[$0.key].id }
    }

    /// Circles of a single place are drawn this large.
    private static let smallestRadius = 1000.0

    private func circle(of finding: ScanFinding) throws -> MultiPolygon {
        let crs = SpatialReference.equalArea(around: finding.center)
        let radius = max(Self.smallestRadius, finding.cluster.radiusInMeters)
        let corners = (0...72).map { index in
            let angle = Double(index % 72) * .pi / 36
            return Coordinate(x: radius * cos(angle), y: radius * sin(angle))
        }
        return try CoordinateTransform(from: crs, to: .wgs84)(
            MultiPolygon([Polygon(exterior: corners)]))
    }

    private static let clusterColumns: [ColumnDescription] = [
        ColumnDescription("rank", .integer, "Of the clusters listed, prospective ones first"),
        ColumnDescription(
            "scan", .string,
            "prospective: lasts until the as-of date; retrospective: of any time of the period"),
        ColumnDescription(
            "status", .string,
            "ongoing when the scan of one step earlier had it, else new; empty for retrospective "
                + "scans"),
        ColumnDescription("first_date", .date, "First day"),
        ColumnDescription("last_date", .date, "Last day"),
        ColumnDescription("longitude", .number, unit: "degrees", decimals: 6, "Centre"),
        ColumnDescription("latitude", .number, unit: "degrees", decimals: 6, "Centre"),
        ColumnDescription(
            "radius_km", .number, unit: "km", decimals: 3,
            "From the centre to the furthest of its places; 0 for one place"),
        ColumnDescription("places", .integer, "Different places with events of the period"),
        ColumnDescription("events", .integer, "Events in it"),
        ColumnDescription(
            "expected_events", .number, decimals: 3,
            "Events that its places and days would have if they were independent"),
        ColumnDescription(
            "relative_risk", .number, decimals: 3,
            "Observed over expected inside, against outside; empty when all events are inside"),
        ColumnDescription(
            "log_likelihood_ratio", .number, decimals: 4, "The statistic that ranks clusters"),
        ColumnDescription(
            "p", .number, decimals: 7,
            "Of the permutations, or of the fitted Gumbel distribution where no permutation "
                + "reached the statistic; 0 stands for less than 0.00000005"),
        ColumnDescription("p_permutation", .number, decimals: 7, "Of the permutations alone"),
        ColumnDescription("p_gumbel", .number, decimals: 9, "Of the fitted Gumbel distribution"),
        ColumnDescription(
            "recurrence_days", .number, unit: "days", decimals: 0,
            "Days of looking at every step in which chance makes one such cluster"),
        ColumnDescription("deaths", .integer, unit: "persons", "Best estimates of its events"),
        ColumnDescription("sectors", .string, "Sectors of its events, the one with most first"),
        ColumnDescription(
            "main_place", .string, "Place that most of its events name, as their source writes it"),
    ]

    // MARK: Near-repeats

    private func writeRepeats(_ window: TimeWindow) throws {
        var table = CSVTable(columns: Self.repeatColumns)
        for cell in result.repeats?.cells ?? [] {
            let limits = limits(of: cell)
            table.append([
                .number(limits.above / 1000), .number(limits.upTo / 1000),
                .integer(limits.from), .integer(limits.to), .integer(cell.observed),
                .number(cell.simulatedMean),
                .optional(cell.ratio.isFinite ? cell.ratio : nil), .number(cell.p),
                .boolean(cell.isNotable),
            ])
        }
        try sink.write(
            table, to: "clusters/near_repeat.csv", title: "Near-repeats of violence",
            description: "Pairs among \(result.repeatEvents) events, \(window), by distance and days "
                + "between them, against \(configuration.nearRepeat?.replicates ?? 0) permutations "
                + "of the days." + (result.repeatOmissions.map { " \($0)." } ?? ""),
            sources: credits.map(\.dictionarySource))
    }

    /// Metres and whole days of a band.
    private func limits(
        of cell: NearRepeatCell
    ) -> (above: Double, upTo: Double, from: Int, to: Int) {
        let distances = [0, 0] + (configuration.nearRepeat?.distances.map(\.meters) ?? [])
        let days = configuration.nearRepeat?.days ?? []
        return (
            distances[cell.distanceBand], distances[cell.distanceBand + 1],
            cell.timeBand == 0 ? 0 : days[cell.timeBand - 1] + 1, days[cell.timeBand]
        )
    }

    private static let repeatColumns: [ColumnDescription] = [
        ColumnDescription(
            "above_km", .number, unit: "km", decimals: 3,
            "Pairs further apart than this; 0 in the band up to 0 is the same place"),
        ColumnDescription("up_to_km", .number, unit: "km", decimals: 3, "Pairs at most so far apart"),
        ColumnDescription("from_days", .integer, unit: "days", "Pairs at least so many days apart"),
        ColumnDescription("to_days", .integer, unit: "days", "Pairs at most so many days apart"),
        ColumnDescription("pairs", .integer, "Pairs of events"),
        ColumnDescription("expected_pairs", .number, decimals: 3, "Mean of the permutations"),
        ColumnDescription(
            "ratio", .number, decimals: 3, "Pairs over expected pairs; empty when none is expected"),
        ColumnDescription(
            "p", .number, decimals: 5, "Share of permutations with as many pairs, itself counted"),
        ColumnDescription(
            "near_repeat", .boolean, "p at most 0.05 and ratio at least 1.2"),
    ]
}

extension ClusterResult {
    /// What the terminal says.
    var summary: [String] {
        var lines: [String] = []
        if let scanPeriod {
            let living = clusters.filter { $0.period == .prospective }
            let past = clusters.count - living.count
            let new = living.count { $0.isOngoing == false }
            var line = "Clusters in \(scanPeriod): \(living.count) that last (\(new) new)"
            if past > 0 { line += ", \(past) of any time" }
            if let first = living.first ?? clusters.first {
                line += "; the strongest: \(first.cluster.observed) events where "
                    + "\(DecimalText.fixed(first.cluster.expected, decimals: 1) ?? "") are expected, "
                    + "\(first.first) to \(first.last)"
            }
            lines.append(line)
        }
        if let repeats {
            let found = repeats.cells.filter(\.isNotable)
            lines.append(
                found.isEmpty
                    ? "Near-repeats: none of \(repeats.cells.count) bands exceeds chance"
                    : "Near-repeats: \(found.count) of \(repeats.cells.count) bands exceed chance "
                        + "(clusters/near_repeat.csv)")
        }
        return lines
    }

    var counts: [StageRecord.Count] {
        var counts: [StageRecord.Count] = []
        if scanPeriod != nil {
            counts += [
                .init(name: "events_scanned", value: scanned),
                .init(name: "clusters", value: clusters.count),
            ]
        }
        if let repeats {
            counts += [
                .init(name: "events_paired", value: repeatEvents),
                .init(name: "near_repeat_bands", value: repeats.cells.count(where: \.isNotable)),
            ]
        }
        return counts
    }
}
