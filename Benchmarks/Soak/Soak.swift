import ArgumentParser
import Foundation
import Tables

/// Thousands of tiles in one process: what it holds must not grow with them.
struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Thousands of small tiles in one process; memory and descriptors must stay flat.",
        discussion: """
            Each tile opens and reads composites, computes climatology and indices and writes \
            its window; with every whole raster the cloud-optimized copy is made and a layer and \
            a table are read. Memory and open descriptors are sampled from /proc/self after each raster \
            of \(SoakWork.tilesPerRaster) tiles; the first fifth is warming up. Ends with 1 when memory grows by --most-bytes a tile or more, or \
            descriptors grow at all.
            """)

    @Option(help: "Tiles.") var tiles = 10_000
    @Option(help: "Growth of the resident set that is a leak, bytes a tile.") var mostBytes = 1024.0

    func validate() throws {
        guard tiles >= 10 * SoakWork.tilesPerRaster else {
            throw ValidationError("expected at least \(10 * SoakWork.tilesPerRaster) --tiles")
        }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("jilaal-soak-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let work = try SoakWork(folder: folder)
        var taken: [ProcessSample] = []
        let clock = ContinuousClock()
        let start = clock.now
        for tile in 0..<tiles {
            try work.tile(tile)
            // Always at the same point of a raster, where its writer is closed.
            if (tile + 1) % SoakWork.tilesPerRaster == 0 {
                taken.append(try ProcessSample(tile: tile + 1))
            }
        }
        let steady = Array(taken.dropFirst(taken.count / 5))
        let slope = ProcessSample.bytesPerTile(steady)
        let descriptors = steady.map(\.descriptors)
        let isFlat = slope < mostBytes && Set(descriptors).count == 1
        report(
            "soak",
            [
                .init("tiles", .integer(tiles)), .init("rasters_written", .integer(work.rasters)),
                .init("files_opened", .integer(work.opened)),
                .init("seconds", .rounded((clock.now - start).seconds, decimals: 1)),
                .init("resident_bytes_first", .integer(steady.first?.residentBytes ?? 0)),
                .init("resident_bytes_last", .integer(steady.last?.residentBytes ?? 0)),
                .init("resident_bytes_most", .integer(steady.map(\.residentBytes).max() ?? 0)),
                .init("bytes_per_tile", .rounded(slope, decimals: 1)),
                .init("descriptors_least", .integer(descriptors.min() ?? 0)),
                .init("descriptors_most", .integer(descriptors.max() ?? 0)),
                .init("is_flat", .bool(isFlat)),
            ])
        if !isFlat { throw ExitCode.failure }
    }
}
