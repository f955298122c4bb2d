import CGDAL
import Diagnostics
import Faults
import GridCore

/// What a published raster says of itself.
public struct RasterDescription: Sendable, Hashable {
    public struct Band: Sendable, Hashable {
        public var description: String
        /// Unit of the values, such as `%`; empty when they have none.
        public var unit: String
        /// Names of class codes, from 0; empty for continuous values. They
        /// become the band's metadata `CLASS_0`, `CLASS_1` and so on: GeoTIFF
        /// has no other place for them, and a file beside it is not written.
        public var categories: [String]

        public init(description: String, unit: String, categories: [String] = []) {
            self.description = description
            self.unit = unit
            self.categories = categories
        }
    }

    public var spec: GridSpec
    public var type: RasterDataType
    /// Stored number that means 'no value': NaN for floats, a code for
    /// classes.
    public var nodata: Double
    public var bands: [Band]
    /// Written into the file's metadata, in this order.
    public var metadata: [RasterInfo.MetadataEntry]

    /// Codes, which overviews must not average.
    public var isCategorical: Bool

    /// - Parameter isCategorical: nil: whether a band names categories.
    public init(
        spec: GridSpec, type: RasterDataType, nodata: Double, bands: [Band],
        metadata: [RasterInfo.MetadataEntry] = [], isCategorical: Bool? = nil
    ) {
        self.isCategorical = isCategorical ?? bands.contains { !$0.categories.isEmpty }
        self.spec = spec
        self.type = type
        self.nodata = nodata
        self.bands = bands
        self.metadata = metadata
    }
}

/// Exact statistics of a band, written as `STATISTICS_*`.
public struct BandStatistics: Sendable, Hashable {
    public var minimum: Double
    public var maximum: Double
    public var mean: Double
    /// Population standard deviation, as GDAL writes it.
    public var standardDeviation: Double
    /// Share of cells with a value, percent.
    public var validPercent: Double

    public init(
        minimum: Double, maximum: Double, mean: Double, standardDeviation: Double,
        validPercent: Double
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.validPercent = validPercent
    }
}

/// How the cells of a raster being written lie in its file.
public enum RasterLayout: Sendable, Hashable {
    /// Uncompressed blocks with overviews, on the way to a cloud-optimized
    /// file: of the shape in which the cells come where a file can have such
    /// blocks, so that each is written once.
    case plain(tile: Shape)
    /// Deflated blocks of about the shape given, without overviews, to be
    /// read again window by window. Other blocks than strips have sides of
    /// whole 16 cells, as TIFF wants.
    case deflated(block: Shape)

    /// Plain, for cells that come in any windows.
    public static let plain = plain(tile: Shape(rows: 512, columns: 512))

    var isPlain: Bool {
        if case .plain = self { true } else { false }
    }

    func options(_ shape: Shape) -> [String] {
        switch self {
        case .plain(let tile): ["BIGTIFF=YES"] + Self.blocks(tile, of: shape)
        case .deflated(let block):
            ["COMPRESS=DEFLATE", "ZLEVEL=1", "BIGTIFF=YES", "NUM_THREADS=1"]
                + Self.blocks(block, of: shape)
        }
    }

    /// Blocks as wide as the grid become strips.
    private static func blocks(_ block: Shape, of shape: Shape) -> [String] {
        guard block.columns < shape.columns else {
            return ["TILED=NO", "BLOCKYSIZE=\(max(1, min(block.rows, shape.rows)))"]
        }
        func whole(_ side: Int) -> Int { (max(1, side) + 15) / 16 * 16 }
        return [
            "TILED=YES", "BLOCKXSIZE=\(whole(block.columns))", "BLOCKYSIZE=\(whole(block.rows))",
        ]
    }
}

/// A raster being written tile by tile, as a GeoTIFF.
///
/// Not Sendable; a writer shared by workers is guarded by its owner.
public final class RasterWriter {
    public let path: String
    public let description: RasterDescription
    public let layout: RasterLayout
    private var dataset: GDALDatasetH?

    /// Creates the file; it must not exist.
    public init(
        path: String, description: RasterDescription, layout: RasterLayout = .plain
    ) throws(GeoError) {
        GDALRuntime.start()
        self.path = path
        self.description = description
        self.layout = layout
        let shape = description.spec.shape
        let options = CStringList(layout.options(shape))
        let (dataset, errors) = captureGDALErrors(at: .gdalCreate, path, failed: nil) {
            GDALGetDriverByName("GTiff").flatMap { driver in
                options.withPointer { list in
                    GDALCreate(
                        driver, path, Int32(shape.columns), Int32(shape.rows),
                        Int32(description.bands.count), description.type.gdalType, list)
                }
            }
        }
        guard let dataset else {
            throw GeoError(
                .cannotCreate, at: Place(file: path),
                "the raster cannot be created (\(errors.summary))",
                mend: "Check that the output directory can be written to and has room")
        }
        self.dataset = dataset
        try describe(dataset)
    }

    deinit { if let dataset { GDALClose(dataset) } }

    /// Writes a window of a band from Float32 cells in row order.
    public func write(
        band: Int, window: CellWindow, cells: UnsafePointer<Float>, rowStride: Int? = nil
    ) throws(GeoError) {
        try write(
            band, window, UnsafeRawPointer(cells), GDT_Float32,
            rowBytes: (rowStride ?? window.columns) * MemoryLayout<Float>.stride)
    }

    /// Writes a window of a band from UInt8 cells in row order.
    public func write(
        band: Int, window: CellWindow, cells: UnsafePointer<UInt8>, rowStride: Int? = nil
    ) throws(GeoError) {
        try write(
            band, window, UnsafeRawPointer(cells), GDT_Byte,
            rowBytes: rowStride ?? window.columns)
    }

    /// Writes a window of a band from UInt16 cells in row order.
    public func write(
        band: Int, window: CellWindow, cells: UnsafePointer<UInt16>
    ) throws(GeoError) {
        try write(
            band, window, UnsafeRawPointer(cells), GDT_UInt16,
            rowBytes: window.columns * MemoryLayout<UInt16>.stride)
    }

    /// Writes a window of a band from Float64 cells in row order.
    public func write(
        band: Int, window: CellWindow, cells: UnsafePointer<Double>
    ) throws(GeoError) {
        try write(
            band, window, UnsafeRawPointer(cells), GDT_Float64,
            rowBytes: window.columns * MemoryLayout<Double>.stride)
    }

    /// Encodes what was written so far, so that the order of blocks in the
    /// file is that of the writing, whatever else the process does.
    public func flush() throws(GeoError) {
        guard let dataset else { return }
        for band in description.bands.indices {
            let (status, errors) = captureGDALErrors(at: .gdalFlush, path, failed: CE_Failure) {
                GDALFlushRasterCache(GDALGetRasterBand(dataset, Int32(band + 1)))
            }
            guard status == CE_None, !errors.contains(where: \.isFailure) else {
                throw writeFailure(errors)
            }
        }
    }

    /// Sets the statistics, one per band, in band order.
    public func setStatistics(_ statistics: [BandStatistics?]) {
        guard let dataset else { return }
        for (index, value) in statistics.enumerated() {
            guard let value, let band = GDALGetRasterBand(dataset, Int32(index + 1)) else {
                continue
            }
            let entries = [
                ("STATISTICS_MINIMUM", value.minimum), ("STATISTICS_MAXIMUM", value.maximum),
                ("STATISTICS_MEAN", value.mean), ("STATISTICS_STDDEV", value.standardDeviation),
                ("STATISTICS_VALID_PERCENT", value.validPercent),
            ]
            for (key, number) in entries {
                GDALSetMetadataItem(band, key, "\(number)", nil)
            }
        }
    }

    /// Writes everything out and closes the file.
    ///
    /// - Throws: `GeoError` when anything could not be written, such as on a
    ///   full disk.
    public func close() throws(GeoError) {
        guard let dataset else { return }
        let built = try buildOverviews(dataset)
        self.dataset = nil
        let failed = FaultPoint.gdalClose.passes(path) ? [] : [GDALMessage.systemFailure]
        let (_, closing) = captureGDALErrors { GDALClose(dataset) }
        let errors = built + failed + closing
        guard !errors.contains(where: \.isFailure) else { throw writeFailure(errors) }
    }

    /// Smaller versions, halved until they fit one block: here, where nothing
    /// is compressed, they cost a fraction of what the COG driver would take.
    private func buildOverviews(_ dataset: GDALDatasetH) throws(GeoError) -> [GDALMessage] {
        guard layout.isPlain else { return [] }
        var levels: [Int32] = []
        let longest = max(description.spec.shape.rows, description.spec.shape.columns)
        var factor = 1
        while longest / factor > CloudOptimizedGeoTIFF.blockSize(longest) {
            factor *= 2
            levels.append(Int32(factor))
        }
        guard !levels.isEmpty else { return [] }
        let pyramid = OverviewPyramid(
            nodata: description.nodata, isCategorical: description.isCategorical,
            isInteger: description.type.isInteger)
        let (isFilled, errors) = captureGDALErrors(at: .gdalOverviews, path, failed: false) {
            guard
                GDALBuildOverviews(dataset, "NONE", Int32(levels.count), &levels, 0, nil, nil, nil)
                    == CE_None
            else { return false }
            return description.bands.indices.allSatisfy { index in
                GDALGetRasterBand(dataset, Int32(index + 1))
                    .map { pyramid.fill($0, levels: levels.count) } ?? false
            }
        }
        guard isFilled else { throw writeFailure(errors) }
        return errors
    }

    private func write(
        _ band: Int, _ window: CellWindow, _ memory: UnsafeRawPointer, _ type: GDALDataType,
        rowBytes: Int
    ) throws(GeoError) {
        guard let dataset, let handle = GDALGetRasterBand(dataset, Int32(band)) else {
            preconditionFailure("writing to a closed raster or a band it does not have")
        }
        let (status, errors) = captureGDALErrors(at: .gdalWrite, path, failed: CE_Failure) {
            GDALRasterIOEx(
                handle, GF_Write, Int32(window.column), Int32(window.row), Int32(window.columns),
                Int32(window.rows), UnsafeMutableRawPointer(mutating: memory),
                Int32(window.columns), Int32(window.rows), type, 0, Int64(rowBytes), nil)
        }
        guard status == CE_None else { throw writeFailure(errors) }
    }

    private func writeFailure(_ errors: [GDALMessage]) -> GeoError {
        GeoError(
            .writeFailed, at: Place(file: path),
            "the raster could not be written whole (\(errors.summary))",
            mend: "Check the free space of the disk and run again")
    }

    private func describe(_ dataset: GDALDatasetH) throws(GeoError) {
        let transform = description.spec.geotransform
        var numbers = [
            transform.originX, transform.cellWidth, transform.rowRotation, transform.originY,
            transform.columnRotation, transform.cellHeight,
        ]
        let reference = try SpatialReference(description.spec.crs)
        let (_, errors) = captureGDALErrors {
            GDALSetGeoTransform(dataset, &numbers)
            reference.withHandle { _ = GDALSetSpatialRef(dataset, $0) }
            GDALSetMetadataItem(dataset, "AREA_OR_POINT", "Area", nil)
            for entry in description.metadata {
                GDALSetMetadataItem(dataset, entry.key, entry.value, nil)
            }
            for (index, band) in description.bands.enumerated() {
                guard let handle = GDALGetRasterBand(dataset, Int32(index + 1)) else { continue }
                GDALSetRasterNoDataValue(handle, description.nodata)
                GDALSetDescription(handle, band.description)
                if !band.unit.isEmpty { GDALSetRasterUnitType(handle, band.unit) }
                for (code, name) in band.categories.enumerated() {
                    GDALSetMetadataItem(handle, "CLASS_\(code)", name, nil)
                }
            }
        }
        guard !errors.contains(where: \.isFailure) else { throw writeFailure(errors) }
    }
}
