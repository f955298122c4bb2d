import Calendar
import Tables

/// What differs between the manifests of two runs: inputs, parameters and
/// programs.
struct ManifestDifference: Sendable {
    struct Input: Hashable, Sendable {
        var path: String
        var role: InputRole
        var kind: Change.Kind
        var before: Digest?
        var after: Digest?

        var cause: ChangeCause {
            switch kind {
            case .added: .newData
            case .withdrawn: .withdrawnData
            default: .revisedData
            }
        }
    }

    struct Value: Hashable, Sendable {
        /// Path of a parameter, or name of a program.
        var name: String
        var before: String
        var after: String

        var text: String {
            "\(name): \(before.isEmpty ? "none" : before) -> \(after.isEmpty ? "none" : after)"
        }
    }

    /// By path.
    let inputs: [Input]
    /// In the order of the later run, then those that are gone.
    let parameters: [Value]
    /// Program, libraries, stages.
    let programs: [Value]
    /// Stages whose algorithm is another; nil when a manifest names none.
    let stages: [Value]?

    init(_ before: PublishedResults, _ after: PublishedResults) {
        inputs = Self.inputs(before.manifest, after.manifest)
        parameters = Self.values(
            Self.leaves(before.manifest.parameters, ""), Self.leaves(after.manifest.parameters, "")
        ).filter { $0.name != "as_of" }
        let versions = Self.values(
            [before.manifest.program].map { ($0.name, $0.version) }
                + before.manifest.libraries.map { ($0.name, $0.version) },
            [after.manifest.program].map { ($0.name, $0.version) }
                + after.manifest.libraries.map { ($0.name, $0.version) })
        let areKnown = !before.stages.isEmpty && !after.stages.isEmpty
        stages =
            areKnown
            ? Self.values(
                before.stages.map { ($0.name, $0.algorithm) },
                after.stages.map { ($0.name, $0.algorithm) }
            ).filter { !$0.before.isEmpty && !$0.after.isEmpty } : nil
        programs =
            versions
            + (stages ?? []).map {
                Value(name: "stage \($0.name)", before: $0.before, after: $0.after)
            }
    }

    private static func inputs(_ before: Manifest, _ after: Manifest) -> [Input] {
        func byPath(_ inputs: [Manifest.Input]) -> [String: Digest] {
            Dictionary(inputs.map { ($0.path, $0.digest) }) { first, _ in first }
        }
        let old = byPath(before.inputs)
        let new = byPath(after.inputs)
        let paths = Set(old.keys).union(new.keys).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return paths.compactMap { path in
            let (a, b) = (old[path], new[path])
            guard a != b else { return nil }
            let parameters = b == nil ? before.parameters : after.parameters
            return Input(
                path: path, role: InputRole(of: path, parameters: parameters),
                kind: a == nil ? .added : b == nil ? .withdrawn : .revised, before: a, after: b)
        }
    }

    private static func values(
        _ before: [(String, String)], _ after: [(String, String)]
    ) -> [Value] {
        let old = Dictionary(before) { first, _ in first }
        let new = Dictionary(after) { first, _ in first }
        let names = after.map(\.0) + before.map(\.0).filter { new[$0] == nil }
        return names.compactMap { name in
            let value = Value(name: name, before: old[name] ?? "", after: new[name] ?? "")
            return value.before == value.after ? nil : value
        }
    }

    /// Every value of a document with its path: `incidents.sources[0].file`.
    private static func leaves(_ value: JSONValue, _ path: String) -> [(String, String)] {
        switch value {
        case .object(let members) where !members.isEmpty:
            members.flatMap { leaves($0.value, path.isEmpty ? $0.name : "\(path).\($0.name)") }
        case .array(let elements) where !elements.isEmpty:
            elements.enumerated().flatMap { leaves($1, "\(path)[\($0)]") }
        case .string(let text): [(path, text)]
        default: [(path, value.text())]
        }
    }
}
