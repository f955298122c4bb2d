import GridCore

/// How many cells of a raster meet in one pixel of a picture, and back.
///
/// Along each axis pixel i of m shows the cells from floor(i n / m) up to
/// floor((i + 1) n / m) of n: a partition when the raster is reduced, and
/// the nearest cell when it is enlarged.
struct RasterResampling: Hashable, Sendable {
    let shape: Shape
    let pixels: Shape

    /// Precondition: neither is empty.
    init(of shape: Shape, to pixels: Shape) {
        precondition(!shape.isEmpty && !pixels.isEmpty, "nothing to resample")
        self.shape = shape
        self.pixels = pixels
    }

    private static func cells(of pixel: Int, _ pixels: Int, _ cells: Int) -> Range<Int> {
        let start = pixel * cells / pixels
        return start..<max(start + 1, (pixel + 1) * cells / pixels)
    }

    func rows(of pixel: Int) -> Range<Int> { Self.cells(of: pixel, pixels.rows, shape.rows) }

    func columns(of pixel: Int) -> Range<Int> {
        Self.cells(of: pixel, pixels.columns, shape.columns)
    }

    /// The mean of the valid cells under each pixel, row after row.
    ///
    /// A pixel is NaN when fewer than half of its cells are valid (neither
    /// NaN nor infinite), so that a thin rim of values does not spread over
    /// nodata. Means are taken in double precision.
    func means(of grid: Grid<Float>) -> [Float] {
        let columnRanges = (0..<pixels.columns).map(columns(of:))
        var means = [Float](repeating: .nan, count: pixels.count)
        grid.withCells { cells in
            for pixelRow in 0..<pixels.rows {
                let rowRange = rows(of: pixelRow)
                for (pixelColumn, columnRange) in columnRanges.enumerated() {
                    var sum = 0.0
                    var valid = 0
                    for row in rowRange {
                        for column in columnRange {
                            let value = cells[row * shape.columns + column]
                            guard value.isFinite else { continue }
                            sum += Double(value)
                            valid += 1
                        }
                    }
                    guard valid > 0, 2 * valid >= rowRange.count * columnRange.count else {
                        continue
                    }
                    means[pixelRow * pixels.columns + pixelColumn] = Float(sum / Double(valid))
                }
            }
        }
        return means
    }

    /// The most frequent class under each pixel, as a position in the class
    /// table or a mark of `ClassRaster`, row after row.
    ///
    /// Nodata counts like a class. Ties go to the class with the higher
    /// code, then to unlisted codes, and to nodata last.
    func majorities(of raster: ClassRaster) -> [UInt8] {
        // Rank in ties, highest first.
        var ranks = [Int](repeating: Int.min + 1, count: 256)
        for (position, entry) in raster.table.entries.enumerated() { ranks[position] = entry.code }
        ranks[Int(ClassRaster.nodata)] = Int.min
        let columnRanges = (0..<pixels.columns).map(columns(of:))
        var majorities = [UInt8](repeating: ClassRaster.nodata, count: pixels.count)
        var counts = [Int](repeating: 0, count: 256)
        raster.indices.withCells { cells in
            for pixelRow in 0..<pixels.rows {
                let rowRange = rows(of: pixelRow)
                for (pixelColumn, columnRange) in columnRanges.enumerated() {
                    var best = cells[rowRange.lowerBound * shape.columns + columnRange.lowerBound]
                    for row in rowRange {
                        for column in columnRange {
                            let index = cells[row * shape.columns + column]
                            counts[Int(index)] += 1
                            let lead = counts[Int(index)] - counts[Int(best)]
                            if lead > 0 || lead == 0 && ranks[Int(index)] > ranks[Int(best)] {
                                best = index
                            }
                        }
                    }
                    majorities[pixelRow * pixels.columns + pixelColumn] = best
                    for row in rowRange {
                        for column in columnRange {
                            counts[Int(cells[row * shape.columns + column])] = 0
                        }
                    }
                }
            }
        }
        return majorities
    }
}
