import Diagnostics

/// Why incidents could not be read.
public enum IncidentFailureKind: String, FailureKind, CaseIterable {
    /// A header and no rows.
    case empty
    /// The table lacks columns without which events cannot be read.
    case missingColumn = "missing-column"
    /// The mapping does not say where dates or positions are.
    case incompleteMapping = "incomplete-mapping"
    /// The source never tells what the preset asks for.
    case presetNotTold = "preset-not-told"
    /// Longitude and latitude of (nearly) every row are exchanged.
    case swappedCoordinates = "swapped-coordinates"
    /// A row was rejected and rejects are not allowed.
    case rejectedRow = "rejected-row"

    public var code: String { rawValue }

    public var exit: ExitStatus {
        self == .incompleteMapping || self == .presetNotTold ? .badConfiguration : .dataRefused
    }
}

/// The error type of `Incidents`.
public typealias IncidentError = Failure<IncidentFailureKind>
