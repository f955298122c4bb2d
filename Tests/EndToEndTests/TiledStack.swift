import Foundation
import Geo
import GridCore

/// A made stack whose rasters are computed in several tiles, with its
/// pipeline: one composite a year of one period of the year.
struct TiledStack {
    let folder: URL
    let tiles: Int
    let shape: Shape

    var pipeline: String { folder.appendingPathComponent("pipeline.yaml").path }

    /// Blocks of more than half the cells that a tile of Float32 may have, so
    /// that each block is a tile.
    private static let block = Shape(rows: 528, columns: 512)
    private static let years = 2019...2022

    /// - Parameters:
    ///   - across, down: tiles along the rows and columns.
    ///   - periods: of the year, for which there are composites.
    ///   - isRagged: the last row and column of tiles are cut short, and some
    ///     rows have no value, or one out of the valid range.
    init(across: Int, down: Int, periods: Int = 1, isRagged: Bool = false) throws {
        folder = try Scratch.folder()
        tiles = across * down
        let block = Self.block
        shape = Shape(
            rows: down * block.rows - (isRagged ? 37 : 0),
            columns: across * block.columns - (isRagged ? 61 : 0))
        let spec = GridSpec(
            shape: shape,
            geotransform: Geotransform(
                originX: 10, cellWidth: 0.001, originY: 5, cellHeight: -0.001),
            crs: .wgs84)
        let rasters = folder.appendingPathComponent("ndvi")
        try FileManager.default.createDirectory(at: rasters, withIntermediateDirectories: false)
        for period in 0..<periods {
            let day = String(1001 + 16 * period).dropFirst()
            for year in Self.years {
                try Self.write(
                    rasters.appendingPathComponent("NDVI_\(year)\(day).tif").path, spec,
                    number: year * 23 + period, isRagged: isRagged)
            }
        }
        let width = Double(shape.columns) * 0.001
        let height = Double(shape.rows) * 0.001
        try Self.sectors(width: width, height: height).write(
            to: folder.appendingPathComponent("sectors.geojson"), atomically: false,
            encoding: .utf8)
        try Self.text(day: 1 + 16 * (periods - 1)).write(
            toFile: pipeline, atomically: false, encoding: .utf8)
    }

    /// Cells that differ from tile to tile, row to row and year to year.
    private static func write(
        _ path: String, _ spec: GridSpec, number: Int, isRagged: Bool
    ) throws {
        let writer = try RasterWriter(
            path: path,
            description: RasterDescription(
                spec: spec, type: .float32, nodata: -3000,
                bands: [.init(description: "NDVI x 10000", unit: "")]),
            layout: .deflated(block: block))
        let columns = spec.shape.columns
        var cells = [Float](repeating: 0, count: block.rows * columns)
        for first in stride(from: 0, to: spec.shape.rows, by: block.rows) {
            let rows = min(block.rows, spec.shape.rows - first)
            for row in 0..<rows {
                if isRagged, let odd = oddValue(ofRow: first + row) {
                    cells.replaceSubrange(
                        row * columns..<(row + 1) * columns,
                        with: repeatElement(odd, count: columns))
                    continue
                }
                let value = Float(2000 + (number * 7919 + (first + row) * 31) % 5003)
                for place in stride(from: 0, to: columns, by: 64) {
                    let end = (row + 1) * columns
                    let start = row * columns + place
                    cells.withUnsafeMutableBufferPointer {
                        $0[start..<min(start + 64, end)].update(repeating: value + Float(place))
                    }
                }
            }
            try cells.withUnsafeBufferPointer { cells in
                guard let base = cells.baseAddress else { return }
                try writer.write(
                    band: 1,
                    window: CellWindow(row: first, column: 0, rows: rows, columns: columns),
                    cells: base)
            }
        }
        try writer.close()
    }

    /// What a row of a ragged stack has instead of values; nil: values.
    static func oddValue(ofRow row: Int) -> Float? {
        if row % 89 == 5 { return 20_000 }
        if row % 97 == 3 { return -3000 }
        return row % 101 == 7 ? .nan : nil
    }

    private static func sectors(width: Double, height: Double) -> String {
        let (west, north) = (10.0, 5.0)
        let middle = west + width / 2
        let features = [("W", west, middle), ("E", middle, west + width)].map { id, left, right in
            let south = north - height
            return #"{"type":"Feature","properties":{"id":"\#(id)"},"geometry":{"type":"Polygon","#
                + #""coordinates":[[[\#(left),\#(south)],[\#(right),\#(south)],"#
                + "[\(right),\(north)],[\(left),\(north)],[\(left),\(south)]]]}}"
        }
        return #"{"type":"FeatureCollection","features":["#
            + features.joined(separator: ",") + "]}"
    }

    private static func text(day: Int) -> String {
        """
        version: 1
        name: Several tiles
        synthetic: true
        as_of: "2022-12-31"
        sectors: { file: sectors.geojson, id: id }
        drought:
          ndvi:
            product: custom
            files: "ndvi/*.tif"
            dates: "NDVI_{yyyy}{doy}.tif"
            scale: 0.0001
            offset: 0
            fill: [-3000]
            valid_range: [-2000, 10000]
            irregular_dates: accept
          periods: 16-day
          baseline: 2019-2021
          minimum_years: 3
          max_age: 400 days
          series: 0 months

        """
    }
}
