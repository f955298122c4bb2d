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

/// The stages of a night, one after the other.
struct NightStages {
    let runner: StageRunner
    let asOf: CalendarDate
    /// Everything that is read; asked for only when a stage is computed.
    let inputs: () throws -> NightInputs
    /// Warnings of the inputs, once they were read.
    let inputWarnings: () -> [Warning]

    var night: Night { runner.night }
    var configuration: PipelineConfiguration { night.file.configuration }
    var progress: ProgressReporter { night.progress }

    var caption: RunCaption {
        RunCaption(
            title: configuration.name, asOf: asOf, isSynthetic: configuration.synthetic,
            notes: configuration.notes)
    }

    /// Days that incidents are counted over.
    private var window: TimeWindow? {
        configuration.incidents.map { _ in
            TimeWindow(days: configuration.hotspots?.window.count ?? 90, endingOn: asOf)
        }
    }

    func begin(_ stage: String, units: Int = 0) {
        progress.begin(stage, units: units)
    }

    func run() throws {
        _ = try runner.perform(.inputs, NoFindings.self) { _ in
            let inputs = try inputs()
            let warnings = inputWarnings()
            return (
                NoFindings(),
                {
                    $0.warnings = warnings
                    guard let prepared = inputs.drought else { return }
                    // The archive may grow without any other stage noticing.
                    let composites = prepared.stack.composites.count
                    $0.counts = [.init(name: "composites", value: composites)]
                    $0.summary = [
                        "Read: \(composites) composites of \(prepared.stack.productTitle); "
                            + "newest used \(prepared.current.date), baseline "
                            + "\(prepared.baseline)"
                    ]
                }
            )
        }
        let drought = try runner.perform(.drought, DroughtFindings.self, compute: drought)
        _ = try runner.perform(.indicators, NoFindings.self, compute: indicators)
        _ = try runner.perform(.incidents, NoFindings.self, compute: incidents)
        let hotspots = try runner.perform(.hotspots, HotspotFindings.self, compute: hotspots)
        try patterns(drought)
        let found = try runner.perform(.sectors, SectorFindings.self) {
            try sectors($0, drought, hotspots)
        }
        _ = try runner.perform(.bases, NoFindings.self) { try bases($0, hotspots) }
        try protection(hotspots)
        _ = try runner.perform(.map, NoFindings.self) { room in
            begin("map")
            let stage = MapStage(
                inputs: try inputs(), configuration: configuration, caption: caption,
                window: window, cards: found?.cards ?? [], hotspots: hotspots?.hotspots ?? [])
            try stage.write(to: room.sink)
            return (NoFindings(), { _ in })
        }
        progress.end()
    }

    /// The stages that travel builds on.
    func groundwork() throws -> HotspotFindings? {
        _ = try runner.perform(.drought, DroughtFindings.self, compute: drought)
        return try runner.perform(.hotspots, HotspotFindings.self, compute: hotspots)
    }

    // MARK: Drought

    private func drought(_ room: StageRunner.Room) throws -> (
        DroughtFindings, (inout StageWork) -> Void
    ) {
        let inputs = try inputs()
        guard let prepared = inputs.drought else {
            throw PipelineError(
                .unexpected, "the drought stage has no rasters", mend: "Report this fault")
        }
        let folder = try room.workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let zones = try RasterZones.index(inputs.zoneSets.map(\.set), on: prepared.stack.spec)
        let credits = vegetationCredits(inputs)
        let publisher = DroughtPublisher(
            prepared: prepared, caption: caption, credits: credits, sink: room.sink)
        let stage = DroughtStage(
            prepared: prepared, zones: zones, threads: night.threads,
            climatology: try climatology(for: prepared),
            cache: night.isForced
                ? nil : SeriesCache(root: runner.run.root, prepared, room.declaration),
            root: runner.run.root, key: room.declaration.key, logger: night.logger)
        begin("drought", units: 100)
        let meter = PercentMeter(progress)
        let result = try stage.run(folder: folder, metadata: publisher.metadata) { meter.show($0) }
        note(result)
        let outlines = try RasterZones.projected(inputs.sectors, to: prepared.stack.spec)
        let items = try publisher.items(folder: folder, outlines: outlines)
        begin("drought rasters", units: items.count)
        let rasters = RasterPublisher(sink: room.sink, threads: night.threads)
        try rasters.publish(items) { [progress] in progress.complete() }
        begin("drought pictures", units: items.count)
        try rasters.draw(items) { [progress] in progress.complete() }
        try publisher.writeSeries(result, zones: SeriesZone.all(inputs))
        let counts = result.counts(of: prepared)
        let warnings = result.warnings(of: prepared)
        for warning in warnings { progress.warn(warning) }
        return (
            DroughtFindings(
                current: result.current, medians: result.medians,
                vegetation: result.vegetation(of: prepared, sectors: inputs.sectors.zones.count)),
            {
                $0.counts = counts
                $0.warnings = warnings
            }
        )
    }

    private func indicators(_ room: StageRunner.Room) throws -> (
        NoFindings, (inout StageWork) -> Void
    ) {
        let inputs = try inputs()
        guard let prepared = inputs.drought, let settings = configuration.drought?.indicators,
            let plan = IndicatorPlan(prepared, settings, asOf: asOf)
        else {
            throw PipelineError(
                .unexpected, "the indicators stage has no rasters", mend: "Report this fault")
        }
        begin("indicators", units: 100)
        let meter = PercentMeter(progress)
        let job = IndicatorJob(
            plan: plan, prepared: prepared, inputs: inputs, caption: caption, credits: vegetationCredits(inputs),
            threads: night.threads)
        let result = try job.run(in: room) { meter.show($0) }
        return (
            NoFindings(),
            {
                $0.counts = result.counts
                $0.summary = result.summary
            }
        )
    }

    /// Says what needed no computing.
    private func note(_ result: DroughtResult) {
        night.logger.info(
            "drought",
            metadata: [
                "tiles": "\(result.tiles)", "tiles_restored": "\(result.tilesRestored)",
                "composites_known": "\(result.compositesKnown)",
            ])
        if result.tilesRestored > 0 {
            progress.note(
                "drought: \(result.tilesRestored) of \(result.tiles) tiles were finished before")
        }
        if result.compositesKnown > 0 {
            progress.note(
                "drought: \(result.compositesKnown) composites of the series are known from "
                    + "earlier nights")
        }
    }

    /// The kept climatology as far as it is what the archive would give. Its
    /// note goes to people only: what is published is the same either way.
    private func climatology(for prepared: PreparedDrought) throws -> BaselineReading? {
        guard let location = BaselineLocation(configuration, output: runner.run.root) else {
            return nil
        }
        begin("climatology")
        let offer = try BaselineReading.offer(
            location, for: prepared, threads: night.threads,
            digests: { [ledger = runner.ledger] in try ledger.digest($0) })
        if let note = offer.note {
            progress.note("note: \(note)")
            night.logger.info("climatology", metadata: ["note": "\(note)"])
        }
        return offer.reading
    }

    // MARK: Violence

    private func incidents(_ room: StageRunner.Room) throws -> (
        NoFindings, (inout StageWork) -> Void
    ) {
        begin("incidents")
        guard let incidents = try inputs().incidents, let section = configuration.incidents,
            let window
        else { return (NoFindings(), { _ in }) }
        let tables = IncidentTables(
            incidents, sectors: try inputs().sectors, window: window, configuration: section,
            weight: configuration.hotspots?.incidentWeight ?? .events)
        try tables.write(to: room.sink)
        if configuration.hotspots == nil {
            try EventIndex(incidents, sectors: try inputs().sectors, hotspots: [])
                .write(to: room.sink)
        }
        return (
            NoFindings(),
            {
                $0.counts = tables.counts
                $0.warnings = tables.warnings
                $0.summary = [
                    "Read: \(incidents.rowsRead) incident rows = \(incidents.used) used + "
                        + "\(incidents.rejected) rejected (incidents/rejects.csv says why)"
                ]
            }
        )
    }

    private func hotspots(_ room: StageRunner.Room) throws -> (
        HotspotFindings, (inout StageWork) -> Void
    ) {
        let inputs = try inputs()
        guard let section = configuration.hotspots, let incidents = inputs.incidents else {
            throw PipelineError(
                .unexpected, "the hotspot stage has no incidents", mend: "Report this fault")
        }
        begin("hotspots")
        let stage = hotspotStage(section, inputs)
        let result = try stage.run(incidents.incidents)
        let publisher = ViolencePublisher(
            result: result, configuration: section, borders: inputs.outlines, caption: caption,
            credits: inputs.incidentCredits(isSynthetic: configuration.synthetic), sink: room.sink)
        let folder = try room.workFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let items = try publisher.items(folder: folder)
        let rasters = RasterPublisher(sink: room.sink, threads: night.threads)
        try rasters.publish(items) {}
        try rasters.draw(items) {}
        try publisher.writeHotspots()
        try EventIndex(incidents, sectors: inputs.sectors, hotspots: result.hotspots)
            .write(to: room.sink)
        let window = result.current.window
        return (
            HotspotFindings(result),
            {
                $0.counts = result.counts
                $0.warnings = result.warnings
                $0.summary = NightSummary.hotspotLines(result.hotspots, window)
            }
        )
    }

    func vegetationCredits(_ inputs: NightInputs) -> [SourceCredit] {
        [inputs.vegetationCredit(isSynthetic: configuration.synthetic)].compactMap { $0 }
    }

    // MARK: Zones and bases

    private func sectors(
        _ room: StageRunner.Room, _ drought: DroughtFindings?, _ hotspots: HotspotFindings?
    ) throws -> (SectorFindings, (inout StageWork) -> Void) {
        begin("sectors")
        let inputs = try inputs()
        let sources =
            inputs.incidentCredits(isSynthetic: configuration.synthetic) + vegetationCredits(inputs)
        var firstZone = 0
        var sectorRows: [ZoneRow] = []
        for (kind, set) in inputs.zoneSets {
            let builder = ZoneRows(
                inputs: inputs, window: window, drought: drought, hotspots: hotspots)
            let rows = try builder.rows(set, firstZone: firstZone)
            firstZone += set.zones.count
            let table = ZoneTable(
                kind: kind.rawValue, rows: rows,
                context: ZoneTableContext(
                    caption: caption, isApproximate: set.isApproximate,
                    drought: inputs.drought?.zoneColumns, composite: inputs.drought?.current.date,
                    window: window, hasHotspots: hotspots != nil,
                    sources: sources.map(\.dictionarySource)))
            try table.write(named: kind.plural, to: room.sink)
            if kind == .sector { sectorRows = rows }
        }
        let hasDrought = inputs.drought != nil
        return (
            SectorFindings(cards: sectorRows.map { SectorCard($0) }),
            { [sectorRows] in
                $0.counts = [
                    .init(name: "sectors", value: inputs.sectors.zones.count),
                    .init(name: "districts", value: inputs.districts?.zones.count ?? 0),
                ]
                if let zones = inputs.livelihoodZones {
                    $0.counts.append(.init(name: "livelihood_zones", value: zones.zones.count))
                }
                if hasDrought { $0.summary = NightSummary.droughtLines(sectorRows) }
            }
        )
    }

    private func bases(_ room: StageRunner.Room, _ hotspots: HotspotFindings?) throws -> (
        NoFindings, (inout StageWork) -> Void
    ) {
        let inputs = try inputs()
        guard let section = configuration.bases else { return (NoFindings(), { _ in }) }
        begin("bases")
        let stage = BaseStage(
            configuration: section, inputs: inputs, hotspots: hotspots, window: window,
            caption: caption, threads: night.threads)
        let coverage = try stage.coverage()
        try stage.write(coverage, to: room.sink)
        return (
            NoFindings(),
            {
                $0.warnings = stage.warnings
                $0.summary = NightSummary.baseLines(coverage, section, inputs.bases)
                $0.counts = [
                    .init(name: "bases", value: inputs.bases.count),
                    .init(name: "settlements", value: inputs.settlements.count),
                ]
            }
        )
    }
}

/// What later stages need of the drought stage.
struct DroughtFindings: Sendable, Codable {
    /// Of the as-of composite: sectors, then districts.
    var current: [ZoneComposite]
    var medians: [ZoneMedians]
    /// Of every composite of the series, by sector.
    var vegetation: [CompositeVCI]
}

/// What later stages need of the sectors.
struct SectorFindings: Sendable, Codable {
    var cards: [SectorCard]
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
