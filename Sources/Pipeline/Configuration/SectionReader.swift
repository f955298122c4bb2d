import Diagnostics

/// Reads the keys of one mapping by their descriptions.
struct SectionReader<Root: ConfigurationSection> {
    let site: ReadingSite
    private let members: [YAMLNode.Member]

    /// Reports keys that `Root` does not know. A node that is no mapping
    /// has no keys.
    init(_ site: ReadingSite) {
        self.site = site
        if case .mapping(let members) = site.node.content {
            self.members = members
        } else {
            members = []
        }
        reportUnknownKeys()
    }

    /// nil after a report.
    func value<Value>(_ key: RequiredKey<Root, Value>) -> Value? {
        guard let member = member(key.name) else {
            site.report(
                .missingKey, "the key \(Quoted(key.name)) is missing (expected \(key.form.noun))",
                mend: "Add \(key.name): \(key.form.example)")
            return nil
        }
        return key.form.read(self.site(of: member))
    }

    /// nil when absent, or after a report.
    func value<Value>(_ key: OptionalKey<Root, Value>) -> Value? {
        guard let member = member(key.name) else { return nil }
        if key.emptyIsAbsent, member.value.isNull { return nil }
        return key.form.read(self.site(of: member))
    }

    /// The default when absent, or after a report.
    func value<Value>(_ key: DefaultKey<Root, Value>) -> Value {
        guard let member = member(key.name) else { return key.fallback }
        return key.form.read(self.site(of: member)) ?? key.fallback
    }

    /// Whether the key is written, rightly or wrongly.
    func has(_ name: String) -> Bool { members.contains { $0.key == name } }

    /// Reports at the key when it is there, else at the section.
    func report(
        _ kind: ConfigurationFailureKind, at name: String, _ cause: String, mend: String
    ) {
        guard let member = members.first(where: { $0.key == name }) else {
            site.report(kind, cause, mend: mend)
            return
        }
        site.context.report(
            kind, path(of: member.key), at: member.position, cause, mend: mend)
    }

    private func member(_ name: String) -> YAMLNode.Member? {
        site.context.noteRead(name, of: Root.self)
        return members.first { $0.key == name }
    }

    private func path(of key: String) -> String {
        site.path.isEmpty ? key : "\(site.path).\(key)"
    }

    private func site(of member: YAMLNode.Member) -> ReadingSite {
        // A missing value is complained of where its key stands.
        var node = member.value
        if node.isNull { node.position = member.position }
        return ReadingSite(context: site.context, path: path(of: member.key), node: node)
    }

    private func reportUnknownKeys() {
        let names = Root.keys.names
        for member in members where !names.contains(member.key) {
            let suggestion = NearNames.near(member.key, among: names, limit: 1).first
            site.context.report(
                .unknownKey, site.path, at: member.position,
                "unknown key \(Quoted(member.key))",
                mend: suggestion.map { "Did you mean \(Quoted($0))?" }
                    ?? "Known here: \(names.joined(separator: ", "))")
        }
    }
}
