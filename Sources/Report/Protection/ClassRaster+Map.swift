import Diagnostics
import GridCore

extension ClassRaster {
    /// The raster as a map shows it: each pixel has the colour of the cell
    /// under its centre; cells without a class are hatched, what lies beyond
    /// the raster is plain ground.
    ///
    /// Precondition: north-up, in degrees.
    func image(_ projection: MapProjection) -> PixelImage {
        let spec = indices.spec
        let (rows, columns) = (spec.shape.rows, spec.shape.columns)
        let transform = spec.geotransform
        let (width, height) = (Int(projection.frame.width), Int(projection.frame.height))
        let extent = projection.extent
        /// Position of a cell along an axis, -1 when it is beyond the raster.
        func cell(_ position: Double, _ count: Int) -> Int {
            position >= 0 && position < Double(count) ? Int(position) : -1
        }
        let columnOfPixel = (0..<width).map { x in
            let longitude = extent.minX + (Double(x) + 0.5) / Double(width) * extent.width
            return cell((longitude - transform.originX) / transform.cellWidth, columns)
        }
        let colors = table.entries.map(\.color.pixel)
        var pixels = [UInt32](repeating: Ink.land.pixel, count: width * height)
        indices.withCells { cells in
            for y in 0..<height {
                let latitude = extent.maxY - (Double(y) + 0.5) / Double(height) * extent.height
                let row = cell((latitude - transform.originY) / transform.cellHeight, rows)
                guard row >= 0 else { continue }
                for x in 0..<width where columnOfPixel[x] >= 0 {
                    let mark = cells[row * columns + columnOfPixel[x]]
                    pixels[y * width + x] =
                        switch mark {
                        case Self.nodata: PixelImage.nodataPixel(x: x, y: y)
                        case Self.unlisted: Ink.unlisted.pixel
                        default: colors[Int(mark)]
                        }
                }
            }
        }
        return PixelImage(width: width, height: height, pixels: pixels)
    }

    /// - Throws: `unsupported-raster` when the raster is not north-up with a
    ///   position in degrees.
    func checkForMap(_ title: String) throws(ReportError) {
        let spec = indices.spec
        let transform = spec.geotransform
        let right = transform.originX + transform.cellWidth * Double(spec.shape.columns)
        let bottom = transform.originY + transform.cellHeight * Double(spec.shape.rows)
        // A cell of a global grid may reach a little over the pole.
        guard transform.isNorthUp, transform.originX >= -540, right <= 540,
            transform.originY <= 90.5, bottom >= -90.5
        else {
            throw ReportError(
                .unsupportedRaster,
                "the raster of the map \"\(title)\" is not north-up in degrees "
                    + "(x \(transform.originX) ... \(right), y \(bottom) ... "
                    + "\(transform.originY))",
                mend: "Warp it to longitude and latitude")
        }
    }
}
