extension RasterProfile {
    /// What the cells of a raster measure.
    public enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// Normalized difference vegetation index, -1...1.
        case ndvi
        /// Kelvin.
        case landSurfaceTemperature = "lst"
        /// Millimetres per period.
        case rainfall = "rain"
        /// Vegetation condition index, 0...100.
        case vegetationCondition = "vci"
        /// Temperature condition index, 0...100.
        case temperatureCondition = "tci"
        /// Vegetation health index, 0...100.
        case vegetationHealth = "vhi"

        /// Name for people, without article.
        public var title: String {
            switch self {
            case .ndvi: "NDVI"
            case .landSurfaceTemperature: "land surface temperature"
            case .rainfall: "rainfall"
            case .vegetationCondition: "vegetation condition (VCI)"
            case .temperatureCondition: "temperature condition (TCI)"
            case .vegetationHealth: "vegetation health (VHI)"
            }
        }

        /// The same in a word, as a map is labelled.
        public var shortTitle: String {
            switch self {
            case .ndvi: "NDVI"
            case .landSurfaceTemperature: "LST"
            case .rainfall: "Rainfall"
            case .vegetationCondition: "VCI"
            case .temperatureCondition: "TCI"
            case .vegetationHealth: "VHI"
            }
        }

        /// Unit of the values; empty for ratios.
        public var unit: String {
            switch self {
            case .ndvi: ""
            case .landSurfaceTemperature: "K"
            case .rainfall: "mm per period"
            case .vegetationCondition, .temperatureCondition, .vegetationHealth: "%"
            }
        }
    }
}
