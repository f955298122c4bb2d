/// `sectors` and `districts`: areas that results are summed over.
public struct ZoneConfiguration: Hashable, Sendable {
    /// GeoJSON, GeoPackage or shapefile with the areas.
    public var file: ConfiguredPath
    /// Layer of a file with several; nil: its only or first one.
    public var layer: String?
    /// Attribute with the identifier, unique in the file.
    public var id: String
    /// Attribute with the name; nil: the identifier is shown.
    public var name: String?
    /// Replaces a wrong or missing CRS of the file.
    public var crs: String?
    /// The lines are not official; every output says so.
    public var approximate: Bool
    /// Areas that are not valid are taken as what their rings enclose; each
    /// is warned of; nil: they are refused.
    public var repair: Bool?
}

extension ZoneConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path, "GeoJSON, GeoPackage or shapefile with the areas.")
    static let layer = OptionalKey(
        \Self.layer, "layer", .text, "Layer of a file with several; default: its only one.")
    static let id = RequiredKey(
        \Self.id, "id", .text.example("sector_id"),
        "Attribute with the identifier, unique in the file.")
    static let name = OptionalKey(
        \Self.name, "name", .text, "Attribute with the name; default: the identifier is shown.")
    static let crs = OptionalKey(
        \Self.crs, "crs", .crs, "Replaces a wrong or missing CRS of the file.")
    static let approximate = DefaultKey(
        \Self.approximate, "approximate", .boolean, default: false,
        "The lines are not official; every output says so.")

    static let repair = OptionalKey(
        \Self.repair, "repair", .boolean,
        "Areas that cross or touch themselves are taken as what their rings enclose, with a "
            + "warning; default: they are refused.")

    static let keys = SectionKeys<Self>(
        "Areas that results are summed over.",
        [
            file.entry, layer.entry, id.entry, name.entry, crs.entry, approximate.entry,
            repair.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let file = reader.value(Self.file)
        let id = reader.value(Self.id)
        layer = reader.value(Self.layer)
        name = reader.value(Self.name)
        crs = reader.value(Self.crs)
        approximate = reader.value(Self.approximate)
        repair = reader.value(Self.repair)
        guard let file, let id else { return nil }
        self.file = file
        self.id = id
    }
}
