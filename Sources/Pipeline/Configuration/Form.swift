import Tables

/// How the value of a key is written: how it is read and checked, shown in
/// the JSON Schema, and rendered in the canonical parameters. One
/// description serves all three, so that they cannot drift apart.
struct Form<Value: Sendable>: Sendable {
    /// What is expected, with its article: `a length`.
    let noun: String
    /// As a user would write it, for messages that say what to write.
    let example: String
    /// The JSON Schema of the value.
    let schema: JSONValue
    /// The value, or nil after having reported why not.
    let read: @Sendable (ReadingSite) -> Value?
    /// The value as the canonical parameters show it; readable again.
    let render: @Sendable (Value) -> JSONValue

    /// A form read from the text of a scalar; `parse` may refuse it.
    static func scalar(
        _ noun: String, example: String, schema: JSONValue,
        render: @escaping @Sendable (Value) -> JSONValue,
        parse: @escaping @Sendable (_ text: String, ReadingSite) -> Value?
    ) -> Form {
        Form(
            noun: noun, example: example, schema: schema,
            read: { site in
                guard case .scalar(let text, _) = site.node.content, !site.node.isNull else {
                    site.wrongType(noun, example: example)
                    return nil
                }
                return parse(text, site)
            },
            render: render)
    }

    /// The same form with an example that fits its key.
    func example(_ example: String) -> Form {
        Form(noun: noun, example: example, schema: schema, read: read, render: render)
    }
}

/// The words that a key can be set to, as enumeration cases.
protocol Choice: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}
