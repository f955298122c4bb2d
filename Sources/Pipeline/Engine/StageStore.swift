import Diagnostics
import Foundation
import Glibc

/// Results of stages, kept by content key so that nothing is computed twice.
///
///     ROOT/cache/stages/<name>-<key>/record          what it is
///     ROOT/cache/stages/<name>-<key>/findings.plist  what later stages need
///     ROOT/cache/stages/<name>-<key>/files/...       what it publishes
///     ROOT/cache/stages/.attempt-PID-RANDOM/         being made
///
/// An entry appears whole, by a rename, and every byte of it is checked
/// against its hash when it is used: a damaged entry is computed again.
/// The folder may be removed at any time.
struct StageStore: Sendable {
    static let folderName = "cache/stages"
    static let recordName = "record"
    static let findingsName = "findings.plist"
    static let filesName = "files"
    static let attemptPrefix = ".attempt-"
    /// Absolute or relative to the working directory.
    let path: String

    /// - Parameter root: the output folder; it need not be there.
    init(root: String) { path = root + "/" + Self.folderName }

    private func name(of declaration: StageDeclaration) -> String {
        "\(declaration.stage.rawValue)-\(declaration.key)"
    }

    /// What is kept for a declaration: nil when there is nothing, or nothing
    /// whole. The hashes of files are checked by `publish`.
    func record(of declaration: StageDeclaration) -> StageRecord? {
        guard let record = record(named: name(of: declaration)),
            record.declaration.key == declaration.key
        else { return nil }
        let files = path + "/" + name(of: declaration) + "/" + Self.filesName
        let areThere = record.outputs.allSatisfy { output in
            let status = FileStatus(of: files + "/" + output.path, in: AT_FDCWD)
            return status?.isRegularFile == true && status?.bytes == output.bytes
        }
        return areThere ? record : nil
    }

    /// Whether there is an entry at all, whole or not.
    func hasEntry(of declaration: StageDeclaration) -> Bool {
        FileStatus(of: path + "/" + name(of: declaration), in: AT_FDCWD) != nil
    }

    /// The record that was made last of a stage, for telling what changed.
    func latestRecord(of stage: StageName) -> StageRecord? {
        let newest = entries().filter { $0.stage == stage }
            .max { ($0.modified, $0.name) < ($1.modified, $1.name) }
        return newest.flatMap { record(named: $0.name) }
    }

    private func record(named name: String) -> StageRecord? {
        guard
            let bytes = CheckedFile.read(path + "/" + name + "/" + Self.recordName),
            let record = try? JSONDecoder().decode(StageRecord.self, from: Data(bytes)),
            record.format == StageRecord.currentFormat
        else { return nil }
        return record
    }

    /// What later stages need of an entry; nil when it is damaged.
    func findings<Findings: Decodable>(
        _ type: Findings.Type, of record: StageRecord
    ) -> Findings? {
        let file = path + "/" + name(of: record.declaration) + "/" + Self.findingsName
        guard let bytes = try? Descriptor.readFile(at: file, limit: 1 << 30),
            Digest(of: bytes).sha256 == record.findings
        else { return nil }
        return try? PropertyListDecoder().decode(type, from: Data(bytes))
    }

    /// Copies the files of an entry into the folder of a run, checking their
    /// hashes.
    ///
    /// - Returns: whether all were right; when not, none is left.
    /// - Throws: `PublishError` when the copies cannot be written.
    func copyFiles(of record: StageRecord, into folder: StagingFolder) throws(PublishError) -> Bool
    {
        let source = path + "/" + name(of: record.declaration) + "/" + Self.filesName
        for (index, output) in record.outputs.enumerated() {
            var isRight = false
            if let file = try? Descriptor.regularFile(at: source + "/" + output.path) {
                isRight = try Self.copy(file, output, into: folder)
            }
            guard isRight else {
                for copied in record.outputs[...index] { try folder.remove(copied.path) }
                return false
            }
        }
        return true
    }

    private static func copy(
        _ file: borrowing Descriptor, _ output: StageRecord.Output, into folder: StagingFolder
    ) throws(PublishError) -> Bool {
        var writer = try folder.writer(of: output.path)
        var hash = StreamingDigest()
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            var failure: PublishError?
            let count = chunk.withUnsafeMutableBytes { buffer in
                do throws(PublishError) {
                    return try file.read(into: buffer, shownAs: output.path)
                } catch {
                    failure = error
                    return 0
                }
            }
            if failure != nil { return false }
            if count == 0 { break }
            hash.update(chunk[..<count])
            try writer.write(Array(chunk[..<count]))
        }
        try writer.finish()
        return hash.digest == Digest(bytes: output.bytes, sha256: output.sha256)
    }

    // MARK: Making

    /// Begins an entry. The output lock is held.
    func attempt(_ declaration: StageDeclaration) throws(PublishError) -> StageAttempt {
        try RunDirectory.makeFolders(path)
        let folder = try Descriptor(
            opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .unsafePath,
            shownAs: path)
        return StageAttempt(
            declaration: declaration, storePath: path, name: name(of: declaration),
            folder: try StagingFolder(
                making: Self.attemptPrefix + "\(getpid())-" + RunDirectory.randomName(), in: folder, at: path,
                synchronizes: false))
    }

    // MARK: Clearing

    private struct Entry {
        var name: String
        var stage: StageName
        var modified: Double
    }

    private func entries() -> [Entry] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return []
        }
        return names.compactMap { name in
            guard let match = name.wholeMatch(of: #/([a-z]+)-[0-9a-f]{64}/#),
                let stage = StageName(rawValue: String(match.output.1))
            else { return nil }
            var status = stat()
            guard lstat(path + "/" + name, &status) == 0 else { return nil }
            return Entry(
                name: name, stage: stage,
                modified: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9)
        }
    }

    /// Entries of other keys that are kept for each stage: going back to the
    /// settings or the data of the night before costs nothing.
    static let kept = 2

    /// Removes all but the newest entries of each stage; those of `keys` are
    /// never removed. The output lock is held.
    func clear(keeping keys: Set<String>) throws(PublishError) {
        guard FileStatus(of: path, in: AT_FDCWD)?.isDirectory == true else { return }
        let folder = try Descriptor(
            opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, kind: .unsafePath,
            shownAs: path)
        for entries in Dictionary(grouping: entries(), by: \.stage).values {
            let others = entries.filter { !keys.contains(String($0.name.suffix(64))) }
                .sorted { ($0.modified, $0.name) > ($1.modified, $1.name) }
            for entry in others.dropFirst(Self.kept) {
                try DirectoryTree.remove(
                    entry.name, in: folder.number, shownAs: path + "/" + entry.name)
            }
        }
    }
}
