import Drought
import Geo
import GridCore
import Sectors

/// What a tile adds to the zones: by composite and zone, only zones that it
/// touches.
struct TileContribution: Sendable, Codable {
    struct Entry: Sendable, Codable {
        var composite: Int
        var zone: Int
        var statistics: ZoneComposite
    }
    struct Distribution: Sendable, Codable {
        var zone: Int
        var values: ZoneDistribution
    }
    var entries: [Entry] = []
    /// Of the as-of composite.
    var distributions: [Distribution] = []
    var outputs: [OutputStatistics] = []
    var account = CellAccount()
    /// nil without a raster of people.
    var people: PeopleAccount?
    /// Cells by reason, in the order of `DroughtReason`.
    var reasons: [Int] = []
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
    private let climatology: BaselineReading?
    /// nil without masks and people.
    private let land: LandTileReader?

    private let reader: StackTileReader
    private let chunk: CellChunk
    private let indices = ChunkIndices()
    private let layers: TileLayers
    /// Climatology of the tile from a product; nil when there is none.
    private let state: ClimatologyState?

    /// - Parameter climatology: periods that need no reading of the archive.
    init(
        stack: RasterStack, plan: SlotPlan, zones: ZoneIndex, rule: VegetationIndexRule,
        table: DroughtClassTable, climatology: BaselineReading? = nil, land: LandTileReader? = nil,
        tileCells: Int, openFiles: Int
    ) {
        self.stack = stack
        self.plan = plan
        self.zones = zones
        self.rule = rule
        self.table = table
        self.climatology = climatology
        self.land = land
        kernels = .best
        let planes = plan.mostPlanes { climatology?.has(slot: $0) ?? false }
        reader = StackTileReader(
            stack: stack, planes: planes, tileCells: tileCells, openFiles: openFiles)
        chunk = CellChunk(planeCapacity: planes)
        layers = TileLayers(cells: tileCells)
        state = climatology.map { _ in ClimatologyState(cells: tileCells) }
    }

    /// Takes a part from the journal and hands its layers to `write`; nil
    /// when it has to be computed.
    func restore(
        _ part: TileWork.Part, from journal: TileJournal, write: (TileLayers) throws -> Void
    ) throws -> TileContribution? {
        let planes = layers(of: part)
        guard let kept = journal.load(part, into: planes) else { return nil }
        if part.hasCurrent { try write(layers) }
        return kept
    }

    /// Keeps the part that was just computed.
    func keep(
        _ contribution: TileContribution, _ part: TileWork.Part, in journal: TileJournal
    ) throws {
        try journal.save(contribution, part, planes: layers(of: part))
    }

    /// What is kept of the layers: those of the as-of composite.
    private func layers(of part: TileWork.Part) -> [UnsafeMutableRawBufferPointer] {
        part.hasCurrent ? layers.planes(cells: part.tile.count) : []
    }

    /// Reads a tile of every plane, computes what is wanted, hands the layers
    /// of the as-of composite to `write` and returns the zones' share. The
    /// layers stay those of the as-of composite when the part has it.
    func process(_ part: TileWork.Part, write: (TileLayers) throws -> Void) throws
        -> TileContribution
    {
        let tile = part.tile
        var contribution = TileContribution()
        let touched = zones.zones(touching: tile)
        // Nothing of it would be used.
        guard !touched.isEmpty || part.hasCurrent else { return contribution }
        try land?.read(tile, withPeople: part.hasCurrent)
        let zonesOfTile = TileZones(
            zones: zones, tile: tile, shares: land?.weights, people: land?.counts)
        for slot in part.slots {
            guard !touched.isEmpty || slot.wanted.contains(plan.current) else { continue }
            let isKept = try readClimatology(slot.index, tile)
            let baseline = isKept ? [] : slot.baseline
            let planes = baseline + slot.wanted.filter { !baseline.contains($0) }
            try reader.read(planes, tile)
            for wanted in slot.wanted {
                guard let plane = planes.firstIndex(of: wanted) else { continue }
                let isCurrent = wanted == plan.current
                compute(
                    planes.count, baseline: baseline.count, wanted: plane, tile: tile,
                    isKept: isKept, complete: isCurrent)
                if let shares = land?.weights { layers.mask(by: shares, cells: tile.count) }
                for zone in touched {
                    contribution.entries.append(
                        TileContribution.Entry(
                            composite: wanted, zone: zone,
                            statistics: zonesOfTile.composite(zone, of: layers)))
                }
                guard isCurrent else { continue }
                contribution.distributions = touched.map {
                    .init(zone: $0, values: zonesOfTile.distribution($0, of: layers))
                }
                contribution.outputs = layers.statistics(cells: tile.count)
                contribution.people = land?.account
                contribution.account = reader.account(plane, cells: tile.count)
                contribution.reasons = layers.reasonCounts(cells: tile.count)
                try write(layers)
            }
        }
        return contribution
    }

    /// Reads the climatology of a period from the product; false when it has
    /// to come from the archive.
    private func readClimatology(_ slot: Int, _ tile: CellWindow) throws -> Bool {
        guard let climatology, let state, climatology.has(slot: slot) else { return false }
        try climatology.read(slot: slot, tile, into: state, pool: reader.pool)
        return true
    }

    /// Fills the layers for one wanted plane, chunk by chunk.
    private func compute(
        _ planeCount: Int, baseline: Int, wanted: Int, tile: CellWindow, isKept: Bool,
        complete: Bool
    ) {
        for start in stride(from: 0, to: tile.count, by: CellChunk.capacity) {
            let count = min(CellChunk.capacity, tile.count - start)
            for plane in 0..<planeCount where plane < baseline || plane == wanted {
                reader.decode(plane, start, count, into: chunk.plane(plane))
            }
            if isKept, let state {
                state.load(into: chunk, from: start, cells: count)
                kernels.continuedClimatology(chunk, 0, count, stack.fitsInt16)
            } else {
                kernels.climatology(chunk, baseline, count, stack.fitsInt16)
            }
            let current = UnsafePointer(chunk.plane(wanted))
            indices.compute(
                current: current, chunk: chunk, cells: count, rule: rule, table: table,
                kernels: kernels)
            layers.take(indices, current: current, at: start, count: count, rule: rule)
            layers.take(climatologyOf: chunk, at: start, count, rule: rule)
            if complete {
                indices.explain(current: current, chunk: chunk, cells: count, rule: rule)
                layers.take(reasonsOf: indices, at: start, count)
            }
        }
    }
}
