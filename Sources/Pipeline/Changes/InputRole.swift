import Calendar
import Products
import Tables

/// What a file of a manifest was read for.
enum InputRole: Hashable, Sendable {
    case sectors, districts, livelihoodZones, settlements, context, incidents, bases
    /// People, land, speeds and evidence of coverage and transfer.
    case travel
    /// Vegetation, temperature and rainfall, with their quality.
    case raster

    /// By the parameters that named the file, sidecars included.
    init(of path: String, parameters: JSONValue) {
        let single: [(String, InputRole)] = [
            ("sectors", .sectors), ("districts", .districts),
            ("livelihood_zones", .livelihoodZones), ("settlements", .settlements),
            ("roads", .context), ("outlines", .context), ("bases", .bases),
        ]
        for (section, role) in single
        where Self.isPart(path, of: parameters[section]?["file"]?.string) {
            self = role
            return
        }
        if Self.travelKeys.contains(where: { keys in
            Self.isPart(path, of: keys.reduce(parameters as JSONValue?) { $0?[$1] }?.string)
        }) {
            self = .travel
            return
        }
        let sources = parameters["incidents"]?["sources"]?.elements ?? []
        let isSource = sources.contains { Self.isPart(path, of: $0["file"]?.string) }
        self = isSource ? .incidents : .raster
    }

    /// Where the pipeline file names what coverage and transfer read.
    private static let travelKeys = [
        ["population", "file"], ["travel", "speeds"], ["travel", "land_cover"],
        ["travel", "elevation"], ["travel", "roads", "file"], ["travel", "rivers", "file"],
        ["travel", "crossings"], ["transfer", "hubs"], ["transfer", "readiness"],
    ]

    private static func isPart(_ path: String, of file: String?) -> Bool {
        guard let file else { return false }
        if path == file || path == file + "-wal" { return true }
        guard file.lowercased().hasSuffix(".shp") else { return false }
        return path.hasPrefix(file.dropLast(3)) && !path.dropFirst(file.count - 3).contains("/")
    }
}

/// Which rasters the drought figures of a composite depend on: its own, and
/// those of its period of the year in the years of the baseline.
struct RasterRelevance {
    private let patterns: [DatePattern]
    private let baseline: YearRange?
    private let scheme: PeriodScheme?
    private let composites: [CalendarDate]

    /// - Parameters:
    ///   - parameters: of a manifest.
    ///   - composites: first days of the composites whose figures are meant.
    init(parameters: JSONValue, composites: [CalendarDate]) {
        let drought = parameters["drought"]
        let product = drought?["ndvi"]?["product"]?.string
        let texts = [
            drought?["ndvi"]?["dates"]?.string, drought?["ndvi"]?["qa"]?["dates"]?.string,
            product.flatMap { RasterProfile.named($0)?.dates },
        ]
        patterns = texts.compactMap { $0 }.compactMap { try? DatePattern($0) }
        // Temperature and rainfall count with all their dates, and a file does
        // not say which stack it is of.
        let isAlone = drought?["lst"] == nil && drought?["rain"] == nil
        baseline = isAlone ? drought?["baseline"]?.string.flatMap { YearRange($0) } : nil
        scheme = (drought?["ndvi"]?["periods"] ?? drought?["periods"])?.string.flatMap {
            PeriodScheme(rawValue: $0)
        }
        self.composites = composites
    }

    /// Whether figures depend on a raster; so do those of unknown date.
    func includes(_ path: String) -> Bool {
        let name = ConfiguredPattern.split(path).name
        guard let baseline, let scheme,
            let date = patterns.lazy.compactMap({ $0.date(in: name) }).first
        else { return true }
        return composites.contains { composite in
            let isOfPeriod = scheme.slot(of: date) == scheme.slot(of: composite)
            return date == composite || baseline.contains(date.year) && isOfPeriod
        }
    }
}
