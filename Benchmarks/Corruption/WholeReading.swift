import Diagnostics
import Foundation
import Geo
import GridCore
import Tables

/// Everything that Jilaal's readers say of one file, as two numbers to
/// compare within one process.
struct WholeReading: Equatable {
    /// Shape, place, types, names.
    var description: Int
    /// Cells, attributes and positions, fields.
    var values: Int

    /// Reads a file to its end: every band of a raster and of each of its
    /// layers, every feature of every layer, every field of every row.
    ///
    /// - Throws: what the readers throw, and the first problem of a single
    ///   feature or row.
    init(of path: String) throws {
        var description = Hasher()
        var values = Hasher()
        switch URL(fileURLWithPath: path).pathExtension.lowercased() {
        case "tif", "hdf", "nc", "h5":
            try Self.readRaster(path, &description, &values)
        case "csv":
            try Self.readTable(path, &description, &values)
        default:
            try Self.readLayers(path, &description, &values)
        }
        self.description = description.finalize()
        self.values = values.finalize()
    }

    private static func readRaster(
        _ path: String, _ description: inout Hasher, _ values: inout Hasher
    ) throws {
        let source = try RasterSource(RasterReference(name: "raster", path: path))
        try read(source, &description, &values)
        for layer in source.info.subdatasets {
            let reference = RasterReference(name: "raster", path: path, layer: layer.layer)
            try read(try RasterSource(reference), &description, &values)
        }
    }

    private static func read(
        _ source: RasterSource, _ description: inout Hasher, _ values: inout Hasher
    ) throws {
        let info = source.info
        description.combine(info)
        let shape = info.shape
        let rows = max(1, min(shape.rows, 262_144 / max(1, shape.columns)))
        var cells = [Double](repeating: 0, count: rows * shape.columns)
        for band in info.bands.indices.map({ $0 + 1 }) {
            for row in stride(from: 0, to: shape.rows, by: rows) {
                let window = CellWindow(
                    row: row, column: 0, rows: min(rows, shape.rows - row), columns: shape.columns)
                try source.read(band: band, window: window, into: &cells)
                cells.withUnsafeBytes { values.combine(bytes: $0) }
            }
        }
        // The overviews are read by pictures only.
        if (try? source.gridSpec()) != nil, !info.bands.isEmpty {
            let picture = try source.readPicture(band: 1, longestSide: 16, decimation: .average)
            picture.cells.withUnsafeBytes { values.combine(bytes: $0) }
        }
    }

    private static func readLayers(
        _ path: String, _ description: inout Hasher, _ values: inout Hasher
    ) throws {
        let source = try VectorSource(path: path, writtenAs: "layer")
        for info in source.layers {
            description.combine(info)
            let layer = try source.readFeatures(layer: info.name)
            if let problem = layer.problems.first { throw problem }
            values.combine(layer.features)
        }
    }

    private static func readTable(
        _ path: String, _ description: inout Hasher, _ values: inout Hasher
    ) throws {
        let file = try LocalFile(path, writtenAs: "table")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.text)))
        let table = try CSVReader.read(bytes, file: "table").requireTable()
        description.combine(table.columns)
        description.combine(table.hashtags)
        for record in table {
            if let problem = record.problem { throw problem }
            for column in 0..<record.count { values.combine(record.field(column)) }
        }
    }
}
