/// A named run of colours for continuous values, with its source.
///
/// All are readable with the common forms of colour blindness: sequential
/// ones by lightness alone, diverging ones by lightness and a pair of hues
/// that stay apart.
public struct Palette: Hashable, Sendable {
    /// As the legend names it.
    public let name: String
    /// Where the colours come from.
    public let source: String
    /// At least two, at equal distances from the lowest to the highest value.
    public let stops: [Color]

    /// Precondition: at least two stops.
    public init(name: String, source: String, stops: [Color]) {
        precondition(stops.count >= 2, "a palette needs two colours")
        self.name = name
        self.source = source
        self.stops = stops
    }

    /// The colour at `position`, 0 (lowest) ... 1 (highest), interpolated
    /// between stops; positions outside take the end colours, NaN the lowest.
    public func color(at position: Double) -> Color {
        let scaled = min(max(position.isNaN ? 0 : position, 0), 1) * Double(stops.count - 1)
        let index = min(Int(scaled), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], share: scaled - Double(index))
    }

    /// Anomalies and z-scores: dry (negative) brown, wet (positive) green.
    public static let anomaly = Palette(
        name: "BrBG", source: "ColorBrewer 2.0, C. Brewer",
        stops: [
            0x543005, 0x8C510A, 0xBF812D, 0xDFC27D, 0xF6E8C3, 0xF5F5F5, 0xC7EAE5, 0x80CDC1,
            0x35978F, 0x01665E, 0x003C30,
        ].map { Color($0) })

    /// Vegetation condition, 0 ... 100: dark brown (worst) to light green,
    /// lightness rising all the way.
    public static let vegetationCondition = Palette(
        name: "brown to green", source: "made for this project",
        stops: [
            0x4A2B0B, 0x6E4413, 0x936224, 0xB3843C, 0xC6A650, 0xC9C566, 0xB4DB7E, 0xB2EFA8,
        ].map { Color($0) })

    /// Scores around zero: blue (fewer than expected) to red (more).
    public static let coldToHot = Palette(
        name: "RdBu, reversed", source: "ColorBrewer 2.0, C. Brewer",
        stops: [
            0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582,
            0xD6604D, 0xB2182B, 0x67001F,
        ].map { Color($0) })

    /// Densities: pale yellow (none) to dark red.
    public static let density = Palette(
        name: "YlOrRd", source: "ColorBrewer 2.0, C. Brewer",
        stops: [
            0xFFFFCC, 0xFFEDA0, 0xFED976, 0xFEB24C, 0xFD8D3C, 0xFC4E2A, 0xE31A1C, 0xBD0026,
            0x800026,
        ].map { Color($0) })

    /// Any other sequential value.
    public static let viridis = Palette(
        name: "viridis", source: "S. van der Walt and N. Smith",
        stops: [
            0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59,
            0xB4DE2C, 0xFDE725,
        ].map { Color($0) })

    /// Any other sequential value, fit also for complete colour blindness.
    public static let cividis = Palette(
        name: "cividis", source: "J. Nunez, C. Anderton and R. Renslow 2018",
        stops: [
            0x00204D, 0x00336F, 0x39486B, 0x575C6D, 0x707173, 0x8A8779, 0xA69D75, 0xC4B56C,
            0xE4CF5B, 0xFFEA46,
        ].map { Color($0) })

    /// Every palette of this file, for documentation and tests.
    public static let all: [Palette] = [
        .anomaly, .coldToHot, .vegetationCondition, .density, .viridis, .cividis,
    ]
}
