import Diagnostics
import Tables

/// Something odd about kept incidents, counted.
public struct CountedWarning: Hashable, Sendable {
    public let kind: IncidentWarningKind
    /// Number of kept incidents that show it.
    public let count: Int
    /// Lines of the first of them, at most `examples`.
    public let lines: [Int]

    /// How many lines are named.
    public static let examples = 3

    /// One sentence with the count and the first lines.
    public func warning(in table: RecordTable) -> Warning {
        let more = count > lines.count ? ", ..." : ""
        let word = table.hasGeometry ? "feature" : "line"
        let list = lines.map(String.init).joined(separator: ", ")
        let places = "\(word)\(lines.count == 1 ? "" : "s") \(list)\(more)"
        return Warning(
            kind.rawValue, at: Place(file: table.file),
            "\(count) event\(count == 1 ? "" : "s"): \(kind.explanation) (\(places))")
    }
}

/// The oddities that are counted. The raw value is a stable code.
public enum IncidentWarningKind: String, CaseIterable, Hashable, Sendable {
    case locationPrecisionAbsent = "location-precision-absent"
    case timePrecisionAbsent = "time-precision-absent"
    case unknownLocationPrecision = "unknown-location-precision"
    case unknownTimePrecision = "unknown-time-precision"
    case unknownEventType = "unknown-event-type"
    case unknownSubEventType = "unknown-sub-event-type"
    case civilianTargetingAbsent = "civilian-targeting-absent"
    case deathsAbsent = "deaths-absent"
    case deathsSum = "deaths-sum"
    case lowAboveBest = "low-above-best"
    case bestAboveHigh = "best-above-high"
    case gridCellMismatch = "grid-cell-mismatch"
    case cutToAsOf = "cut-to-as-of"

    /// What it means for the user, without a subject.
    public var explanation: String {
        switch self {
        case .locationPrecisionAbsent: "how well the place is known is not stated; taken as unknown"
        case .timePrecisionAbsent: "how well the date is known is not stated; taken as unknown"
        case .unknownLocationPrecision:
            "the code of location precision is not in the codebook; "
                + "taken as unknown"
        case .unknownTimePrecision:
            "the code of time precision is not in the codebook; taken as "
                + "unknown"
        case .unknownEventType: "the event type is not in the codebook; kept"
        case .unknownSubEventType: "the sub-event type is not in the codebook; kept"
        case .civilianTargetingAbsent: "whether civilians were targeted is not stated"
        case .deathsAbsent: "deaths are not stated; counted as 0"
        case .deathsSum: "the best estimate of deaths is not the sum of its parts"
        case .lowAboveBest: "the low estimate of deaths exceeds the best"
        case .bestAboveHigh: "the best estimate of deaths exceeds the high"
        case .gridCellMismatch: "the position is not in the PRIO-GRID cell that the row names"
        case .cutToAsOf: "days after the as-of date are left out of the event's span"
        }
    }
}
