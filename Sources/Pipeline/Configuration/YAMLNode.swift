/// One node of a pipeline file with the place of its first character.
struct YAMLNode: Sendable {
    /// 1-based line and column, the column in Unicode scalars.
    struct Position: Hashable, Comparable, Sendable {
        var line: Int
        var column: Int

        static func < (a: Position, b: Position) -> Bool {
            (a.line, a.column) < (b.line, b.column)
        }
    }

    struct Member: Sendable {
        var key: String
        var position: Position
        var value: YAMLNode
    }

    enum Content: Sendable {
        /// The text as written; `isPlain` when it is not quoted.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Member])
    }

    var position: Position
    var content: Content

    /// Nothing was written, or `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What was found, for a message: `a list`, `"25"`.
    var found: String {
        switch content {
        case .scalar(let text, _): isNull ? "nothing" : Quoted(text).description
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
