import Tables

/// The layout of a file with events.
public enum IncidentSourceChoice: String, Choice {
    /// Armed Conflict Location and Event Data, CSV of any year.
    case acled
    case ucdpGED = "ucdp-ged"
    /// Any columns, named by `columns`.
    case mapped
}

/// Which columns the position of an event is read from.
public enum CoordinateSourceChoice: String, Choice {
    /// Longitude and latitude.
    case columns
    /// A point as well-known text.
    case wkt
}

/// How dates of numbers are written in a mapped file. Dates with the year
/// first and dates with the month as a word are read whatever is chosen.
public enum DateFormatChoice: String, Choice {
    case yearFirst = "yyyy-mm-dd"
    case dayFirst = "dd/mm/yyyy"
    case monthFirst = "mm/dd/yyyy"
}

/// One element of `incidents.sources`.
public struct IncidentSourceConfiguration: Hashable, Sendable {
    /// The layout of the file.
    public var source: IncidentSourceChoice
    /// CSV; of a mapped source any vector file as well.
    public var file: ConfiguredPath
    /// Layer of a mapped file with several.
    public var layer: String?
    /// Never nil for `mapped`, always nil for the others.
    public var columns: IncidentColumnsConfiguration?
    /// Order of day and month in a mapped file; nil: the year is first, or
    /// the month is a word.
    public var dateFormat: DateFormatChoice?
    /// Replaces a wrong or missing CRS of a mapped file.
    public var crs: String?
    /// nil: as the layout has it.
    public var coordinatesFrom: CoordinateSourceChoice?
}

extension IncidentSourceConfiguration: ConfigurationSection {
    static let source = RequiredKey(
        \Self.source, "source", .choice, "The layout of the file.")
    static let file = RequiredKey(
        \Self.file, "file", .path.example("acled.csv"),
        "CSV; a mapped source may be GeoJSON, GeoPackage or shapefile as well.")
    static let layer = OptionalKey(
        \Self.layer, "layer", .text, "mapped only: layer of a file with several.")
    static let columns = OptionalKey(
        \Self.columns, "columns", .section(), "mapped only: which column holds what.")
    static let dateFormat = OptionalKey(
        \Self.dateFormat, "date_format", .choice,
        "mapped only: order of day and month in dates of numbers with the year last.")
    static let crs = OptionalKey(
        \Self.crs, "crs", .crs, "mapped only: replaces a wrong or missing CRS of the file.")
    static let coordinatesFrom = OptionalKey(
        \Self.coordinatesFrom, "coordinates_from", .choice,
        "Whether positions are in columns of longitude and latitude or in one of WKT.")

    static let keys = SectionKeys<Self>(
        "One file with events.",
        rules: [
            .init("if", ["properties": ["source": ["const": "mapped"]]]),
            .init("then", ["required": ["columns"]]),
            .init(
                "else",
                [
                    "properties": [
                        "layer": false, "columns": false, "date_format": false, "crs": false,
                    ]
                ]),
        ],
        [
            source.entry, file.entry, layer.entry, columns.entry, dateFormat.entry, crs.entry,
            coordinatesFrom.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let source = reader.value(Self.source)
        let file = reader.value(Self.file)
        layer = reader.value(Self.layer)
        columns = reader.value(Self.columns)
        dateFormat = reader.value(Self.dateFormat)
        crs = reader.value(Self.crs)
        coordinatesFrom = reader.value(Self.coordinatesFrom)
        if let source { Self.checkKeys(of: source, reader) }
        guard let source, let file else { return nil }
        self.source = source
        self.file = file
    }

    private static func checkKeys(
        of source: IncidentSourceChoice, _ reader: SectionReader<Self>
    ) {
        guard source != .mapped else {
            if !reader.has(columns.name) {
                reader.site.report(
                    .missingKey, "the key \"columns\" is missing (expected with source mapped)",
                    mend: "Add columns: { date: day, longitude: lon, latitude: lat }")
            }
            return
        }
        for name in [layer.name, columns.name, dateFormat.name, crs.name] where reader.has(name) {
            reader.report(
                .contradiction, at: name,
                "is for source mapped only (found source \(source.rawValue))",
                mend: "Remove the key, or write source: mapped")
        }
    }
}
