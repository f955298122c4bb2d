import Diagnostics

/// What can be wrong with what an assessment of bases is made from.
public enum AssessmentFailureKind: String, FailureKind, CaseIterable {
    /// A threshold, length, weight or count is not usable.
    case unsuitableParameter = "unsuitable-parameter"
    /// A row of evidence has no base, item, date or value.
    case missingField = "missing-field"
    /// A row names a base that nobody knows.
    case unknownBase = "unknown-base"
    /// A row names an item that nobody knows.
    case unknownItem = "unknown-item"
    /// A value does not fit its item.
    case unsuitableValue = "unsuitable-value"
    /// A row says again what another one said.
    case duplicateRow = "duplicate-row"
    /// Two bases share an identifier, or a name and an alias.
    case ambiguousName = "ambiguous-name"

    public var code: String { rawValue }
    public var exit: ExitStatus { .dataRefused }
}

/// The error of supply, evidence, gates and ranks.
public typealias AssessmentError = Failure<AssessmentFailureKind>
