import Tables

@testable import Pipeline

/// Checks a value against the part of JSON Schema 2020-12 that the schema of
/// the pipeline file uses; a keyword that it does not know is a fault.
struct SchemaValidator {
    private static let annotations: Set = ["$schema", "title", "description", "default"]

    /// Paths of what is wrong; empty when `value` is valid.
    static func faults(of value: JSONValue, under schema: JSONValue, at path: String = "$")
        -> [String]
    {
        if case .bool(let allowed) = schema { return allowed ? [] : ["\(path): not allowed"] }
        guard case .object(let members) = schema else { return ["\(path): no schema"] }
        return members.flatMap { member -> [String] in
            if annotations.contains(member.name) { return [] }
            return faults(of: value, keyword: member.name, member.value, in: schema, at: path)
        }
    }

    private static func faults(
        of value: JSONValue, keyword: String, _ argument: JSONValue, in schema: JSONValue,
        at path: String
    ) -> [String] {
        func require(_ holds: Bool) -> [String] { holds ? [] : ["\(path): \(keyword)"] }
        switch keyword {
        case "type":
            let names = argument.elements ?? [argument]
            return require(names.contains { value.hasType($0) })
        case "const": return require(value == argument)
        case "enum": return require(argument.elements?.contains(value) == true)
        case "pattern": return require(value.matches(argument))
        case "minLength": return require(value.count >= argument.count)
        case "minimum": return require(value.number.map { $0 >= argument.count } ?? true)
        case "maximum": return require(value.number.map { $0 <= argument.count } ?? true)
        case "minItems":
            return require(value.elements.map { Double($0.count) >= argument.count } ?? true)
        case "maxItems":
            return require(value.elements.map { Double($0.count) <= argument.count } ?? true)
        case "items":
            return (value.elements ?? []).enumerated().flatMap {
                faults(of: $1, under: argument, at: "\(path)[\($0)]")
            }
        case "required":
            return (argument.elements ?? []).flatMap { require(value[$0.string ?? ""] != nil) }
        case "properties":
            return (argument.members ?? []).flatMap { member in
                value[member.name].map {
                    faults(of: $0, under: member.value, at: "\(path).\(member.name)")
                } ?? []
            }
        case "additionalProperties":
            let known = (schema["properties"]?.members ?? []).map(\.name)
            let others = (value.members ?? []).filter { !known.contains($0.name) }
            if case .object = argument {
                return others.flatMap { faults(of: $0.value, under: argument, at: "\(path).\($0.name)") }
            }
            return others.map { "\(path).\($0.name): unknown" }
        case "minProperties":
            return require(value.members.map { Double($0.count) >= argument.count } ?? true)
        case "dependentRequired":
            return (argument.members ?? []).filter { value[$0.name] != nil }.flatMap { member in
                (member.value.elements ?? []).flatMap { require(value[$0.string ?? ""] != nil) }
            }
        case "dependentSchemas":
            return (argument.members ?? []).filter { value[$0.name] != nil }.flatMap {
                faults(of: value, under: $0.value, at: path)
            }
        case "not": return require(!faults(of: value, under: argument, at: path).isEmpty)
        case "allOf", "anyOf", "oneOf":
            let valid = (argument.elements ?? []).filter {
                faults(of: value, under: $0, at: path).isEmpty
            }.count
            let all = argument.elements?.count ?? 0
            return require(
                keyword == "allOf" ? valid == all : keyword == "anyOf" ? valid > 0 : valid == 1)
        case "if":
            let branch = faults(of: value, under: argument, at: path).isEmpty ? "then" : "else"
            return schema[branch].map { faults(of: value, under: $0, at: path) } ?? []
        case "then", "else": return []
        default: return ["\(path): unknown keyword \(keyword)"]
        }
    }
}

extension JSONValue {
    var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
    var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
    /// A number, or the length of a text.
    fileprivate var count: Double { number ?? Double(string?.unicodeScalars.count ?? 0) }

    subscript(name: String) -> JSONValue? { members?.first { $0.name == name }?.value }

    fileprivate func hasType(_ name: JSONValue) -> Bool {
        switch (self, name.string) {
        case (.null, "null"), (.bool, "boolean"), (.string, "string"), (.array, "array"),
            (.object, "object"), (.integer, "number"), (.integer, "integer"), (.number, "number"):
            true
        case (.number(let value), "integer"): value == value.rounded()
        default: false
        }
    }

    fileprivate func matches(_ pattern: JSONValue) -> Bool {
        guard let string, let text = pattern.string, let regex = try? Regex(text) else {
            return true
        }
        return string.firstMatch(of: regex) != nil
    }

    /// What a YAML 1.2 reader with the core schema makes of a node.
    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let text, isPlain: true):
            if node.isNull {
                self = .null
            } else if ["true", "false"].contains(text) {
                self = .bool(text == "true")
            } else if let value = Pipeline.Decimal.integer(text) {
                self = .integer(value)
            } else if let value = Pipeline.Decimal.number(text) {
                self = .number(value)
            } else {
                self = .string(text)
            }
        case .scalar(let text, _): self = .string(text)
        case .sequence(let nodes): self = .array(nodes.map(JSONValue.init))
        case .mapping(let members):
            self = .object(members.map { JSONMember($0.key, JSONValue($0.value)) })
        }
    }
}
