import Diagnostics
import Glibc
import Tables

/// A folder with a published run in it, or with one that is about to be
/// published, opened for reading.
public struct RunFolder: Sendable {
    /// Largest JSON document that is read.
    public static let maximumDocumentBytes = 64 << 20
    /// Largest table that is read.
    public static let maximumTableBytes = 256 << 20

    /// As-of date and number: `2010-12-19-001`; the last name of the folder.
    public let id: String
    /// Absolute, links resolved.
    public let path: String

    /// The run that `path` names: the folder of a run, or an output folder,
    /// which stands for its latest run.
    ///
    /// - Throws: `PublishError` of kind `runMissing`.
    public init(named path: String) throws(PublishError) {
        let candidates = [path, path + "/" + RunDirectory.latestName]
        for candidate in candidates {
            guard Self.isThere(candidate + "/" + RunDirectory.manifestName),
                let resolved = realpath(candidate, nil)
            else { continue }
            defer { free(resolved) }
            self.init(path: String(cString: resolved))
            return
        }
        throw PublishError(
            .runMissing, at: Place(file: path),
            Self.isThere(path)
                ? "holds no published run (no manifest.json, and no latest/manifest.json)"
                : "does not exist",
            mend: "Give OUTPUT/runs/DATE-NNN, or OUTPUT for its latest run")
    }

    /// - Parameter path: of the folder of the run, absolute.
    init(path: String) {
        self.path = path
        id = ConfiguredPattern.split(path).name
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// The bytes of a file of the run; nil when there is no such file.
    ///
    /// - Parameter name: relative, with `/` between names.
    /// - Throws: `PublishError` of kind `runDamaged` when it is a link, no
    ///   file, or longer than `limit`.
    func bytes(of name: String, limit: Int) throws(PublishError) -> [UInt8]? {
        let shown = shown(name)
        var status = stat()
        guard lstat(path + "/" + name, &status) == 0 else {
            guard errno != ENOENT && errno != ENOTDIR else { return nil }
            throw Self.damaged(shown, "cannot be examined (\(SystemError.last))")
        }
        guard FileStatus(status).isRegularFile else {
            throw Self.damaged(shown, "is not a file of its own (a link, folder or device)")
        }
        let descriptor = try Descriptor(
            opening: path + "/" + name, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
            kind: .unreadable, shownAs: shown)
        // One byte more than is allowed shows that the file is too long.
        let bytes = try descriptor.contents(limit: limit + 1, shownAs: shown)
        guard bytes.count <= limit else {
            throw Self.damaged(shown, "is longer than \(limit) bytes")
        }
        return bytes
    }

    /// A JSON document of the run; nil when there is no such file.
    ///
    /// - Throws: `PublishError` of kind `runDamaged` when it is not JSON.
    func document(_ name: String) throws(PublishError) -> JSONValue? {
        guard let bytes = try bytes(of: name, limit: Self.maximumDocumentBytes) else { return nil }
        do throws(TablesError) {
            return try JSONReader.read(bytes, file: shown(name))
        } catch {
            throw PublishError(.runDamaged, at: error.place, error.cause, mend: error.mend)
        }
    }

    /// A CSV of the run; nil when there is no such file.
    ///
    /// - Throws: `PublishError` of kind `runDamaged` when it is not a CSV or
    ///   has a row that does not fit its header.
    func table(_ name: String) throws(PublishError) -> RecordTable? {
        guard let bytes = try bytes(of: name, limit: Self.maximumTableBytes) else { return nil }
        let reading = CSVReader.read(bytes, file: shown(name))
        guard let table = reading.table, reading.problems.isEmpty else {
            let first = reading.problems.first
            throw PublishError(
                .runDamaged, at: first?.place ?? Place(file: shown(name)),
                first?.cause ?? "is no table", mend: Self.mend)
        }
        if let problem = table.lazy.compactMap(\.problem).first {
            throw PublishError(.runDamaged, at: problem.place, problem.cause, mend: Self.mend)
        }
        return table
    }

    /// As messages name a file of the run.
    func shown(_ name: String) -> String { id + "/" + name }

    static let mend = "Run `jilaal verify` on it, and use another run"

    static func damaged(_ shown: String, _ cause: String) -> PublishError {
        PublishError(.runDamaged, at: Place(file: shown), cause, mend: mend)
    }
}
