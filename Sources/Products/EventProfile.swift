/// A known layout of event tables, as data: which columns it has, which it
/// must have, and under which terms its data may be used.
public struct EventProfile: Hashable, Sendable {
    /// The known sources; the raw value is the word of a pipeline file.
    public enum Identifier: String, CaseIterable, Hashable, Sendable {
        case acled
        case ucdpGED = "ucdp-ged"
    }

    public let id: Identifier
    public let title: String
    public let columns: [EventColumn]
    /// How the source asks to be cited.
    public let citation: String
    /// The same in a few words, for the foot of a picture.
    public let shortCitation: String
    /// Terms of use in a sentence; decides what may be published.
    public let licence: String

    /// Every profile, in the order in which they are tried.
    public static let all = [acled, ucdpGED]

    /// The profile called `id`.
    public static func named(_ id: Identifier) -> EventProfile {
        switch id {
        case .acled: acled
        case .ucdpGED: ucdpGED
        }
    }

    /// The column with `role`; nil when the source has none.
    public func column(_ role: EventRole) -> EventColumn? { columns.first { $0.role == role } }
}

/// A column of an event table under all the names it has had.
public struct EventColumn: Hashable, Sendable {
    public let role: EventRole
    /// Accepted names, the present one first; case does not count.
    public let names: [String]
    /// Whether events cannot be read without it.
    public let isRequired: Bool
    /// Whether having it tells that a table is of this source.
    public let identifies: Bool

    public init(
        _ role: EventRole, _ names: [String], required: Bool = false, identifies: Bool = false
    ) {
        self.role = role
        self.names = names
        self.isRequired = required
        self.identifies = identifies
    }

    /// Index in `columns` of the first accepted name that occurs.
    public func index(in columns: [String]) -> Int? {
        let folded = columns.map { $0.lowercased() }
        for name in names {
            if let exact = columns.firstIndex(of: name) { return exact }
            if let alike = folded.firstIndex(of: name.lowercased()) { return alike }
        }
        return nil
    }
}

/// How well the columns of a table fit a profile.
public struct EventProfileMatch: Hashable, Sendable {
    public let profile: EventProfile
    /// Required columns that the table lacks, in the order of the profile.
    public let missing: [EventColumn]
    /// Share of the identifying columns that the table has, 0...1.
    public let score: Double

    /// Whether the table can be read as this profile.
    public var isComplete: Bool { missing.isEmpty }
}

extension EventProfile {
    /// A profile counts as recognised from this share of its identifying
    /// columns on: tables cut down by hand still have more than half.
    private static let recognisedShare = 0.6

    /// How `columns` fit this profile.
    public func match(columns names: [String]) -> EventProfileMatch {
        let identifying = columns.filter(\.identifies)
        let found = identifying.filter { $0.index(in: names) != nil }
        return EventProfileMatch(
            profile: self,
            missing: columns.filter { $0.isRequired && $0.index(in: names) == nil },
            score: Double(found.count) / Double(max(1, identifying.count)))
    }

    /// The profile that `columns` fit best, and what they lack of it; nil when
    /// they look like none of the known sources.
    public static func matches(columns: [String]) -> EventProfileMatch? {
        var best: EventProfileMatch?
        for profile in all {
            let match = profile.match(columns: columns)
            guard match.score >= recognisedShare else { continue }
            if match.score > best?.score ?? 0 { best = match }
        }
        return best
    }
}
