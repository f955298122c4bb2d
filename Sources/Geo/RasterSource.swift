import CGDAL
import Diagnostics
import Faults
import GridCore

/// An open raster: owns one GDAL dataset and closes it when it goes.
///
/// Not Sendable: every worker opens its own from a `RasterReference`. Bands
/// are numbers, not objects, so that none can outlive its dataset.
public final class RasterSource {
    public let reference: RasterReference
    public let info: RasterInfo
    private let dataset: GDALDatasetH
    /// What GDAL opened: the path, or its name of the layer.
    private let opened: String

    /// Declared sizes are checked against these before memory is taken.
    enum Limit {
        /// Cells along one side.
        static let side = 4_000_000
        /// Declared bytes per byte on disk. Deflate reaches about 1,000 on
        /// constant data; sparse files that lie reach tens of thousands.
        static let expansion = 5_000.0
        /// Declared bytes below which the expansion does not matter.
        static let harmlessBytes = 1 << 30
        /// A daily series of forty years has 14,600.
        static let bands = 20_000
        /// Bytes of one block, which is decoded as a whole.
        static let blockBytes = 256 << 20
    }

    /// Opens a raster or, when the reference names a layer, that layer.
    ///
    /// - Throws: `GeoError` when the file is missing, no raster, truncated,
    ///   refused by the path rules, without the layer, or declares a size
    ///   that cannot be honest.
    public init(_ reference: RasterReference) throws(GeoError) {
        GDALRuntime.start()
        self.reference = reference
        let path = try LocalFile(reference.path, writtenAs: reference.name)
        try ClassicNetCDFExtent.check(path, writtenAs: reference.name)
        try HDF4Structure.check(path, writtenAs: reference.name)
        let container = try Self.open(path.text, reference: reference)
        guard let layer = reference.layer else {
            info = try Self.checkedInfo(of: container, file: path, reference: reference)
            dataset = container
            opened = path.text
            return
        }
        let subdatasets = Self.subdatasets(of: container)
        GDALClose(container)
        guard let found = subdatasets.first(where: { $0.layer == layer || $0.name == layer })
        else {
            let names = subdatasets.map { "\"\($0.layer)\"" }.joined(separator: ", ")
            throw GeoError(
                .noSuchLayer, at: Place(file: reference.name, field: "layer \"\(layer)\""),
                "there is no such layer (found: \(names.isEmpty ? "none" : names))",
                mend: "Write one of the layers found as `layer`")
        }
        guard found.isInside(path.text) else {
            throw GeoError(
                .pathRefused, at: Place(file: reference.name, field: "layer \"\(layer)\""),
                "the layer is said to lie in another place than this file",
                mend: "Write the layer out as an ordinary file with gdal_translate")
        }
        opened = found.name
        let dataset = try Self.openUpright(opened, reference: reference)
        info = try Self.checkedInfo(of: dataset, file: path, reference: reference)
        self.dataset = dataset
    }

    /// What it takes to open the raster again without checking it again.
    public var closed: ClosedRaster { ClosedRaster(reference: reference, info: info, opened: opened) }

    /// Opens a raster that was open before: what it says of itself was
    /// checked then, and is taken over.
    ///
    /// - Throws: `GeoError` when it is missing, or is not what it was.
    public init(_ closed: ClosedRaster) throws(GeoError) {
        reference = closed.reference
        info = closed.info
        opened = closed.opened
        _ = try LocalFile(reference.path, writtenAs: reference.name)
        let dataset = try Self.openUpright(opened, reference: reference)
        guard Int(GDALGetRasterXSize(dataset)) == info.shape.columns,
            Int(GDALGetRasterYSize(dataset)) == info.shape.rows,
            Int(GDALGetRasterCount(dataset)) == info.bands.count
        else {
            GDALClose(dataset)
            throw GeoError(
                .truncated, at: Place(file: reference.name),
                "has another size than when it was opened first (expected \(info.shape.rows) x "
                    + "\(info.shape.columns) cells in \(info.bands.count) bands)",
                mend: "Run again when nothing writes to it")
        }
        self.dataset = dataset
    }

    deinit { GDALClose(dataset) }

    /// The grid of the raster.
    ///
    /// - Throws: `GeoError` when it has no geotransform, is not north-up, or
    ///   has no CRS and none was given.
    public func gridSpec() throws(GeoError) -> GridSpec {
        try info.gridSpec()
    }

    /// Reads a window of a band as Int16. Precondition: the band's type fits
    /// (`uint8` or `int16`), the window lies inside, `cells` holds it.
    public func read(
        band: Int, window: CellWindow, into cells: UnsafeMutablePointer<Int16>
    ) throws(GeoError) {
        try read(
            band, window, UnsafeMutableRawPointer(cells), GDT_Int16, window.shape,
            GRIORA_NearestNeighbour)
    }

    /// Reads a window of a band as UInt16, such as QA bits.
    public func read(
        band: Int, window: CellWindow, into cells: UnsafeMutablePointer<UInt16>
    ) throws(GeoError) {
        try read(
            band, window, UnsafeMutableRawPointer(cells), GDT_UInt16, window.shape,
            GRIORA_NearestNeighbour)
    }

    /// Reads a window of a band as Float32.
    public func read(
        band: Int, window: CellWindow, into cells: UnsafeMutablePointer<Float>
    ) throws(GeoError) {
        try read(
            band, window, UnsafeMutableRawPointer(cells), GDT_Float32, window.shape,
            GRIORA_NearestNeighbour)
    }

    /// Reads a window of a band as Float64.
    public func read(
        band: Int, window: CellWindow, into cells: UnsafeMutablePointer<Double>
    ) throws(GeoError) {
        try read(
            band, window, UnsafeMutableRawPointer(cells), GDT_Float64, window.shape,
            GRIORA_NearestNeighbour)
    }

    /// How a smaller picture of a raster is made.
    public enum Decimation: Sendable {
        /// Mean of the values (never of nodata).
        case average
        /// The most frequent code.
        case majority
    }

    /// A whole band as Float32 with NaN for nodata, at most `longestSide`
    /// cells long, with the geotransform to match.
    public func readPicture(band: Int, longestSide: Int, decimation: Decimation)
        throws(GeoError) -> Grid<Float>
    {
        let spec = try gridSpec()
        let side = max(spec.shape.rows, spec.shape.columns)
        let factor = max(1, (Double(side) / Double(longestSide)).rounded(.up))
        let shape = Shape(
            rows: max(1, Int((Double(spec.shape.rows) / factor).rounded())),
            columns: max(1, Int((Double(spec.shape.columns) / factor).rounded())))
        var transform = spec.geotransform
        transform.cellWidth *= Double(spec.shape.columns) / Double(shape.columns)
        transform.cellHeight *= Double(spec.shape.rows) / Double(shape.rows)
        var grid = Grid<Float>(
            GridSpec(shape: shape, geotransform: transform, crs: spec.crs), filledWith: .nan)
        let resampling = decimation == .average ? GRIORA_Average : GRIORA_Mode
        try grid.withMutableCells { cells throws(GeoError) in
            guard let base = cells.baseAddress else { return }
            try read(
                band, CellWindow(spec.shape), UnsafeMutableRawPointer(base), GDT_Float32, shape,
                factor > 1 ? resampling : GRIORA_NearestNeighbour)
        }
        if let nodata = info.bands[band - 1].nodata, !nodata.isNaN {
            let sentinel = Float(nodata)
            grid.withMutableCells { cells in
                for i in cells.indices where cells[i] == sentinel { cells[i] = .nan }
            }
        }
        return grid
    }

    /// Copies the whole dataset with another driver; returns what GDAL said.
    func copy(driver: String, to destination: String, options: CStringList) -> [GDALMessage] {
        let (copied, errors) = captureGDALErrors(
            at: .gdalCopy, destination, failed: false
        ) { () -> Bool in
            guard let driver = GDALGetDriverByName(driver),
                let copy = options.withPointer({ list in
                    // A large raster takes longer than somebody who asks to
                    // stop waits; 0 breaks off.
                    GDALCreateCopy(
                        driver, destination, dataset, 0, list,
                        { _, _, _ in Interruption.requested == 0 ? 1 : 0 }, nil)
                })
            else { return false }
            GDALClose(copy)
            return true
        }
        return copied ? errors : errors + [GDALMessage.failure("the copy was not made")]
    }

    func read(
        _ band: Int, _ window: CellWindow, _ memory: UnsafeMutableRawPointer,
        _ type: GDALDataType, _ shape: Shape, _ resampling: GDALRIOResampleAlg
    ) throws(GeoError) {
        let handle = try bandHandle(band)
        precondition(
            window.intersection(CellWindow(info.shape)) == window, "window outside the raster")
        var extra = GDALRasterIOExtraArg()
        extra.nVersion = 1
        extra.eResampleAlg = resampling
        let (status, errors) = captureGDALErrors(
            at: .gdalRead, reference.path, failed: CE_Failure
        ) {
            GDALRasterIOEx(
                handle, GF_Read, Int32(window.column), Int32(window.row), Int32(window.columns),
                Int32(window.rows), memory, Int32(shape.columns), Int32(shape.rows), type, 0, 0,
                &extra)
        }
        guard status == CE_None else { throw readFailure(errors, band: band) }
    }

    private func bandHandle(_ band: Int) throws(GeoError) -> GDALRasterBandH {
        guard band >= 1, band <= info.bands.count,
            let handle = GDALGetRasterBand(dataset, Int32(band))
        else {
            throw GeoError(
                .noSuchBand, at: Place(file: reference.name, band: band),
                "there is no such band (found \(info.bands.count) bands)",
                mend: "Give the file that has it, or fewer dates")
        }
        return handle
    }

    private func readFailure(_ errors: [GDALMessage], band: Int) -> GeoError {
        GeoError(
            .truncated, at: Place(file: reference.name, band: band),
            "the cells cannot be read (\(errors.summary))",
            mend: "The file is truncated or damaged: fetch it again")
    }

    /// Opens a layer with the rows in the order of the file where its place
    /// comes from the reference.
    ///
    /// GDAL takes a NetCDF without coordinates to begin at the bottom and turns
    /// it over; placements begin at the top, as the documents of products do.
    private static func openUpright(_ name: String, reference: RasterReference) throws(GeoError)
        -> GDALDatasetH
    {
        let dataset = try open(name, reference: reference)
        guard reference.placement != nil, name.hasPrefix("NETCDF:"),
            geotransform(of: dataset) == nil
        else { return dataset }
        GDALClose(dataset)
        CPLSetThreadLocalConfigOption("GDAL_NETCDF_BOTTOMUP", "NO")
        defer { CPLSetThreadLocalConfigOption("GDAL_NETCDF_BOTTOMUP", nil) }
        return try open(name, reference: reference)
    }

    private static func open(_ name: String, reference: RasterReference) throws(GeoError)
        -> GDALDatasetH
    {
        let flags = UInt32(GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
        // The file is shown to GDAL as alone in its folder: overviews, masks
        // and headers beside it would change what it says.
        let file = reference.path.split(separator: "/").last.map(String.init) ?? ""
        let (dataset, errors) = captureGDALErrors(at: .gdalOpen, reference.path, failed: nil) {
            CStringList([file]).withConstPointer { GDALOpenEx(name, flags, nil, nil, $0) }
        }
        guard let dataset else {
            throw LocalFile.refusal(
                of: reference.path, writtenAs: reference.name, as: "raster",
                errors: errors)
        }
        return dataset
    }
}
