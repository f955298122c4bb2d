import Diagnostics
import Drought
import GridCore
import Sectors

/// What a tile adds to the zones and to the statistics of the rasters.
struct IndicatorContribution: Sendable {
    struct Entry: Sendable {
        var zone: Int
        /// One for each output: means for values, areas for classes.
        var values: [ZonalAccumulator]
        var classes: [ClassAreaAccumulator]
        /// People by class, where they are known.
        var people: [ClassAreaAccumulator]
        /// Mean VCI of each of the plan's condition steps, when asked for.
        var condition: [ZonalAccumulator]
    }
    var entries: [Entry] = []
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
    /// VCI of a whole tile, a plane for each condition step that zones want;
    /// empty when none does.
    private let zoneCondition: UnsafeMutablePointer<Float>
    private let zoneSteps: Int
    private let tileCells: Int

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
        self.tileCells = tileCells
        let steps = [plan.vegetation.count, plan.temperature?.count ?? 0, plan.rain?.count ?? 0]
        capacity = IndicatorCells.capacity(steps: steps.max() ?? 1)
        methods = try plan.makeMethods(cells: capacity)
        layers = IndicatorLayers(
            outputs: methods.flatMap(\.outputs), reasonNames: methods.flatMap(\.reasonNames),
            cells: tileCells)
        cells = IndicatorCells(plan, capacity: capacity)
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
        zoneSteps = plan.settings.compute.contains(.runs) ? plan.conditionSteps.count : 0
        zoneCondition = .allocate(capacity: max(1, zoneSteps * tileCells))
    }

    deinit { zoneCondition.deallocate() }

    /// Reads a tile of every step, computes what is wanted and hands the
    /// layers to `write`.
    func process(_ tile: CellWindow, write: (IndicatorLayers) throws -> Void) throws
        -> IndicatorContribution
    {
        for source in sources {
            let plane = layers.scratchPlane
            for (place, step) in source.steps.enumerated() {
                try source.reader.read([step], tile)
                source.reader.decode(0, 0, tile.count, into: plane)
                try source.scratch.write(place, plane, count: tile.count)
            }
        }
        for start in stride(from: 0, to: tile.count, by: capacity) {
            try Interruption.check()
            let count = min(capacity, tile.count - start)
            cells.prepare(count)
            for source in sources {
                for (place, step) in source.steps.enumerated() {
                    try source.scratch.read(place, start, count, into: source.block.plane(step))
                }
            }
            cells.derive()
            compute(start, count)
        }
        try land?.read(tile)
        if let shares = land?.weights { layers.mask(by: shares, cells: tile.count) }
        var contribution = IndicatorContribution()
        contribution.outputs = layers.statistics(cells: tile.count)
        contribution.reasons = layers.reasonNames.indices.map {
            layers.reasonCounts($0, cells: tile.count)
        }
        contribution.entries = zones.zones(touching: tile).map { accumulate(tile, $0) }
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
        for step in 0..<zoneSteps {
            (zoneCondition + step * tileCells + start).update(
                from: cells.condition.plane(step), count: count)
        }
    }

    private func accumulate(_ tile: CellWindow, _ zone: Int) -> IndicatorContribution.Entry {
        let outputs = layers.outputs
        var values = [ZonalAccumulator](repeating: ZonalAccumulator(), count: outputs.count)
        var classes = [ClassAreaAccumulator](
            repeating: ClassAreaAccumulator(), count: outputs.count)
        var people = classes
        for output in outputs.indices {
            if outputs[output].isClass {
                add(tile, zone, layers.codes(output), &classes[output])
                if let counts = land?.counts {
                    zones.accumulate(
                        window: tile, zone: zone, values: layers.codes(output), weights: counts,
                        .amount, into: &people[output])
                }
            } else {
                add(tile, zone, layers.values(output), &values[output])
            }
        }
        let condition = (0..<zoneSteps).map { step in
            var mean = ZonalAccumulator()
            add(tile, zone, zoneCondition + step * tileCells, &mean)
            return mean
        }
        return IndicatorContribution.Entry(
            zone: zone, values: values, classes: classes, people: people, condition: condition)
    }

    private func add(
        _ tile: CellWindow, _ zone: Int, _ cells: UnsafePointer<Float>, _ sum: inout ZonalAccumulator
    ) {
        if let shares = land?.weights {
            zones.accumulate(
                window: tile, zone: zone, values: cells, weights: shares, .shareOfArea, into: &sum)
        } else {
            zones.accumulate(window: tile, zone: zone, values: cells, into: &sum)
        }
    }

    private func add(
        _ tile: CellWindow, _ zone: Int, _ cells: UnsafePointer<UInt8>,
        _ sum: inout ClassAreaAccumulator
    ) {
        if let shares = land?.weights {
            zones.accumulate(
                window: tile, zone: zone, values: cells, weights: shares, .shareOfArea, into: &sum)
        } else {
            zones.accumulate(window: tile, zone: zone, values: cells, into: &sum)
        }
    }
}
