import Foundation
import Geo
import GridCore
import Report

/// A raster on the working grid, as it is published and drawn.
struct WorkingGridRaster {
    /// In the run directory, ending with `.tif`.
    var path: String
    var title: String
    var unit: String
    var content: RasterPublisher.Picture.Content
    var subtitle: [String]
    var metadata: [(String, String)]
    var isCategorical: Bool

    /// Writes the plain raster into `folder`, to be published.
    ///
    /// - Parameter borders: in longitude and latitude, for orientation.
    func item(
        _ grid: Grid<Float>, caption: RunCaption, credits: [SourceCredit],
        area: WorkingArea, borders: [MultiPolygon], folder: URL
    ) throws -> RasterPublisher.Item {
        let description = RasterDescription(
            spec: grid.spec, type: .float32, nodata: .nan,
            bands: [.init(description: title, unit: unit)],
            metadata: metadata.map { RasterInfo.MetadataEntry(key: $0.0, value: $0.1) },
            isCategorical: isCategorical)
        let name = path.replacing("/", with: "_").dropLast(".tif".count)
        let plain = folder.appendingPathComponent("\(name).plain.tif").path
        let writer = try RasterWriter(path: plain, description: description)
        var statistics = OutputStatistics()
        statistics.total = grid.count
        try grid.withCells { cells throws(GeoError) in
            for value in cells where !value.isNaN { statistics.add(Double(value)) }
            guard let base = cells.baseAddress else { return }
            try writer.write(band: 1, window: CellWindow(grid.shape), cells: base)
        }
        writer.setStatistics([statistics.band])
        try writer.close()
        return RasterPublisher.Item(
            path: path, plain: plain, title: title, description: description,
            picture: RasterPublisher.Picture(
                content: content, subtitle: subtitle, source: SourceCredit.line(credits),
                banner: caption.banner, outlines: area.sectors,
                borders: try area.projected(borders), isGeographic: false))
    }
}
