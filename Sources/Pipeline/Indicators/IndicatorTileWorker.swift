import Diagnostics
import Drought
import GridCore
import Sectors

/// What a tile adds to the zones and to the statistics of the rasters.
struct IndicatorContribution: Sendable {
    var entries: [IndicatorZoneEntry] = []
    var outputs: [OutputStatistics] = []
    /// Cells by reason, for each plane of reasons.
    var reasons: [[Int]] = []
}

/// The working memory of one worker of the indicators stage, and what it does
/// with a tile.
///
/// Not Sendable: each worker has its own, with its own open files.
final class IndicatorTileWorker {
    private let plan: IndicatorPlan
    private let zones: ZoneIndex
    private let methods: [any IndicatorMethod]
    private let layers: IndicatorLayers
    private let cells: IndicatorCells
    private let capacity: Int
    private let sources: [Source]
    /// nil without masks and people.
    private let land: LandTileReader?
    private let tracer: IndicatorTracer
    /// Of each cell of a tile, see `IndicatorCells.best`.
    private let best: UnsafeMutablePointer<UInt8>
    private let bestCapacity: Int

    /// One stack: how it is read, and where its planes wait.
    private struct Source {
        let axis: SeriesAxis
        let steps: [Int]
        let reader: StackTileReader
        let scratch: PlaneScratch
        let block: SeriesBlock
    }

    /// - Parameters:
    ///   - folder: for scratch files without a name.
    ///   - worker: number that no other worker has.
    init(
        _ plan: IndicatorPlan, zones: ZoneIndex, land: LandTileReader?, tileCells: Int,
        openFiles: Int, folder: String, worker: String
    ) throws {
        self.land = land
        self.plan = plan
        self.zones = zones
        let steps = [plan.vegetation.count, plan.temperature?.count ?? 0, plan.rain?.count ?? 0]
        capacity = IndicatorCells.capacity(steps: steps.max() ?? 1)
        methods = try plan.makeMethods(cells: capacity)
        layers = IndicatorLayers(
            outputs: methods.flatMap(\.outputs), reasonNames: methods.flatMap(\.reasonNames),
            cells: tileCells)
        cells = IndicatorCells(plan, capacity: capacity)
        tracer = IndicatorTracer(plan, zones: zones, methods: methods)
        bestCapacity = plan.gradesQuality ? tileCells : 0
        best = .allocate(capacity: bestCapacity)
        best.initialize(repeating: 0, count: bestCapacity)
        var sources: [Source] = []
        func add(_ axis: SeriesAxis?, _ steps: [Int], _ block: SeriesBlock?, _ name: String) throws {
            guard let axis, let block else { return }
            sources.append(
                Source(
                    axis: axis, steps: steps,
                    reader: StackTileReader(
                        stack: axis.stack, planes: 1, tileCells: tileCells, openFiles: openFiles),
                    scratch: try PlaneScratch(
                        folder: folder, name: "series-\(name)-\(worker)", planeCells: tileCells),
                    block: block))
        }
        try add(plan.vegetation, plan.vegetationSteps, cells.observed, "ndvi")
        try add(plan.temperature, Array(0..<(plan.temperature?.count ?? 0)), cells.temperature, "lst")
        try add(plan.rain, Array(0..<(plan.rain?.count ?? 0)), cells.rain, "rain")
        self.sources = sources
    }

    deinit { best.deallocate() }

    /// Reads a tile of every step, computes what is wanted and hands the
    /// layers to `write`.
    func process(_ tile: CellWindow, write: (IndicatorLayers) throws -> Void) throws
        -> IndicatorContribution
    {
        best.update(repeating: 0, count: bestCapacity)
        for (index, source) in sources.enumerated() {
            let plane = layers.scratchPlane
            for (place, step) in source.steps.enumerated() {
                try source.reader.read([step], tile)
                source.reader.decode(0, 0, tile.count, into: plane)
                if index == 0, bestCapacity > 0, plan.confidenceSteps.contains(step) {
                    source.reader.countBest(0, cells: tile.count, values: plane, into: best)
                }
                try source.scratch.write(place, plane, count: tile.count)
            }
        }
        try land?.read(tile)
        let touched = zones.zones(touching: tile)
        tracer.begin(touched)
        for start in stride(from: 0, to: tile.count, by: capacity) {
            try Interruption.check()
            let count = min(capacity, tile.count - start)
            cells.prepare(count)
            for source in sources {
                for (place, step) in source.steps.enumerated() {
                    try source.scratch.read(place, start, count, into: source.block.plane(step))
                }
            }
            if bestCapacity > 0 { cells.best?.update(from: best + start, count: count) }
            cells.derive()
            compute(start, count)
            tracer.take(cells, tile, start: start, shares: land?.weights)
        }
        if let shares = land?.weights { layers.mask(by: shares, cells: tile.count) }
        var contribution = IndicatorContribution()
        contribution.outputs = layers.statistics(cells: tile.count)
        contribution.reasons = layers.reasonNames.indices.map {
            layers.reasonCounts($0, cells: tile.count)
        }
        let sums = IndicatorTileZones(
            zones: zones, tile: tile, shares: land?.weights, people: land?.counts)
        contribution.entries = touched.enumerated().map { position, zone in
            var entry = sums.entry(zone, of: layers, countsStress: plan.countsStressCells)
            tracer.finish(position, into: &entry)
            return entry
        }
        try write(layers)
        return contribution
    }

    private func compute(_ start: Int, _ count: Int) {
        var output = 0
        var reason = 0
        for method in methods {
            method.compute(
                cells,
                IndicatorTarget(
                    layers: layers, firstOutput: output, firstReason: reason, start: start,
                    count: count))
            output += method.outputs.count
            reason += method.reasonNames.count
        }
    }
}
