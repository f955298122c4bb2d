import ArgumentParser
import Drought
import Foundation
import Geo
import GridCore
import Tables

/// What a night does with a tile, and with each raster that is whole, on
/// files so small that the opening and closing is most of it.
final class SoakWork {
    /// Rasters that were written and copied.
    private(set) var rasters = 0
    /// Files that were opened for reading.
    private(set) var opened = 0

    private static let side = 128
    private static let tileSide = 16
    private static let tilesAcross = side / tileSide
    static let tilesPerRaster = tilesAcross * tilesAcross
    private static let composites = 12
    /// Fewer than there are composites, so that every tile opens all anew.
    private static let openFiles = 4

    private let folder: URL
    private let references: [RasterReference]
    private let spec: GridSpec
    private let pool = RasterPool(capacity: SoakWork.openFiles)
    private let chunk = CellChunk(planeCapacity: SoakWork.composites)
    private let indices = ChunkIndices()
    private let decode = StoredValueRule(
        fill: [-3000], validRange: -2000...10_000)
    private let rule = VegetationIndexRule(
        scale: 0.0001, offset: 0, minimumYears: 5, minimumRange: 0.02, minimumMean: 0.05)
    private var writer: RasterWriter?

    init(folder: URL) throws {
        self.folder = folder
        let spec = GridSpec(
            shape: Shape(rows: Self.side, columns: Self.side),
            geotransform: Geotransform(
                originX: 43, cellWidth: 0.01, originY: 5, cellHeight: -0.01),
            crs: .wgs84)
        let description = RasterDescription(
            spec: spec, type: .int16, nodata: -3000, bands: [.init(description: "NDVI", unit: "")])
        var generator = SplitMix64(state: 5)
        references = try (0..<Self.composites).map { index in
            let path = folder.appendingPathComponent("\(index).tif").path
            let writer = try RasterWriter(
                path: path, description: description,
                layout: .deflated(block: Shape(rows: 16, columns: 16)))
            let cells = (0..<Self.side * Self.side).map { _ in
                Float(Int.random(in: 1000..<6000, using: &generator))
            }
            try writer.write(band: 1, window: CellWindow(spec.shape), cells: cells)
            try writer.close()
            return RasterReference(name: "\(index).tif", path: path)
        }
        self.spec = spec
        try Data(Self.layer.utf8).write(to: folder.appendingPathComponent("layer.geojson"))
    }

    /// One tile; the last of a raster finishes it.
    func tile(_ number: Int) throws {
        let index = number % Self.tilesPerRaster
        let window = CellWindow(
            row: index / Self.tilesAcross * Self.tileSide,
            column: index % Self.tilesAcross * Self.tileSide,
            rows: Self.tileSide, columns: Self.tileSide)
        var cells = [Int16](repeating: 0, count: window.count)
        for (plane, reference) in references.enumerated() {
            try pool.source(reference).read(band: 1, window: window, into: &cells)
            Kernels.best.decodeInt16(cells, window.count, decode, chunk.plane(plane))
        }
        opened += references.count
        Kernels.best.climatology(chunk, Self.composites, window.count, true)
        indices.compute(
            current: chunk.plane(Self.composites - 1), chunk: chunk, cells: window.count,
            rule: rule, table: .kogan, kernels: .best)
        let writer = try self.writer ?? RasterWriter(path: plainPath, description: published)
        self.writer = writer
        try writer.write(band: 1, window: window, cells: indices.vci)
        if index == Self.tilesPerRaster - 1 { try finish(writer) }
    }

    private var plainPath: String { folder.appendingPathComponent("plain.tif").path }

    private var published: RasterDescription {
        RasterDescription(
            spec: spec, type: .float32, nodata: .nan, bands: [.init(description: "VCI", unit: "%")])
    }

    /// What is done once a night.
    private func finish(_ writer: RasterWriter) throws {
        try writer.close()
        self.writer = nil
        let copy = folder.appendingPathComponent("copy.tif").path
        try CloudOptimizedGeoTIFF.write(from: plainPath, to: copy, description: published)
        for path in [plainPath, copy] { try FileManager.default.removeItem(atPath: path) }
        rasters += 1
        let path = folder.appendingPathComponent("layer.geojson").path
        let read = try VectorSource(path: path, writtenAs: "layer.geojson").readFeatures()
        let areas = read.features.compactMap { feature in
            if case .polygons(let area) = feature.geometry { area } else { nil }
        }
        guard areas.count == 16, try GeometryOperations.overlaps(of: areas).isEmpty else {
            throw ValidationError("the layer was not read as it was written")
        }
        let table = try CSVReader.read(Array(table.utf8), file: "table").requireTable()
        guard table.column(named: "latitude") == 1 else {
            throw ValidationError("the table was not read as it was written")
        }
        // A file that is refused must be closed as well.
        let wrong = RasterReference(name: "layer", path: path)
        guard (try? RasterSource(wrong)) == nil else {
            throw ValidationError("a layer was read as a raster")
        }
    }

    private var table: String {
        "longitude,latitude,name\n"
            + (0..<200).map { "4\($0 % 10).5,2.\($0),\"place \($0)\"\n" }.joined()
    }

    /// Sixteen squares side by side.
    private static var layer: String {
        let features = (0..<16).map { index in
            let west = Double(index % 4)
            let south = Double(index / 4)
            let ring = [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)]
                .map { "[\(west + $0.0), \(south + $0.1)]" }.joined(separator: ",")
            return """
                {"type":"Feature","properties":{"id":"B\(index)"},\
                "geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    }
}
