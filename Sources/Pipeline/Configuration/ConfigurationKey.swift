import Tables

/// A part of the pipeline file that is a mapping.
protocol ConfigurationSection: Sendable {
    /// Every key that the section knows, in the order of the documentation.
    static var keys: SectionKeys<Self> { get }

    /// Reads every key; nil when a required one is missing or wrong.
    init?(_ reader: SectionReader<Self>)
}

/// A key that must be there.
struct RequiredKey<Root, Value: Sendable>: Sendable {
    let name: String
    let form: Form<Value>
    let entry: KeyEntry<Root>

    init(
        _ path: any KeyPath<Root, Value> & Sendable, _ name: String, _ form: Form<Value>,
        _ text: String
    ) {
        self.name = name
        self.form = form
        entry = KeyEntry(
            name: name, isRequired: true, schema: form.schema.described(text),
            render: { form.render($0[keyPath: path]) })
    }
}

/// A key that may be absent, with a meaning that its text states.
struct OptionalKey<Root, Value: Sendable>: Sendable {
    let name: String
    let form: Form<Value>
    /// A key without a value counts as absent: for lists of columns, where
    /// an empty place says that there is no such column.
    let emptyIsAbsent: Bool
    let entry: KeyEntry<Root>

    init(
        _ path: any KeyPath<Root, Value?> & Sendable, _ name: String, _ form: Form<Value>,
        emptyIsAbsent: Bool = false, _ text: String
    ) {
        self.name = name
        self.form = form
        self.emptyIsAbsent = emptyIsAbsent
        let schema: JSONValue =
            emptyIsAbsent ? ["anyOf": [form.schema, ["type": "null"]]] : form.schema
        entry = KeyEntry(
            name: name, isRequired: false, schema: schema.described(text),
            render: { $0[keyPath: path].map(form.render) })
    }
}

/// A key with a default.
struct DefaultKey<Root, Value: Sendable>: Sendable {
    let name: String
    let form: Form<Value>
    let fallback: Value
    let entry: KeyEntry<Root>

    init(
        _ path: any KeyPath<Root, Value> & Sendable, _ name: String, _ form: Form<Value>,
        default fallback: Value, _ text: String
    ) {
        self.name = name
        self.form = form
        self.fallback = fallback
        entry = KeyEntry(
            name: name, isRequired: false,
            schema: form.schema.described(text, default: form.render(fallback)),
            render: { form.render($0[keyPath: path]) })
    }
}

/// A key of any type, as the schema and the canonical parameters see it.
struct KeyEntry<Root>: Sendable {
    let name: String
    let isRequired: Bool
    let schema: JSONValue
    /// nil when the key is absent.
    let render: @Sendable (Root) -> JSONValue?
}

/// The keys of one section.
struct SectionKeys<Root>: Sendable {
    let entries: [KeyEntry<Root>]
    let schema: JSONValue

    /// - Parameters:
    ///   - text: what the section is for.
    ///   - rules: further members of the schema, for keys that exclude or
    ///     need one another.
    init(_ text: String, rules: [JSONMember] = [], _ entries: [KeyEntry<Root>]) {
        self.entries = entries
        let required = entries.filter(\.isRequired).map { JSONValue.string($0.name) }
        var members: [JSONMember] = [
            .init("type", "object"), .init("description", .string(text)),
            .init("properties", .object(entries.map { JSONMember($0.name, $0.schema) })),
        ]
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("additionalProperties", false))
        schema = .object(members + rules)
    }

    var names: [String] { entries.map(\.name) }

    /// The keys that are set or have a default, in the order of `entries`.
    func render(_ root: Root) -> JSONValue {
        .object(
            entries.compactMap { entry in
                entry.render(root).map { JSONMember(entry.name, $0) }
            })
    }
}

extension JSONValue {
    /// A schema with its description, and default, in front.
    fileprivate func described(_ text: String, default fallback: JSONValue? = nil) -> JSONValue {
        guard case .object(let members) = self else { return self }
        var head = [JSONMember("description", .string(text))]
        if let fallback { head.append(JSONMember("default", fallback)) }
        return .object(head + members.filter { $0.name != "description" })
    }
}
