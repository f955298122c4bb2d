import Calendar
import Products
import Tables

/// How a year is divided into composites.
public enum PeriodChoice: String, Choice {
    /// Days 1-10, 11-20 and the rest of each month.
    case dekad
    /// Six a month: five days each, the last one the rest.
    case pentad
    /// 52 a year from 1 January, not those of ISO 8601.
    case week
    case eightDay = "8-day"
    case sixteenDay = "16-day"
    case halfMonth = "half-month"
    /// Calendar months.
    case month
}

/// Whose limits divide the vegetation condition into classes.
public enum DroughtClassChoice: String, Choice {
    /// Limits after Kogan (1995).
    case kogan
    /// Vegetation classes after Klisch and Atzberger 2015; never a drought phase.
    case ndma
}

/// `drought`: what is computed from a stack of vegetation rasters.
public struct DroughtConfiguration: Hashable, Sendable {
    /// The stack of vegetation rasters.
    public var ndvi: RasterStackConfiguration
    /// The stack of land surface temperatures, on the grid of `ndvi`.
    public var lst: RasterStackConfiguration?
    /// The stack of rainfall sums, on the grid of `ndvi`.
    public var rain: RasterStackConfiguration?
    /// nil: those of the product; never nil for `custom`.
    public var periods: PeriodChoice?
    /// The years that the climatology is made of.
    public var baseline: YearRange
    /// Fewer valid years in the baseline make a cell nodata.
    public var minimumYears: Int
    /// A smaller maximum - minimum makes a cell nodata; NDVI units.
    public var minimumRange: Double
    /// A smaller mean makes the percent anomaly nodata; NDVI units.
    public var minimumMean: Double
    /// The newest composite may be this much older than the as-of date.
    public var maximumAge: Days
    /// Length of the table of sector means before the as-of date; 0 months:
    /// the as-of date only.
    public var series: Months
    /// Whose limits divide the vegetation condition into classes.
    public var classes: DroughtClassChoice
    /// Folder of the climatology; nil: `baseline` in the output folder.
    public var climatology: ConfiguredPath?
    /// Which land figures are about; nil: all.
    public var masks: MasksConfiguration?
    /// nil: people are not counted.
    public var people: PeopleConfiguration?
    /// nil: nothing but what every night has.
    public var indicators: IndicatorsConfiguration?
}

extension DroughtConfiguration: ConfigurationSection {
    static let ndvi = RequiredKey(
        \Self.ndvi, "ndvi", .section(), "The stack of vegetation rasters.")
    static let lst = OptionalKey(
        \Self.lst, "lst", .section(),
        "The stack of land surface temperatures, on the grid of ndvi.")
    static let rain = OptionalKey(
        \Self.rain, "rain", .section(), "The stack of rainfall sums, on the grid of ndvi.")
    static let periods = OptionalKey(
        \Self.periods, "periods", .choice,
        "How a year is divided into composites; default: as the product is.")
    static let baseline = RequiredKey(
        \Self.baseline, "baseline", .years, "First and last year of the climatology.")
    static let minimumYears = DefaultKey(
        \Self.minimumYears, "minimum_years", .integer(2...200, example: "5"), default: 5,
        "Fewer valid years in the baseline make a cell nodata.")
    static let minimumRange = DefaultKey(
        \Self.minimumRange, "minimum_range", .number(0...2, example: "0.02"), default: 0.02,
        "A smaller difference of maximum and minimum (NDVI) makes a cell nodata.")
    static let minimumMean = DefaultKey(
        \Self.minimumMean, "minimum_mean", .number(0...1, example: "0.05"), default: 0.05,
        "A smaller mean (NDVI) makes the percent anomaly nodata.")
    static let maximumAge = DefaultKey(
        \Self.maximumAge, "max_age", .days(0...3660, example: "32 days"), default: Days(32),
        "The newest composite may be this much older than the as-of date.")
    static let series = DefaultKey(
        \Self.series, "series", .months(0...1200, example: "12 months"), default: Months(12),
        "Length of the table of sector means before the as-of date; 0 months: that date only.")
    static let classes = DefaultKey(
        \Self.classes, "classes", .choice, default: .kogan,
        "Whose limits divide the vegetation condition into classes.")

    static let climatology = OptionalKey(
        \Self.climatology, "climatology", .path.example("climatology/somalia"),
        "Folder of the climatology that jilaal baseline keeps; default: baseline in the output.")

    static let masks = OptionalKey(
        \Self.masks, "masks", .section(), "Which land drought figures are about; default: all.")
    static let people = OptionalKey(
        \Self.people, "people", .section(), "People by class of drought.")
    static let indicators = OptionalKey(
        \Self.indicators, "indicators", .section(),
        "Indicators that are computed from whole series.")

    static let keys = SectionKeys<Self>(
        "Drought indices from a stack of vegetation rasters.",
        rules: [
            .init("allOf", .array(DroughtSection.allCases.map(periodsRule)))
        ],
        [
            ndvi.entry, lst.entry, rain.entry, periods.entry, baseline.entry, minimumYears.entry,
            minimumRange.entry, minimumMean.entry, maximumAge.entry, series.entry, classes.entry,
            climatology.entry, masks.entry, people.entry, indicators.entry,
        ])

    /// A custom product needs periods, its own or those of the section.
    private static func periodsRule(_ section: DroughtSection) -> JSONValue {
        let name = section.rawValue
        let isCustom: JSONValue = ["properties": ["product": ["const": "custom"]]]
        let ownPeriods: JSONValue = ["required": ["periods"]]
        return [
            "if": [
                "required": [.string(name)], "properties": .object([JSONMember(name, isCustom)]),
            ],
            "then": [
                "anyOf": [
                    ["required": ["periods"]],
                    ["properties": .object([JSONMember(name, ownPeriods)])],
                ]
            ],
        ]
    }

    init?(_ reader: SectionReader<Self>) {
        let ndvi = reader.value(Self.ndvi)
        lst = reader.value(Self.lst)
        rain = reader.value(Self.rain)
        let baseline = reader.value(Self.baseline)
        periods = reader.value(Self.periods)
        minimumYears = reader.value(Self.minimumYears)
        minimumRange = reader.value(Self.minimumRange)
        minimumMean = reader.value(Self.minimumMean)
        maximumAge = reader.value(Self.maximumAge)
        series = reader.value(Self.series)
        classes = reader.value(Self.classes)
        climatology = reader.value(Self.climatology)
        masks = reader.value(Self.masks)
        people = reader.value(Self.people)
        indicators = reader.value(Self.indicators)
        if let baseline, baseline.count < minimumYears {
            reader.report(
                .contradiction, at: Self.baseline.name,
                "has \(baseline.count) year\(baseline.count == 1 ? "" : "s") (expected at least minimum_years, \(minimumYears))",
                mend: "Lengthen the baseline or lower minimum_years")
        }
        let stacks = [(DroughtSection.ndvi, ndvi), (.lst, lst), (.rain, rain)]
        for case (let section, let stack?) in stacks {
            Self.check(stack, section, reader)
        }
        Self.check(indicators, reader)
        guard let ndvi, let baseline else { return nil }
        self.ndvi = ndvi
        self.baseline = baseline
    }

    /// Reports indicators whose stack is missing.
    private static func check(
        _ indicators: IndicatorsConfiguration?, _ reader: SectionReader<Self>
    ) {
        guard let indicators else { return }
        for (needs, section) in [
            (indicators.needsTemperature, DroughtSection.lst), (indicators.needsRain, .rain),
        ] where needs && !reader.has(section.rawValue) {
            reader.report(
                .contradiction, at: Self.indicators.name,
                "computes what needs \(section.rasterNoun)s, and the key \"\(section.rawValue)\" is "
                    + "missing",
                mend: "Add \(section.rawValue): with product and files, or compute less")
        }
    }

    /// Reports a stack without periods, and a product of another quantity.
    private static func check(
        _ stack: RasterStackConfiguration, _ section: DroughtSection, _ reader: SectionReader<Self>
    ) {
        let isCustom = stack.product == RasterStackConfiguration.custom
        if isCustom, stack.periods == nil, !reader.has(periods.name) {
            reader.site.report(
                .missingKey,
                "the key \"periods\" is missing (expected with \(section.rawValue).product custom)",
                mend: "Add periods: 16-day")
        }
        guard let profile = RasterProfile.named(stack.product), profile.quantity != section.quantity
        else { return }
        let fitting = RasterProfile.all.filter { $0.quantity == section.quantity }.map(\.id)
        reader.report(
            .contradiction, at: section.rawValue,
            "its product \(profile.id) holds \(profile.quantity.title) (expected "
                + "\(section.quantity.title))",
            mend: "Write one of \((fitting + [RasterStackConfiguration.custom]).joined(separator: ", "))")
    }
}
