import Diagnostics

/// What can keep a raster from being summed over zones, beyond its file.
public enum ZonalFailureKind: String, FailureKind {
    /// A zone has a vertex that is no position on the raster's plane.
    case wrongPosition = "wrong-position"
    /// The raster of weights lies on another grid.
    case otherGrid = "other-grid"
    /// A weight below 0.
    case negativeWeight = "negative-weight"
    /// Class areas of a raster that holds fractions, not codes.
    case notAClass = "not-a-class"
    /// Class areas of a raster with more codes than any legend has.
    case tooManyClasses = "too-many-classes"
    /// The file states a scale of 0, or one that is no number.
    case wrongScale = "wrong-scale"

    public var code: String { rawValue }

    public var exit: ExitStatus { .dataRefused }
}

public typealias ZonalError = Failure<ZonalFailureKind>
