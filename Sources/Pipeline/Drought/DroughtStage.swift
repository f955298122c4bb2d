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
    /// How many tiles there were, and how many a broken run had finished.
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
        let writers = try TileWriters(folder: folder, prepared, metadata)
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
        let journal = try journal(plan, tiles)
        let done = Atomic<Int>(0)
        let restored = Atomic<Int>(0)
        _ = try mapInParallel(count: tiles.tiles.count, threads: threads) { worker, index in
            try Interruption.check()
            let tile = tiles.tiles[index]
            let own = try workers.value(of: worker)
            let write = { (layers: TileLayers) in try writers.write(layers, tile) }
            if let journal,
                let kept = try own.restore(tile, index, from: journal, write: write)
            {
                note(index, "restored")
                merge.add(kept, at: index)
                restored.wrappingAdd(1, ordering: .relaxed)
            } else {
                note(index, "begun")
                let contribution = try own.process(tile, write: write)
                if let journal { try own.keep(contribution, tile, index, in: journal) }
                note(index, "finished")
                merge.add(contribution, at: index)
            }
            let finished = done.wrappingAdd(1, ordering: .relaxed).newValue
            progress(Double(finished) / Double(tiles.tiles.count))
        }
        let (computed, statistics) = merge.result()
        try writers.close(statistics: statistics)
        for (composite, found) in zip(plan.series, computed) {
            try cache?.save(found, of: composite)
        }
        return DroughtResult(
            series: series(known, plan, computed), statistics: statistics,
            tiles: tiles.tiles.count,
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

    /// Where finished tiles are kept; nil when there is one tile only, which
    /// is the stage, or no output folder.
    private func journal(_ plan: SlotPlan, _ tiles: TilePlan) throws -> TileJournal? {
        guard let root, tiles.tiles.count > 1 else { return nil }
        let series = prepared.plan.series
        let dates = series.map { "\(prepared.stack.composites[$0].date)" }
        let text = ([key] + dates).joined(separator: "\n")
        return try TileJournal(
            root: root, key: Digest(of: Array(text.utf8)).sha256, series: series,
            wanted: plan.series)
    }
}

/// Merges the contributions of tiles in tile order, whatever order they come
/// in, so that sums do not depend on the number of threads.
final class SeriesMerge: Sendable {
    private struct State {
        var next = 0
        var waiting: [Int: TileContribution] = [:]
        var series: [[ZoneComposite]]
        var distributions: [ZoneDistribution]
        var statistics: [OutputStatistics]
        var account = CellAccount()
        var people: PeopleAccount?
        var reasons = [Int](repeating: 0, count: DroughtReason.allCases.count)
    }

    private let positions: [Int: Int]
    private let state: Mutex<State>

    init(composites: [Int], zones: Int) {
        positions = Dictionary(
            uniqueKeysWithValues: composites.enumerated().map { ($0.element, $0.offset) })
        state = Mutex(
            State(
                series: Array(
                    repeating: Array(repeating: ZoneComposite(), count: zones),
                    count: composites.count),
                distributions: Array(repeating: ZoneDistribution(), count: zones),
                statistics: DroughtOutput.allCases.map { _ in OutputStatistics() }))
    }

    func add(_ contribution: TileContribution, at index: Int) {
        state.withLock { state in
            state.waiting[index] = contribution
            while let ready = state.waiting.removeValue(forKey: state.next) {
                for entry in ready.entries {
                    guard let position = positions[entry.composite] else { continue }
                    state.series[position][entry.zone].merge(entry.statistics)
                }
                for part in ready.distributions {
                    state.distributions[part.zone].merge(part.values)
                }
                for (output, statistics) in ready.outputs.enumerated() {
                    state.statistics[output].merge(statistics)
                }
                state.account += ready.account
                if let people = ready.people {
                    var sum = state.people ?? PeopleAccount()
                    sum += people
                    state.people = sum
                }
                for (reason, count) in ready.reasons.enumerated()
                where state.reasons.indices.contains(reason) {
                    state.reasons[reason] += count
                }
                state.next += 1
            }
        }
    }

    func result() -> ([[ZoneComposite]], [OutputStatistics]) {
        state.withLock { ($0.series, $0.statistics) }
    }

    /// Of the as-of composite, by zone.
    func medians() -> [ZoneMedians] { state.withLock { $0.distributions.map(\.medians) } }

    func people() -> PeopleAccount? { state.withLock { $0.people } }

    /// Where the cells of the as-of composite went.
    func accounts() -> (CellAccount, reasons: [Int]) {
        state.withLock { ($0.account, $0.reasons) }
    }
}

/// The rasters being written, one tile at a time.
///
/// `@unchecked Sendable`: while tiles come the writers are touched under the
/// lock only, and at the end by one thread.
final class TileWriters: @unchecked Sendable {
    private let lock = Mutex(())
    private let writers: [RasterWriter]

    init(
        folder: URL, _ prepared: PreparedDrought,
        _ metadata: [RasterInfo.MetadataEntry]
    ) throws {
        writers = try DroughtOutput.allCases.map { output in
            try RasterWriter(
                path: folder.appendingPathComponent("\(output.rawValue).plain.tif").path,
                description: output.description(prepared, metadata: metadata))
        }
    }

    func write(_ layers: TileLayers, _ tile: CellWindow) throws {
        try lock.withLock { _ in
            for (output, writer) in zip(DroughtOutput.allCases, writers) {
                if let floats = layers.floats(of: output) {
                    try writer.write(band: 1, window: tile, cells: floats)
                } else if let bytes = layers.bytes(of: output) {
                    try writer.write(band: 1, window: tile, cells: bytes)
                }
            }
        }
    }

    /// Finishes all rasters, one after the other; nothing is read or written
    /// any more.
    ///
    /// Never in parallel: a thread that needs room in GDAL's block cache
    /// writes out blocks of any raster, and one that is just getting its
    /// overviews is in no state for that.
    func close(statistics: [OutputStatistics]) throws {
        for (writer, statistics) in zip(writers, statistics) {
            writer.setStatistics([statistics.band])
            try writer.close()
        }
    }
}
