import Tables

/// A record that gave no incident, and why.
public struct RejectedRecord: Hashable, Sendable {
    /// 1-based line, or number of the feature.
    public let line: Int
    /// Identifier in the source, when it has one.
    public let key: String?
    public let reason: RejectReason
    /// Name of the column as the table has it; nil when it is the whole row.
    public let field: String?
    /// The value found, cut to a readable length.
    public let found: String
    public let expected: String

    /// The record of an incident that another source has too.
    ///
    /// - Parameters:
    ///   - incident: the one that is left out.
    ///   - kept: key of the one that stays.
    ///   - file: where that one is from.
    public init(
        _ incident: Incident, sameEventAs kept: String, of file: String,
        _ likeness: DuplicateLikeness
    ) {
        self.init(
            line: incident.line, key: incident.key, reason: .sameEvent, field: nil,
            found: likeness.explanation,
            expected: "one source an event; kept \(TerminalText.excerpt(kept)) of \(file)")
    }

    init(
        line: Int, key: String?, reason: RejectReason, field: String?, found: String,
        expected: String
    ) {
        self.line = line
        self.key = key
        self.reason = reason
        self.field = field
        self.found = found
        self.expected = expected
    }
}

/// Why a record gave no incident. The raw value is a stable code.
public enum RejectReason: String, CaseIterable, Hashable, Sendable {
    /// The row as such cannot be read: ragged, NUL, broken quotes.
    case malformedRow = "malformed-row"
    case missingKey = "missing-key"
    case missingCoordinate = "missing-coordinate"
    case unparsableCoordinate = "unparsable-coordinate"
    case latitudeOutOfRange = "latitude-out-of-range"
    case longitudeOutOfRange = "longitude-out-of-range"
    /// Longitude and latitude are both 0.
    case zeroCoordinate = "zero-coordinate"
    /// Outside the area as it stands and inside it with longitude and
    /// latitude exchanged.
    case swappedCoordinates = "swapped-coordinates"
    case missingDate = "missing-date"
    case unparsableDate = "unparsable-date"
    /// Day and month cannot be told apart.
    case ambiguousDate = "ambiguous-date"
    case endBeforeStart = "end-before-start"
    case missingDeaths = "missing-deaths"
    case unparsableDeaths = "unparsable-deaths"
    case negativeDeaths = "negative-deaths"
    /// Another row has the same key and is newer.
    case duplicate
    /// Begins after the as-of date.
    case afterAsOf = "after-as-of"
    /// Not of the kind of events asked for.
    case outsidePreset = "outside-preset"
    /// Another source has the same event, located better.
    case sameEvent = "same-event"

    /// Whether the row is wrong, rather than not asked for.
    public var isFault: Bool {
        self != .afterAsOf && self != .outsidePreset && self != .sameEvent
    }
}
