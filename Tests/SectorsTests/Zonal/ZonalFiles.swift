import Foundation
import Geo
import GridCore
import TestSupport

/// Raster files for one test, removed with it.
final class ZonalFiles {
    private let folder: URL

    init() throws { folder = try TestPaths.temporaryDirectory() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes cells of unit size whose south-west corner is (0, 0), in UTM.
    func raster(
        _ name: String, _ values: [Double], rows: Int, type: RasterDataType = .float32,
        nodata: Double = .nan, spec: GridSpec? = nil, layout: RasterLayout = .plain
    ) throws -> RasterReference {
        let path = folder.appendingPathComponent(name).path
        let shape = Shape(rows: rows, columns: values.count / rows)
        let grid = spec ?? Self.grid(rows: rows, columns: values.count / rows)
        let writer = try RasterWriter(
            path: path,
            description: RasterDescription(
                spec: grid, type: type, nodata: nodata,
                bands: [RasterDescription.Band(description: "values", unit: "")]),
            layout: layout)
        try writer.write(band: 1, window: CellWindow(shape), cells: values)
        try writer.close()
        return RasterReference(name: name, path: path)
    }

    static func grid(rows: Int, columns: Int) -> GridSpec {
        GridSpec(
            shape: Shape(rows: rows, columns: columns),
            geotransform: Geotransform(
                originX: 0, cellWidth: 1, originY: Double(rows), cellHeight: -1),
            crs: CRSIdentifier("EPSG:32638"))
    }
}
