import Diagnostics

/// What is shared while one pipeline file is read.
final class ReadingContext {
    let file: String
    var paths: PathRules
    /// Ids of the raster products that are known; empty: not checked.
    let products: [String]
    private(set) var problems: [ConfigurationError] = []
    /// Every key that was asked for, as `SECTION.key`.
    private(set) var keysRead: Set<String> = []

    init(file: String, paths: PathRules, products: [String]) {
        self.file = file
        self.paths = paths
        self.products = products
    }

    func noteRead(_ key: String, of section: Any.Type) {
        keysRead.insert("\(section).\(key)")
    }

    func report(
        _ kind: ConfigurationFailureKind, _ path: String, at position: YAMLNode.Position,
        _ cause: String, mend: String
    ) {
        problems.append(
            ConfigurationError(
                kind,
                at: Place(
                    file: file, line: position.line, column: position.column,
                    field: path.isEmpty ? nil : path),
                cause, mend: mend))
    }
}

/// One value that is being read: its node, its path, and where to complain.
struct ReadingSite {
    let context: ReadingContext
    /// As `incidents.sources[1].file`; list positions count from 0.
    let path: String
    let node: YAMLNode

    func report(_ kind: ConfigurationFailureKind, _ cause: String, mend: String) {
        context.report(kind, path, at: node.position, cause, mend: mend)
    }

    func wrongType(_ noun: String, example: String) {
        if node.isNull {
            report(
                .wrongType, "has no value (expected \(noun))",
                mend: "Write \(example), or remove the key")
        } else {
            report(.wrongType, "is not \(noun) (found \(node.found))", mend: "Write \(example)")
        }
    }
}
