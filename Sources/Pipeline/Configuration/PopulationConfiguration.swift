import Tables

/// `population`: a raster of people per cell.
public struct PopulationConfiguration: Hashable, Sendable {
    /// One band; people per cell, not per square kilometre.
    public var file: ConfiguredPath
}

extension PopulationConfiguration: ConfigurationSection {
    static let file = RequiredKey(
        \Self.file, "file", .path.example("population.tif"),
        "GeoTIFF with the number of people in each cell: counts, not a density.")

    static let keys = SectionKeys<Self>(
        "People per cell; travel times are computed on its grid.", [file.entry])

    init?(_ reader: SectionReader<Self>) {
        guard let file = reader.value(Self.file) else { return nil }
        self.file = file
    }
}
