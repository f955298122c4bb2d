import Tables

extension ReadingSite {
    /// The absolute path of a path as written; nil after a report.
    fileprivate func resolve(_ written: String) -> String? {
        do throws(PathRules.Fault) {
            return try context.paths.resolve(written)
        } catch {
            switch error {
            case .variable(let cause, let mend): report(.badVariable, cause, mend: mend)
            case .path(let cause, let mend): report(.badPath, cause, mend: mend)
            }
            return nil
        }
    }
}

extension Form where Value == ConfiguredPath {
    /// One local file; `${NAME}` is expanded here and in `pattern` only.
    static let path = Form.scalar(
        "a path", example: "\"${JILAAL_DATA}/sectors.geojson\"",
        schema: ["type": "string", "minLength": 1], render: { .string($0.written) }
    ) { written, site in
        site.resolve(written).map { ConfiguredPath(written: written, path: $0) }
    }
}

extension Form where Value == ConfiguredPattern {
    /// Several files of one folder.
    static let pattern = Form.scalar(
        "a pattern of paths", example: "\"ndvi/*.tif\"",
        schema: ["type": "string", "minLength": 1], render: { .string($0.written) }
    ) { written, site in
        guard let path = site.resolve(written) else { return nil }
        let (folder, name) = ConfiguredPattern.split(path)
        guard !name.isEmpty else {
            site.report(
                .badPath, "names a folder (found \(Quoted(written)), expected a pattern of files)",
                mend: "Write which files in it: \"\(written)*.tif\"")
            return nil
        }
        guard !folder.contains(where: { "*?[".contains($0) }) else {
            site.report(
                .badPath, "has \"*\", \"?\" or \"[\" in a folder (found \(Quoted(written)))",
                mend: "Use them in the name of the file only: \"ndvi/*.tif\"")
            return nil
        }
        return ConfiguredPattern(written: written, path: path)
    }
}
