import Diagnostics

/// How the reading of one damaged file ended.
enum DamageOutcome: Hashable, Sendable {
    /// As the file that is whole.
    case same
    /// Refused with a known error; its kind.
    case refused(String)
    /// Read without an error, with other values: possible only where the
    /// format has no checksum over them.
    case otherValues
    /// Read without an error, with another shape, place, type or name.
    case otherDescription
    /// An error that is not one of the documented kinds.
    case unknownError(String)

    init(of path: String, comparedTo whole: WholeReading) {
        do {
            let reading = try WholeReading(of: path)
            if reading == whole {
                self = .same
            } else {
                self = reading.description == whole.description ? .otherValues : .otherDescription
            }
        } catch let error as any Diagnostic where !error.cause.isEmpty {
            self = .refused(error.code)
        } catch let list as FailureList where !list.failures.isEmpty {
            self = .refused(list.failures[0].code)
        } catch {
            self = .unknownError("\(error)")
        }
    }

    /// One line of the child's report.
    var text: String {
        switch self {
        case .same: "same"
        case .refused(let code): "refused \(code)"
        case .otherValues: "other-values"
        case .otherDescription: "other-description"
        case .unknownError(let words):
            "unknown " + words.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }

    init?(text: Substring) {
        let parts = text.split(separator: " ", maxSplits: 1)
        switch parts.first {
        case "same": self = .same
        case "refused": self = .refused(String(parts.count > 1 ? parts[1] : ""))
        case "other-values": self = .otherValues
        case "other-description": self = .otherDescription
        case "unknown": self = .unknownError(String(parts.count > 1 ? parts[1] : ""))
        default: return nil
        }
    }
}
