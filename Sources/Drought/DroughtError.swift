import Diagnostics

/// What can be wrong with the parameters or the input of an indicator.
public enum DroughtFailureKind: String, FailureKind, CaseIterable {
    /// No critical value is at hand for these parameters.
    case unlistedCriticalValue = "unlisted-critical-value"
    /// A parameter is outside the range for which the method is defined.
    case unsuitableParameter = "unsuitable-parameter"
    /// Lists that belong together differ in length, or have too few elements.
    case unsuitableSeries = "unsuitable-series"

    public var code: String { rawValue }
    public var exit: ExitStatus {
        switch self {
        case .unlistedCriticalValue, .unsuitableParameter: .badConfiguration
        case .unsuitableSeries: .dataRefused
        }
    }
}

/// The error of this module.
public typealias DroughtError = Failure<DroughtFailureKind>
