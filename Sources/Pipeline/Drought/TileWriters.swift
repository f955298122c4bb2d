import Diagnostics
import Foundation
import Geo
import GridCore
import Synchronization

/// The rasters being written, one tile at a time.
///
/// `@unchecked Sendable`: while tiles come the writers are touched under the
/// lock only, and at the end by one thread.
final class TileWriters: @unchecked Sendable {
    private let lock = Mutex(())
    private let writers: [RasterWriter]

    /// - Parameter tile: the largest.
    init(
        folder: URL, _ prepared: PreparedDrought, tile: Shape,
        _ metadata: [RasterInfo.MetadataEntry]
    ) throws {
        writers = try DroughtOutput.allCases.map { output in
            try RasterWriter(
                path: folder.appendingPathComponent("\(output.rawValue).plain.tif").path,
                description: output.description(prepared, metadata: metadata),
                layout: .plain(tile: tile))
        }
    }

    /// Each raster is flushed before the next is written, so that other
    /// threads, which read meanwhile, find no block of it to make room of.
    func write(_ layers: TileLayers, _ tile: CellWindow) throws {
        try lock.withLock { _ in
            for (output, writer) in zip(DroughtOutput.allCases, writers) {
                if let floats = layers.floats(of: output) {
                    try writer.write(band: 1, window: tile, cells: floats)
                } else if let bytes = layers.bytes(of: output) {
                    try writer.write(band: 1, window: tile, cells: bytes)
                }
                try writer.flush()
            }
        }
    }

    /// Finishes all rasters, one after the other; nothing is read or written
    /// any more.
    ///
    /// Never in parallel: a thread that needs room in GDAL's block cache
    /// writes out blocks of any raster, and one that is just getting its
    /// overviews is in no state for that.
    func close(statistics: [OutputStatistics]) throws {
        for (writer, statistics) in zip(writers, statistics) {
            writer.setStatistics([statistics.band])
            try writer.close()
        }
    }
}
