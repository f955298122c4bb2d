import Drought
import GridCore

/// How a stack is cut into tiles, and what that costs.
struct TilePlan: Sendable {
    let tiles: [CellWindow]
    /// The largest tile; smaller ones lie at the edges of the grid.
    let largest: Shape
    /// Bytes that GDAL should keep decoded so that no block is decoded twice.
    let cacheBytes: Int

    /// Cells of the largest tile.
    var mostCells: Int { largest.count }

    /// Cells that a tile aims at: few enough for memory and for an even
    /// share of work, many enough that what a tile costs beside its cells is
    /// next to nothing.
    static let cellsWanted = 1 << 18
    /// Rasters that a worker keeps open. An open GeoTIFF holds about a block,
    /// so that memory would grow with the archive if all stayed open.
    static let openFiles = 64

    /// Tiles along the blocks of the file: whole blocks, in row order, so
    /// that each block is decoded once. The tiles depend on the grid and the
    /// blocks of the stack alone: zone sums are added tile by tile, so that
    /// the geometry must not move when the archive grows. `threads` counts
    /// for the memory of GDAL only.
    ///
    /// - Parameter cellsWanted: cells that a tile aims at.
    init(_ stack: RasterStack, threads: Int, cellsWanted: Int = cellsWanted) {
        let shape = stack.spec.shape
        let block = Shape(
            rows: min(max(1, stack.block.rows), shape.rows),
            columns: min(max(1, stack.block.columns), shape.columns))
        let blocksAcross = max(1, cellsWanted / max(1, block.count))
        let columns = min(shape.columns, block.columns * blocksAcross)
        // A full-width tile takes more block rows instead.
        let blocksDown =
            columns == shape.columns ? max(1, cellsWanted / max(1, columns * block.rows)) : 1
        let rows = min(shape.rows, block.rows * blocksDown)
        var tiles: [CellWindow] = []
        for row in stride(from: 0, to: shape.rows, by: rows) {
            for column in stride(from: 0, to: shape.columns, by: columns) {
                tiles.append(
                    CellWindow(row: row, column: column, rows: rows, columns: columns)
                        .intersection(CellWindow(shape)))
            }
        }
        self.tiles = tiles
        largest = Shape(rows: rows, columns: columns)
        let blockBytes = block.count * (stack.fitsInt16 ? 2 : 4)
        // One band at a time is read from files of one band; interleaved
        // bands are decoded together and must all stay.
        cacheBytes = max(16 << 20, blockBytes * stack.bandsPerBlock * (threads + 1))
    }
}
