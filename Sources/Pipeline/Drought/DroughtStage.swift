import Calendar
import Diagnostics
import Drought
import Foundation
import Geo
import GridCore
import Logging
import Sectors
import Synchronization

/// The checked drought section of a night: what `run` computes and `validate`
/// stops before.
struct PreparedDrought: Sendable {
    /// Of the vegetation.
    var stack: RasterStack
    /// On the grid of `stack`; nil when the pipeline has none.
    var temperature: RasterStack?
    /// On the grid of `stack`; nil when the pipeline has none.
    var rain: RasterStack?
    var plan: SlotPlan
    var rule: VegetationIndexRule
    var table: DroughtClassTable
    var baseline: YearRange
    /// nil: all land counts.
    var mask: PreparedMask?
    /// nil: people are not counted.
    var people: PreparedPeople?

    var current: RasterStack.Composite { stack.composites[plan.current] }
    var stacks: DroughtStacks {
        DroughtStacks(vegetation: stack, temperature: temperature, rain: rain)
    }

    /// What tables of zones say of it beside the means.
    var zoneColumns: DroughtZoneColumns {
        DroughtZoneColumns(table: table, isMasked: mask != nil, hasPeople: people != nil)
    }

    /// Finds the composite of the as-of date.
    static func prepare(
        _ configuration: DroughtConfiguration, _ stacks: DroughtStacks, asOf: CalendarDate,
        _ log: inout ProblemLog
    ) -> PreparedDrought? {
        let stack = stacks.vegetation
        let place = Place(
            file: configuration.ndvi.file?.written ?? configuration.ndvi.files?.written)
        guard let current = stack.newest(on: asOf),
            asOf.days(since: stack.composites[current].date) <= configuration.maximumAge.count
        else {
            let first = stack.composites.first?.date.description ?? "none"
            let last = stack.composites.last?.date.description ?? "none"
            log.add(
                PipelineError(
                    .noDataForDate, at: place,
                    "there is no composite in the \(configuration.maximumAge) up to \(asOf) "
                        + "(found composites from \(first) to \(last))",
                    mend: "Choose an as-of date with data, fetch newer rasters, or raise "
                        + "drought.max_age"))
            return nil
        }
        let baseline = configuration.baseline
        let plan = SlotPlan(
            dates: stack.dates, scheme: stack.scheme, baseline: baseline, current: current,
            seriesStart: asOf.adding(months: -configuration.series.count))
        let slot = stack.scheme.slot(of: stack.composites[current].date)
        let years = plan.slots.first { $0.index == slot }?.baseline.count ?? 0
        if years < configuration.minimumYears {
            log.add(
                Warning(
                    "too-few-years", at: place,
                    "the baseline \(baseline) has \(years) composites of the "
                        + "\(stack.scheme.label(ofSlot: slot)), fewer than minimum_years "
                        + "(\(configuration.minimumYears)): no cell gets an index, the reason "
                        + "raster says so"))
        }
        return PreparedDrought(
            stack: stack, temperature: stacks.temperature, rain: stacks.rain, plan: plan,
            rule: VegetationIndexRule(
                scale: stack.scale, offset: stack.offset,
                minimumYears: configuration.minimumYears,
                minimumRange: configuration.minimumRange,
                minimumMean: configuration.minimumMean),
            table: configuration.classes == .ndma ? .ndma : .kogan, baseline: baseline)
    }
}

/// What the drought stage found.
struct DroughtResult: Sendable {
    /// Statistics per composite of the series (in plan order) and zone.
    var series: [[ZoneComposite]]
    /// Published rasters, in the order of `DroughtOutput`.
    var statistics: [OutputStatistics]
    /// How many parts of tiles there were, and how many a broken run had
    /// finished.
    var tiles = 0
    var tilesRestored = 0
    /// Composites of the series that were known from earlier nights.
    var compositesKnown = 0
    /// Cells of the as-of composite.
    var account = CellAccount()
    /// Cells by reason, in the order of `DroughtReason`.
    var reasons: [Int] = []

    /// Of the as-of composite, by zone.
    var medians: [ZoneMedians] = []
    /// nil without a raster of people.
    var people: PeopleAccount?

    /// Of the as-of composite, by zone.
    var current: [ZoneComposite] { series.last ?? [] }

    /// Mean VCI of the sectors, which are the first zones, in every composite
    /// of the series.
    func vegetation(of prepared: PreparedDrought, sectors: Int) -> [CompositeVCI] {
        zip(prepared.plan.series, series).map { composite, zones in
            CompositeVCI(
                date: prepared.stack.composites[composite].date,
                vci: zones.prefix(sectors).map(\.vci.mean))
        }
    }

    /// How much was read, and of how much there is a result.
    func counts(of prepared: PreparedDrought) -> [StageRecord.Count] {
        let total = prepared.stack.spec.shape.count
        var counts: [StageRecord.Count] = [
            .init(name: "composites_reported", value: prepared.plan.series.count),
            .init(name: "cells", value: total),
        ]
        counts += account.counts
        counts += people?.counts ?? []
        counts += zip(DroughtReason.cases(isMasked: prepared.mask != nil), reasons).map {
            .init(name: "cells_reason_\($0.name)", value: $1)
        }
        for (output, statistics) in zip(DroughtOutput.allCases, statistics)
        where output == .ndvi || output == .vci || output == .zscore {
            counts.append(
                .init(name: "cells_with_\(output.rawValue)", value: statistics.count))
            counts.append(
                .init(name: "cells_without_\(output.rawValue)", value: total - statistics.count))
        }
        return counts
    }
}

/// Streams a stack through the kernels, tile by tile.
struct DroughtStage {
    let prepared: PreparedDrought
    let zones: ZoneIndex
    let threads: Int
    /// Periods whose climatology is at hand; nil: all from the archive.
    var climatology: BaselineReading?
    /// Composites of earlier nights; nil: all are computed.
    var cache: SeriesCache?
    /// The output folder, where finished tiles are kept; nil: they are not.
    var root: String?
    /// Key of the stage, for its tiles.
    var key = ""
    /// Told of each tile when it is begun, kept or restored; nil: nobody.
    var logger: Logger?

    /// Computes everything and writes the plain rasters into `folder`.
    ///
    /// `progress` gets the share done, from any thread.
    func run(
        folder: URL, metadata: [RasterInfo.MetadataEntry],
        progress: @escaping @Sendable (Double) -> Void
    ) throws -> DroughtResult {
        let stack = prepared.stack
        let known = knownComposites()
        let plan = prepared.plan.without(Set(known.keys))
        let tiles = TilePlan(stack, threads: threads)
        GDALRuntime.setCache(bytes: tiles.cacheBytes)
        defer { GDALRuntime.setCache(bytes: GDALRuntime.defaultCacheBytes) }
        let writers = try TileWriters(folder: folder, prepared, tile: tiles.largest, metadata)
        let merge = SeriesMerge(composites: plan.series, zones: zones.zoneCount)
        let openFiles = min(TilePlan.openFiles, OpenFileLimit.raise() / max(1, threads))
        let workers = PerWorker(workers: threads) { [prepared, zones, climatology] in
            DroughtTileWorker(
                stack: stack, plan: plan, zones: zones, rule: prepared.rule,
                table: prepared.table, climatology: climatology,
                land: LandTileReader(prepared, tileCells: tiles.mostCells),
                tileCells: tiles.mostCells,
                openFiles: openFiles)
        }
        let work = TileWork(plan, tiles, isInterleaved: stack.bandsPerBlock > 1)
        let journal = try journal(of: work)
        let done = Atomic<Int>(0)
        let restored = Atomic<Int>(0)
        _ = try mapInParallel(count: work.parts.count, threads: threads) { worker, index in
            try Interruption.check()
            let part = work.parts[index]
            let own = try workers.value(of: worker)
            let write = { (layers: TileLayers) in try writers.write(layers, part.tile) }
            if let journal, let kept = try own.restore(part, from: journal, write: write) {
                note(index, "restored")
                merge.add(kept, at: index)
                restored.wrappingAdd(1, ordering: .relaxed)
            } else {
                note(index, "begun")
                let contribution = try own.process(part, write: write)
                if let journal { try own.keep(contribution, part, in: journal) }
                note(index, "finished")
                merge.add(contribution, at: index)
            }
            let finished = done.wrappingAdd(1, ordering: .relaxed).newValue
            progress(Double(finished) / Double(work.parts.count))
        }
        let (computed, statistics) = merge.result()
        try writers.close(statistics: statistics)
        for (composite, found) in zip(plan.series, computed) {
            try cache?.save(found, of: composite)
        }
        return DroughtResult(
            series: series(known, plan, computed), statistics: statistics,
            tiles: work.parts.count,
            tilesRestored: restored.load(ordering: .relaxed), compositesKnown: known.count,
            account: merge.accounts().0, reasons: merge.accounts().reasons,
            medians: merge.medians(), people: merge.people())
    }

    /// The log tells which tiles a broken run had begun and not finished.
    private func note(_ index: Int, _ step: String) {
        logger?.info("drought tile", metadata: ["tile": "\(index)", "step": "\(step)"])
    }

    private func knownComposites() -> [Int: [ZoneComposite]] {
        guard let cache else { return [:] }
        var known: [Int: [ZoneComposite]] = [:]
        for composite in prepared.plan.series where composite != prepared.plan.current {
            known[composite] = cache.load(composite, zones: zones.zoneCount)
        }
        return known
    }

    private func series(
        _ known: [Int: [ZoneComposite]], _ plan: SlotPlan, _ computed: [[ZoneComposite]]
    ) -> [[ZoneComposite]] {
        let news = Dictionary(zip(plan.series, computed), uniquingKeysWith: { first, _ in first })
        return prepared.plan.series.map { known[$0] ?? news[$0] ?? [] }
    }

    /// Where finished tiles are kept; nil when there is one part only, which
    /// is the stage, or no output folder.
    private func journal(of work: TileWork) throws -> TileJournal? {
        guard let root, work.parts.count > 1 else { return nil }
        let series = prepared.plan.series
        let dates = series.map { "\(prepared.stack.composites[$0].date)" }
        let text = ([key] + dates).joined(separator: "\n")
        return try TileJournal(
            root: root, key: Digest(of: Array(text.utf8)).sha256, series: series)
    }
}
