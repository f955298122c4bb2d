import Diagnostics
import Tables

/// The identifiers, names and aliases by which bases are known.
public struct BaseNames: Sendable, Hashable {
    /// How one base is called.
    public struct Entry: Sendable, Hashable {
        public var id: String
        public var name: String
        /// Other spellings of its name.
        public var aliases: [String]

        public init(id: String, name: String, aliases: [String] = []) {
            self.id = id
            self.name = name
            self.aliases = aliases
        }
    }

    /// What a text stands for.
    public enum Match: Sendable, Hashable {
        /// It is the identifier or the name of a base, letter by letter.
        case exact(Int)
        /// It is an alias of a base, or a name or identifier but for case,
        /// spaces, hyphens and underscores: joined, and to be reported.
        case alias(Int, of: String)
        /// Nobody is called so; these are close, nearest first. Never joined.
        case near([Int])
        /// Several bases are called so. Never joined.
        case several([Int])

        /// Index of the base it is joined to; nil when it is not.
        public var base: Int? {
            switch self {
            case .exact(let base), .alias(let base, _): base
            case .near, .several: nil
            }
        }
    }

    /// The bases, in their order.
    public let entries: [Entry]
    /// Indices of the bases of each folded name, ascending.
    private let folded: [String: [Int]]
    private let exact: [String: [Int]]

    /// - Throws: all that is ambiguous: an identifier that is empty or stands
    ///   twice, an alias that is the identifier, name or alias of another.
    public init(_ entries: [Entry], file: String? = nil) throws(FailureList) {
        self.entries = entries
        var exact: [String: [Int]] = [:]
        var folded: [String: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            for text in Set([entry.id, entry.name]) where !text.isEmpty {
                exact[text, default: []].append(index)
            }
            let all = [entry.id, entry.name] + entry.aliases
            for text in Set(all.map(Self.folded)) where !text.isEmpty {
                folded[text, default: []].append(index)
            }
        }
        self.exact = exact
        self.folded = folded
        let problems = Self.problems(in: entries, folded: folded, file: file)
        guard problems.isEmpty else { throw FailureList(problems) }
    }

    /// What `text` stands for; spaces around it do not count. An identifier
    /// goes before a name that is spelled like it.
    public func match(_ text: String) -> Match {
        let wanted = Self.trimmed(text)
        if let index = entries.firstIndex(where: { $0.id == wanted }) { return .exact(index) }
        if let found = exact[wanted] {
            return found.count == 1 ? .exact(found[0]) : .several(found)
        }
        if let found = folded[Self.folded(wanted)] {
            guard found.count == 1 else { return .several(found) }
            let entry = entries[found[0]]
            let spelling = ([entry.id, entry.name] + entry.aliases).first {
                Self.folded($0) == Self.folded(wanted)
            }
            return .alias(found[0], of: spelling ?? entry.name)
        }
        var spellings: [String] = []
        var owners: [Int] = []
        for (index, entry) in entries.enumerated() {
            for spelling in [entry.id, entry.name] + entry.aliases {
                spellings.append(spelling)
                owners.append(index)
            }
        }
        var near: [Int] = []
        for spelling in NearNames.near(wanted, among: spellings, limit: 6) {
            guard let position = spellings.firstIndex(of: spelling) else { continue }
            if !near.contains(owners[position]) { near.append(owners[position]) }
        }
        return .near(Array(near.prefix(3)))
    }

    /// How to mend a text that `match` has not joined; empty when it has.
    public func advice(for match: Match) -> String {
        switch match {
        case .exact, .alias: ""
        case .near(let bases) where bases.isEmpty:
            "Use the identifier of a base, or add the spelling to the aliases of one"
        case .near(let bases):
            "Did you mean " + listed(bases)
                + "? Write the identifier, or add the spelling to its aliases"
        case .several(let bases):
            "It may be " + listed(bases) + ": write the identifier"
        }
    }

    private func listed(_ bases: [Int]) -> String {
        bases.map { "\(quoted(entries[$0].id)) (\(TerminalText.excerpt(entries[$0].name)))" }
            .joined(separator: " or ")
    }

    private static func problems(
        in entries: [Entry], folded: [String: [Int]], file: String?
    ) -> [any Diagnostic] {
        var problems: [any Diagnostic] = []
        var seen: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            let place = Place(file: file, feature: entry.id)
            if entry.id.isEmpty {
                problems.append(
                    AssessmentError(
                        .missingField, at: Place(file: file), "base \(index + 1) has no identifier",
                        mend: "Give every base an identifier of its own"))
            } else if seen.updateValue(index, forKey: entry.id) != nil {
                problems.append(
                    AssessmentError(
                        .ambiguousName, at: place,
                        "the identifier stands for two bases (base \(index + 1) is the second)",
                        mend: "Give every base an identifier of its own"))
            }
            for alias in entry.aliases {
                let others = (folded[self.folded(alias)] ?? []).filter { $0 != index }
                guard let other = others.first else { continue }
                problems.append(
                    AssessmentError(
                        .ambiguousName, at: place,
                        "the alias \(quoted(alias)) is also a name of base "
                            + quoted(entries[other].id),
                        mend: "Leave the alias to one of them"))
            }
        }
        return problems
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { !" -_".contains($0) }
    }

    static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

/// A text of the user's in a message.
func quoted(_ text: String) -> String { "\"\(TerminalText.excerpt(text))\"" }
