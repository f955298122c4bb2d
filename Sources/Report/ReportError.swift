import Diagnostics

/// Why a picture could not be made.
public enum ReportFailureKind: String, FailureKind, CaseIterable {
    /// A raster without rows or columns.
    case emptyRaster = "empty-raster"
    /// A raster that is rotated, south-up or whose position is not a number.
    case unsupportedRaster = "unsupported-raster"
    /// A map extent that is not a rectangle of finite degrees.
    case badExtent = "bad-extent"
    /// The drawing library refused or ran out of memory.
    case drawing = "drawing-failed"

    public var code: String { rawValue }

    public var exit: ExitStatus {
        switch self {
        case .emptyRaster, .unsupportedRaster, .badExtent: .dataRefused
        case .drawing: .fault
        }
    }
}

/// The error of this module.
public typealias ReportError = Failure<ReportFailureKind>
