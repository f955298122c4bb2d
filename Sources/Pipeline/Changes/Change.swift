/// Why something changed between two runs, in the order in which causes are
/// told.
public enum ChangeCause: String, Hashable, Sendable, CaseIterable {
    /// Files or records that the earlier run did not have, or that its night
    /// did not reach.
    case newData = "new data"
    /// Files or records with another content.
    case revisedData = "revised data"
    /// Files or records that are no longer there.
    case withdrawnData = "withdrawn data"
    /// Incidents that the window has left behind, and days of partly dated
    /// incidents with them.
    case agedOut = "aged out"
    /// A parameter of the pipeline file, or an earlier as-of date.
    case changedParameter = "changed parameter"
    /// Another version of the program, of a stage or of a library.
    case changedProgram = "changed program"
}

/// One cause with what shows it.
public struct ChangeEvidence: Hashable, Sendable {
    public var cause: ChangeCause
    /// Such as `3 incidents` or the path of a file.
    public var detail: String

    public init(_ cause: ChangeCause, _ detail: String) {
        self.cause = cause
        self.detail = detail
    }
}

/// One thing that differs between two runs.
public struct Change: Hashable, Sendable {
    /// What it is about, in the order in which changes are told.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        case sector, district
        case livelihoodZone = "livelihood_zone"
        case hotspot, base, input, parameter, program
    }

    /// How it changed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Another class or level of a zone.
        case moved
        /// Another value of a figure, a parameter or a version.
        case changed
        /// There now, and not before: zone, base, input.
        case added
        /// Not there any more: zone, base, input.
        case withdrawn
        /// An input with the same path and other bytes.
        case revised
        /// A hotspot that none of the earlier run overlaps.
        case new
        /// A hotspot that none of the later run overlaps.
        case gone
        case grown, shrunk
        /// Several hotspots that are one now.
        case merged
        /// One hotspot that is several now.
        case split
        /// Several hotspots that are several others now.
        case regrouped
    }

    public var subject: Subject
    public var kind: Kind
    /// Identifier in the earlier run; empty when it was not there. Several
    /// hotspots are joined by `+`.
    public var idBefore: String
    /// Identifier in the later run; empty when it is not there.
    public var idAfter: String
    /// For people; empty when there is none.
    public var name: String
    /// Column of the table that the figure stands in; empty for none.
    public var figure: String
    /// As the earlier run published it; empty when missing.
    public var before: String
    /// As the later run published it; empty when missing.
    public var after: String
    /// In the order of `ChangeCause`; empty when nothing explains it.
    public var evidence: [ChangeEvidence]

    public init(
        _ subject: Subject, _ kind: Kind, idBefore: String, idAfter: String, name: String = "",
        figure: String = "", before: String = "", after: String = "",
        evidence: [ChangeEvidence]
    ) {
        self.subject = subject
        self.kind = kind
        self.idBefore = idBefore
        self.idAfter = idAfter
        self.name = name
        self.figure = figure
        self.before = before
        self.after = after
        self.evidence = ChangeCause.allCases.flatMap { cause in
            evidence.filter { $0.cause == cause }
        }
    }

    /// Each cause once, in their order.
    public var causes: [ChangeCause] {
        ChangeCause.allCases.filter { cause in evidence.contains { $0.cause == cause } }
    }

    /// What stands in the place of the causes when there is none.
    static let unexplained = "unexplained"
}
