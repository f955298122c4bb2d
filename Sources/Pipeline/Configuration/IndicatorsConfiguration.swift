import Tables

/// An indicator of the `indicators` section.
public enum IndicatorChoice: String, Choice {
    /// Vegetation condition index of the chosen series; also of `drought`,
    /// from observed series.
    case vci
    /// NDVI less its baseline mean.
    case anomaly
    /// NDVI in percent of its baseline mean.
    case percent
    /// NDVI in standard deviations from its baseline mean.
    case zscore
    /// Empirical percentile of the composite in its baseline.
    case percentile
    /// Mean VCI of the last month, with the class of vegetation deficit.
    case vci1m
    /// Mean VCI of the last three months, with the class.
    case vci3m
    /// Temperature condition index; needs `lst`.
    case tci
    /// Vegetation health index; needs `lst`.
    case vhi
    /// Seasonal mean VHI and the Agricultural Stress Index; needs `lst`.
    case asi
    /// Standardized precipitation index; needs `rain`.
    case spi
    /// Mann-Kendall and Theil-Sen on annual means.
    case trend
    /// BFAST-monitor.
    case breaks
    /// Onset, duration and severity of the drought by VCI.
    case runs
    /// The worst class of the others, with what triggered it.
    case combined
}

/// Whether indicators are computed from what was observed.
public enum SeriesChoice: String, Choice {
    /// As the rasters are.
    case raw
    /// After `smoothing`.
    case smoothed
}

/// Whose documented conventions are followed where they differ from ours.
public enum ParityChoice: String, Choice {
    /// Kenya's vegetation-deficit maps (Klisch and Atzberger 2016).
    case ndma
    /// FAO's Agricultural Stress Index System.
    case faoASIS = "fao-asis"
    /// The Python package climate_indices.
    case climateIndices = "climate-indices"
    /// bfastmonitor of R.
    case rBFAST = "r-bfast"
}

/// `drought.indicators`: what is computed from whole series.
public struct IndicatorsConfiguration: Hashable, Sendable {
    /// What is computed; each at most once.
    public var compute: [IndicatorChoice]
    /// Whether indicators are computed from smoothed series.
    public var series: SeriesChoice
    /// Used when `series` is `smoothed`.
    public var smoothing: SmoothingConfiguration
    public var spi: StandardizedPrecipitationConfiguration
    public var breaks: BreaksConfiguration
    public var trend: TrendConfiguration
    public var runs: DroughtRunsConfiguration
    public var stress: StressConfiguration
    /// How far the series of zones go back; 0: there are none.
    public var zoneSeries = Months(12)
    /// nil: our own conventions.
    public var parity: ParityChoice?

    /// Whether something is computed that needs temperatures.
    var needsTemperature: Bool {
        !Set(compute).isDisjoint(with: [.tci, .vhi, .asi])
    }
    var needsRain: Bool { compute.contains(.spi) }
}

extension IndicatorsConfiguration: ConfigurationSection {
    static let compute = RequiredKey(
        \Self.compute, "compute",
        .list(of: .choice, count: 1...IndicatorChoice.allCases.count)
            .example("[percentile, vci3m, runs]"),
        "Indicators, each at most once.")
    static let series = DefaultKey(
        \Self.series, "series", .choice, default: .raw,
        "Whether indicators are computed from observed or from smoothed series.")
    static let smoothing = DefaultKey(
        \Self.smoothing, "smoothing", .section(), default: SmoothingConfiguration(),
        "The Whittaker smoother of series: smoothed.")
    static let spi = DefaultKey(
        \Self.spi, "spi", .section(), default: StandardizedPrecipitationConfiguration(),
        "The standardized precipitation index.")
    static let breaks = DefaultKey(
        \Self.breaks, "breaks", .section(), default: BreaksConfiguration(), "BFAST-monitor.")
    static let trend = DefaultKey(
        \Self.trend, "trend", .section(), default: TrendConfiguration(),
        "Mann-Kendall test and Theil-Sen slope of annual means.")
    static let runs = DefaultKey(
        \Self.runs, "runs", .section(), default: DroughtRunsConfiguration(),
        "Droughts as runs of low VCI.")
    static let stress = DefaultKey(
        \Self.stress, "stress", .section(), default: StressConfiguration(),
        "Vegetation health and the Agricultural Stress Index.")
    static let zoneSeries = DefaultKey(
        \Self.zoneSeries, "zone_series", .months(0...1200, example: "12 months"),
        default: Months(12),
        "How far back the series of zones go. Every period of the year in them is read of all "
            + "baseline years; 0 months: no series.")
    static let parity = OptionalKey(
        \Self.parity, "parity", .choice,
        "Whose documented conventions are followed where they differ; default: our own.")

    static let keys = SectionKeys<Self>(
        "Indicators that are computed from whole series.",
        [
            compute.entry, series.entry, smoothing.entry, spi.entry, breaks.entry, trend.entry,
            runs.entry, stress.entry, zoneSeries.entry, parity.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        let compute = reader.value(Self.compute)
        series = reader.value(Self.series)
        smoothing = reader.value(Self.smoothing)
        spi = reader.value(Self.spi)
        breaks = reader.value(Self.breaks)
        trend = reader.value(Self.trend)
        runs = reader.value(Self.runs)
        stress = reader.value(Self.stress)
        zoneSeries = reader.value(Self.zoneSeries)
        parity = reader.value(Self.parity)
        // The conventions of the NDMA's maps begin with smoothed series, those
        // of FAO's index with equal shares, its own limit and cells counted.
        if parity == .ndma, !reader.has(Self.series.name) { series = .smoothed }
        if parity == .faoASIS {
            stress.vciWeight = 0.5
            stress.threshold = 35
            stress.index = .cells
        }
        guard let compute else { return nil }
        if let twice = compute.first(where: { choice in compute.count { $0 == choice } > 1 }) {
            reader.report(
                .contradiction, at: Self.compute.name, "has \(twice.rawValue) twice",
                mend: "Write each indicator once")
        }
        self.compute = compute
    }
}
