import Diagnostics

/// Why a pipeline file was refused.
public enum ConfigurationFailureKind: String, FailureKind, CaseIterable {
    /// There is no such file, or it cannot be opened.
    case fileMissing = "file-missing"
    /// Longer than `YAMLReader.maximumBytes`.
    case fileTooLarge = "pipeline-file-too-large"
    /// Text in another encoding than UTF-8.
    case notUTF8 = "not-utf8"
    /// Not YAML: a tab as indentation, an open quote or bracket.
    case syntax = "yaml-syntax"
    /// Nested deeper than `YAMLReader.maximumDepth`.
    case tooDeep = "yaml-too-deep"
    /// Anchors, aliases, tags and merge keys are not used here.
    case unsupportedYAML = "unsupported-yaml"
    /// A key that means nothing at this place.
    case unknownKey = "unknown-key"
    /// One mapping says the same key twice.
    case duplicateKey = "duplicate-key"
    /// A required key is not there.
    case missingKey = "missing-key"
    /// A list where a number is expected, and the like.
    case wrongType = "wrong-type"
    /// A quantity without its unit.
    case missingUnit = "missing-unit"
    /// A quantity in a unit that is not known here.
    case unknownUnit = "unknown-unit"
    /// A value outside its range.
    case outOfRange = "out-of-range"
    /// A word that is none of the choices.
    case unknownChoice = "unknown-choice"
    /// Not a date, or no such day.
    case badDate = "bad-date"
    /// A path that is not a local file path.
    case badPath = "bad-path"
    /// `${NAME}` of a variable that is not set, or not allowed.
    case badVariable = "bad-variable"
    /// Two keys that exclude, or lack, one another.
    case contradiction
    /// A `version` that this program does not read.
    case unsupportedVersion = "unsupported-version"

    public var code: String { rawValue }
    public var exit: ExitStatus { self == .fileMissing ? .inputMissing : .badConfiguration }
}

/// The error type of the pipeline file.
public typealias ConfigurationError = Failure<ConfigurationFailureKind>

extension ConfigurationError {
    /// Of a text that nobody wrote: by the flag that made it in place of a
    /// line and column.
    func byFlag(_ flag: String?) -> ConfigurationError {
        var error = self
        error.place.line = nil
        error.place.column = nil
        if let flag {
            error.mend += (error.mend.hasSuffix(".") ? "" : ".") + " The flag is \(flag)"
        }
        return error
    }
}
