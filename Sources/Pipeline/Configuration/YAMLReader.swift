import Diagnostics
import Tables
import Yams

/// Reads the text of a pipeline file into nodes with positions.
///
/// The tree of `Yams` is used, never its untyped `load`: that guesses types
/// (`NO` becomes false) and expands nested aliases without limit.
struct YAMLReader {
    /// A larger file is refused before it is parsed.
    static let maximumBytes = 1_000_000
    /// Levels of mappings and lists within one another.
    static let maximumDepth = 64

    let file: String
    private(set) var problems: [ConfigurationError] = []
    /// Names of duplicate keys that were masked, by their position.
    private var maskedKeys: [YAMLNode.Position: String] = [:]

    init(file: String) { self.file = file }

    /// The root node; nil when there is none, with the reason in `problems`.
    mutating func read(_ bytes: [UInt8]) -> YAMLNode? {
        guard bytes.count <= Self.maximumBytes else {
            report(
                .fileTooLarge, nil, "is longer than \(Self.maximumBytes) bytes",
                mend: "Shorten the file; long lists belong into data files")
            return nil
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            report(
                .notUTF8, firstBadByte(bytes), "is not UTF-8 text",
                mend: "Save the file as UTF-8")
            return nil
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        return parse(text)
    }

    /// Parses again and again, each time with one more duplicate key masked,
    /// until the rest of the file can be checked as well.
    private mutating func parse(_ text: String) -> YAMLNode? {
        var scalars = Array(text.unicodeScalars)
        while true {
            var masked = String.UnicodeScalarView()
            masked.append(contentsOf: scalars)
            do {
                // Nodes refer weakly to the anchors that the parser keeps, so
                // it must live until they are converted.
                let parser = try Yams.Parser(yaml: String(masked), encoding: .utf8)
                let root = try parser.singleRoot()
                return withExtendedLifetime(parser) { root.flatMap { convert($0) } ?? empty() }
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = YAMLNode.Position(context.mark)
                guard let name = names.first, mask(name, at: position, in: &scalars) else {
                    report(
                        .duplicateKey, position, "the same key is written twice",
                        mend: "Keep one of them")
                    return nil
                }
            } catch {
                report(syntax: error, in: text)
                return nil
            }
        }
    }

    private mutating func empty() -> YAMLNode? {
        if problems.isEmpty {
            report(.missingKey, nil, "is empty", mend: "Start with \"version: 1\"")
        }
        return nil
    }

    /// Replaces the first character of the name of a duplicate key, so that
    /// it differs from the others and every position stays as it is.
    private mutating func mask(
        _ name: String, at position: YAMLNode.Position, in scalars: inout [Unicode.Scalar]
    ) -> Bool {
        // Private-use characters: one for each masked key.
        guard !name.isEmpty, maskedKeys[position] == nil,
            let mark = Unicode.Scalar(UInt32(0xE000 + maskedKeys.count)),
            maskedKeys.count < 0x1000,
            var index = offset(of: position, in: scalars)
        else { return false }
        if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
        guard index < scalars.count else { return false }
        scalars[index] = mark
        maskedKeys[position] = name
        return true
    }

    private func offset(of position: YAMLNode.Position, in scalars: [Unicode.Scalar]) -> Int? {
        var line = 1
        var index = 0
        while line < position.line {
            guard index < scalars.count else { return nil }
            let isBreak =
                scalars[index] == "\n"
                || (scalars[index] == "\r"
                    && (index + 1 == scalars.count || scalars[index + 1] != "\n"))
                || ["\u{85}", "\u{2028}", "\u{2029}"].contains(scalars[index])
            if isBreak { line += 1 }
            index += 1
        }
        index += position.column - 1
        return index < scalars.count ? index : nil
    }

    private mutating func convert(_ node: Yams.Node, depth: Int = 1) -> YAMLNode? {
        let position =
            node.mark.map(YAMLNode.Position.init) ?? YAMLNode.Position(line: 1, column: 1)
        guard depth <= Self.maximumDepth else {
            report(
                .tooDeep, position, "is nested deeper than \(Self.maximumDepth) levels",
                mend: "Flatten the file")
            return nil
        }
        guard acceptsAnchorAndTag(of: node, at: position) else { return nil }
        switch node {
        case .scalar(let scalar):
            return YAMLNode(
                position: position,
                content: .scalar(scalar.string, isPlain: scalar.style == .plain))
        case .sequence(let sequence):
            var elements: [YAMLNode] = []
            for element in sequence {
                guard let converted = convert(element, depth: depth + 1) else { return nil }
                elements.append(converted)
            }
            return YAMLNode(position: position, content: .sequence(elements))
        case .mapping(let mapping):
            return convertMapping(mapping, at: position, depth: depth)
        case .alias:
            return nil
        }
    }

    private mutating func convertMapping(
        _ mapping: Yams.Node.Mapping, at position: YAMLNode.Position, depth: Int
    ) -> YAMLNode? {
        var members: [YAMLNode.Member] = []
        var firstPositions: [String: YAMLNode.Position] = [:]
        for (keyNode, valueNode) in mapping {
            let keyPosition = keyNode.mark.map(YAMLNode.Position.init) ?? position
            guard case .scalar(let scalar) = keyNode else {
                report(
                    .wrongType, keyPosition, "a key must be a word (found a list or mapping)",
                    mend: "Write \"key: value\"")
                return nil
            }
            guard acceptsAnchorAndTag(of: keyNode, at: keyPosition),
                let value = convert(valueNode, depth: depth + 1)
            else { return nil }
            let name = maskedKeys[keyPosition] ?? scalar.string
            if let first = firstPositions[name] {
                report(
                    .duplicateKey, keyPosition,
                    "key \(Quoted(name)) is written twice (first in line \(first.line))",
                    mend: "Keep one of them")
                continue
            }
            firstPositions[name] = keyPosition
            members.append(.init(key: name, position: keyPosition, value: value))
        }
        return YAMLNode(position: position, content: .mapping(members))
    }

    /// The first anchor met in reading order ends the conversion, so that an
    /// alias, which can only follow its anchor, is never expanded.
    private mutating func acceptsAnchorAndTag(
        of node: Yams.Node, at position: YAMLNode.Position
    ) -> Bool {
        let anchor: Anchor?
        let tag: Tag
        switch node {
        case .scalar(let scalar): (anchor, tag) = (scalar.anchor, scalar.tag)
        case .sequence(let sequence): (anchor, tag) = (sequence.anchor, sequence.tag)
        case .mapping(let mapping): (anchor, tag) = (mapping.anchor, mapping.tag)
        case .alias(let alias): (anchor, tag) = (alias.anchor, alias.tag)
        }
        if let anchor {
            report(
                .unsupportedYAML, position,
                "anchors and aliases are not read "
                    + "(found &\(TerminalText.excerpt(anchor.rawValue)))",
                mend: "Write the value out where it is used")
            return false
        }
        // The parser guesses standard tags; they are looked at nowhere.
        let name = tag.description
        guard name.isEmpty || name.hasPrefix("tag:yaml.org,2002:") else {
            report(
                .unsupportedYAML, position,
                "tags are not read (found \(TerminalText.excerpt(name)))",
                mend: "Remove the tag")
            return false
        }
        return true
    }

    private func firstBadByte(_ bytes: [UInt8]) -> YAMLNode.Position {
        var line = 1
        var lineStart = 0
        for i in bytes.indices where bytes[i] == UInt8(ascii: "\n") {
            guard String(validating: bytes[lineStart...i], as: UTF8.self) != nil else { break }
            line += 1
            lineStart = i + 1
        }
        return YAMLNode.Position(line: line, column: 1)
    }

    mutating func report(
        _ kind: ConfigurationFailureKind, _ position: YAMLNode.Position?, _ cause: String,
        mend: String
    ) {
        problems.append(
            ConfigurationError(
                kind,
                at: Place(file: file, line: position?.line, column: position?.column),
                cause, mend: mend))
    }
}

extension YAMLNode.Position {
    init(_ mark: Yams.Mark) { self.init(line: mark.line, column: mark.column) }
}
