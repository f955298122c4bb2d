import Geo
import GridCore
import Report

/// A raster that the indicators stage publishes.
struct IndicatorOutput: Sendable, Hashable {
    /// What its cells are.
    enum Content: Sendable, Hashable {
        /// Float32, NaN = no value.
        case values(Style)
        /// UInt8, 0 = no value, a code for each class.
        case classes([Class])
    }

    /// How its picture is drawn.
    enum Style: Sendable, Hashable {
        /// 0 to 100, low is dry.
        case condition
        /// Symmetric about 0 up to `limit`.
        case departure(limit: Double)
        /// Whatever the values are.
        case plain
    }

    struct Class: Sendable, Hashable {
        var code: UInt8
        /// For tables, such as `extreme`.
        var name: String
        /// For legends, with bounds.
        var label: String
        /// 0xRRGGBB.
        var color: UInt32
    }

    /// Name of the file, and of the rows of the zone table.
    var name: String
    var title: String
    /// What the legend is headed.
    var quantity: String
    /// Empty when the values have none.
    var unit: String
    var content: Content

    /// Path in the run directory.
    var path: String { "indicators/\(name).tif" }

    var classes: [Class] {
        if case .classes(let classes) = content { classes } else { [] }
    }
    var isClass: Bool { !classes.isEmpty }

    func description(_ spec: GridSpec, metadata: [RasterInfo.MetadataEntry]) -> RasterDescription {
        let categories = isClass ? categoryNames : []
        let legend =
            categories.isEmpty
            ? []
            : [
                RasterInfo.MetadataEntry(
                    key: "CLASSES",
                    value: categories.enumerated().map { "\($0) \($1)" }.joined(separator: "; "))
            ]
        return RasterDescription(
            spec: spec, type: isClass ? .uint8 : .float32, nodata: isClass ? 0 : .nan,
            bands: [.init(description: title, unit: unit, categories: categories)],
            metadata: metadata + legend)
    }

    /// Names by code, `no value` first.
    private var categoryNames: [String] {
        let highest = classes.map(\.code).max() ?? 0
        return ["no value"]
            + (1...max(1, highest)).map { code in
                classes.first { $0.code == code }?.name ?? ""
            }
    }

    var picture: RasterPublisher.Picture.Content {
        switch content {
        case .values(.condition):
            .values(
                quantity: quantity, unit: unit, palette: .vegetationCondition,
                stretch: .fixed(minimum: 0, maximum: 100))
        case .values(.departure(let limit)):
            .values(
                quantity: quantity, unit: unit, palette: .anomaly,
                stretch: .fixed(minimum: -limit, maximum: limit))
        case .values(.plain):
            .values(
                quantity: quantity, unit: unit, palette: .viridis,
                stretch: .percentiles(lower: 2, upper: 98))
        case .classes(let classes):
            .classes(
                ClassTable(
                    title: title,
                    entries: classes.map {
                        .init(code: Int($0.code), label: $0.label, color: Color($0.color))
                    }))
        }
    }
}
