/// A problem that can be shown to a user: where, what, and how to mend it.
public protocol Diagnostic: Error, CustomStringConvertible {
    /// Stable machine-readable word, such as `no-crs`.
    var code: String { get }
    /// The exit code that a run ends with when this stops it.
    var exit: ExitStatus { get }
    var place: Place { get }
    /// What is wrong, with what was found and what was expected.
    var cause: String { get }
    /// What the user can do about it.
    var mend: String { get }
}

extension Diagnostic {
    /// One line: *where: what is wrong. How to mend it.*
    public var description: String {
        let place = place.description
        let head = place.isEmpty ? "" : place + ": "
        return head + sentence(cause) + (mend.isEmpty ? "" : " " + sentence(mend))
    }

    private func sentence(_ text: String) -> String {
        guard let last = text.last else { return "" }
        return ".!?".contains(last) ? text : text + "."
    }
}

/// The kinds of failure of one module.
public protocol FailureKind: Sendable, Hashable {
    /// Stable machine-readable word, such as `no-crs`.
    var code: String { get }
    var exit: ExitStatus { get }
}

/// The error type of a module: `typealias GeoError = Failure<GeoFailureKind>`.
///
/// A struct, so that each place can say what it found, what it expected and
/// how to mend it, whatever the kind.
public struct Failure<Kind: FailureKind>: Diagnostic, Hashable, Sendable {
    public var kind: Kind
    public var place: Place
    public var cause: String
    public var mend: String

    public var code: String { kind.code }
    public var exit: ExitStatus { kind.exit }

    public init(_ kind: Kind, at place: Place = Place(), _ cause: String, mend: String) {
        self.kind = kind
        self.place = place
        self.cause = cause
        self.mend = mend
    }
}

/// Several problems found in one pass over one input.
public struct FailureList: Error, CustomStringConvertible, Sendable {
    /// At most this many are printed; the rest is a count.
    public static let shown = 20

    public var failures: [any Diagnostic]

    public init(_ failures: [any Diagnostic]) { self.failures = failures }

    /// The exit code of the first problem.
    public var exit: ExitStatus { failures.first?.exit ?? .fault }

    public var description: String {
        var lines = failures.prefix(Self.shown).map(\.description)
        if failures.count > Self.shown {
            lines.append("... and \(failures.count - Self.shown) more")
        }
        return lines.joined(separator: "\n")
    }
}

/// Something that did not stop the run but that its user must know.
public struct Warning: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Stable machine-readable word, such as `crs-overridden`.
    public var code: String
    public var place: Place
    public var message: String

    public init(_ code: String, at place: Place = Place(), _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    public var description: String {
        let place = place.description
        return place.isEmpty ? message : "\(place): \(message)"
    }
}
