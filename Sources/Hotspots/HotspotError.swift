import Diagnostics

/// What can be wrong with the input of a hotspot computation.
public enum HotspotFailureKind: String, FailureKind, CaseIterable {
    /// The grid is not in metres, or not north-up.
    case unsuitableGrid = "unsuitable-grid"
    /// A radius or half-life is not a usable positive length or time.
    case unsuitableParameter = "unsuitable-parameter"
    /// An incident has a coordinate, weight, age or footprint that cannot be
    /// used.
    case unsuitableIncident = "unsuitable-incident"
    /// A cell value is infinite, too large or not a whole number of units.
    case unsuitableValue = "unsuitable-value"
    /// Two grids or lists that belong together differ in size.
    case mismatch = "size-mismatch"

    public var code: String { rawValue }
    public var exit: ExitStatus { .dataRefused }
}

/// The error of this module.
public typealias HotspotError = Failure<HotspotFailureKind>
