/// The seasons of a region, none of which share a day. Days may lie in no
/// season.
public struct SeasonCalendar: Hashable, Sendable {
    public let name: String
    /// In the order given; the position makes the label.
    public let seasons: [Season]

    /// Why seasons make no calendar.
    public enum Defect: Error, Hashable, Sendable, CustomStringConvertible {
        case noSeasons
        case unnamedSeason(position: Int)
        case repeatedName(String)
        case overlap(String, String, firstSharedDay: MonthDay)

        public var description: String {
            switch self {
            case .noSeasons: "a calendar without seasons"
            case .unnamedSeason(let position): "season \(position) has no name"
            case .repeatedName(let name): "two seasons are named \"\(name)\""
            case .overlap(let one, let other, let day):
                "\"\(one)\" and \"\(other)\" share days, from \(day) (month-day) on"
            }
        }
    }

    /// - Throws: `Defect` for the first thing that is wrong.
    public init(name: String, seasons: [Season]) throws(Defect) {
        guard !seasons.isEmpty else { throw .noSeasons }
        for (position, season) in seasons.enumerated() {
            guard !season.name.isEmpty else { throw .unnamedSeason(position: position + 1) }
            guard !seasons[..<position].contains(where: { $0.name == season.name }) else {
                throw .repeatedName(season.name)
            }
        }
        // A leap year holds every day of the year.
        for number in 1...366 {
            guard let date = CalendarDate(year: 2000, dayOfYear: number) else { continue }
            let owners = seasons.filter { $0.startYear(of: date) != nil }
            if owners.count > 1 {
                throw .overlap(
                    owners[0].name, owners[1].name, firstSharedDay: MonthDay(of: date))
            }
        }
        self.init(unchecked: name, seasons)
    }

    private init(unchecked name: String, _ seasons: [Season]) {
        self.name = name
        self.seasons = seasons
    }

    /// Seasons given as name, first and last dekad of the year.
    private static func built(_ name: String, _ parts: [(String, Int, Int)]) -> SeasonCalendar {
        SeasonCalendar(
            unchecked: name,
            parts.compactMap { Season(name: $0.0, firstDekad: $0.1, lastDekad: $0.2) })
    }

    /// The rain seasons of most of Somalia: Gu April to June, Xagaa (Hagaa)
    /// July to September, Deyr October to December, Jilaal January to March
    /// (FEWS NET and FSNAU seasonal calendars).
    public static let somalia = built(
        "somalia", [("Gu", 10, 18), ("Xagaa", 19, 27), ("Deyr", 28, 36), ("Jilaal", 1, 9)])

    /// The same for the north-west, where the Karan rains fall in July to
    /// September.
    public static let somaliaNorthwest = built(
        "somalia-northwest",
        [("Gu", 10, 18), ("Karan", 19, 27), ("Deyr", 28, 36), ("Jilaal", 1, 9)])

    /// The two growing seasons as vegetation shows them, one to three dekads
    /// after the rain: Gu dekads 11 to 20, Deyr dekad 29 to dekad 3 of the
    /// next year. The lag is our own default, not a published one; it differs
    /// between shrub and crop land.
    public static let somaliaVegetation = built(
        "somalia-vegetation", [("Gu", 11, 20), ("Deyr", 29, 3)])

    /// The calendars that a pipeline can name.
    public static let builtIn: [SeasonCalendar] = [somalia, somaliaNorthwest, somaliaVegetation]

    public static func named(_ name: String) -> SeasonCalendar? {
        builtIn.first { $0.name == name }
    }

    public subscript(name: String) -> Season? { seasons.first { $0.name == name } }

    /// The season of a day and the year it starts in; nil outside every
    /// season.
    public func season(of date: CalendarDate) -> (season: Season, startYear: Int)? {
        for season in seasons {
            if let year = season.startYear(of: date) { return (season, year) }
        }
        return nil
    }

    /// The season of a composite: that of its middle day.
    public func season(of scheme: PeriodScheme, containing date: CalendarDate)
        -> (season: Season, startYear: Int)?
    {
        season(of: CompositeDay.middle(of: scheme, containing: date))
    }

    /// First and last day of a season; nil outside the years 0...9999.
    public func dates(of season: Season, startYear: Int) -> ClosedRange<CalendarDate>? {
        season.dates(startYear: startYear)
    }

    /// `100 * start year + position of the season` (from 1), such as 202202
    /// for the second season that starts in 2022; -1 outside every season.
    public func label(of date: CalendarDate) -> Int {
        for (position, season) in seasons.enumerated() {
            if let year = season.startYear(of: date) { return year * 100 + position + 1 }
        }
        return -1
    }
}
