import Diagnostics
import Drought
import Foundation
import Glibc

/// Zone statistics of composites that were computed in earlier nights.
///
/// A night with one new composite computes one composite: the others of its
/// series are found here, by everything that their statistics depend on. The
/// folder may be removed at any time.
struct SeriesCache: Sendable {
    static let folderName = "cache/series"
    /// Files that are kept: years of nights, at a few kilobytes each.
    static let mostFiles = 4000

    private let path: String
    private let keys: [Int: String]

    /// - Parameter declaration: of the drought stage.
    init(root: String, _ prepared: PreparedDrought, _ declaration: StageDeclaration) {
        path = root + "/" + Self.folderName
        let digests = Dictionary(
            declaration.inputs.map { ($0.role, $0.sha256) }, uniquingKeysWith: { first, _ in first }
        )
        // What depends on the night or is only shown.
        let free = [
            "as_of", "name", "synthetic", "drought.series", "drought.max_age", "drought.title",
        ]
        let rule = declaration.parameters.filter {
            !free.contains($0.name) && !$0.name.hasPrefix("notes")
        }.map { "\($0.name)=\($0.value)" }
        let zones = declaration.inputs.filter {
            ["sectors", "districts", "livelihood_zones", "mask"].contains(where: $0.role.hasPrefix)
        }.map { "\($0.role)=\($0.sha256)" }
        func text(_ position: Int) -> String {
            let composite = prepared.stack.composites[position]
            let band = composite.band == 1 ? "" : " band \(composite.band)"
            return "\(composite.date)\(band) \(digests["ndvi \(composite.date)\(band)"] ?? "") "
                + (digests["quality \(composite.date)"] ?? "")
        }
        let head = declaration.program + ["\(declaration.algorithm)"] + rule + zones
        var keys: [Int: String] = [:]
        for slot in prepared.plan.slots {
            let baseline = slot.baseline.map(text)
            for wanted in slot.wanted {
                let parts = head + baseline + ["of", text(wanted)]
                keys[wanted] = Digest(of: Array(parts.joined(separator: "\n").utf8)).sha256
            }
        }
        self.keys = keys
    }

    /// What is kept of a composite, by zone; nil when there is nothing.
    func load(_ composite: Int, zones: Int) -> [ZoneComposite]? {
        guard let key = keys[composite], let bytes = CheckedFile.read(path + "/" + key),
            let found = try? PropertyListDecoder().decode([ZoneComposite].self, from: Data(bytes)),
            found.count == zones
        else { return nil }
        return found
    }

    /// Keeps what was computed of a composite.
    func save(_ found: [ZoneComposite], of composite: Int) throws {
        guard let key = keys[composite] else { return }
        try RunDirectory.makeFolders(path)
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        try CheckedFile.write(key, in: path, head: Array(try encoder.encode(found)))
    }

    /// Removes the oldest files beyond `mostFiles`. The output lock is held.
    static func clear(root: String) throws(PublishError) {
        let path = root + "/" + folderName
        guard FileStatus(of: path, in: AT_FDCWD)?.isDirectory == true else { return }
        let folder = try Descriptor(
            opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .unsafePath,
            shownAs: path)
        var files: [(modified: Int, name: String)] = []
        for name in try DirectoryTree.names(in: folder.number, shownAs: path) {
            var status = stat()
            guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            files.append((status.st_mtim.tv_sec, name))
        }
        files.sort { ($0.modified, $0.name) > ($1.modified, $1.name) }
        for file in files.dropFirst(mostFiles) {
            try DirectoryTree.remove(file.name, in: folder.number, shownAs: path + "/" + file.name)
        }
    }
}
