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

/// Which p-values are judged.
public enum SignificanceChoice: String, Choice {
    /// The normal one and the exact one under complete spatial randomness
    /// must both be significant.
    case guarded
    /// The normal one alone, as other programs have it; too liberal where
    /// events are few.
    case normal
}

/// `hotspots.gistar`: Getis-Ord Gi* with a distance band.
public struct GiStarConfiguration: Hashable, Sendable {
    /// Cells up to this distance are neighbours.
    public var radius: Length
    /// How significance is corrected for the number of cells.
    public var correction: CorrectionChoice
    /// Which p-values are judged.
    public var significance: SignificanceChoice

    public init(
        radius: Length = .kilometers(15), correction: CorrectionChoice = .bh,
        significance: SignificanceChoice = .guarded
    ) {
        self.radius = radius
        self.correction = correction
        self.significance = significance
    }
}

extension GiStarConfiguration: ConfigurationSection {
    static let radius = DefaultKey(
        \Self.radius, "radius", .length(.meters(10)...(.kilometers(2000)), example: "15 km"),
        default: .kilometers(15), "Cells up to this distance are neighbours.")
    static let correction = DefaultKey(
        \Self.correction, "correction", .choice, default: .bh,
        "How significance is corrected for the number of cells.")
    static let significance = DefaultKey(
        \Self.significance, "significance", .choice, default: .guarded,
        "guarded: a cell must also hold more events than chance puts there; normal: the normal "
            + "p-value alone, as other programs have it.")

    static let keys = SectionKeys<Self>(
        "Getis-Ord Gi* with a distance band.",
        [radius.entry, correction.entry, significance.entry])

    init?(_ reader: SectionReader<Self>) {
        radius = reader.value(Self.radius)
        correction = reader.value(Self.correction)
        significance = reader.value(Self.significance)
    }
}
