import Diagnostics
import Drought
import Foundation
import Geo
import GridCore
import Sectors
import Synchronization

/// What the indicators stage found.
struct IndicatorResult: Sendable {
    /// By zone; nil where no tile touches it.
    var zones: [IndicatorZoneEntry?]
    /// Of the rasters, in the order of the outputs.
    var statistics: [OutputStatistics]
    /// Cells by reason, for each plane of reasons.
    var reasons: [[Int]]
}

/// Streams whole series through the methods, tile by tile.
struct IndicatorStage {
    let plan: IndicatorPlan
    /// With the masks and people of the night.
    let prepared: PreparedDrought
    let zones: ZoneIndex
    let threads: Int
    /// Cells that a tile aims at.
    var tileCells = TilePlan.cellsWanted

    /// Computes everything and writes the plain rasters into `folder`.
    ///
    /// `progress` gets the share done, from any thread.
    func run(
        folder: URL, metadata: [RasterInfo.MetadataEntry],
        progress: @escaping @Sendable (Double) -> Void
    ) throws -> IndicatorResult {
        let tiles = TilePlan(
            plan.vegetation.stack, threads: threads, cellsWanted: tileCells)
        GDALRuntime.setCache(bytes: tiles.cacheBytes)
        defer { GDALRuntime.setCache(bytes: GDALRuntime.defaultCacheBytes) }
        let methods = try plan.makeMethods()
        let writers = try IndicatorWriters(
            folder: folder, spec: plan.vegetation.stack.spec, tile: tiles.largest, methods,
            metadata)
        let openFiles = min(TilePlan.openFiles, OpenFileLimit.raise() / max(1, threads * 3))
        let numbers = Atomic<Int>(0)
        let workers = PerWorker(workers: threads) { [plan, prepared, zones] in
            try IndicatorTileWorker(
                plan, zones: zones,
                land: LandTileReader(prepared, tileCells: tiles.mostCells),
                tileCells: tiles.mostCells, openFiles: openFiles,
                folder: folder.path,
                worker: "\(numbers.wrappingAdd(1, ordering: .relaxed).newValue)")
        }
        let merge = Mutex(Merge(zones: zones.zoneCount, methods))
        let done = Atomic<Int>(0)
        _ = try mapInParallel(count: tiles.tiles.count, threads: threads) { worker, index in
            try Interruption.check()
            let tile = tiles.tiles[index]
            let contribution = try workers.value(of: worker).process(tile) {
                try writers.write($0, tile)
            }
            merge.withLock { $0.add(contribution, at: index) }
            let finished = done.wrappingAdd(1, ordering: .relaxed).newValue
            progress(Double(finished) / Double(tiles.tiles.count))
        }
        let result = merge.withLock { $0.result }
        try writers.close(statistics: result.statistics)
        return result
    }

    /// Takes contributions in the order of the tiles, whatever order they
    /// come in, so that sums do not depend on the number of threads.
    private struct Merge {
        var result: IndicatorResult
        private var next = 0
        private var waiting: [Int: IndicatorContribution] = [:]

        init(zones: Int, _ methods: [any IndicatorMethod]) {
            result = IndicatorResult(
                zones: Array(repeating: nil, count: zones),
                statistics: methods.flatMap(\.outputs).map { _ in OutputStatistics() },
                reasons: methods.flatMap(\.reasonNames).map { _ in
                    [Int](repeating: 0, count: IndicatorReason.allCases.count)
                })
        }

        mutating func add(_ contribution: IndicatorContribution, at index: Int) {
            waiting[index] = contribution
            while let ready = waiting.removeValue(forKey: next) {
                for entry in ready.entries { merge(entry) }
                for (output, statistics) in ready.outputs.enumerated() {
                    result.statistics[output].merge(statistics)
                }
                for (plane, counts) in ready.reasons.enumerated() {
                    for (reason, count) in counts.enumerated() {
                        result.reasons[plane][reason] += count
                    }
                }
                next += 1
            }
        }

        private mutating func merge(_ entry: IndicatorZoneEntry) {
            if result.zones[entry.zone] == nil {
                result.zones[entry.zone] = entry
            } else {
                result.zones[entry.zone]?.merge(entry)
            }
        }
    }
}

/// The rasters being written, one tile at a time.
///
/// `@unchecked Sendable`: while tiles come the writers are touched under the
/// lock only, and at the end by one thread.
final class IndicatorWriters: @unchecked Sendable {
    private let lock = Mutex(())
    private let outputs: [IndicatorOutput]
    private let writers: [RasterWriter]
    private let reasons: RasterWriter

    /// Name of the plain file of an output.
    static func plainName(_ name: String) -> String { "\(name).plain.tif" }

    init(
        folder: URL, spec: GridSpec, tile: Shape, _ methods: [any IndicatorMethod],
        _ metadata: [RasterInfo.MetadataEntry]
    ) throws {
        outputs = methods.flatMap(\.outputs)
        writers = try outputs.map { output in
            try RasterWriter(
                path: folder.appendingPathComponent(Self.plainName(output.name)).path,
                description: output.description(spec, metadata: metadata),
                layout: .plain(tile: tile))
        }
        reasons = try RasterWriter(
            path: folder.appendingPathComponent(Self.plainName(IndicatorReasons.name)).path,
            description: IndicatorReasons.description(
                spec, methods.flatMap(\.reasonNames), metadata),
            layout: .plain(tile: tile))
    }

    /// See `TileWriters.write` for the flushing.
    func write(_ layers: IndicatorLayers, _ tile: CellWindow) throws {
        try lock.withLock { _ in
            for (index, output) in outputs.enumerated() {
                if output.isClass {
                    try writers[index].write(band: 1, window: tile, cells: layers.codes(index))
                } else {
                    try writers[index].write(band: 1, window: tile, cells: layers.values(index))
                }
                try writers[index].flush()
            }
            for plane in layers.reasonNames.indices {
                try reasons.write(band: plane + 1, window: tile, cells: layers.reasons(plane))
            }
            try reasons.flush()
        }
    }

    /// Finishes all rasters, one after the other; see `TileWriters.close`.
    func close(statistics: [OutputStatistics]) throws {
        for (writer, statistics) in zip(writers, statistics) {
            writer.setStatistics([statistics.band])
            try writer.close()
        }
        try reasons.close()
    }
}

/// The companion raster: a band for each indicator that says why a cell has
/// no value, or what its value rests on.
enum IndicatorReasons {
    static let name = "reasons"
    static let path = "indicators/reasons.tif"
    static let title = "Why indicators have no value, one band each"

    static func description(
        _ spec: GridSpec, _ names: [String], _ metadata: [RasterInfo.MetadataEntry]
    ) -> RasterDescription {
        let texts = IndicatorReason.allCases.map(\.text)
        let legend = IndicatorReason.allCases.map { "\($0.rawValue) \($0.text)" }
        return RasterDescription(
            spec: spec, type: .uint8, nodata: 255,
            bands: names.map { .init(description: $0, unit: "", categories: texts) },
            metadata: metadata + [.init(key: "CLASSES", value: legend.joined(separator: "; "))])
    }
}
