import CGDAL
import GridCore

/// Fills the overviews of a raster that is being written, each from the one
/// before it, so that every cell is read once.
///
/// A cell of an overview stands for two by two cells of the level before, at
/// the lower and right edge for those that are there: their mean, or their
/// most frequent code, of those that have a value. GDAL's own means take ten
/// times as long.
struct OverviewPyramid {
    /// Stored number of a cell without value; NaN for floats.
    let nodata: Double
    let isCategorical: Bool
    /// Means are rounded, halves up.
    let isInteger: Bool

    /// Cells of a level that are held at once.
    private static let stripCells = 1 << 18

    /// Fills the `levels` overviews of a band; false when GDAL fails.
    func fill(_ band: GDALRasterBandH, levels: Int) -> Bool {
        var source = band
        for level in 0..<levels {
            guard let target = GDALGetOverview(band, Int32(level)), halve(source, into: target)
            else { return false }
            source = target
        }
        return true
    }

    private func halve(_ source: GDALRasterBandH, into target: GDALRasterBandH) -> Bool {
        let from = Shape(
            rows: Int(GDALGetRasterBandYSize(source)), columns: Int(GDALGetRasterBandXSize(source)))
        let to = Shape(
            rows: Int(GDALGetRasterBandYSize(target)), columns: Int(GDALGetRasterBandXSize(target)))
        // Rows of the overview that are made at once.
        let strip = max(1, Self.stripCells / max(1, from.columns) / 2)
        var cells = [Double](repeating: 0, count: 2 * strip * from.columns)
        var halved = [Double](repeating: 0, count: strip * to.columns)
        for first in stride(from: 0, to: to.rows, by: strip) {
            let rows = min(strip, to.rows - first)
            let sourceRows = min(2 * rows, from.rows - 2 * first)
            guard transfer(source, GF_Read, row: 2 * first, sourceRows, from.columns, &cells) else {
                return false
            }
            for row in 0..<rows {
                halve(
                    cells, upper: 2 * row, lower: min(2 * row + 1, sourceRows - 1), from.columns,
                    into: &halved, row * to.columns, to.columns)
            }
            guard transfer(target, GF_Write, row: first, rows, to.columns, &halved) else {
                return false
            }
        }
        return true
    }

    /// One row of an overview out of two, which are the same one at an edge.
    private func halve(
        _ cells: [Double], upper: Int, lower: Int, _ columns: Int, into halved: inout [Double],
        _ start: Int, _ count: Int
    ) {
        let hasLower = lower != upper
        cells.withUnsafeBufferPointer { cells in
            halved.withUnsafeMutableBufferPointer { halved in
                for column in 0..<count {
                    let left = 2 * column
                    let hasRight = left + 1 < columns
                    let a = cells[upper * columns + left]
                    let b = hasRight ? cells[upper * columns + left + 1] : nodata
                    let c = hasLower ? cells[lower * columns + left] : nodata
                    let d = hasRight && hasLower ? cells[lower * columns + left + 1] : nodata
                    halved[start + column] =
                        isCategorical ? mostFrequent(a, b, c, d) : mean(a, b, c, d)
                }
            }
        }
    }

    private func isValue(_ x: Double) -> Bool { x != nodata && x == x }

    private func mean(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
        var sum = 0.0
        var count = 0.0
        func add(_ x: Double) {
            let isValue = isValue(x)
            sum += isValue ? x : 0
            count += isValue ? 1 : 0
        }
        add(a)
        add(b)
        add(c)
        add(d)
        guard count > 0 else { return nodata }
        return isInteger ? (sum / count + 0.5).rounded(.down) : sum / count
    }

    /// Of equally frequent codes the first in reading order.
    private func mostFrequent(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
        var best = nodata
        var most = 0
        func consider(_ x: Double) {
            guard isValue(x) else { return }
            let times = (a == x ? 1 : 0) + (b == x ? 1 : 0) + (c == x ? 1 : 0) + (d == x ? 1 : 0)
            if times > most {
                best = x
                most = times
            }
        }
        consider(a)
        consider(b)
        consider(c)
        consider(d)
        return best
    }

    private func transfer(
        _ band: GDALRasterBandH, _ direction: GDALRWFlag, row: Int, _ rows: Int, _ columns: Int,
        _ cells: inout [Double]
    ) -> Bool {
        cells.withUnsafeMutableBytes {
            GDALRasterIOEx(
                band, direction, 0, Int32(row), Int32(columns), Int32(rows), $0.baseAddress,
                Int32(columns), Int32(rows), GDT_Float64, 0, 0, nil)
        } == CE_None
    }
}
