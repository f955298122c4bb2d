import Yams

extension YAMLReader {
    /// One problem for what the YAML parser could not read.
    mutating func report(syntax error: any Error, in text: String) {
        guard let error = error as? YamlError else {
            report(.syntax, nil, "cannot be read as YAML", mend: "Check the file")
            return
        }
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            report(context: context, problem, at: YAMLNode.Position(mark), in: text)
        case .reader(let problem, let offset, _, _):
            report(
                .syntax, offset.flatMap { position(ofCharacter: $0, in: text) },
                "is not YAML (\(problem))", mend: "Remove the character")
        default:
            report(.syntax, nil, "is not YAML (\(error.description))", mend: "Check the file")
        }
    }

    private mutating func report(
        context: YamlError.Context?, _ problem: String, at position: YAMLNode.Position,
        in text: String
    ) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let line = lines.indices.contains(position.line - 1) ? lines[position.line - 1] : ""
        if line.prefix(while: \.isWhitespace).contains("\t") {
            report(
                .syntax, position, "a tab is used to indent (YAML expects spaces)",
                mend: "Replace the tab by spaces")
        } else if problem.hasPrefix("Maximum nesting level") {
            report(
                .tooDeep, position, "is nested deeper than \(Self.maximumDepth) levels",
                mend: "Flatten the file")
        } else if problem.contains("another document") {
            report(
                .syntax, position, "a second document begins (one is expected)",
                mend: "Remove \"---\" and what follows")
        } else if problem.contains("undefined alias") || context?.text.contains("alias") == true {
            report(
                .unsupportedYAML, position, "anchors and aliases are not read",
                mend: "Write the value out, or put it in quotes when it begins with \"*\"")
        } else {
            let start = context.map { ", \($0.text) begun in line \($0.mark.line)" } ?? ""
            report(
                .syntax, position, "is not YAML here (\(problem)\(start))",
                mend: "Check indentation, quotes, brackets and the space after \":\"")
        }
    }

    private func position(ofCharacter offset: Int, in text: String) -> YAMLNode.Position? {
        var line = 1
        var column = 1
        for character in text.prefix(offset) {
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += character.unicodeScalars.count
            }
        }
        return YAMLNode.Position(line: line, column: column)
    }
}
