/// An operation on the way to a published run that can fail: every call of
/// that kind asks its point first, so that a test can let the n-th one fail.
///
/// Compiled into debug builds only (`DEBUG`), and there driven by the
/// environment, see `FaultPlan`; in other builds each function is the plain
/// call or a constant.
public enum FaultPoint: String, Sendable, CaseIterable {
    case open, create, read, list, write, fsync, close, truncate, lock
    case rename, mkdir, symlink, unlink
    /// A transaction of the state database.
    case commit
    case gdalOpen = "gdal-open"
    case gdalRead = "gdal-read"
    case gdalCreate = "gdal-create"
    case gdalWrite = "gdal-write"
    case gdalFlush = "gdal-flush"
    case gdalOverviews = "gdal-overviews"
    case gdalCopy = "gdal-copy"
    case gdalClose = "gdal-close"

    /// Whether the operation may be tried; when not, it counts as failed and
    /// `errno` says how.
    ///
    /// - Parameter file: what it is done to, for the list of points.
    @inlinable
    public func passes(_ file: @autoclosure () -> String) -> Bool {
        #if DEBUG
            return FaultPlan.current?.passes(self, at: file()) ?? true
        #else
            return true
        #endif
    }
}
