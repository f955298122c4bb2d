import Products

/// The stacks of rasters that `drought` can have; the raw value is the key.
public enum DroughtSection: String, CaseIterable, Hashable, Sendable {
    case ndvi
    case lst
    case rain

    /// What the rasters of the stack hold.
    public var quantity: RasterProfile.Quantity {
        switch self {
        case .ndvi: .ndvi
        case .lst: .landSurfaceTemperature
        case .rain: .rainfall
        }
    }

    /// Path of the section in the pipeline file.
    var path: String { "drought.\(rawValue)" }

    /// What a raster of it is called.
    var rasterNoun: String {
        switch self {
        case .ndvi: "vegetation raster"
        case .lst: "temperature raster"
        case .rain: "rainfall raster"
        }
    }

    /// What a raster is to a stage; the vegetation has no prefix, so that
    /// keys of nights without other stacks stay as they were.
    var inputRole: String { rawValue }
    var qualityRole: String { self == .ndvi ? "quality" : "\(rawValue) quality" }
}

extension DroughtConfiguration {
    /// The configuration of a stack; nil when the pipeline has none.
    func stack(_ section: DroughtSection) -> RasterStackConfiguration? {
        switch section {
        case .ndvi: ndvi
        case .lst: lst
        case .rain: rain
        }
    }
}
