import CGDAL
import Diagnostics
import GridCore

extension RasterSource {
    /// Reads all that a dataset says of itself.
    static func describe(_ dataset: GDALDatasetH, reference: RasterReference) -> RasterInfo {
        let (info, _) = captureGDALErrors {
            let shape = Shape(
                rows: Int(GDALGetRasterYSize(dataset)), columns: Int(GDALGetRasterXSize(dataset)))
            let stated = GDALGetSpatialRef(dataset).flatMap { CRSIdentifier(spatialReference: $0) }
            let count = Int(GDALGetRasterCount(dataset))
            let bands = (0..<count).compactMap { index in
                GDALGetRasterBand(dataset, Int32(index + 1)).map(Self.describe(band:))
            }
            let own = geotransform(of: dataset)
            let placement = reference.placement.flatMap { $0.shape == shape ? $0 : nil }
            return RasterInfo(
                name: reference.name + (reference.layer.map { ":\($0)" } ?? ""),
                driver: GDALGetDatasetDriver(dataset).flatMap { GDALGetDriverShortName($0) }
                    .map { String(cString: $0) } ?? "",
                shape: shape, geotransform: own ?? placement?.geotransform,
                crs: reference.crsOverride ?? stated ?? placement?.crs, statedCRS: stated,
                bands: bands, subdatasets: subdatasets(of: dataset),
                metadata: metadata(of: dataset),
                isPlaced: placement != nil && (own == nil || stated == nil))
        }
        return info
    }

    /// The layers of a container, in its order.
    static func subdatasets(of dataset: GDALDatasetH) -> [RasterSubdataset] {
        var names: [String: String] = [:]
        var order: [String] = []
        for entry in list(GDALGetMetadata(dataset, "SUBDATASETS")) {
            names[entry.key] = entry.value
            if entry.key.hasSuffix("_NAME") { order.append(String(entry.key.dropLast(5))) }
        }
        return order.compactMap { key in
            names[key + "_NAME"].map {
                RasterSubdataset(name: $0, description: names[key + "_DESC"] ?? "")
            }
        }
    }

    private static func describe(band: GDALRasterBandH) -> RasterBandInfo {
        var has: Int32 = 0
        let nodata = GDALGetRasterNoDataValue(band, &has)
        let statedNodata = has != 0 ? nodata : nil
        let scale = GDALGetRasterScale(band, &has)
        let statedScale = has != 0 ? scale : nil
        let offset = GDALGetRasterOffset(band, &has)
        let statedOffset = has != 0 ? offset : nil
        var columns: Int32 = 0
        var rows: Int32 = 0
        GDALGetBlockSize(band, &columns, &rows)
        return RasterBandInfo(
            type: RasterDataType(GDALGetRasterDataType(band)), nodata: statedNodata,
            scale: statedScale, offset: statedOffset,
            unit: GDALGetRasterUnitType(band).map { String(cString: $0) } ?? "",
            description: GDALGetDescription(band).map { String(cString: $0) } ?? "",
            block: Shape(rows: Int(rows), columns: Int(columns)),
            overviews: Int(GDALGetOverviewCount(band)), metadata: metadata(of: band))
    }

    static func geotransform(of dataset: GDALDatasetH) -> Geotransform? {
        var c = [Double](repeating: 0, count: 6)
        guard GDALGetGeoTransform(dataset, &c) == CE_None else { return nil }
        return Geotransform(
            originX: c[0], cellWidth: c[1], rowRotation: c[2], originY: c[3],
            columnRotation: c[4], cellHeight: c[5])
    }

    private static func metadata(of dataset: GDALDatasetH) -> [RasterInfo.MetadataEntry] {
        list(GDALGetMetadata(dataset, nil)).map {
            RasterInfo.MetadataEntry(key: $0.key, value: $0.value)
        }
    }

    private static func list(_ strings: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?)
        -> [(key: String, value: String)]
    {
        guard let strings else { return [] }
        var entries: [(key: String, value: String)] = []
        var index = 0
        while let text = strings[index] {
            let parts = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            entries.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
            index += 1
        }
        return entries
    }
}

extension RasterDataType {
    /// The type to read a GDAL type as; complex types are read as Float64.
    init(_ type: GDALDataType) {
        switch type {
        case GDT_Byte: self = .uint8
        case GDT_UInt16: self = .uint16
        case GDT_Int16: self = .int16
        case GDT_UInt32: self = .uint32
        case GDT_Int32: self = .int32
        case GDT_Float32: self = .float32
        default: self = .float64
        }
    }

    var gdalType: GDALDataType {
        switch self {
        case .uint8: GDT_Byte
        case .uint16: GDT_UInt16
        case .int16: GDT_Int16
        case .uint32: GDT_UInt32
        case .int32: GDT_Int32
        case .float32: GDT_Float32
        case .float64: GDT_Float64
        }
    }
}

extension RasterInfo {
    /// The grid that the file states.
    ///
    /// - Throws: `GeoError` when it has no geotransform, is rotated or
    ///   south-up, or has no CRS and none was given.
    public func gridSpec() throws(GeoError) -> GridSpec {
        let place = Place(file: name)
        guard let geotransform else {
            throw GeoError(
                .noGeotransform, at: place,
                "the raster has no geotransform, so nobody can say where it lies",
                mend: "Fetch the georeferenced file, or write one with gdal_translate -a_ullr")
        }
        guard geotransform.isNorthUp else {
            throw GeoError(
                .notNorthUp, at: place,
                "the raster is rotated or south-up (found cell width \(geotransform.cellWidth), "
                    + "cell height \(geotransform.cellHeight); expected width > 0, height < 0, no "
                    + "rotation)",
                mend: "Turn it with gdalwarp")
        }
        guard let crs else {
            throw GeoError(
                .noCRS, at: place, "the raster has no CRS",
                mend: "Add `crs: \"EPSG:4326\"` (or the right one) to the entry of the file in the "
                    + "pipeline file, or write it into the file with gdal_edit -a_srs")
        }
        return GridSpec(shape: shape, geotransform: geotransform, crs: crs)
    }
}
