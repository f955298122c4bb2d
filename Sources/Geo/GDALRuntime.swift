import CGDAL
import CPROJ
import Synchronization

/// GDAL's process-wide state, set up once.
///
/// Only the drivers that Jilaal needs stay registered; side files, plugins
/// and the network are off, so that a file's bytes alone decide what is read.
public enum GDALRuntime {
    private static let started = Mutex(false)

    private static let drivers: Set<String> = [
        "GTiff", "COG", "MEM", "HDF4", "HDF4Image", "HDF5", "HDF5Image", "netCDF", "GeoJSON",
        "GPKG", "ESRI Shapefile", "Memory",
    ]

    private static let options: [(key: String, value: String)] = [
        // World files and .aux.xml would silently change what a raster says.
        ("GDAL_PAM_ENABLED", "NO"),
        ("GDAL_GEOREF_SOURCES", "INTERNAL"),
        ("GDAL_DRIVER_PATH", "disable"),
        ("CPL_VSIL_CURL_ALLOWED_FILENAME", "none"),
        ("GDAL_HTTP_MAX_RETRY", "0"),
        ("OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER"),
        // Reproducible bytes in formats that store a time.
        ("OGR_CURRENT_DATE", "1970-01-01T00:00:00.000Z"),
        // Text as written, not as OGR would print a date.
        ("OGR_GEOJSON_DATE_AS_STRING", "YES"),
        // A missing .shx is a damaged input, to be told, not to be rebuilt.
        ("SHAPE_RESTORE_SHX", "NO"),
    ]

    /// Bytes of GDAL's block cache until a stage asks for more.
    public static let defaultCacheBytes = 64 << 20

    /// Sets everything up; further calls do nothing. Safe from any thread.
    public static func start() {
        started.withLock { done in
            guard !done else { return }
            done = true
            // What is said outside of `captureGDALErrors`, such as when a file
            // is closed, is printed by nobody.
            CPLSetErrorHandler(CPLQuietErrorHandler)
            for option in options { CPLSetConfigOption(option.key, option.value) }
            proj_context_set_enable_network(nil, 0)
            refuseNetwork()
            GDALAllRegister()
            for index in stride(from: GDALGetDriverCount() - 1, through: 0, by: -1) {
                guard let driver = GDALGetDriver(index),
                    let name = GDALGetDriverShortName(driver),
                    !drivers.contains(String(cString: name))
                else { continue }
                GDALDeregisterDriver(driver)
            }
            GDALSetCacheMax64(Int64(defaultCacheBytes))
        }
    }

    /// Answers every request of GDAL for an address with a refusal: some
    /// files, such as old GeoJSON, name one that explains their CRS.
    private static func refuseNetwork() {
        CPLHTTPSetFetchCallback(
            { _, _, _, _, _, _, _ in
                // An answer must be given: without one GDAL asks the address.
                // GDAL frees it.
                let size = MemoryLayout<CPLHTTPResult>.stride
                let answer = CPLCalloc(1, size)?.bindMemory(to: CPLHTTPResult.self, capacity: 1)
                answer?.pointee.nStatus = 1
                answer?.pointee.pszErrBuf = CPLStrdup("the network is not used")
                return answer
            }, nil)
    }

    /// Lets GDAL keep up to `bytes` of decoded blocks.
    public static func setCache(bytes: Int) {
        start()
        GDALSetCacheMax64(Int64(bytes))
    }

    /// Versions of the C libraries, for manifests and `--version`.
    public static var versions: [(name: String, version: String)] {
        let gdal = GDALVersionInfo("RELEASE_NAME").map { String(cString: $0) } ?? ""
        var major: Int32 = 0
        var minor: Int32 = 0
        var micro: Int32 = 0
        let geos =
            OGRGetGEOSVersion(&major, &minor, &micro) ? "\(major).\(minor).\(micro)" : "absent"
        let proj = proj_info().version.map { String(cString: $0) } ?? ""
        return [("GDAL", gdal), ("PROJ", proj), ("GEOS", geos)]
    }

    /// Short names of the drivers that GDAL has now, sorted.
    public static var registeredDriverNames: [String] {
        start()
        return (0..<GDALGetDriverCount()).compactMap { index in
            GDALGetDriver(index).flatMap { GDALGetDriverShortName($0) }.map { String(cString: $0) }
        }.sorted()
    }

    /// Those of the allowed drivers that every run needs, whatever its data.
    public static let indispensableDriverNames: Set<String> = ["GTiff", "COG", "MEM", "GeoJSON"]

    /// Short names of the drivers that are allowed, sorted.
    public static var driverNames: [String] { drivers.sorted() }
}
