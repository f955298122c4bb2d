import Diagnostics
import Faults
import Glibc

/// A file of the user's: as written in the pipeline file, and where it is.
public struct ConfiguredPath: Hashable, Sendable {
    /// As written, `${NAME}` and all: for messages and the manifest.
    public let written: String
    /// An absolute path of the local file system.
    public let path: String

    public init(written: String, path: String) {
        self.written = written
        self.path = path
    }
}

/// Several files of the user's, named by one pattern such as `ndvi/*.tif`.
public struct ConfiguredPattern: Hashable, Sendable {
    /// As written, `${NAME}` and all.
    public let written: String
    /// The absolute path with `*`, `?` and `[...]` in its last component only.
    public let path: String

    public init(written: String, path: String) {
        self.written = written
        self.path = path
    }

    /// The files that match now, in the order of their names' bytes. Hidden
    /// files match only a pattern that begins with a dot.
    ///
    /// - Throws: `ConfigurationError` of kind `fileMissing` when the folder
    ///   cannot be read or no file matches.
    public func files() throws(ConfigurationError) -> [ConfiguredPath] {
        let (folder, pattern) = Self.split(path)
        guard FaultPoint.list.passes(folder), let stream = opendir(folder.isEmpty ? "/" : folder)
        else {
            throw ConfigurationError(
                .fileMissing, at: Place(file: written),
                "the folder cannot be read (\(SystemError.last))",
                mend: "Check the path and its permissions")
        }
        defer { closedir(stream) }
        var names: [String] = []
        var entries = 0
        while let entry = readdir(stream) {
            let name = DirectoryTree.entryName(entry)
            guard name != ".", name != ".." else { continue }
            entries += 1
            if fnmatch(pattern, name, FNM_PERIOD) == 0 { names.append(name) }
        }
        guard !names.isEmpty else {
            throw ConfigurationError(
                .fileMissing, at: Place(file: written),
                "no file matches (found none among the \(entries) entries of the folder, "
                    + "expected at least one)",
                mend: "Check the folder and the pattern of the name")
        }
        let writtenFolder = Self.split(written).folder
        let prefix = written.contains("/") ? writtenFolder + "/" : ""
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            ConfiguredPath(written: prefix + $0, path: folder + "/" + $0)
        }
    }

    /// The part before the last slash, and the part after it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
