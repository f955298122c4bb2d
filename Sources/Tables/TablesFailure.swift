import Diagnostics

/// Why a table was refused, or could not be written.
public enum TablesFailureKind: String, FailureKind, CaseIterable {
    /// Not one byte to read.
    case emptyFile = "empty-file"
    /// Text, but in another encoding than UTF-8.
    case notUTF8 = "not-utf8"
    /// Another kind of file under the name of a CSV.
    case notCSV = "not-csv"
    /// A document that is not JSON, or nested too deep.
    case notJSON = "not-json"
    /// The header names a column twice.
    case duplicateColumn = "duplicate-column"
    /// A quoted field is never closed.
    case openQuote = "open-quote"
    /// Text between a closing quote and the next separator.
    case strayQuote = "stray-quote"
    /// A row with more or fewer fields than the header.
    case raggedRow = "ragged-row"
    /// A field holds a NUL byte.
    case nulByte = "nul-byte"
    /// A field is longer than `CSVReader.maximumFieldLength`.
    case fieldTooLong = "field-too-long"
    /// A coordinate that is not a number, or not a longitude and latitude.
    case coordinateOutOfRange = "coordinate-out-of-range"
    /// A ring whose last position is not its first, or with fewer than four.
    case openRing = "open-ring"
    /// A ring or line that crosses the 180th meridian.
    case crossesAntimeridian = "crosses-antimeridian"
    /// Two features with one identifier.
    case duplicateFeature = "duplicate-feature"

    public var code: String { rawValue }

    /// Refused input for what is read; an internal fault for what is written.
    public var exit: ExitStatus {
        switch self {
        case .coordinateOutOfRange, .openRing, .crossesAntimeridian, .duplicateFeature: .fault
        default: .dataRefused
        }
    }
}

/// The error type of `Tables`.
public typealias TablesError = Failure<TablesFailureKind>
