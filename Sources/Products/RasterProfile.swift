import Calendar

/// What a satellite product's files hold, as its producer documents it.
///
/// Profiles are checked against a file, never guessed from it.
public struct RasterProfile: Sendable, Hashable {
    /// Name in the pipeline file, such as `mod13a2`.
    public let id: String
    public let title: String
    /// What its values measure.
    public var quantity: Quantity = .ndvi
    /// Beginnings of file names that the producer uses.
    public let filePrefixes: [String]
    /// Driver that reads the original files; nil for GeoTIFF copies.
    public let driver: String?
    /// The NDVI layer of a container file; nil for plain rasters.
    public let layer: String?
    /// Pattern of the composite's first day in the original file names.
    public let dates: String?
    /// `value = stored * scale + offset`.
    public let scale: Double
    public let offset: Double
    /// Stored numbers that mean 'no value'.
    public let fill: [Double]
    /// Stored numbers that are values.
    public let validRange: ClosedRange<Double>
    public let periods: PeriodScheme
    public let quality: QualityLayer?
    /// Trap to be told to the user; empty when there is none.
    public let caution: String
    /// How the producer asks to be cited.
    public let citation: String

    /// The layer that says how good a pixel is.
    public struct QualityLayer: Sendable, Hashable {
        public let layer: String
        /// Codes of usable pixels.
        public let accept: [Int]
    }

    /// Codes of pixel reliability of MOD13: 0 good, 1 marginal (Didan and
    /// Barreto Munoz 2019, MOD13 user guide, table 4).
    private static let marginalOrBetter = [0, 1]

    private static func mod13(
        _ id: String, _ title: String, resolution: String, composite: String,
        prefixes: [String], periods: PeriodScheme = .sixteenDay
    ) -> RasterProfile {
        RasterProfile(
            id: id, title: title, filePrefixes: prefixes, driver: "HDF4",
            layer: "\(resolution) \(composite) NDVI", dates: "*.A{yyyy}{doy}.*", scale: 0.0001,
            offset: 0, fill: [-3000], validRange: -2000...10000, periods: periods,
            quality: QualityLayer(
                layer: "\(resolution) \(composite) pixel reliability", accept: marginalOrBetter),
            caution: "the file's scale_factor of 10000 is a divisor; GDAL shows it as a scale",
            citation: "Didan, K. MODIS vegetation indices \(title). NASA EOSDIS LP DAAC")
    }

    /// All profiles, in the order in which they are listed.
    public static let all: [RasterProfile] = [
        mod13(
            "mod13q1", "MOD13Q1/MYD13Q1 v061, 250 m, 16-day", resolution: "250m",
            composite: "16 days", prefixes: ["MOD13Q1", "MYD13Q1"]),
        mod13(
            "mod13a1", "MOD13A1/MYD13A1 v061, 500 m, 16-day", resolution: "500m",
            composite: "16 days", prefixes: ["MOD13A1", "MYD13A1"]),
        mod13(
            "mod13a2", "MOD13A2/MYD13A2 v061, 1 km, 16-day", resolution: "1 km",
            composite: "16 days", prefixes: ["MOD13A2", "MYD13A2"]),
        mod13(
            "mod13a3", "MOD13A3/MYD13A3 v061, 1 km, monthly", resolution: "1 km",
            composite: "monthly", prefixes: ["MOD13A3", "MYD13A3"], periods: .month),
        RasterProfile(
            id: "mod13c1", title: "MOD13C1/MYD13C1 v061, 0.05 degree, 16-day",
            filePrefixes: ["MOD13C1", "MYD13C1"], driver: nil, layer: nil,
            dates: "*.A{yyyy}{doy}.*", scale: 0.0001, offset: 0, fill: [-3000],
            validRange: -2000...10000, periods: .sixteenDay, quality: nil,
            caution: "read as GeoTIFF copies of the NDVI layer; give `layer` for the HDF originals",
            citation: "Didan, K. MODIS vegetation indices MOD13C1. NASA EOSDIS LP DAAC"),
        RasterProfile(
            id: "cgls-ndvi-1km", title: "Copernicus Global Land NDVI v2/v3, 1 km, dekad",
            filePrefixes: ["c_gls_NDVI"], driver: nil, layer: nil, dates: "*_{yyyy}{mm}{dd}*",
            scale: 1.0 / 250.0, offset: -0.08, fill: [251, 252, 253, 254, 255],
            validRange: 0...250, periods: .dekad, quality: nil,
            caution: "stored numbers are DN of 0-250; 254 is sea, 255 missing",
            citation: "Copernicus Global Land Service NDVI product user manual"),
        RasterProfile(
            id: "gimms-ndvi3g", title: "GIMMS NDVI3g, 1/12 degree, half-monthly",
            filePrefixes: ["ndvi3g"], driver: nil, layer: nil, dates: nil, scale: 1, offset: 0,
            fill: [], validRange: -1...1, periods: .halfMonth, quality: nil,
            caution: "read as GeoTIFF copies that hold NDVI itself",
            citation: "Pinzon, J. E. and Tucker, C. J. 2014. Remote Sensing 6: 6929-6960"),
    ]

    /// The profile for a name in the pipeline file; `custom` has none.
    public static func named(_ id: String) -> RasterProfile? {
        all.first { $0.id == id }
    }

    /// The profile that a file name begins like; nil when none does.
    public static func matching(fileName: String) -> RasterProfile? {
        all.first { profile in
            profile.filePrefixes.contains { fileName.lowercased().hasPrefix($0.lowercased()) }
        }
    }
}
