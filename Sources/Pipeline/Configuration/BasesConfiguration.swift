/// Who an output may be given to.
public enum EditionChoice: String, Choice {
    /// No row and no position of a base; sector aggregates only.
    case `public`
    /// Rows and positions of bases as well.
    case restricted
}

/// `bases`: the mission's bases.
public struct BasesConfiguration: Hashable, Sendable {
    /// CSV, GeoJSON, GeoPackage or shapefile with points.
    public var file: ConfiguredPath
    /// Layer of a file with several; nil: its only one.
    public var layer: String?
    /// Columns or attributes.
    public var id: String
    /// Column or attribute with the name.
    public var name: String
    /// Columns of a CSV, in degrees; other files have geometries.
    public var longitude: String
    /// Column of a CSV, in degrees.
    public var latitude: String
    /// Column with the sector's identifier; nil: `sector` when the file has
    /// it, else the sector that the base lies in.
    public var sector: String?
    /// Replaces a wrong or missing CRS of the file.
    public var crs: String?
    /// Straight-line distance that a base is taken to cover.
    public var reach: Length
    /// Who the outputs may be given to.
    public var edition: EditionChoice
}

extension BasesConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path.example("bases.csv"),
        "CSV, GeoJSON, GeoPackage or shapefile with points.")
    static let layer = OptionalKey(
        \Self.layer, "layer", .text, "Layer of a file with several; default: its only one.")
    static let id = DefaultKey(\Self.id, "id", .text, default: "id", "Column with the identifier.")
    static let name = DefaultKey(
        \Self.name, "name", .text, default: "name", "Column with the name.")
    static let longitude = DefaultKey(
        \Self.longitude, "longitude", .text, default: "longitude",
        "Column with the longitude in degrees (CSV).")
    static let latitude = DefaultKey(
        \Self.latitude, "latitude", .text, default: "latitude",
        "Column with the latitude in degrees (CSV).")
    static let sector = OptionalKey(
        \Self.sector, "sector", .text,
        "Column with the sector's identifier; default: sector when there is one, else by position.")
    static let crs = OptionalKey(
        \Self.crs, "crs", .crs, "Replaces a wrong or missing CRS of the file.")
    static let reach = DefaultKey(
        \Self.reach, "reach", .length(.meters(100)...(.kilometers(1000)), example: "50 km"),
        default: .kilometers(50), "Straight-line distance that a base is taken to cover.")
    static let edition = DefaultKey(
        \Self.edition, "edition", .choice, default: .public,
        "public: no row and no position of a base is published, only sector aggregates.")

    static let keys = SectionKeys<Self>(
        "The mission's bases.",
        [
            file.entry, layer.entry, id.entry, name.entry, longitude.entry, latitude.entry,
            sector.entry, crs.entry, reach.entry, edition.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let file = reader.value(Self.file)
        layer = reader.value(Self.layer)
        id = reader.value(Self.id)
        name = reader.value(Self.name)
        longitude = reader.value(Self.longitude)
        latitude = reader.value(Self.latitude)
        sector = reader.value(Self.sector)
        crs = reader.value(Self.crs)
        reach = reader.value(Self.reach)
        edition = reader.value(Self.edition)
        guard let file else { return nil }
        self.file = file
    }
}
