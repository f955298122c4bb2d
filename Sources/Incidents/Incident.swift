import Calendar
import GridCore

/// An event in which people were harmed or threatened, as its source has it.
public struct Incident: Hashable, Sendable {
    /// Identifier in the source; unique among the incidents of one reading.
    public var key: String
    /// The source: `acled`, `ucdp-ged` or the name of a mapping.
    public var source: String
    /// Longitude and latitude, degrees (WGS 84).
    public var coordinate: Coordinate
    /// First day.
    public var dateStart: CalendarDate
    /// Last day, inclusive.
    public var dateEnd: CalendarDate
    /// Days over which the event's mass is spread: its own days, or the week
    /// or month in which a day is known to lie. Never after the as-of date.
    public var timing: EventTiming
    /// The source's code for how well the date is known; nil when missing.
    public var timePrecision: String?
    public var timeGrade: TimeGrade
    /// The source's code for how well the place is known; nil when missing.
    public var locationPrecision: String?
    public var locationGrade: LocationGrade
    public var eventType: String?
    public var subEventType: String?
    public var deaths: DeathEstimate
    /// Civilians killed. UCDP counts them. ACLED does not say who was killed:
    /// here all deaths of an event that targeted civilians, and none of
    /// others. nil when the source says neither.
    public var civilianDeaths: Int?
    /// Whether civilians were the main target: ACLED `civilian_targeting`,
    /// UCDP one-sided violence. nil when the source does not say.
    public var civilianTargeting: Bool?
    /// Whether the source sums up several events in this one, which it could
    /// not tell apart: UCDP `event_clarity` 2. nil when it does not say.
    public var isSummary: Bool?
    /// The parties, in the order of the source: none, one or two.
    public var sides: [IncidentSide] = []
    /// Name of the place.
    public var place: String?
    public var country: String?
    /// Name of the first-level division.
    public var admin1: String?
    /// Name of the second-level division.
    public var admin2: String?
    /// 1-based line of the record, or number of the feature, in its file.
    public var line: Int
}

/// Reported deaths. Estimates: 0 means that none were reported.
///
/// Kept as the source has them, also where low <= best <= high fails.
public struct DeathEstimate: Hashable, Sendable {
    public var best: Int
    /// Equal to `best` when the source gives no range.
    public var low: Int
    /// Equal to `best` when the source gives no range.
    public var high: Int

    public init(best: Int, low: Int, high: Int) {
        self.best = best
        self.low = low
        self.high = high
    }

    /// One of the three.
    public subscript(bound: DeathBound) -> Int {
        switch bound {
        case .low: low
        case .best: best
        case .high: high
        }
    }
}

/// Which estimate of deaths. The raw value is the word of a pipeline file.
public enum DeathBound: String, CaseIterable, Hashable, Sendable {
    case low
    case best
    case high
}
