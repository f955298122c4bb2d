/// Classes by code, each with a label and a colour, in the order in which the
/// legend lists them.
public struct ClassTable: Hashable, Sendable {
    /// One class.
    public struct Entry: Hashable, Sendable {
        public var code: Int
        /// As the legend prints it, with its bounds: `Severe (VCI 10 to 20)`.
        public var label: String
        public var color: Color

        public init(code: Int, label: String, color: Color) {
            self.code = code
            self.label = label
            self.color = color
        }
    }

    /// Heading of the legend.
    public var title: String
    /// At most `maximumEntries`; of entries with one code the first counts.
    public var entries: [Entry]

    /// Classes that a picture can show; more cannot be told apart.
    public static let maximumEntries = 200

    /// Precondition: at most `maximumEntries` entries.
    public init(title: String, entries: [Entry]) {
        precondition(entries.count <= Self.maximumEntries, "too many classes for a picture")
        self.title = title
        self.entries = entries
    }

    /// The entry of a code; nil when the table has none.
    public func entry(_ code: Int) -> Entry? { entries.first { $0.code == code } }

    /// The same with those entries only whose code is in `codes`: a legend of
    /// many classes, most of which a picture does not hold.
    public func limited(to codes: Set<Int>) -> ClassTable {
        ClassTable(title: title, entries: entries.filter { codes.contains($0.code) })
    }

    /// Colours for drought classes from the driest on: brown to pale sand by
    /// falling severity, pale teal for none, teal for wetter than usual
    /// (after the brown-green scheme of ColorBrewer, lighter so that text
    /// can be read on it).
    ///
    /// From extreme to none they grow lighter step by step, so that they can
    /// be told apart with any form of colour vision, and are none of the
    /// colours of the IPC food security phases, which mean something else.
    public static let droughtColors: [Color] = [
        0x8F5414, 0xC4893F, 0xDDB96C, 0xF1E0B4, 0xDFF1ED, 0x7CC5BA,
    ].map { Color($0) }

    /// Drought classes from the driest on: as many of `droughtColors` as
    /// there are labels; a sixth colour is for wetter than usual.
    ///
    /// Precondition: one code for each label, at most six.
    public static func drought(title: String, codes: [Int], labels: [String]) -> ClassTable {
        precondition(codes.count == labels.count, "each class needs a code and a label")
        precondition(codes.count <= droughtColors.count, "at most six drought classes")
        return ClassTable(
            title: title,
            entries: zip(zip(codes, labels), droughtColors).map {
                Entry(code: $0.0, label: $0.1, color: $1)
            })
    }

    /// Kogan's vegetation condition classes; `codes` from extreme to none.
    ///
    /// Precondition: five codes.
    public static func kogan(codes: [Int]) -> ClassTable {
        drought(
            title: "Drought class (VCI, %)", codes: codes,
            labels: [
                "Extreme (below 10)", "Severe (10 to 20)", "Moderate (20 to 30)",
                "Mild (30 to 40)", "None (40 and more)",
            ])
    }

    /// Vegetation deficit classes as drought management in Kenya uses them
    /// (Klisch and Atzberger 2016); `codes` from extreme to above normal.
    ///
    /// Precondition: five codes.
    public static func vegetationDeficit(codes: [Int]) -> ClassTable {
        precondition(codes.count == 5, "five deficit classes")
        let labels = [
            "Extreme (below 10)", "Severe (10 to 20)", "Moderate (20 to 35)",
            "Normal (35 to 50)", "Above normal (50 and more)",
        ]
        // No mild class: its colour is left out.
        let colors = [0, 1, 2, 4, 5].map { droughtColors[$0] }
        return ClassTable(
            title: "Vegetation deficit (VCI, %)",
            entries: zip(zip(codes, labels), colors).map {
                Entry(code: $0.0, label: $0.1, color: $1)
            })
    }

    /// Confidence bins -3 ... 3 of a hot spot statistic: cold blue, hot red
    /// (ColorBrewer RdBu).
    public static let confidenceBins = ClassTable(
        title: "Hot and cold spots",
        entries: [
            Entry(code: 3, label: "Hot, 99 % confidence", color: Color(0xB2182B)),
            Entry(code: 2, label: "Hot, 95 %", color: Color(0xEF8A62)),
            Entry(code: 1, label: "Hot, 90 %", color: Color(0xFDDBC7)),
            Entry(code: 0, label: "Not significant", color: Color(0xF7F7F7)),
            Entry(code: -1, label: "Cold, 90 %", color: Color(0xD1E5F0)),
            Entry(code: -2, label: "Cold, 95 %", color: Color(0x67A9CF)),
            Entry(code: -3, label: "Cold, 99 %", color: Color(0x2166AC)),
        ])

    /// The 16 emerging patterns of hot spots (1 to 8, warm colours) and cold
    /// spots (-1 to -8, blues and greens), and 0 for none.
    ///
    /// Any two of the 17 differ by 27 units of CIE 1976 L*a*b* or more, and by
    /// 18 as people without red or green cones see them (after Machado,
    /// Oliveira and Fernandes 2009).
    public static let emerging: ClassTable = {
        let names = [
            "New", "Consecutive", "Intensifying", "Persistent", "Diminishing", "Sporadic",
            "Oscillating", "Historical",
        ]
        let hot = [
            0xEF3A98, 0xDA182E, 0x2F0409, 0x992033, 0xEC7E34, 0xF9E870, 0xAA41B5, 0xA38759,
        ].map { Color($0) }
        let cold = [
            0x49D79B, 0x1D9BAB, 0x0B122E, 0x152E73, 0x56A4F1, 0xADCCF3, 0x603ECB, 0x5E656B,
        ].map { Color($0) }
        let hotEntries = zip(1..., zip(names, hot)).map {
            Entry(code: $0, label: "\($1.0) hot spot", color: $1.1)
        }
        let coldEntries = zip(1..., zip(names, cold)).map {
            Entry(code: -$0, label: "\($1.0) cold spot", color: $1.1)
        }
        return ClassTable(
            title: "Over time",
            entries: hotEntries + coldEntries
                + [Entry(code: 0, label: "No pattern", color: Color(0xF7F7F7))])
    }()

    /// Clusters and outliers of local Moran's I, by esda's numbers of the
    /// quadrants: clusters in strong colours, outliers in pale ones.
    ///
    /// - Parameter title: with two variables which of them lies among the
    ///   other, such as `Violence among dryness`.
    public static func localMoran(title: String = "Clusters and outliers") -> ClassTable {
        ClassTable(
            title: title,
            entries: [
                Entry(code: 1, label: "High among high", color: Color(0xB2182B)),
                Entry(code: 4, label: "High among low", color: Color(0xF4A582)),
                Entry(code: 2, label: "Low among high", color: Color(0x92C5DE)),
                Entry(code: 3, label: "Low among low", color: Color(0x2166AC)),
                Entry(code: 0, label: "Not significant", color: Color(0xF7F7F7)),
                Entry(code: 5, label: "No neighbour", color: Color(0xBDBDBD)),
            ])
    }
}
