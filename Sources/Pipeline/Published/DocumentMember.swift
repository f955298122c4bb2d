import Diagnostics
import Tables

/// A place in a JSON document that must be as it was published. Every
/// accessor throws `PublishError` of kind `runDamaged`, naming the place.
struct DocumentMember {
    let value: JSONValue
    /// As messages name the document.
    let file: String
    /// Such as `outputs[3].sha256`; empty for the document itself.
    let path: String

    func damaged(_ expected: String) -> PublishError {
        PublishError(
            .runDamaged, at: Place(file: file, field: path.isEmpty ? nil : path),
            "is not as it was published (expected \(expected))", mend: RunFolder.mend)
    }

    func members() throws(PublishError) -> [(name: String, member: DocumentMember)] {
        guard case .object(let members) = value else { throw damaged("an object") }
        return members.map { ($0.name, child($0.value, "\(prefix)\($0.name)")) }
    }

    func elements() throws(PublishError) -> [DocumentMember] {
        guard case .array(let elements) = value else { throw damaged("an array") }
        return elements.enumerated().map { child($1, "\(path)[\($0)]") }
    }

    /// The member called `name`.
    subscript(name: String) -> DocumentMember {
        get throws(PublishError) {
            guard let member = optional(name) else {
                throw DocumentMember(value: value, file: file, path: prefix + name)
                    .damaged("a member of this name")
            }
            return member
        }
    }

    /// The member called `name`; nil when there is none.
    func optional(_ name: String) -> DocumentMember? {
        value[name].map { child($0, prefix + name) }
    }

    func text() throws(PublishError) -> String {
        guard case .string(let text) = value else { throw damaged("a text") }
        return text
    }

    func count() throws(PublishError) -> Int {
        guard case .integer(let count) = value, count >= 0 else {
            throw damaged("a whole number that is not negative")
        }
        return count
    }

    func number() throws(PublishError) -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw damaged("a number")
        }
    }

    func flag() throws(PublishError) -> Bool {
        guard case .bool(let flag) = value else { throw damaged("true or false") }
        return flag
    }

    /// Checks what a document says of itself.
    func require(format: String, version: Int) throws(PublishError) {
        let name = try self["format"]
        guard name.value == .string(format) else { throw name.damaged("\"\(format)\"") }
        let number = try self["version"]
        guard number.value == .integer(version) else { throw number.damaged("\(version)") }
    }

    private var prefix: String { path.isEmpty ? "" : path + "." }

    private func child(_ value: JSONValue, _ path: String) -> DocumentMember {
        DocumentMember(value: value, file: file, path: path)
    }
}

extension JSONValue {
    /// The member of an object called `name`; nil when there is none.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string; nil for anything else.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of an array; empty for anything else.
    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
