import Diagnostics
import Foundation
import GridCore

/// One raster as a picture that explains itself: title, raster with
/// coordinates, legend with units, nodata and statistics.
public struct QuickLook: Sendable {
    /// The units of the raster's coordinates.
    public enum AxisUnit: Hashable, Sendable {
        /// Longitude and latitude; pixels are narrowed by the cosine of the
        /// middle latitude.
        case degrees
        /// Eastings and northings in metres, written in kilometres.
        case meters
    }

    /// What is drawn.
    public enum Content: Sendable {
        /// Values; NaN and infinities are nodata. `quantity` names them in
        /// the legend ("NDVI z-score"), `unit` may be empty.
        case values(
            Grid<Float>, quantity: String, unit: String, palette: Palette, stretch: ValueStretch)
        /// Classes with their table.
        case classes(ClassRaster)
    }

    /// At most two lines.
    public var title: String
    /// Lines under the title: date, baseline and what else is to be known.
    public var subtitle: [String]
    /// Line at the foot: source and version.
    public var source: String
    /// The raster and how it is coloured.
    public var content: Content
    /// Units of the coordinates along the sides.
    public var axisUnit: AxisUnit
    /// Zone borders to be drawn on top, in the raster's CRS.
    public var outlines: [MultiPolygon]
    /// Further borders for orientation, drawn thin below `outlines`, in the
    /// raster's CRS.
    public var borders: [MultiPolygon]
    /// Text of a band over the picture, such as "SYNTHETIC DATA"; nil = none.
    public var banner: String?

    /// What can be drawn is checked by `pngBytes`.
    public init(
        title: String, subtitle: [String] = [], source: String = "", content: Content,
        axisUnit: AxisUnit, outlines: [MultiPolygon] = [], borders: [MultiPolygon] = [],
        banner: String? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.source = source
        self.content = content
        self.axisUnit = axisUnit
        self.outlines = outlines
        self.borders = borders
        self.banner = banner
    }

    /// The picture as PNG bytes, the raster about 900 pixels on its long
    /// side.
    ///
    /// Small rasters are enlarged cell by cell; large ones are reduced by
    /// the mean (nodata where fewer than half of the cells under a pixel are
    /// valid) or the majority (ties to the higher code).
    ///
    /// - Throws: `empty-raster` without rows or columns; `unsupported-raster`
    ///   when it is not north-up or its position is not finite; `drawing`
    ///   when memory is short.
    public func pngBytes() throws(ReportError) -> [UInt8] {
        try checkRaster()
        return try QuickLookDrawing(self).pngBytes()
    }

    var spec: GridSpec {
        switch content {
        case .values(let grid, _, _, _, _): grid.spec
        case .classes(let raster): raster.indices.spec
        }
    }

    private func checkRaster() throws(ReportError) {
        let spec = spec
        guard !spec.shape.isEmpty else {
            throw ReportError(
                .emptyRaster,
                "the raster \"\(title)\" has \(spec.shape.rows) rows and "
                    + "\(spec.shape.columns) columns", mend: "Check the area of interest")
        }
        let transform = spec.geotransform
        let numbers = [
            transform.originX, transform.originY, transform.cellWidth, transform.cellHeight,
            transform.originX + transform.cellWidth * Double(spec.shape.columns),
            transform.originY + transform.cellHeight * Double(spec.shape.rows),
        ]
        guard transform.isNorthUp, numbers.allSatisfy(\.isFinite) else {
            throw ReportError(
                .unsupportedRaster,
                "the raster \"\(title)\" is not north-up with a finite position (geotransform "
                    + "\(transform.originX), \(transform.cellWidth), \(transform.rowRotation), "
                    + "\(transform.originY), \(transform.columnRotation), "
                    + "\(transform.cellHeight))", mend: "Warp it to a north-up grid")
        }
    }
}

extension QuickLook {
    /// Long side of the drawn raster, in pixels.
    static let longSide = 900.0
    /// Cells of tiny rasters are drawn no larger than this.
    static let largestCell = 96.0
    /// A strip of cells is drawn at least this wide, to be seen at all.
    static let shortestSide = 24.0

    /// Pixels for the raster, its cells in their shape on the ground.
    ///
    /// Where it costs less than 4 % of shape, each cell of an enlarged
    /// raster gets the same whole number of pixels.
    func rasterPixels() -> Shape {
        let spec = spec
        let transform = spec.geotransform
        var narrowing = 1.0
        if axisUnit == .degrees {
            let latitude = min(max(spec.boundingBox.center.y, -85), 85)
            narrowing = cos(latitude * .pi / 180)
        }
        let width = Double(spec.shape.columns) * transform.cellWidth * narrowing
        let height = Double(spec.shape.rows) * -transform.cellHeight
        let cells = Double(max(spec.shape.rows, spec.shape.columns))
        let longest = max(width, height, .leastNormalMagnitude)
        let target = min(Self.longSide, cells * Self.largestCell)
        func side(_ length: Double, _ cells: Int) -> Int {
            let exact = max(length / longest * target, Self.shortestSide)
            let whole = (exact / Double(cells)).rounded() * Double(cells)
            return Int(abs(whole - exact) < 0.04 * exact ? whole : exact.rounded())
        }
        return Shape(rows: side(height, spec.shape.rows), columns: side(width, spec.shape.columns))
    }
}
