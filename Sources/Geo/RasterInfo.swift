import GridCore

/// The type of the numbers that a raster band stores.
public enum RasterDataType: String, Sendable, Hashable, CaseIterable {
    case uint8 = "UInt8"
    case uint16 = "UInt16"
    case int16 = "Int16"
    case uint32 = "UInt32"
    case int32 = "Int32"
    case float32 = "Float32"
    case float64 = "Float64"

    var isInteger: Bool {
        switch self {
        case .float32, .float64: false
        default: true
        }
    }

    public var byteCount: Int {
        switch self {
        case .uint8: 1
        case .uint16, .int16: 2
        case .uint32, .int32, .float32: 4
        case .float64: 8
        }
    }
}

/// What a raster says of itself.
public struct RasterInfo: Sendable, Hashable {
    /// As the user wrote it, with the subdataset's name when there is one.
    public var name: String
    public var driver: String
    public var shape: Shape
    /// nil when the file has none.
    public var geotransform: Geotransform?
    /// As the file says or as overridden; nil when neither.
    public var crs: CRSIdentifier?
    /// The CRS that the file itself carries; nil when none.
    public var statedCRS: CRSIdentifier?
    public var bands: [RasterBandInfo]
    /// Named layers of a container such as HDF4; empty for a plain raster.
    public var subdatasets: [RasterSubdataset]
    /// Metadata of the default domain, in the file's order.
    public var metadata: [MetadataEntry]
    /// Whether geotransform or CRS are not the file's own but those of the
    /// reference's placement.
    public var isPlaced = false

    public struct MetadataEntry: Sendable, Hashable {
        public var key: String
        public var value: String

        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }
}

extension RasterInfo {
    /// An attribute of a band as the file has it, such as `_FillValue`: of the
    /// layer in a container's way of naming, else of the whole.
    ///
    /// - Parameter band: from 1.
    /// - Returns: nil when the file has none of this name.
    public func attribute(_ name: String, band: Int) -> String? {
        let own = bands.indices.contains(band - 1) ? bands[band - 1].metadata : []
        // HDF5 puts the path of the layer in front, netCDF its name.
        return (own.first { $0.key == name || $0.key.hasSuffix("_" + name) || $0.key.hasSuffix("#" + name) }
            ?? metadata.first { $0.key == name })?.value
    }
}

/// What a band of a raster says of itself.
public struct RasterBandInfo: Sendable, Hashable {
    public var type: RasterDataType
    /// Stored number that means 'no value'; may be NaN; nil when not stated.
    public var nodata: Double?
    public var scale: Double?
    public var offset: Double?
    public var unit: String
    public var description: String
    /// Cells that are stored together.
    public var block: Shape
    public var overviews: Int
    /// Metadata of the band, in the file's order.
    public var metadata: [RasterInfo.MetadataEntry] = []
}

/// A layer of a container file.
public struct RasterSubdataset: Sendable, Hashable {
    /// The name that opens it.
    public var name: String
    /// For people, such as `[1200x1200] 1 km 16 days NDVI ...`.
    public var description: String

    /// The last part of the name, such as `1 km 16 days NDVI`.
    public var layer: String {
        let last = name.split(separator: ":").last.map(String.init) ?? name
        return last.filter { $0 != "\"" }.split(separator: "/").last.map(String.init) ?? last
    }
}

/// A raster to be opened: by whom and where is decided later, so that each
/// worker opens its own.
public struct RasterReference: Sendable, Hashable {
    /// As the user wrote it; for messages.
    public var name: String
    public var path: String
    /// The layer of a container file; nil for a plain raster.
    public var layer: String?
    /// Replaces what the file says of its CRS.
    public var crsOverride: CRSIdentifier?
    /// Where the cells lie when the file does not say it.
    public var placement: Placement?

    /// A geotransform and its CRS, known from elsewhere than the file.
    public struct Placement: Sendable, Hashable {
        public var geotransform: Geotransform
        public var crs: CRSIdentifier
        /// Of the whole raster: one of another shape is not placed.
        public var shape: Shape

        public init(geotransform: Geotransform, crs: CRSIdentifier, shape: Shape) {
            self.geotransform = geotransform
            self.crs = crs
            self.shape = shape
        }
    }

    public init(
        name: String, path: String, layer: String? = nil, crsOverride: CRSIdentifier? = nil,
        placement: Placement? = nil
    ) {
        self.placement = placement
        self.name = name
        self.path = path
        self.layer = layer
        self.crsOverride = crsOverride
    }
}

/// A raster that was opened, checked and closed: `RasterSource` opens it again
/// in a fraction of the time.
public struct ClosedRaster: Sendable {
    let reference: RasterReference
    let info: RasterInfo
    /// What GDAL opens: the path, or its name of the layer.
    let opened: String
}
