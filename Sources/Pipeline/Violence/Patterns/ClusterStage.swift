import Calendar
import Diagnostics
import GridCore
import Hotspots
import Incidents

/// Scan statistics and near-repeats of the events up to the as-of date.
struct ClusterStage {
    let configuration: HotspotsConfiguration
    let precision: IncidentPrecisionChoice
    let asOf: CalendarDate
    let threads: Int

    /// Clusters reported of one scan, at most.
    static let mostClusters = 25

    func run(_ incidents: [Incident]) throws -> ClusterResult {
        var result = ClusterResult()
        if let section = configuration.scan { try scan(incidents, section, &result) }
        if let section = configuration.nearRepeat { try repeats(incidents, section, &result) }
        return result
    }

    // MARK: Scans

    private func scan(
        _ incidents: [Incident], _ section: ScanConfiguration, _ result: inout ClusterResult
    ) throws {
        let study = try ScanStudy(incidents, section, precision, asOf: asOf)
        result.scanPeriod = study.window
        result.scanned = study.events.indices.count
        result.scanOmissions = study.events.omissions
        if section.direction != .retrospective {
            let now = try clusters(study, section, .prospective)
            // What last step's night would have said, with the events of today's file.
            let before = try ScanStudy(
                incidents, section, precision, asOf: asOf.adding(days: -section.step.count))
            let earlier = try clusters(before, section, .prospective)
            let ages = ScanContinuation().ages(
                of: study.footprints(now), earlier: before.footprints(earlier))
            result.clusters += zip(now, ages).map { cluster, age in
                finding(cluster, study, .prospective, isOngoing: !age.isNew)
            }
        }
        if section.direction != .prospective {
            result.clusters += try clusters(study, section, .retrospective).map {
                finding($0, study, .retrospective, isOngoing: nil)
            }
        }
    }

    /// Those at the level asked for.
    private func clusters(
        _ study: ScanStudy, _ section: ScanConfiguration, _ period: ScanDesign.Period
    ) throws -> [ScanCluster] {
        guard let events = study.scanEvents else { return [] }
        let zones = try ScanZones(
            locations: events.locations, sizes: events.countByLocation.map(Double.init),
            distance: .greatCircle(),
            limits: ScanLimits(maximumRadiusInMeters: section.radius.meters), threads: threads)
        let design = ScanDesign(
            period: period, maximumSteps: section.longest, replicates: section.replicates,
            seed: UInt64(section.seed), maximumClusters: Self.mostClusters,
            overlap: period == .prospective ? .locations : .locationsAndSteps)
        try Interruption.check()
        return try spaceTimePermutationScan(
            events, zones: zones, design: design, threads: threads
        ).clusters.filter { $0.p <= section.level.fraction }
    }

    private func finding(
        _ cluster: ScanCluster, _ study: ScanStudy, _ period: ScanDesign.Period, isOngoing: Bool?
    ) -> ScanFinding {
        ScanFinding(
            cluster: cluster, period: period,
            center: study.scanEvents?.locations[cluster.center] ?? Coordinate(x: .nan, y: .nan),
            first: study.firstDay(ofStep: cluster.firstStep),
            last: study.firstDay(ofStep: cluster.lastStep + 1).adding(days: -1),
            members: cluster.events.map { study.events.indices[$0] }, isOngoing: isOngoing)
    }
}

/// The events of a scan in steps that end with the as-of date.
struct ScanStudy {
    let events: LocatedEvents
    /// Whole steps only.
    let window: TimeWindow
    let daysPerStep: Int
    /// nil without events.
    let scanEvents: ScanEvents?

    init(
        _ incidents: [Incident], _ section: ScanConfiguration,
        _ precision: IncidentPrecisionChoice, asOf: CalendarDate
    ) throws {
        let whole = TimeWindow(days: section.period.count, endingOn: asOf)
        let steps = ScanEvents.steps(
            of: whole.first.dayNumber...whole.last.dayNumber, daysPerStep: section.step.count)
        window = TimeWindow(days: steps.days.count, endingOn: asOf)
        daysPerStep = section.step.count
        events = LocatedEvents(
            incidents, precision: precision, in: steps.days, longestSpan: section.step.count)
        scanEvents =
            events.indices.isEmpty
            ? nil
            : try ScanEvents(
                places: events.places, days: events.days, period: steps.days,
                daysPerStep: section.step.count)
    }

    func footprints(_ clusters: [ScanCluster]) -> [ScanFootprint] {
        clusters.compactMap { cluster in
            scanEvents.map {
                ScanFootprint(cluster, of: $0, lastDay: window.last.dayNumber)
            }
        }
    }

    func firstDay(ofStep step: Int) -> CalendarDate {
        window.first.adding(days: step * daysPerStep)
    }
}
