/// Vegetation of one zone over time, ready to be drawn.
public struct ZoneSeries: Hashable, Sendable {
    /// Composite by composite; nil = no value.
    public struct Point: Hashable, Sendable {
        /// Number of the first day, on any scale that all series share.
        public var day: Int
        /// Days that the composite stands for, above 0.
        public var days: Int
        /// Area mean of NDVI.
        public var ndvi: Double?
        /// Baseline of the period of the year.
        public var baselineMean: Double?
        public var baselineMinimum: Double?
        public var baselineMaximum: Double?
        /// Area mean, percent.
        public var vci: Double?
        /// Class of `vci`.
        public var classCode: Int?

        public init(
            day: Int, days: Int, ndvi: Double?, baselineMean: Double?, baselineMinimum: Double?,
            baselineMaximum: Double?, vci: Double?, classCode: Int?
        ) {
            self.day = day
            self.days = days
            self.ndvi = ndvi
            self.baselineMean = baselineMean
            self.baselineMinimum = baselineMinimum
            self.baselineMaximum = baselineMaximum
            self.vci = vci
            self.classCode = classCode
        }

        var middle: Double { Double(day) + Double(days) / 2 }
    }

    /// A date on the axis.
    public struct Tick: Hashable, Sendable {
        public var day: Int
        public var label: String

        public init(day: Int, label: String) {
            self.day = day
            self.label = label
        }
    }

    public var name: String
    /// In order of their days.
    public var points: [Point]

    public init(name: String, points: [Point]) {
        self.name = name
        self.points = points
    }

    /// Everything that the NDVI axis has to hold.
    var levels: [Double] {
        points.flatMap { [$0.ndvi, $0.baselineMinimum, $0.baselineMaximum] }.compactMap(\.self)
            .filter(\.isFinite)
    }
}

/// What a chart says around its series.
public struct ChartCaption: Hashable, Sendable {
    public var title: String
    public var subtitle: String
    /// The years of the baseline, such as `2000-2009`.
    public var baseline: String
    /// Printed across the top; nil for real data.
    public var banner: String?
    /// Sentences below the chart.
    public var notes: [String]
    public var source: String

    public init(
        title: String, subtitle: String, baseline: String, banner: String?, notes: [String],
        source: String
    ) {
        self.title = title
        self.subtitle = subtitle
        self.baseline = baseline
        self.banner = banner
        self.notes = notes
        self.source = source
    }
}
