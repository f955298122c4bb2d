import Calendar
import Tables

/// What the Agricultural Stress Index is a share of.
public enum StressIndexChoice: String, Choice {
    /// Area that the mask keeps of the cells.
    case area
    /// Cells, each counted once, as FAO counts them.
    case cells
}

/// `indicators.stress`: vegetation health and agricultural stress.
public struct StressConfiguration: Hashable, Sendable {
    /// Share of VCI in VHI.
    public var vciWeight = 0.5
    /// Seasonal mean VHI below is stress.
    public var threshold = 35.0
    /// Smallest range of temperature that carries a TCI, kelvin.
    public var minimumRange = 1.0
    /// What the index is a share of.
    public var index = StressIndexChoice.area
    /// Weights of the equal parts of a season, in order; empty: all alike.
    public var cropCoefficients: [Double] = []
    /// Name of a built-in calendar; the seasons of the year are its.
    public var calendarName = SeasonCalendar.somaliaVegetation.name
    /// Own seasons; empty: those of the calendar.
    public var seasons: [SeasonConfiguration] = []

    public init() {}

    /// The seasons that count.
    var calendar: SeasonCalendar {
        let own = seasons.compactMap { Season(name: $0.name, first: $0.first, last: $0.last) }
        return (own.isEmpty ? nil : try? SeasonCalendar(name: "own", seasons: own))
            ?? SeasonCalendar.named(calendarName) ?? .somaliaVegetation
    }
}

extension StressConfiguration: ConfigurationSection {
    static let vciWeight = DefaultKey(
        \Self.vciWeight, "vci_weight", .number(0...1, example: "0.5"), default: 0.5,
        "Share of VCI in VHI; the rest is TCI.")
    static let threshold = DefaultKey(
        \Self.threshold, "threshold", .number(0...100, example: "35"), default: 35,
        "A seasonal mean VHI below is stress.")
    static let minimumRange = DefaultKey(
        \Self.minimumRange, "minimum_range", .number(0...100, example: "1"), default: 1,
        "A smaller difference of maximum and minimum (kelvin) makes the TCI nodata.")

    static let index = DefaultKey(
        \Self.index, "index", .choice, default: .area,
        "What the Agricultural Stress Index is a share of: area, or cells counted once each.")
    static let cropCoefficients = DefaultKey(
        \Self.cropCoefficients, "crop_coefficients",
        .list(of: .number(0.01...2, example: "1.1"), count: 0...72).example("[0.4, 1.1, 0.7]"),
        default: [],
        "Weights of the VHI in equal parts of the season, in order; default: all alike.")
    static let calendarName = DefaultKey(
        \Self.calendarName, "calendar", .seasonCalendar,
        default: SeasonCalendar.somaliaVegetation.name,
        "Built-in seasons: "
            + SeasonCalendar.builtIn.map { calendar in
                "\(calendar.name) (\(calendar.seasons.map(\.description).joined(separator: ", ")))"
            }.joined(separator: "; "))
    static let seasons = DefaultKey(
        \Self.seasons, "seasons",
        .list(of: .section(), count: 0...12).example("[{ name: Gu, from: 04-01, to: 06-30 }]"),
        default: [], "Own seasons instead, which may cross the end of the year.")

    static let keys = SectionKeys<Self>(
        "Vegetation health and agricultural stress.",
        [
            vciWeight.entry, threshold.entry, minimumRange.entry, index.entry,
            cropCoefficients.entry, calendarName.entry, seasons.entry,
        ])

    init?(_ reader: SectionReader<Self>) {
        vciWeight = reader.value(Self.vciWeight)
        threshold = reader.value(Self.threshold)
        minimumRange = reader.value(Self.minimumRange)
        index = reader.value(Self.index)
        cropCoefficients = reader.value(Self.cropCoefficients)
        calendarName = reader.value(Self.calendarName)
        seasons = reader.value(Self.seasons)
        let own = seasons.compactMap { Season(name: $0.name, first: $0.first, last: $0.last) }
        do {
            if !own.isEmpty { _ = try SeasonCalendar(name: "own", seasons: own) }
        } catch {
            reader.report(
                .contradiction, at: Self.seasons.name, "\(error)",
                mend: "Give seasons that do not overlap, each with a name of its own")
        }
    }
}

/// One season: the days from `from` to `to` of every year.
public struct SeasonConfiguration: Hashable, Sendable {
    public var name: String
    public var first: MonthDay
    public var last: MonthDay
}

extension SeasonConfiguration: ConfigurationSection {
    static let name = RequiredKey(\Self.name, "name", .text.example("Gu"), "Name of the season.")
    static let first = RequiredKey(\Self.first, "from", .monthDay, "Its first day.")
    static let last = RequiredKey(
        \Self.last, "to", .monthDay, "Its last day; of the next year when before the first.")

    static let keys = SectionKeys<Self>("One season.", [name.entry, first.entry, last.entry])

    init?(_ reader: SectionReader<Self>) {
        let name = reader.value(Self.name)
        let first = reader.value(Self.first)
        let last = reader.value(Self.last)
        guard let name, let first, let last else { return nil }
        self.name = name
        self.first = first
        self.last = last
    }
}

extension Form where Value == MonthDay {
    /// `MM-DD`.
    fileprivate static let monthDay = Form.scalar(
        "a day of the year", example: "04-01",
        schema: ["type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"],
        render: { .string($0.description) }
    ) { text, site in
        guard let day = MonthDay(text) else {
            site.report(
                .badDate, "is no day of the year (found \(Quoted(text)))",
                mend: "Write month and day, such as 04-01")
            return nil
        }
        return day
    }
}

extension Form where Value == String {
    /// The name of a built-in calendar of seasons.
    fileprivate static let seasonCalendar: Form = {
        let names = SeasonCalendar.builtIn.map(\.name)
        return .scalar(
            "a calendar of seasons", example: names.first ?? "",
            schema: ["enum": .array(names.map(JSONValue.string))], render: JSONValue.string
        ) { text, site in
            guard names.contains(text) else {
                site.report(
                    .unknownChoice, "is no calendar of seasons (found \(Quoted(text)))",
                    mend: "Write one of \(names.joined(separator: ", "))")
                return nil
            }
            return text
        }
    }()
}
