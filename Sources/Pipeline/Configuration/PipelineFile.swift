import Diagnostics
import Glibc
import Tables

/// A pipeline file that was read and found right.
public struct PipelineFile: Hashable, Sendable {
    /// As the user named it.
    public let name: String
    /// Without its folder: what a manifest says, wherever the run started.
    public var lastName: String { ConfiguredPattern.split(name).name }
    /// Of its bytes.
    public let digest: Digest
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    public var sha256: String { digest.sha256 }
    /// What it says, defaults filled in.
    public private(set) var configuration: PipelineConfiguration

    /// Reads and checks a pipeline file.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the working directory.
    ///   - environment: for `${NAME}` in paths.
    ///   - products: ids of the product profiles, in lower case; empty: any
    ///     product is accepted.
    /// - Throws: all problems, by their places; of kind `fileMissing` alone
    ///   when the file cannot be read.
    public init(
        path: String, environment: [String: String], products: [String] = []
    ) throws(FailureList) {
        let bytes: [UInt8]
        do {
            bytes = try Self.bytes(of: path)
        } catch {
            throw FailureList([error])
        }
        try self.init(
            name: path, bytes: bytes, folder: Self.absoluteFolder(of: path),
            environment: environment, products: products)
    }

    /// Checks the bytes of a pipeline file.
    ///
    /// - Parameter folder: absolute; paths in the file are relative to it.
    /// - Throws: all problems, by their places.
    public init(
        name: String, bytes: [UInt8], folder: String, environment: [String: String],
        products: [String] = []
    ) throws(FailureList) {
        var reader = YAMLReader(file: name)
        let root = reader.read(bytes)
        let context = ReadingContext(
            file: name,
            paths: PathRules(
                folder: folder, environment: environment,
                allowedVariables: [PathRules.dataVariable]),
            products: products)
        let configuration = root.flatMap {
            Form<PipelineConfiguration>.section().read(
                ReadingSite(context: context, path: "", node: $0))
        }
        let problems = (reader.problems + context.problems).enumerated().sorted { a, b in
            // In reading order; several of one place stay as they were found.
            let (p, q) = (a.element.place, b.element.place)
            return (p.line ?? 0, p.column ?? 0, a.offset) < (q.line ?? 0, q.column ?? 0, b.offset)
        }
        guard let configuration, problems.isEmpty else {
            throw FailureList(problems.map(\.element))
        }
        self.name = name
        self.configuration = configuration
        digest = Digest(of: bytes)
    }

    /// The whole configuration with every default, paths as written: equal
    /// for pipeline files that mean the same. A pipeline file itself, since
    /// JSON is YAML.
    public var canonicalParameters: JSONValue { PipelineConfiguration.keys.render(configuration) }

    /// The same with another edition of what is said of bases; itself when
    /// there are none.
    public func with(edition: EditionChoice) -> PipelineFile {
        var file = self
        file.configuration.bases?.edition = edition
        return file
    }

    /// Of the file itself where `path` is a link to it: what it names lies
    /// beside it.
    private static func absoluteFolder(of path: String) -> String {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
            let resolved = realpath(path, nil)
        {
            defer { free(resolved) }
            return ConfiguredPattern.split(String(cString: resolved)).folder
        }
        let folder = ConfiguredPattern.split(path).folder
        if path.hasPrefix("/") { return folder }
        let working = WorkingDirectory.path
        return folder.isEmpty ? working : working + "/" + folder
    }

    private static func bytes(of path: String) throws(ConfigurationError) -> [UInt8] {
        do throws(PublishError) {
            // One byte more than is allowed shows that the file is too long.
            return try Descriptor.readFile(at: path, limit: YAMLReader.maximumBytes + 1)
        } catch {
            throw ConfigurationError(
                .fileMissing, at: Place(file: path), error.cause, mend: "Check the path")
        }
    }
}
