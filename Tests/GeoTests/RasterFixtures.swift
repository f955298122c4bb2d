import Foundation
import Geo
import GridCore
import TestSupport

/// A grid over Somalia with cells of 0.01 degrees.
func somaliGrid(rows: Int, columns: Int) -> GridSpec {
    GridSpec(
        shape: Shape(rows: rows, columns: columns),
        geotransform: Geotransform(
            originX: 41, cellWidth: 0.01, originY: 12, cellHeight: -0.01),
        crs: .wgs84)
}

/// A published raster with one band of values.
func valueRaster(rows: Int, columns: Int) -> RasterDescription {
    RasterDescription(
        spec: somaliGrid(rows: rows, columns: columns), type: .float32, nodata: .nan,
        bands: [RasterDescription.Band(description: "VCI", unit: "%")])
}

/// A published raster with one band of classes; 255 is no value.
func classRaster(rows: Int, columns: Int) -> RasterDescription {
    RasterDescription(
        spec: somaliGrid(rows: rows, columns: columns), type: .uint8, nodata: 255,
        bands: [
            RasterDescription.Band(
                description: "class", unit: "", categories: ["none", "mild", "severe"])
        ])
}

/// Writes bands of whole cells, each in one piece.
func write(
    _ bands: [[Float]], as description: RasterDescription, to path: String,
    statistics: [BandStatistics?] = []
) throws {
    let writer = try RasterWriter(path: path, description: description)
    for (index, cells) in bands.enumerated() {
        try writer.write(
            band: index + 1, window: CellWindow(description.spec.shape), cells: cells)
    }
    writer.setStatistics(statistics)
    try writer.close()
}

/// All cells of a band.
func cells(of source: RasterSource, band: Int = 1) throws -> [Float] {
    var cells = [Float](repeating: 0, count: source.info.shape.count)
    try source.read(band: band, window: CellWindow(source.info.shape), into: &cells)
    return cells
}

func open(_ path: String) throws -> RasterSource {
    try RasterSource(RasterReference(name: "raster.tif", path: path))
}

/// Cells that are equal bit for bit, NaN included.
func bits(_ cells: some Sequence<Float>) -> Data {
    Array(cells).withUnsafeBytes { Data($0) }
}

/// Values in 0 ..< 100 with one in ten missing; they come again after a prime
/// number of cells, which no row or block is a multiple of.
func randomCells(count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    let period = (0..<4999).map { _ in
        let value = Float.random(in: 0..<111, using: &generator)
        return value < 100 ? value : .nan
    }
    var cells: [Float] = []
    cells.reserveCapacity(count + period.count)
    while cells.count < count { cells += period }
    return Array(cells.prefix(count))
}
