import Tables

/// `settlements`: the places where people live.
public struct SettlementConfiguration: Hashable, Sendable {
    /// CSV, GeoJSON, GeoPackage or shapefile with points.
    public var file: ConfiguredPath
    /// Layer of a file with several; nil: its only one.
    public var layer: String?
    /// Attribute with the identifier; nil: the number of the row.
    public var id: String?
    /// Attribute with the name.
    public var name: String?
    /// Attribute with the number of people.
    public var population: String?
    /// Columns with the coordinates, in degrees; both or neither.
    public var longitude: String?
    /// Column with the latitude, in degrees.
    public var latitude: String?
    /// Replaces a wrong or missing CRS of the file.
    public var crs: String?
}

extension SettlementConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path, "CSV, GeoJSON, GeoPackage or shapefile with points.")
    static let layer = OptionalKey(
        \Self.layer, "layer", .text, "Layer of a file with several; default: its only one.")
    static let id = OptionalKey(
        \Self.id, "id", .text, "Attribute with the identifier; default: the number of the row.")
    static let name = OptionalKey(\Self.name, "name", .text, "Attribute with the name.")
    static let population = OptionalKey(
        \Self.population, "population", .text, "Attribute with the number of people.")
    static let longitude = OptionalKey(
        \Self.longitude, "longitude", .text.example("lon"),
        "Column with the longitude in degrees (CSV).")
    static let latitude = OptionalKey(
        \Self.latitude, "latitude", .text.example("lat"),
        "Column with the latitude in degrees (CSV).")
    static let crs = OptionalKey(
        \Self.crs, "crs", .crs, "Replaces a wrong or missing CRS of the file.")

    static let keys = SectionKeys<Self>(
        "Places where people live.",
        rules: [
            .init("dependentRequired", ["longitude": ["latitude"], "latitude": ["longitude"]])
        ],
        [
            file.entry, layer.entry, id.entry, name.entry, population.entry, longitude.entry,
            latitude.entry, crs.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let file = reader.value(Self.file)
        layer = reader.value(Self.layer)
        id = reader.value(Self.id)
        name = reader.value(Self.name)
        population = reader.value(Self.population)
        longitude = reader.value(Self.longitude)
        latitude = reader.value(Self.latitude)
        crs = reader.value(Self.crs)
        reader.requirePair("longitude", "latitude")
        guard let file else { return nil }
        self.file = file
    }
}

extension SectionReader {
    /// Reports when one of two keys stands without the other.
    func requirePair(_ a: String, _ b: String) {
        for (present, absent) in [(a, b), (b, a)] where has(present) && !has(absent) {
            report(
                .contradiction, at: present, "stands without \(Quoted(absent))",
                mend: "Name both columns, or neither")
        }
    }

    /// Reports unless exactly one of two keys is there.
    func requireOne(of names: String...) {
        let found = names.filter(has)
        if found.count > 1 {
            report(
                .contradiction, at: found[1], "excludes \(Quoted(found[0])), which is there as well",
                mend: "Keep one of the two")
        } else if found.isEmpty {
            let list = names.map { "\(Quoted($0))" }
            let isPair = list.count == 2
            site.report(
                .missingKey,
                isPair
                    ? "neither \(list[0]) nor \(list[1]) is there (expected one)"
                    : "none of \(list.joined(separator: ", ")) is there (expected one)",
                mend: isPair ? "Add one of the two" : "Add one of them")
        }
    }
}
