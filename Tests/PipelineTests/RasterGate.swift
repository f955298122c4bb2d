import Synchronization

/// One stage at a time: a thread of GDAL that needs room in the block cache
/// writes out blocks of any raster of the process, and one that is just
/// getting its overviews is in no state for that. The program has one stage
/// at a time anyway.
enum RasterGate {
    private static let lock = Mutex(())

    static func pass<Result>(_ body: () throws -> sending Result) rethrows -> sending Result {
        try lock.withLock { _ in try body() }
    }
}
