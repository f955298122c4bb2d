import Diagnostics

/// What can go wrong between inputs that are fine one by one.
public enum PipelineFailureKind: String, FailureKind {
    /// No composite near enough to the as-of date.
    case noDataForDate = "as-of-without-data"
    case noDateInName = "no-date-in-name"
    case duplicateDate = "duplicate-date"
    case irregularDates = "irregular-dates"
    case missingQuality = "missing-quality-raster"
    case overlappingZones = "overlapping-zones"
    case duplicateIdentifier = "duplicate-identifier"
    case missingColumn = "missing-column"
    case wrongGeometry = "wrong-geometry"
    case noCoordinate = "no-coordinate"
    /// A climatology of another grid, rule or period.
    case climatologyMismatch = "climatology-mismatch"
    /// Files of a climatology that are not what its manifest says.
    case climatologyDamaged = "climatology-damaged"
    case notEnoughMemory = "not-enough-memory"
    case nothingToCompute = "nothing-to-compute"
    /// A file was written to while it was read.
    case inputChanged = "input-changed"
    case unexpected

    public var code: String { rawValue }

    public var exit: ExitStatus {
        switch self {
        case .unexpected: .bug
        case .inputChanged: .temporary
        default: .dataRefused
        }
    }
}

public typealias PipelineError = Failure<PipelineFailureKind>
