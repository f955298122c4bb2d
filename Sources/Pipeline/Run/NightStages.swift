import Bases
import Calendar
import Diagnostics
import Drought
import Foundation
import Geo
import GridCore
import Hotspots
import Incidents
import Logging
import Report
import Sectors
import Tables

/// The stages of a night, one after the other, with what each found.
struct NightStages {
    let night: Night
    let inputs: NightInputs
    let sink: OutputSink
    private(set) var warnings: [Warning] = []
    private(set) var counts: [Manifest.StageCounts] = []
    private(set) var drought: DroughtResult?
    private(set) var hotspots: HotspotResult?
    private(set) var sectorRows: [ZoneRow] = []
    private(set) var bases: BaseCoverage?

    init(night: Night, inputs: NightInputs, sink: OutputSink) {
        self.night = night
        self.inputs = inputs
        self.sink = sink
    }

    var configuration: PipelineConfiguration { night.file.configuration }
    var progress: ProgressReporter { night.progress }

    var caption: RunCaption {
        RunCaption(
            title: configuration.name, asOf: inputs.asOf, isSynthetic: configuration.synthetic,
            notes: configuration.notes)
    }

    /// Days that incidents are counted over.
    var window: TimeWindow? {
        inputs.incidents.map { _ in
            TimeWindow(days: configuration.hotspots?.window.count ?? 90, endingOn: inputs.asOf)
        }
    }

    /// Begins a stage, for people and for the log.
    private func begin(_ stage: String, units: Int = 0) {
        night.logger.info("stage", metadata: ["name": "\(stage)"])
        progress.begin(stage, units: units)
    }

    mutating func run() throws {
        try runDrought()
        try runIncidents()
        try runHotspots()
        if let incidents = inputs.incidents { try writeEventIndex(incidents) }
        try runZones()
        try runBases()
        begin("map")
        try MapStage(stages: self).write()
    }

    /// Uncompressed rasters on their way; empty again before publishing.
    private func workFolder() throws -> URL {
        let folder = URL(fileURLWithPath: sink.run.staging).appendingPathComponent(".work")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private mutating func runDrought() throws {
        guard let prepared = inputs.drought else { return }
        let folder = try workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let sets = [inputs.sectors] + [inputs.districts].compactMap { $0 }
        let zones = try RasterZones.index(sets, on: prepared.stack.spec)
        let publisher = DroughtPublisher(
            prepared: prepared, caption: caption, credits: vegetationCredits, sink: sink)
        let stage = DroughtStage(prepared: prepared, zones: zones, threads: night.threads)
        begin("drought", units: 100)
        let meter = PercentMeter(progress)
        let result = try stage.run(folder: folder, metadata: publisher.metadata) { meter.show($0) }
        let outlines = try RasterZones.projected(inputs.sectors, to: prepared.stack.spec)
        let items = try publisher.items(folder: folder, outlines: outlines)
        begin("drought rasters", units: items.count)
        try RasterPublisher(sink: sink, threads: night.threads).publish(items) { [progress] in
            progress.complete()
        }
        var seriesZones = inputs.sectors.zones.map {
            SeriesZone(
                kind: "sector", id: $0.id, name: $0.name,
                areaInSquareMeters: $0.areaInSquareMeters)
        }
        seriesZones += (inputs.districts?.zones ?? []).map {
            SeriesZone(
                kind: "district", id: $0.id, name: $0.name,
                areaInSquareMeters: $0.areaInSquareMeters)
        }
        try sink.write(
            publisher.seriesTable(result, zones: seriesZones), to: "drought/series.csv",
            title: "Vegetation and drought by zone and composite",
            description: "Area means up to \(inputs.asOf), baseline \(prepared.baseline).",
            sources: vegetationCredits.map(\.dictionarySource))
        drought = result
        counts.append(Self.counts(of: prepared, result))
    }

    private static func counts(
        of prepared: PreparedDrought, _ result: DroughtResult
    ) -> Manifest.StageCounts {
        let total = prepared.stack.spec.shape.count
        var counts: [Manifest.Count] = [
            .init("composites", prepared.stack.composites.count),
            .init("composites_reported", prepared.plan.series.count), .init("cells", total),
        ]
        for (output, statistics) in zip(DroughtOutput.allCases, result.statistics)
        where output == .ndvi || output == .vci || output == .zscore {
            counts.append(.init("cells_with_\(output.rawValue)", statistics.count))
            counts.append(.init("cells_without_\(output.rawValue)", total - statistics.count))
        }
        return .init(stage: "drought", counts: counts)
    }

    private mutating func runIncidents() throws {
        guard let incidents = inputs.incidents else { return }
        begin("incidents")
        let tables = IncidentTables(collection: incidents, window: window)
        try tables.write(to: sink)
        counts.append(tables.counts)
    }

    private mutating func runHotspots() throws {
        guard let section = configuration.hotspots, let incidents = inputs.incidents else { return }
        begin("hotspots")
        let stage = HotspotStage(
            configuration: section,
            precision: configuration.incidents?.precision ?? .spread, sectors: inputs.sectors,
            districts: inputs.districts, asOf: inputs.asOf, threads: night.threads)
        let result = try stage.run(incidents.incidents)
        warnings += result.warnings
        let publisher = ViolencePublisher(
            result: result, configuration: section, caption: caption, credits: incidentCredits,
            sink: sink)
        let folder = try workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try RasterPublisher(sink: sink, threads: night.threads)
            .publish(try publisher.items(folder: folder)) {}
        try publisher.writeHotspots()
        hotspots = result
        counts.append(result.counts)
    }

    var incidentCredits: [SourceCredit] {
        inputs.incidentCredits(isSynthetic: configuration.synthetic)
    }

    /// Empty or one.
    var vegetationCredits: [SourceCredit] {
        [inputs.vegetationCredit(isSynthetic: configuration.synthetic)].compactMap { $0 }
    }

    private mutating func runZones() throws {
        begin("sectors")
        var firstZone = 0
        for (set, kind, name) in [
            (inputs.sectors, "sector", "sectors"), (inputs.districts, "district", "districts"),
        ] {
            guard let set else { continue }
            let rows = try zoneRows(set, firstZone: firstZone)
            firstZone += set.zones.count
            let table = ZoneTable(
                kind: kind, rows: rows,
                context: ZoneTableContext(
                    caption: caption, isApproximate: set.isApproximate,
                    droughtTable: inputs.drought?.table, composite: inputs.drought?.current.date,
                    window: window, hasHotspots: hotspots != nil,
                    sources: (incidentCredits + vegetationCredits).map(\.dictionarySource)))
            try table.write(named: name, to: sink)
            if kind == "sector" { sectorRows = rows }
        }
        counts.append(
            .init(
                stage: "sectors",
                counts: [
                    .init("sectors", inputs.sectors.zones.count),
                    .init("districts", inputs.districts?.zones.count ?? 0),
                ]))
    }

    private func zoneRows(_ set: ZoneSet, firstZone: Int) throws -> [ZoneRow] {
        let tallies = window.map {
            ZoneViolence.tallies(
                inputs.incidents?.incidents ?? [], zones: set, window: $0)
        }
        var now: [Double]?
        var before: [Double]?
        if let hotspots {
            let transform = try CoordinateTransform(from: .wgs84, to: hotspots.area.spec.crs)
            var shapes: [MultiPolygon] = []
            for zone in set.zones {
                shapes.append(try transform(zone.area.densified(step: WorkingArea.edgeStep)))
            }
            now = ZoneViolence.hotspotAreas(hotspots.current.regions, zones: shapes)
            before = ZoneViolence.hotspotAreas(hotspots.previous, zones: shapes)
        }
        return set.zones.enumerated().map { index, zone in
            ZoneRow(
                zone: zone,
                drought: drought.flatMap { result in
                    inputs.drought.map {
                        DroughtSummary(
                            result.current[firstZone + index],
                            zoneAreaInSquareMeters: zone.areaInSquareMeters, table: $0.table)
                    }
                }, tally: tallies?.perZone[index], hotspotSquareMeters: now?[index],
                hotspotSquareMetersBefore: before?[index])
        }
    }

    private mutating func runBases() throws {
        guard let section = configuration.bases else { return }
        begin("bases")
        let stage = BaseStage(
            configuration: section, inputs: inputs, hotspots: hotspots, window: window,
            caption: caption, threads: night.threads)
        let coverage = try stage.coverage()
        warnings += stage.warnings
        try stage.write(coverage, to: sink)
        bases = coverage
        counts.append(
            .init(
                stage: "bases",
                counts: [
                    .init("bases", inputs.bases.count),
                    .init("settlements", inputs.settlements.count),
                ]))
    }
}

/// Turns shares done into whole units of a progress reporter.
final class PercentMeter: Sendable {
    private let progress: ProgressReporter
    private let shown = SharedCounter()

    init(_ progress: ProgressReporter) { self.progress = progress }

    func show(_ share: Double) {
        let news = shown.raise(to: Int(share * 100))
        if news > 0 { progress.complete(news) }
    }
}
