import Diagnostics

/// What can be wrong with the input of a travel-time computation.
public enum TravelFailureKind: String, FailureKind, CaseIterable {
    /// The grid is not north-up, too large, or lies over a pole or the
    /// antimeridian.
    case unsuitableGrid = "unsuitable-grid"
    /// Two grids that belong together differ in shape or place.
    case mismatch = "size-mismatch"
    /// A speed, factor or limit is not a usable number.
    case unsuitableParameter = "unsuitable-parameter"
    /// A class is named twice, or not at all.
    case unsuitableClass = "unsuitable-class"
    /// No cell can be travelled.
    case allImpassable = "all-impassable"
    /// A journey would start outside the grid or where nobody can travel.
    case unsuitableSource = "unsuitable-source"

    public var code: String { rawValue }
    public var exit: ExitStatus { .dataRefused }
}

/// The error of travel surfaces and sweeps.
public typealias TravelError = Failure<TravelFailureKind>
