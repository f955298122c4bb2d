import Calendar
import Foundation
import Geo
import GridCore
import TestSupport
import Testing

@testable import Pipeline

/// A stack with its pipeline file and climatologies, in a folder of its own.
struct BaselineFolder {
    let url: URL
    let type: RasterDataType
    let shape: Shape
    let hasQuality: Bool

    init(
        _ type: RasterDataType = .int16, shape: Shape = Shape(rows: 5, columns: 7),
        hasQuality: Bool = false
    ) throws {
        url = try TestPaths.temporaryDirectory()
        self.type = type
        self.shape = shape
        self.hasQuality = hasQuality
    }

    /// Writes a composite of random cells; another seed is a revision.
    func write(year: Int, day: Int, seed: UInt64, originX: Double = 40) throws {
        let name = Self.name(year: year, day: day)
        var generator = SeededGenerator(seed: seed)
        let cells = (0..<shape.count).map { _ -> Float in
            if Int.random(in: 0..<8, using: &generator) == 0 {
                return type == .int16 ? -3000 : .nan
            }
            return type == .int16
                ? Float(Int.random(in: -2000...10000, using: &generator))
                : Float.random(in: -0.2...0.98, using: &generator)
        }
        try write(cells, type, type == .int16 ? -3000 : .nan, "N_" + name, originX)
        guard hasQuality else { return }
        let grades = (0..<shape.count).map { _ in Float(Int.random(in: 0...3, using: &generator)) }
        try write(grades, .uint8, 255, "Q_" + name, originX)
    }

    private func write(
        _ cells: [Float], _ type: RasterDataType, _ nodata: Double, _ name: String,
        _ originX: Double
    ) throws {
        let spec = GridSpec(
            shape: shape,
            geotransform: Geotransform(
                originX: originX, cellWidth: 0.0625, originY: 2, cellHeight: -0.0625), crs: .wgs84)
        try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
        let writer = try RasterWriter(
            path: url.appendingPathComponent(name).path,
            description: RasterDescription(
                spec: spec, type: type, nodata: nodata, bands: [.init(description: "", unit: "")]),
            layout: .deflated(block: Shape(rows: 256, columns: 256)))
        try cells.withUnsafeBufferPointer { cells in
            let base = try #require(cells.baseAddress)
            try writer.write(band: 1, window: CellWindow(shape), cells: base)
        }
        try writer.close()
    }

    func remove(year: Int, day: Int) throws {
        for prefix in hasQuality ? ["N_", "Q_"] : ["N_"] {
            try FileManager.default.removeItem(
                at: url.appendingPathComponent(prefix + Self.name(year: year, day: day)))
        }
    }

    static func name(year: Int, day: Int) -> String {
        "\(year)\(String(1000 + day).dropFirst()).tif"
    }

    func file(_ extra: String = "", rule: String = "scale: 0.0001") throws -> PipelineFile {
        let quality =
            hasQuality ? "qa: { files: \"Q_*.tif\", dates: \"Q_{yyyy}{doy}.tif\", accept: [0, 1] }" : ""
        let yaml = """
            version: 1
            name: test
            sectors: { file: s.geojson, id: id }
            drought:
              ndvi:
                product: custom
                files: "N_*.tif"
                dates: "N_{yyyy}{doy}.tif"
                irregular_dates: accept
                \(rule)
                \(quality)
              periods: 16-day
              baseline: 2000-2009
              minimum_years: 2
              \(extra)
            """
        return try PipelineFile(
            name: "p.yaml", bytes: Array(yaml.utf8), folder: url.path, environment: [:])
    }

    func job(_ product: String, threads: Int = 2, rule: String = "scale: 0.0001") throws
        -> BaselineJob
    {
        try BaselineJob(
            file: try file("climatology: \(product)", rule: rule), output: nil, threads: threads)
    }

    func product(_ name: String) -> URL { url.appendingPathComponent(name) }

    /// Every file of a product by its path, the lock left out.
    func contents(_ name: String) throws -> [String: Data] {
        let root = product(name)
        var contents: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
        where path != ".lock" {
            let file = root.appendingPathComponent(path)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            contents[path] = try Data(contentsOf: file)
        }
        return contents
    }

    /// The folder of a period in a product, by its number from 1.
    func slot(_ period: String, in name: String) throws -> URL {
        let names = try FileManager.default.contentsOfDirectory(atPath: product(name).path)
        let found = try #require(names.first { $0.hasPrefix("slot-\(period)-") })
        return product(name).appendingPathComponent(found)
    }
}
