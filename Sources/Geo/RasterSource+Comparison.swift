import CGDAL
import Glibc
import GridCore

extension RasterSource {
    /// Rows that are compared at a time: one row of blocks.
    private static let rowsPerComparison = 512

    /// Whether a band of both rasters holds the same cells, bit for bit.
    ///
    /// GDAL's own checksum would not do: it rounds values to integers first.
    ///
    /// - Throws: `GeoError` when cells of one cannot be read.
    func hasSameCells(as other: RasterSource, band: Int) throws(GeoError) -> Bool {
        let type = info.bands[band - 1].type
        guard info.shape == other.info.shape, other.info.bands.count >= band,
            other.info.bands[band - 1].type == type
        else { return false }
        let rows = min(info.shape.rows, Self.rowsPerComparison)
        let rowBytes = info.shape.columns * type.byteCount
        let mine = UnsafeMutableRawPointer.allocate(byteCount: rows * rowBytes, alignment: 64)
        defer { mine.deallocate() }
        let others = UnsafeMutableRawPointer.allocate(byteCount: rows * rowBytes, alignment: 64)
        defer { others.deallocate() }
        for row in stride(from: 0, to: info.shape.rows, by: rows) {
            let window = CellWindow(row: row, column: 0, rows: rows, columns: info.shape.columns)
                .intersection(CellWindow(info.shape))
            let shape = window.shape
            try read(band, window, mine, type.gdalType, shape, GRIORA_NearestNeighbour)
            try other.read(band, window, others, type.gdalType, shape, GRIORA_NearestNeighbour)
            guard memcmp(mine, others, window.rows * rowBytes) == 0 else { return false }
        }
        return true
    }
}
