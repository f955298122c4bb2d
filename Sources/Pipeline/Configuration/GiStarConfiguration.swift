/// How significance is corrected for the number of cells.
public enum CorrectionChoice: String, Choice {
    /// Benjamini and Hochberg 1995.
    case bh
    /// Benjamini and Yekutieli 2001.
    case by
    /// The level divided by the number of cells.
    case bonferroni
    /// No correction: one cell in ten is found by chance at 90 %.
    case none
}

/// `hotspots.gistar`: Getis-Ord Gi* with a distance band.
public struct GiStarConfiguration: Hashable, Sendable {
    /// Cells up to this distance are neighbours.
    public var radius: Length
    /// How significance is corrected for the number of cells.
    public var correction: CorrectionChoice

    public init(radius: Length = .kilometers(15), correction: CorrectionChoice = .bh) {
        self.radius = radius
        self.correction = correction
    }
}

extension GiStarConfiguration: ConfigurationSection {
    static let radius = DefaultKey(
        \Self.radius, "radius", .length(.meters(10)...(.kilometers(2000)), example: "15 km"),
        default: .kilometers(15), "Cells up to this distance are neighbours.")
    static let correction = DefaultKey(
        \Self.correction, "correction", .choice, default: .bh,
        "How significance is corrected for the number of cells.")

    static let keys = SectionKeys<Self>(
        "Getis-Ord Gi* with a distance band.", [radius.entry, correction.entry])

    init?(_ reader: SectionReader<Self>) {
        radius = reader.value(Self.radius)
        correction = reader.value(Self.correction)
    }
}
