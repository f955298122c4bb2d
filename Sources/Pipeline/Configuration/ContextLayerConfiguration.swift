/// `roads` and `outlines`: lines and areas that are only drawn on the map.
public struct ContextLayerConfiguration: Hashable, Sendable {
    /// GeoJSON, GeoPackage or shapefile.
    public var file: ConfiguredPath
    /// Layer of a file with several; nil: its only or first one.
    public var layer: String?
    /// Replaces a wrong or missing CRS of the file.
    public var crs: String?
}

extension ContextLayerConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path, "GeoJSON, GeoPackage or shapefile.")
    static let layer = OptionalKey(
        \Self.layer, "layer", .text, "Layer of a file with several; default: its only one.")
    static let crs = OptionalKey(
        \Self.crs, "crs", .crs, "Replaces a wrong or missing CRS of the file.")

    static let keys = SectionKeys<Self>(
        "Lines or areas that are only drawn on the map.", [file.entry, layer.entry, crs.entry])

    init?(_ reader: SectionReader<Self>) {
        let file = reader.value(Self.file)
        layer = reader.value(Self.layer)
        crs = reader.value(Self.crs)
        guard let file else { return nil }
        self.file = file
    }
}
