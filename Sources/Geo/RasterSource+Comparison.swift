import CGDAL
import Glibc
import GridCore

extension RasterSource {
    /// Rows and columns that are compared at a time: a block of the published
    /// files.
    private static let comparedSide = 512

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
        let byteCount = Self.comparedSide * Self.comparedSide * type.byteCount
        let mine = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
        defer { mine.deallocate() }
        let others = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
        defer { others.deallocate() }
        for row in stride(from: 0, to: info.shape.rows, by: Self.comparedSide) {
            for column in stride(from: 0, to: info.shape.columns, by: Self.comparedSide) {
                let window = CellWindow(
                    row: row, column: column, rows: Self.comparedSide, columns: Self.comparedSide
                ).intersection(CellWindow(info.shape))
                let shape = window.shape
                try read(band, window, mine, type.gdalType, shape, GRIORA_NearestNeighbour)
                try other.read(band, window, others, type.gdalType, shape, GRIORA_NearestNeighbour)
                guard memcmp(mine, others, window.count * type.byteCount) == 0 else { return false }
            }
        }
        return true
    }
}
