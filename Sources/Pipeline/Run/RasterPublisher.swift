import Diagnostics
import Foundation
import Geo
import Glibc
import GridCore
import Report
import Tables

/// Publishes rasters: the plain file a stage wrote becomes a cloud-optimized
/// GeoTIFF, which gets a quick-look picture beside it.
struct RasterPublisher {
    /// One raster to publish.
    struct Item: Sendable {
        /// Path of the published file in the run directory.
        var path: String
        /// The plain GeoTIFF; removed afterwards.
        var plain: String
        var title: String
        var description: RasterDescription
        /// nil: none is drawn.
        var picture: Picture?
    }

    /// How a quick-look is drawn.
    struct Picture: Sendable {
        enum Content: Sendable {
            case values(quantity: String, unit: String, palette: Palette, stretch: ValueStretch)
            case classes(ClassTable)
        }
        var content: Content
        var subtitle: [String]
        var source: String
        var banner: String?
        /// Outlines to draw on top, in the CRS of the raster.
        var outlines: [MultiPolygon]
        /// The same, for orientation only.
        var borders: [MultiPolygon] = []
        var isGeographic: Bool
    }

    /// Longest side of the grid that a picture is drawn from: half of the
    /// picture's pixels, for a quick look.
    static let pictureSide = 450

    let sink: OutputSink
    let threads: Int

    /// Publishes all items; `progress` is called after each.
    ///
    /// Copying is safe on many threads, unlike the making of plain rasters:
    /// a copy goes from blocks that are only read straight into its file, so
    /// that GDAL's block cache holds nothing which another thread could write
    /// out at the wrong moment.
    func publish(_ items: [Item], progress: @escaping @Sendable () -> Void) throws {
        _ = try mapInParallel(count: items.count, threads: threads) { _, index in
            try Interruption.check()
            try CloudOptimizedGeoTIFF.write(
                from: items[index].plain, to: sink.path(of: items[index].path),
                description: items[index].description)
            progress()
        }
        for item in items {
            try DirectoryTree.remove(item.plain, in: AT_FDCWD, shownAs: item.plain)
            sink.note(item.path, title: item.title, mediaType: MediaType.cog)
        }
    }

    /// Draws the pictures of published items; `progress` is called after each
    /// item.
    func draw(_ items: [Item], progress: @escaping @Sendable () -> Void) throws {
        _ = try mapInParallel(count: items.count, threads: threads) { _, index in
            try Interruption.check()
            let item = items[index]
            if let picture = item.picture {
                try sink.write(
                    try Self.draw(item, picture, sink.path(of: item.path)),
                    to: String(item.path.dropLast(4)) + ".png",
                    title: "Quick-look of \(item.title)", mediaType: MediaType.png)
            }
            progress()
        }
    }

    private static func draw(_ item: Item, _ picture: Picture, _ path: String) throws -> [UInt8] {
        let raster = try RasterSource(RasterReference(name: item.path, path: path))
        let content: QuickLook.Content
        switch picture.content {
        case .values(let quantity, let unit, let palette, let stretch):
            let grid = try raster.readPicture(
                band: 1, longestSide: pictureSide, decimation: .average)
            content = .values(
                grid, quantity: quantity, unit: unit, palette: palette, stretch: stretch)
        case .classes(let table):
            let grid = try raster.readPicture(
                band: 1, longestSide: pictureSide, decimation: .majority)
            let codes = Grid<Int16>(
                grid.spec, cells: grid.cells.map { $0.isNaN ? Int16.min : Int16($0) })
            content = .classes(ClassRaster(codes, table: table, nodata: Int16.min))
        }
        return try QuickLook(
            title: item.title, subtitle: picture.subtitle, source: picture.source,
            content: content, axisUnit: picture.isGeographic ? .degrees : .meters,
            outlines: picture.outlines, borders: picture.borders, banner: picture.banner
        ).pngBytes()
    }
}
