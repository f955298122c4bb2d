import Drought
import Geo
import GridCore

/// The rasters that the drought stage publishes.
enum DroughtOutput: String, CaseIterable, Sendable {
    case ndvi
    case vci
    case anomaly
    case percent
    case zscore
    case droughtClass = "class"
    case reason
    case climatologyCount = "climatology_count"
    case climatologyMinimum = "climatology_min"
    case climatologyMaximum = "climatology_max"
    case climatologyMean = "climatology_mean"
    case climatologyDeviation = "climatology_sd"

    /// Path in the run directory.
    var path: String { "drought/\(rawValue).tif" }

    var title: String {
        switch self {
        case .ndvi: "NDVI of the composite"
        case .vci: "Vegetation condition index (VCI): 0 driest, 100 greenest baseline year"
        case .anomaly: "NDVI less its baseline mean"
        case .percent: "NDVI in percent of its baseline mean"
        case .zscore: "NDVI z-score: deviations from the baseline mean"
        case .droughtClass: "Drought class by VCI"
        case .reason: "Why a cell has no value"
        case .climatologyCount: "Baseline years with a value"
        case .climatologyMinimum: "Baseline minimum of NDVI"
        case .climatologyMaximum: "Baseline maximum of NDVI"
        case .climatologyMean: "Baseline mean of NDVI"
        case .climatologyDeviation: "Baseline standard deviation of NDVI (n - 1)"
        }
    }

    /// What the legend of its picture is headed.
    var quantity: String {
        switch self {
        case .vci: "VCI"
        case .anomaly: "NDVI less baseline mean"
        case .percent: "NDVI / baseline mean"
        case .zscore: "z-score"
        case .climatologyCount: "Baseline composites"
        default: "NDVI"
        }
    }

    /// Empty where `quantity` says it.
    var pictureUnit: String { unit == "NDVI" ? "" : unit }

    var isClimatology: Bool {
        switch self {
        case .climatologyCount, .climatologyMinimum, .climatologyMaximum, .climatologyMean,
            .climatologyDeviation:
            true
        default: false
        }
    }

    var unit: String {
        switch self {
        case .vci, .percent: "%"
        case .climatologyCount: "years"
        case .zscore: "standard deviations"
        case .droughtClass, .reason: ""
        default: "NDVI"
        }
    }

    var isByte: Bool {
        switch self {
        case .droughtClass, .reason, .climatologyCount: true
        default: false
        }
    }

    func description(
        _ prepared: PreparedDrought, metadata: [RasterInfo.MetadataEntry]
    ) -> RasterDescription {
        let categories: [String] =
            switch self {
            case .droughtClass: ["no value"] + prepared.table.classes.map(\.name)
            case .reason: DroughtReason.cases(isMasked: prepared.mask != nil).map(\.text)
            default: []
            }
        // Category names would need a side file; a metadata item travels along.
        let classes =
            categories.isEmpty
            ? []
            : [
                RasterInfo.MetadataEntry(
                    key: "CLASSES",
                    value: categories.enumerated().map { "\($0) \($1)" }.joined(separator: "; "))
            ]
        return RasterDescription(
            spec: prepared.stack.spec, type: isByte ? .uint8 : .float32,
            nodata: isByte ? (self == .droughtClass ? 0 : 255) : .nan,
            bands: [.init(description: title, unit: unit, categories: categories)],
            metadata: metadata + classes)
    }
}

/// Running statistics of an output, merged tile after tile.
struct OutputStatistics: Sendable, Codable {
    var count = 0
    var total = 0
    var minimum = Double.infinity
    var maximum = -Double.infinity
    private var sum = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        sum += value
        squares += value * value
    }

    mutating func merge(_ other: OutputStatistics) {
        count += other.count
        total += other.total
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        sum += other.sum
        squares += other.squares
    }

    /// nil when there is no value.
    var band: BandStatistics? {
        guard count > 0 else { return nil }
        let mean = sum / Double(count)
        return BandStatistics(
            minimum: minimum, maximum: maximum, mean: mean,
            standardDeviation: max(0, squares / Double(count) - mean * mean).squareRoot(),
            validPercent: 100 * Double(count) / Double(max(1, total)))
    }
}
