extension StageDeclaration {
    /// Why results for `old` are not results for this declaration, in words,
    /// the most telling first; empty when the keys are equal.
    func differences(from old: StageDeclaration) -> [String] {
        var texts: [String] = []
        if program != old.program {
            texts.append(
                "program: \(Self.news(old.program, program).joined(separator: ", "))")
        }
        if algorithm != old.algorithm {
            texts.append("algorithm \(old.algorithm) -> \(algorithm)")
        }
        texts += parameterTexts(old)
        texts += inputTexts(old)
        for name in Set(upstream.keys).union(old.upstream.keys).sorted(by: {
            $0.rawValue < $1.rawValue
        }) where upstream[name] != old.upstream[name] {
            texts.append("\(name.rawValue) changed")
        }
        return texts
    }

    private func parameterTexts(_ old: StageDeclaration) -> [String] {
        let mine = Dictionary(
            parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let theirs = Dictionary(
            old.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return Set(mine.keys).union(theirs.keys).sorted().filter { mine[$0] != theirs[$0] }.map {
            "\($0): \(Self.short(theirs[$0])) -> \(Self.short(mine[$0]))"
        }
    }

    /// A value as a line has room for.
    private static func short(_ value: String?) -> String {
        guard let value else { return "not set" }
        return value.count > 60 ? value.prefix(57) + "..." : value
    }

    private func inputTexts(_ old: StageDeclaration) -> [String] {
        let mine = Dictionary(inputs.map { ($0.role, $0) }, uniquingKeysWith: { first, _ in first })
        let theirs = Dictionary(
            old.inputs.map { ($0.role, $0) }, uniquingKeysWith: { first, _ in first })
        let roles = Set(mine.keys).union(theirs.keys).sorted()
        var added: [String] = []
        var gone: [String] = []
        var revised: [String] = []
        for role in roles {
            switch (mine[role], theirs[role]) {
            case (let input?, nil): added.append(input.path)
            case (nil, let input?): gone.append(input.path)
            case (let input?, let before?) where input.sha256 != before.sha256:
                revised.append(input.path)
            default: break
            }
        }
        return [("new", added), ("revised", revised), ("gone", gone)].compactMap { word, paths in
            guard let first = paths.first else { return nil }
            return paths.count == 1
                ? "\(word): \(first)" : "\(word): \(first) and \(paths.count - 1) more files"
        }
    }

    private static func news(_ old: [String], _ new: [String]) -> [String] {
        let gone = old.filter { !new.contains($0) }
        let come = new.filter { !old.contains($0) }
        return [gone.joined(separator: ", ") + " -> " + come.joined(separator: ", ")]
    }
}
