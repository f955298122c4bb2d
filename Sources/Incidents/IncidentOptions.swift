import Calendar
import GridCore

/// What happens to rows that are rejected for a fault.
public enum InvalidRows: String, CaseIterable, Hashable, Sendable {
    /// They go to the ledger and reading goes on.
    case skip
    /// They refuse the table.
    case fail
}

/// Where positions come from.
public enum CoordinateSource: String, CaseIterable, Hashable, Sendable {
    /// The columns of longitude and latitude.
    case columns
    /// A column of `POINT (longitude latitude)`.
    case wellKnownText = "wkt"
    /// The point geometries of a vector layer.
    case geometry
}

/// Choices for one reading.
public struct IncidentOptions: Hashable, Sendable {
    /// Nothing after this day is used. nil = no limit.
    public var asOf: CalendarDate?
    public var preset: IncidentPreset
    public var invalid: InvalidRows
    /// Longitudes and latitudes in which events are expected: decides
    /// whether a position outside looks exchanged. Rows outside stay.
    public var area: BoundingBox?
    /// nil = the geometry where the table has one, else the columns.
    public var coordinatesFrom: CoordinateSource?
    /// Order of day and month where dates are numbers with the year last.
    public var dateOrder: DateOrder?
    /// Names by which actors are known as the mission, each a whole word or
    /// several, in any case. nil = the known peace operations of the United
    /// Nations and the African Union.
    public var missionActors: [String]?

    public init(
        asOf: CalendarDate? = nil, preset: IncidentPreset = .politicalViolence,
        invalid: InvalidRows = .skip, area: BoundingBox? = nil,
        coordinatesFrom: CoordinateSource? = nil, dateOrder: DateOrder? = nil,
        missionActors: [String]? = nil
    ) {
        self.asOf = asOf
        self.preset = preset
        self.invalid = invalid
        self.area = area
        self.coordinatesFrom = coordinatesFrom
        self.dateOrder = dateOrder
        self.missionActors = missionActors
    }
}
