import Diagnostics
import Drought
import Geo
import GridCore
import Sectors

/// Reads the weights that a mask gives to the cells of a tile, and the people
/// in them.
///
/// Not Sendable: each worker has its own.
final class LandTileReader {
    private let mask: PreparedMask?
    private let people: PreparedPeople?
    private let pool: RasterPool
    private let weightCells: UnsafeMutablePointer<Float>
    private let peopleCells: UnsafeMutablePointer<Float>
    private let scratch: UnsafeMutablePointer<Double>
    private let shares: UnsafeMutablePointer<Float>

    /// A share may lie above 1 by the rounding of its scale.
    private static let shareTolerance = 1e-6

    /// Share of each cell that is kept, 0 ... 1; nil without a mask.
    var weights: UnsafePointer<Float>? { mask.map { _ in UnsafePointer(weightCells) } }
    /// People in each cell, none of them NaN; nil without a raster.
    var counts: UnsafePointer<Float>? { people.map { _ in UnsafePointer(peopleCells) } }

    /// Of the tile that was read last; nil without a raster of people.
    private(set) var account: PeopleAccount?

    /// nil when there is neither mask nor people.
    init?(_ prepared: PreparedDrought, tileCells: Int) {
        guard prepared.mask != nil || prepared.people != nil else { return nil }
        mask = prepared.mask
        people = prepared.people
        pool = RasterPool(capacity: (prepared.mask?.sources.count ?? 0) + 1)
        weightCells = .allocate(capacity: tileCells)
        peopleCells = .allocate(capacity: tileCells)
        scratch = .allocate(capacity: tileCells)
        shares = .allocate(capacity: tileCells)
    }

    deinit {
        weightCells.deallocate()
        peopleCells.deallocate()
        scratch.deallocate()
        shares.deallocate()
    }

    /// Reads a tile; `weights` are of it afterwards, and `counts` when they
    /// are asked for.
    func read(_ tile: CellWindow, withPeople: Bool = true) throws {
        if let mask {
            try mask.mask.combine(cells: tile.count, into: weightCells) { layer in
                try readShares(mask.sources[layer], tile)
                return UnsafePointer(shares)
            }
        }
        if withPeople, let people { try read(people, tile) }
    }

    private func readShares(_ source: PreparedMask.Source, _ tile: CellWindow) throws {
        switch source {
        case .fraction(let raster, let scale, let nodata):
            try pool.source(raster).read(band: 1, window: tile, into: scratch)
            for i in 0..<tile.count {
                let stored = scratch[i]
                let isMissing = stored.isNaN || stored == nodata
                let share = isMissing ? 0 : stored * scale
                guard share >= 0, share <= 1 + Self.shareTolerance else {
                    throw PipelineError(
                        .notAShare, at: Place(file: raster.name),
                        "holds \(stored) (expected shares of a cell, 0 to 1 once multiplied by "
                            + "scale, \(scale))",
                        mend: "Write scale: 0.01 for percent, values: [...] for codes, or mark its "
                            + "fill number as nodata with gdal_translate -a_nodata")
                }
                shares[i] = Float(share)
            }
        case .classes(let raster, let values, let nodata):
            try pool.source(raster).read(band: 1, window: tile, into: scratch)
            for i in 0..<tile.count {
                let isShown =
                    scratch[i] != nodata && Int(exactly: scratch[i]).map(values.contains) == true
                shares[i] = isShown ? 1 : 0
            }
        case .polygons(let coverage):
            coverage.write(tile, into: shares)
        }
    }

    private func read(_ people: PreparedPeople, _ tile: CellWindow) throws {
        try pool.source(people.raster).read(band: 1, window: tile, into: scratch)
        var account = PeopleAccount()
        for i in 0..<tile.count {
            let stored = scratch[i]
            let isMissing = stored.isNaN || stored == people.nodata
            guard isMissing || stored >= 0 && stored.isFinite else {
                throw PipelineError(
                    .negativePeople, at: Place(file: people.raster.name),
                    "holds \(stored) people in a cell (expected 0 or more)",
                    mend: "Mark its fill number as nodata: gdal_translate -a_nodata")
            }
            peopleCells[i] = isMissing ? 0 : Float(stored)
            account.cells += isMissing ? 0 : 1
            account.nodata += isMissing ? 1 : 0
            account.total += isMissing ? 0 : stored
        }
        self.account = account
    }
}
