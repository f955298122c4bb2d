import Drought
import Geo
import GridCore
import Sectors

/// Zone statistics of one composite.
struct ZoneComposite: Sendable {
    var ndvi = ZonalAccumulator()
    var vci = ZonalAccumulator()
    var anomaly = ZonalAccumulator()
    var percent = ZonalAccumulator()
    var zscore = ZonalAccumulator()
    var classes = ClassAreaAccumulator()

    mutating func merge(_ other: ZoneComposite) {
        ndvi.merge(other.ndvi)
        vci.merge(other.vci)
        anomaly.merge(other.anomaly)
        percent.merge(other.percent)
        zscore.merge(other.zscore)
        classes.merge(other.classes)
    }
}

/// What a tile adds to the zones: by composite and zone, only zones that it
/// touches.
struct TileContribution: Sendable {
    struct Entry: Sendable {
        var composite: Int
        var zone: Int
        var statistics: ZoneComposite
    }
    var entries: [Entry] = []
    var outputs: [OutputStatistics] = []
}

/// The working memory of one worker, and what it does with a tile.
///
/// Not Sendable: each worker has its own, with its own open files.
final class DroughtTileWorker {
    private let stack: RasterStack
    private let plan: SlotPlan
    private let zones: ZoneIndex
    private let rule: VegetationIndexRule
    private let table: DroughtClassTable
    private let kernels: Kernels
    private let pool: RasterPool

    private let chunk: CellChunk
    private let indices = ChunkIndices()
    private let cells: Int
    private let rawInt16: UnsafeMutablePointer<Int16>
    private let rawFloat: UnsafeMutablePointer<Float>
    private let quality: UnsafeMutablePointer<UInt16>
    private let layers: TileLayers

    init(
        stack: RasterStack, plan: SlotPlan, zones: ZoneIndex, rule: VegetationIndexRule,
        table: DroughtClassTable, tileCells: Int, openFiles: Int
    ) {
        self.stack = stack
        self.plan = plan
        self.zones = zones
        self.rule = rule
        self.table = table
        kernels = .best
        pool = RasterPool(capacity: openFiles)
        cells = tileCells
        chunk = CellChunk(planeCapacity: plan.mostPlanes)
        let planes = plan.mostPlanes * tileCells
        rawInt16 = .allocate(capacity: stack.fitsInt16 ? planes : 1)
        rawFloat = .allocate(capacity: stack.fitsInt16 ? 1 : planes)
        quality = .allocate(capacity: stack.acceptedQuality == nil ? 1 : planes)
        layers = TileLayers(cells: tileCells)
    }

    deinit {
        rawInt16.deallocate()
        rawFloat.deallocate()
        quality.deallocate()
    }

    /// Reads a tile of every plane, computes what is wanted, hands the layers
    /// of the as-of composite to `write` and returns the zones' share.
    func process(_ tile: CellWindow, write: (TileLayers) throws -> Void) throws
        -> TileContribution
    {
        var contribution = TileContribution()
        let touched = zones.zones(touching: tile)
        for slot in plan.slots {
            // Nothing of the period would be used.
            guard !touched.isEmpty || slot.wanted.contains(plan.current) else { continue }
            let extra = slot.wanted.filter { !slot.baseline.contains($0) }
            let planes = slot.baseline + extra
            try read(planes, tile)
            for wanted in slot.wanted {
                guard let plane = planes.firstIndex(of: wanted) else { continue }
                let isCurrent = wanted == plan.current
                compute(
                    planes.count, baseline: slot.baseline.count, wanted: plane, tile: tile,
                    complete: isCurrent)
                for zone in touched {
                    contribution.entries.append(
                        TileContribution.Entry(
                            composite: wanted, zone: zone, statistics: accumulate(tile, zone)))
                }
                if isCurrent {
                    contribution.outputs = layers.statistics(cells: tile.count)
                    try write(layers)
                }
            }
        }
        return contribution
    }

    private func read(_ planes: [Int], _ tile: CellWindow) throws {
        for (plane, position) in planes.enumerated() {
            let composite = stack.composites[position]
            let source = try pool.source(composite.raster)
            if stack.fitsInt16 {
                try source.read(
                    band: composite.band, window: tile, into: rawInt16 + plane * cells)
            } else {
                try source.read(
                    band: composite.band, window: tile, into: rawFloat + plane * cells)
            }
            if stack.acceptedQuality != nil, let graded = composite.quality {
                try pool.source(graded.raster).read(
                    band: graded.band, window: tile, into: quality + plane * cells)
            }
        }
    }

    /// Fills the layers for one wanted plane, chunk by chunk.
    private func compute(
        _ planeCount: Int, baseline: Int, wanted: Int, tile: CellWindow, complete: Bool
    ) {
        for start in stride(from: 0, to: tile.count, by: CellChunk.capacity) {
            let count = min(CellChunk.capacity, tile.count - start)
            for plane in 0..<planeCount where plane < baseline || plane == wanted {
                decode(plane, start, count)
            }
            kernels.climatology(chunk, baseline, count, stack.fitsInt16)
            let current = UnsafePointer(chunk.plane(wanted))
            indices.compute(
                current: current, chunk: chunk, cells: count, rule: rule, table: table,
                kernels: kernels)
            layers.take(indices, current: current, at: start, count: count, rule: rule)
            if complete {
                indices.explain(current: current, chunk: chunk, cells: count, rule: rule)
                layers.take(reasonsOf: indices, climatologyOf: chunk, at: start, count, rule: rule)
            }
        }
    }

    private func decode(_ plane: Int, _ start: Int, _ count: Int) {
        let target = chunk.plane(plane)
        let offset = plane * cells + start
        if stack.fitsInt16 {
            kernels.decodeInt16(rawInt16 + offset, count, stack.rule, target)
        } else {
            kernels.decodeFloat(rawFloat + offset, count, stack.rule, target)
        }
        guard let accepted = stack.acceptedQuality else { return }
        accepted.withUnsafeBufferPointer { accepted in
            for i in 0..<count where !accepted[Int(quality[offset + i])] { target[i] = .nan }
        }
    }

    private func accumulate(_ tile: CellWindow, _ zone: Int) -> ZoneComposite {
        var result = ZoneComposite()
        zones.accumulate(window: tile, zone: zone, values: layers.ndvi, into: &result.ndvi)
        zones.accumulate(window: tile, zone: zone, values: layers.vci, into: &result.vci)
        zones.accumulate(window: tile, zone: zone, values: layers.anomaly, into: &result.anomaly)
        zones.accumulate(window: tile, zone: zone, values: layers.percent, into: &result.percent)
        zones.accumulate(window: tile, zone: zone, values: layers.zscore, into: &result.zscore)
        zones.accumulate(window: tile, zone: zone, values: layers.classes, into: &result.classes)
        return result
    }
}
