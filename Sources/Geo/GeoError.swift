import Diagnostics

/// What can go wrong between a file and its Swift value.
public enum GeoFailureKind: String, FailureKind {
    case missingFile = "missing-file"
    case unreadableFile = "unreadable-file"
    case emptyFile = "empty-file"
    case pathRefused = "path-refused"
    /// The bytes are of another kind, such as a web page saved as `.tif`.
    case wrongContent = "wrong-content"
    /// GDAL knows the bytes but not with the drivers allowed here.
    case unknownFormat = "unknown-format"
    case truncated
    case noSuchLayer = "no-such-layer"
    case noSuchBand = "no-such-band"
    case noSuchField = "no-such-field"
    /// Bands that hold complex numbers.
    case wrongType = "wrong-type"
    case implausibleSize = "implausible-size"
    case noCRS = "no-crs"
    case wrongCRS = "wrong-crs"
    case noGeotransform = "no-geotransform"
    case notNorthUp = "not-north-up"
    case mixedGrids = "mixed-grids"
    case emptyLayer = "empty-layer"
    case invalidGeometry = "invalid-geometry"
    /// Text that is not UTF-8.
    case invalidText = "invalid-text"
    case notTransformable = "not-transformable"
    case cannotCreate = "cannot-create"
    case writeFailed = "write-failed"

    public var code: String { rawValue }

    public var exit: ExitStatus {
        switch self {
        case .missingFile, .unreadableFile: .inputMissing
        case .cannotCreate: .cannotCreateOutput
        case .writeFailed: .inputOutput
        default: .dataRefused
        }
    }
}

public typealias GeoError = Failure<GeoFailureKind>
