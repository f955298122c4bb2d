import ArgumentParser
import Foundation
import Geo
import GridCore

/// What GDAL alone takes to write rasters that exist already: its COG driver
/// with the options of the published files, from uncompressed copies in the
/// page cache. What its programs take to start is not counted.
struct COGWriting {
    private struct Item {
        var plain: String
        /// Of a few cells, with all else alike.
        var corner: String
        var target: String
        var options: [String]
    }

    private let items: [Item]
    private static let program = "/usr/bin/gdal_translate"

    /// Copies the rasters of a published run to `folder`, uncompressed.
    init(of published: URL, in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let names = try FileManager.default.contentsOfDirectory(atPath: published.path)
            .filter { $0.hasSuffix(".tif") }.sorted()
        items = try names.map { name in
            let path = published.appendingPathComponent(name).path
            let plain = folder.appendingPathComponent("plain-" + name).path
            let info = try RasterSource(RasterReference(name: name, path: path)).info
            let isFloat = info.bands.first?.type == .float32
            _ = try MeasuredProcess.run(
                Self.program,
                ["-q", "-co", "TILED=YES", "-co", "BLOCKXSIZE=512", "-co", "BLOCKYSIZE=512", path, plain])
            let corner = folder.appendingPathComponent("corner-" + name).path
            _ = try MeasuredProcess.run(
                Self.program, ["-q", "-srcwin", "0", "0", "8", "8", path, corner])
            let isCategorical = ["class.tif", "reason.tif"].contains(name)
            return Item(
                plain: plain, corner: corner, target: folder.appendingPathComponent(name).path,
                options: [
                    "COMPRESS=DEFLATE", "LEVEL=1", "PREDICTOR=\(isFloat ? "NO" : "STANDARD")",
                    "BLOCKSIZE=512", "BIGTIFF=IF_SAFER", "NUM_THREADS=1",
                    "OVERVIEW_RESAMPLING=\(isCategorical ? "MODE" : "AVERAGE")",
                ])
        }
    }

    /// Seconds for all of them, `threads` at a time, less those for as many
    /// rasters of a few cells.
    func measure(threads: Int) throws -> Double {
        try seconds(threads: threads, items.map(\.plain)) - seconds(threads: threads, items.map(\.corner))
    }

    private func seconds(threads: Int, _ sources: [String]) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        _ = try mapInParallel(count: items.count, threads: threads) { _, index in
            let item = items[index]
            _ = try MeasuredProcess.run(
                Self.program,
                ["-q", "-of", "COG"] + item.options.flatMap { ["-co", $0] }
                    + [sources[index], item.target])
        }
        return (clock.now - start).seconds
    }
}
